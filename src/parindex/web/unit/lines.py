"""The lines of a sheet's table. Each is written once and kept: between two views few leaves change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from urllib.parse import quote

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from parindex.apps.assessments.models import Handout, Participant
from parindex.apps.assessments.queries.sheets import Entry
from parindex.apps.assessments.rules.measured import Proposal
from parindex.core.kernel.text import Text
from parindex.web.parts.languages import language


KEPT = 20_000
"""Lines kept in a process, a few hundred bytes each."""


@dataclass(frozen=True, slots=True)
class Line:
    """All that a line shows. `state`: answered, missing or unclaimed; `handed`: returned, done or empty.
    `measured`: points of the measured value; `differs`: the unit says something else."""

    language: str
    code: str
    name: Text
    url: str
    state: str
    holder: str
    handed: str
    documents: int
    points: Fraction | None
    maximum: Fraction | None
    measured: Fraction | None = None
    differs: bool = False


def leaf_addresses(participant: Participant) -> Callable[[str], str]:
    """Gives the address of each leaf's page."""
    first = reverse("unit:leaf", args=[participant.round, participant.unit.code, "0"])
    before = first.removesuffix("0/")
    return lambda code: f"{before}{quote(code)}/"


def line_of(
    entry: Entry,
    url: str,
    *,
    maximum: Fraction | None,
    documents: int,
    proposal: Proposal | None = None,
) -> SafeString:
    """A unit's own leaf as a row of its table."""
    return _written(
        Line(
            language(),
            entry.leaf.code,
            entry.leaf.name,
            url,
            "answered" if entry.answer else "missing" if entry.is_missing else "unclaimed",
            _holder(entry.handout),
            _handed(entry.handout),
            documents,
            entry.outcome.points if entry.answer else None,
            maximum,
            proposal.points if proposal else None,
            proposal is not None and proposal.differs(entry.answer),
        )
    )


def _holder(handout: Handout | None) -> str:
    return handout.holder if handout else ""


def _handed(handout: Handout | None) -> str:
    if handout is None:
        return ""
    return "returned" if handout.returned_reason else "done" if handout.done_at else ""


@lru_cache(maxsize=KEPT)
def _written(line: Line) -> SafeString:
    return render_to_string("unit/line.html", {"line": line})
