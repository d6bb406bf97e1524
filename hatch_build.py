"""Building parindex: the English pages are compiled into the package, wherever it is installed from."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Translations(BuildHookInterface):  # type: ignore[type-arg]
    """`django.mo` beside each `django.po`: what Django reads, and what version control does not keep."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue before the files of the package are gathered."""
        for catalogue in Path(self.root).glob("src/parindex/web/**/LC_MESSAGES/django.po"):
            language = catalogue.parts[-3]
            with catalogue.open("rb") as source, catalogue.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(source, locale=language))
