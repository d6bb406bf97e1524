"""Building parindex: what version control does not keep is put into the package."""

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


LETTERS = "rinoh_typeface_texgyretermes"


class Preparation(BuildHookInterface):  # type: ignore[type-arg]
    """English pages compiled, and the letters of PDFs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the files of the package are gathered."""
        package = Path(self.root, "src/parindex")
        compile_catalogues(package / "web")
        copy_letters(package / "core/papers/letters")


def compile_catalogues(web: Path) -> None:
    """`django.mo` beside each `django.po`: what Django reads."""
    for catalogue in web.glob("**/LC_MESSAGES/django.po"):
        with catalogue.open("rb") as source, catalogue.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale=catalogue.parts[-3]))


def copy_letters(folder: Path) -> None:
    """TeX Gyre Termes with its licence, from the package that building requires; once there, they stay."""
    found = find_spec(LETTERS)
    if found is None and not any(folder.glob("*.otf")):
        raise RuntimeError(f"the letters of PDFs are missing: {LETTERS} is required to build parindex")
    for place in found.submodule_search_locations or () if found else ():
        folder.mkdir(exist_ok=True)
        for file in sorted([*Path(place).glob("*.otf"), *Path(place).glob("*.txt")]):
            shutil.copyfile(file, folder / file.name)
