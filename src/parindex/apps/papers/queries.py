"""What a round's papers rest on, and what pages read of those that were issued."""

from __future__ import annotations

from collections.abc import Iterable

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.papers.models import RECORD, IssuedPaper
from parindex.apps.publications.models import Publication
from parindex.apps.results.models import Result
from parindex.core.wording.notation import day


DECISION, ADJUSTMENT = "quyet-dinh-cong-bo", "quyet-dinh-dieu-chinh"


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


def issued_of(round_: Round) -> dict[str, list[IssuedPaper]]:
    """Every issue of the papers of a round itself by kind, the standing one last. One query."""
    found: dict[str, list[IssuedPaper]] = {}
    rows = IssuedPaper.objects.filter(round=round_, participant=None).select_related(
        "document__content", "replaces"
    )
    for row in rows.defer("document__text").order_by("id"):
        found.setdefault(row.kind, []).append(row)
    return found


def records_of(participants: Iterable[Participant]) -> dict[int, list[IssuedPaper]]:
    """Every issue of the appraisal records of some units, by participant, the standing one last.
    One query."""
    found: dict[int, list[IssuedPaper]] = {}
    rows = IssuedPaper.objects.filter(participant__in=[p.pk for p in participants], kind=RECORD)
    for row in rows.select_related("document__content", "replaces").defer("document__text").order_by("id"):
        found.setdefault(row.participant_id or 0, []).append(row)
    return found


def records_issued(round_: Round) -> int:
    """How many units have an appraisal record that came back. One query."""
    return IssuedPaper.objects.filter(round=round_, kind=RECORD, replaced_by=None).count()


def find_issued(round_: Round, key: int, participant: Participant | None = None) -> IssuedPaper | None:
    """An issue of one of the papers of a round itself, or of one unit in it."""
    found = IssuedPaper.objects.select_related("document__content")
    return found.filter(round=round_, participant=participant, pk=key).first()


def decisions_behind(result: int) -> list[IssuedPaper]:
    """The standing decisions by which a round's result is public: that which published it, then that which
    adjusted it. One query."""
    rows = IssuedPaper.objects.filter(kind__in=(DECISION, ADJUSTMENT), replaced_by=None)
    return list(rows.filter(round__results=result).order_by("kind", "id"))


def decision_of(round_: Round) -> str:
    """Number and date of the signed decision by which the standing result becomes public, as the form of
    publication proposes it; empty where none came back. Two queries."""
    kind = ADJUSTMENT if round_.publications.exists() else DECISION
    found = IssuedPaper.objects.filter(round=round_, kind=kind, replaced_by=None).first()
    return f"{found.number} ngày {day(found.date, 'vi')}" if found else ""
