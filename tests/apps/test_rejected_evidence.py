"""A document that did not carry a unit's points last year is pointed out when it is shown again."""

from datetime import timedelta

import pytest
from test_telling import FIRST, PHASES, SELF, Turns

from parindex.apps.assessments.actions import Shown, Verdict, appraise, attach_evidence, publish_round
from parindex.apps.assessments.models import Round
from parindex.apps.assessments.queries.checks import cut_evidence
from parindex.apps.assessments.rules.checks import rejected_before
from parindex.apps.evidence.actions import cite_document
from parindex.apps.evidence.rules import Metadata
from parindex.apps.results.actions import conclude_round
from parindex.apps.results.stages import books_of_years, overrating_of
from parindex.core.wording.checks import check_sentence


@pytest.fixture
def years(small):
    """Last year A1 and A2 were shown with a document each; A1 was cut. Another round follows."""
    turns = Turns(small)
    papers = {}
    for leaf in ("A1", "A2"):
        told = Metadata(f"{leaf}/BC-SM", FIRST.date(), "Sở Một", "", f"Báo cáo {leaf}")
        papers[leaf] = cite_document(
            unit=turns.unit.unit, metadata=told, link="", by=turns.ref("focal"), at=SELF
        )
    shown = [Shown(leaf, paper, "3") for leaf, paper in papers.items()]
    attach_evidence(participant=turns.unit, shown=shown, by=turns.ref("focal"), at=SELF)
    turns.submit()
    verdicts = [Verdict(turns.unit.pk, "A1", "points:1", "Thiếu"), Verdict(turns.unit.pk, "A2", "5")]
    appraise(round_=turns.round, verdicts=verdicts, by=turns.ref("appraiser"), at=FIRST)
    later = small.open("2026", 2026, phases=PHASES, previous=turns.round)
    return turns, papers, later


def _publish(turns):
    at = PHASES[-1].opens_at + timedelta(hours=1)
    conclude_round(round_=turns.round, by="system", at=at)
    publish_round(round_=Round.objects.get(pk=turns.round.pk), by="system", at=at)


def test_a_document_of_a_leaf_that_was_cut_is_pointed_out(years):
    """With the year, the leaf and the points; the one that carried its points is not."""
    turns, papers, later = years
    _publish(turns)
    later = Round.objects.get(pk=later.pk)
    cut = cut_evidence(later)
    assert cut == cut_evidence(later, unit=turns.unit.unit_id)
    (found,) = rejected_before(papers.values(), cut, turns.unit.unit_id)
    assert (found.code, found.data["leaf"], found.data["lost"]) == ("rejected_before", "A1", 2)
    assert check_sentence(found.code, found.data, "vi").endswith("bị giảm 2 điểm so với tự chấm.")


def test_what_is_not_published_is_told_to_nobody(years):
    """Nor what another unit showed."""
    turns, papers, later = years
    assert cut_evidence(later) == {}
    _publish(turns)
    cut = cut_evidence(Round.objects.get(pk=later.pk))
    assert rejected_before(papers.values(), cut, turns.lead.pk) == []


def test_overrating_is_told_year_by_year(years):
    """The year before once it is concluded; a round without self-assessment has none."""
    turns, _, later = years
    assert [one.year for one, _ in books_of_years(Round.objects.get(pk=later.pk))] == []
    _publish(turns)
    last = Round.objects.get(pk=turns.round.pk)
    ((one, book),) = books_of_years(Round.objects.get(pk=later.pk))
    assert (one, overrating_of(book).points, overrating_of(book).cases) == (last, 2, 1)
