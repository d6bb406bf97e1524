"""How inner addresses name a round: ``minh-hoa.2026``, for a unit's own round ``minh-hoa.so-y-te.2026``."""

from __future__ import annotations

from django.urls import register_converter

from parindex.apps.assessments.ledger import round_name
from parindex.apps.assessments.models import Round


class RoundConverter:
    """Between an address's part and the name `parindex.apps.assessments.ledger.find_round` reads."""

    regex = r"[-a-zA-Z0-9_]+(?:\.[-a-zA-Z0-9_]+)+"

    def to_python(self, value: str) -> str:
        """The round's name."""
        return value.replace(".", "/")

    def to_url(self, value: Round | str) -> str:
        """The address's part, from a round or its name."""
        name = round_name(value) if isinstance(value, Round) else value
        return name.replace("/", ".")


register_converter(RoundConverter, "round")
