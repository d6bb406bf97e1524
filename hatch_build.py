"""Building parindex: what version control does not keep is put into the package."""

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from whitenoise.compress import main as compress


LETTERS = "rinoh_typeface_texgyretermes"
WEIGHTS = ("Regular", "SemiBold")
FEATURES = ["kern", "mark", "mkmk", "liga", "tnum", "ccmp"]


class Preparation(BuildHookInterface):  # type: ignore[type-arg]
    """English pages compiled, the letters of PDFs and of pages, and what browsers fetch in few bytes."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the files of the package are gathered."""
        package = Path(self.root, "src/parindex")
        compile_catalogues(package / "web")
        copy_letters(package / "core/papers/letters")
        make_page_letters(package / "web/parts/static/fonts")
        for static in package.glob("web/*/static"):
            compress(["--quiet", str(static)])


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


def make_page_letters(folder: Path) -> None:
    """Be Vietnam Pro in the two weights of the pages, as WOFF2 and without hints: a sixth of the bytes."""
    if find_spec("fontTools") is None:
        if not any(folder.glob("*.woff2")):
            raise RuntimeError("the letters of pages are missing: fonttools is required to build parindex")
        return
    import fontpkg_be_vietnam_pro
    from fontTools import subset

    options = subset.Options(flavor="woff2", hinting=False, layout_features=FEATURES)
    folder.mkdir(exist_ok=True)
    for weight in WEIGHTS:
        file = Path(fontpkg_be_vietnam_pro.ROOT, "files", f"BeVietnamPro-{weight}.ttf")
        font = subset.load_font(str(file), options)
        chosen = subset.Subsetter(options)
        chosen.populate(unicodes=font.getBestCmap())
        chosen.subset(font)
        subset.save_font(font, str(folder / f"{file.stem}.woff2"), options)
    shutil.copyfile(Path(fontpkg_be_vietnam_pro.ROOT, "LICENSE"), folder / "LICENSE")
