"""How these addresses name a unit: by the codes on the way to it, ``minh-hoa.so-y-te``."""

from __future__ import annotations


class UnitConverter:
    """Between an address's part and the way that `parindex.apps.organisations.queries.find_unit` reads."""

    regex = r"[-a-zA-Z0-9_]+(?:\.[-a-zA-Z0-9_]+)*"

    def to_python(self, value: str) -> str:
        """The way."""
        return value

    def to_url(self, value: str) -> str:
        """The address's part."""
        return value
