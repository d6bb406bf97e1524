"""What a round's papers rest on: the result that stands, and what a correction changes."""

from __future__ import annotations

from parindex.apps.assessments.models import Round
from parindex.apps.publications.models import Publication
from parindex.apps.results.models import Result


def standing_result(round_: Round) -> Result | None:
    """The kept result of a round that the council has ended; none while it runs. One query."""
    if round_.state not in (Round.State.CONCLUDED, Round.State.PUBLISHED):
        return None
    return Result.objects.filter(round=round_).order_by("-id").first()


def corrected(round_: Round) -> tuple[int, int] | None:
    """The result that was published before and the one that stands instead; None where nothing was
    corrected. Two queries."""
    published = list(Publication.objects.filter(round=round_).order_by("-number")[:2])
    standing = standing_result(round_)
    if standing is None or not published:
        return None
    if published[0].result_id != standing.pk:
        return published[0].result_id, standing.pk
    return (published[1].result_id, standing.pk) if len(published) > 1 else None
