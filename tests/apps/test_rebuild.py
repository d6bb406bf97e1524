"""A round computed again from its ledger alone: the same digits, or the difference by its name."""

from datetime import timedelta

import pytest
from small_round import ACT

from parindex.apps.assessments.ledger import (
    find_round,
    read_opening,
    read_rulings,
    round_chain,
    round_name,
    sheet_chain,
)
from parindex.apps.assessments.models import Participant, Round, Ruling
from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import record
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.organisations.models import Unit
from parindex.apps.results import actions
from parindex.apps.results.actions import compute_result
from parindex.apps.results.cells import Difference
from parindex.apps.results.models import GroupResult, Result, UnitResult
from parindex.apps.results.rebuild import rebuild
from parindex.apps.results.replay import OPENINGS, RULINGS, LedgerUnreadable


@pytest.fixture
def computed(small):
    """The small round with answers of two stages and a result."""
    small.answer(("so-mot", "A1", "12/16"), ("so-mot", "A2", "5"), stage=Ruling.Stage.SELF)
    small.answer(("so-mot", "A2", "3,5"), ("so-hai", "A2", "1"))
    compute_result(round_=small.round, **ACT)
    return small


def test_every_round_of_the_demonstration_is_rebuilt_to_the_same_digits(world):
    """Every unit, node, reason, median, grade and rank band."""
    found = {round_: rebuild(round_) for round_ in Round.objects.prefetch_related("results")}
    assert {round_name(r): again.differences for r, again in found.items() if again.differences} == {}
    assert all(again.computed == bool(r.results.all()) for r, again in found.items())
    assert len([r for r, again in found.items() if again.computed and again.cells > 100]) > 15


def test_a_rebuilt_round_says_how_much_was_compared(computed):
    found = rebuild(computed.round)
    assert (found.units, found.rulings, found.computed, found.differences) == (2, 4, True, [])


def _ruling():
    return Ruling.objects.filter(stage="council", participant__unit__code="so-hai")


def _told(kind):
    return Entry.objects.filter(book="tinh-thu/2024", kind=kind).earliest("id")


def _who():
    return Participant.objects.filter(unit__code="so-hai")


def _line():
    return UnitResult.objects.filter(participant__unit__code="so-mot", result__round__code="2024")


def _group():
    return GroupResult.objects.filter(group__code="khoi")


def _nodes(**changed):
    return {"nodes": {**_line().get().nodes, **changed}}


RULING, LINE = ("so-hai", "A2", "council", "1"), ("khoi", "so-mot")
WHO = [ACT["by"], ACT["at"].isoformat()]
TAMPERED = {
    "an answer": (
        lambda: _ruling().update(answer="6"),
        ("rulings", RULING, ["6", "", "", *WHO], ["1", "", "", *WHO]),
    ),
    "a standard error": (
        lambda: _ruling().update(se="2"),
        ("rulings", RULING, ["1", "2", "", *WHO], ["1", "", "", *WHO]),
    ),
    "who ruled": (
        lambda: _ruling().update(by="kẻ khác"),
        ("rulings", RULING, ["1", "", "", "kẻ khác", WHO[1]], ["1", "", "", *WHO]),
    ),
    "when it was ruled": (
        lambda: _ruling().update(at=ACT["at"] - timedelta(hours=1)),
        ("rulings", RULING, ["1", "", "", WHO[0], "2026-01-05T01:30:15.250000+00:00"], ["1", "", "", *WHO]),
    ),
    "a ruling removed": (lambda: _ruling().delete(), ("rulings", RULING, None, ["1", "", "", *WHO])),
    "a ruling slipped in": (
        lambda: Ruling.objects.create(participant=_who().get(), leaf="A1", stage="self", answer="1/2", **ACT),
        ("rulings", ("so-hai", "A1", "self", "1"), ["1/2", "", "", *WHO], None),
    ),
    "a name": (
        lambda: _who().update(name_vi="Sở Khác"),
        ("participants", ("so-hai", "name_vi"), "Sở Khác", "Sở Hai"),
    ),
    "days late": (lambda: _who().update(late_days=2), ("participants", ("so-hai", "late_days"), 2, 0)),
    "points": (lambda: _line().update(points="7"), ("units", (*LINE, "points"), "7", "13/2")),
    "points by a hair": (
        lambda: _line().update(index="65000000000001/1000000000000"),
        ("units", (*LINE, "index"), "65000000000001/1000000000000", "65"),
    ),
    "a rank": (lambda: _line().update(rank=9), ("units", (*LINE, "rank"), 9, 1)),
    "a grade": (lambda: _line().update(grade="tot"), ("units", (*LINE, "grade"), "tot", "kem")),
    "a criterion": (
        lambda: _line().update(**_nodes(A1=["4", "4", None, ["ruled", {}]])),
        ("units", (*LINE, "A1", "points"), "4", "3"),
    ),
    "a criterion removed": (
        lambda: _line().update(**_nodes(A1=None)),
        ("units", (*LINE, "A1", "max"), None, "4"),
    ),
    "a median": (
        lambda: GroupResult.objects.filter(result__round__code="2024").update(
            medians={"A": "1", "A1": "75/2", "A2": "75/2"}
        ),
        ("groups", ("khoi", "A", "medians"), "1", "75/2"),
    ),
    "a count": (
        lambda: _group().update(ranked=1),
        ("groups", ("khoi", "ranked"), 1, 2),
    ),
    "the stage": (
        lambda: Result.objects.filter(round__territory__code="tinh-thu").update(stage="self"),
        ("result", ("stage",), "self", "council"),
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_was_changed_is_named_with_both_values(computed, what):
    """At its place: unit, criterion, field."""
    tamper, (table, place, stored, rebuilt) = TAMPERED[what]
    tamper()
    found = rebuild(computed.round).differences
    assert Difference(table, place, stored, rebuilt) in found
    assert {(d.table, d.place[:2]) for d in found} == {(table, place[:2])}


def test_a_result_that_is_gone_and_one_that_no_entry_knows(small):
    """Either is one difference in the result's head, not one for every cell of it."""
    Result.objects.create(
        round=small.round, stage="council", framework_hash="", answers_hash="", computed_at=ACT["at"]
    )
    assert {(d.table, d.rebuilt) for d in rebuild(small.round).differences} == {("result", None)}
    compute_result(round_=small.round, **ACT)
    Result.objects.filter(round=small.round).delete()
    assert {(d.table, d.stored) for d in rebuild(small.round).differences} == {("result", None)}


def test_a_round_without_a_result_compares_what_there_is(small):
    small.answer(("so-mot", "A2", "5"))
    found = rebuild(small.round)
    assert (found.computed, found.rulings, found.differences) == (False, 1, [])


def test_rulings_after_the_result_do_not_change_what_it_is_rebuilt_from(computed):
    """The standing result is of its moment; the later ruling is compared all the same."""
    later = Ruling.objects.create(participant=_who().get(), leaf="A1", stage="council", answer="1/2", **ACT)
    _tell(computed, kind="answers.recorded", rulings=[["so-hai", "A1", 1, "1/2", "", ""]])
    assert rebuild(computed.round).differences == []
    Ruling.objects.filter(pk=later.pk).update(answer="1/3")
    assert [d.place for d in rebuild(computed.round).differences] == [("so-hai", "A1", "council", "1")]


def test_days_late_that_came_after_the_result_do_not_change_what_it_is_rebuilt_from(computed):
    """They count from the next computation on; the participant is compared as it stands now."""
    _tell(computed, kind="sheet.late", unit="so-hai", late_days=3)
    _who().update(late_days=3)
    assert rebuild(computed.round).differences == []
    compute_result(round_=computed.round, **ACT)
    assert rebuild(computed.round).differences == []
    _who().update(late_days=0)
    assert [d.place for d in rebuild(computed.round).differences] == [("so-hai", "late_days")]


def _tell(small, **said):
    """An entry in the sheet's own chain of one unit."""
    kind = said.pop("kind")
    chain = sheet_chain(small.round.participants.get(unit__code="so-hai"))
    record(chain=chain, kind=kind, subject="s", payload={"v": 1, "stage": "council", **said}, **ACT)
    return chain


def test_an_entry_with_rulings_and_without_a_reader_is_an_error(computed):
    """Never passed over: its rulings would be missing from every result rebuilt."""
    chain = _tell(computed, kind="sheet.scribbled", rulings=[["so-hai", "A1", 1, "1/2", "", ""]])
    with pytest.raises(LedgerUnreadable) as error:
        rebuild(computed.round)
    assert (error.value.place, error.value.kind) == (f"{chain}#1", "sheet.scribbled")


@pytest.mark.parametrize("rulings", [[["so-hai", "A1"]], "rows", None])
def test_an_entry_of_another_shape_is_named(computed, rulings):
    chain = _tell(computed, kind="answers.recorded", rulings=rulings)
    with pytest.raises(LedgerUnreadable, match=f"{chain}#1"):
        rebuild(computed.round)


def test_a_criteria_set_that_is_not_the_one_named_is_refused(computed):
    """Its text was changed under the same hash, or it is gone."""
    version = computed.round.framework
    source = version.source.replace("max: 4", "max: 5").replace("max: 10", "max: 11")
    FrameworkVersion.objects.filter(pk=version.pk).update(source=source)
    with pytest.raises(LedgerUnreadable, match="round:tinh-thu/2024#4 result"):
        rebuild(computed.round)


def test_a_round_in_which_rulings_keep_coming_is_not_computed(small, monkeypatch):
    """No result of half a moment; where they stop, it is computed from what stands then."""
    read, left = actions.answer_table, [3]

    def disturbed(round_):
        table = read(round_)
        if left[0]:
            left[0] -= 1
            _tell(small, kind="answers.recorded", rulings=[])
        return table

    monkeypatch.setattr(actions, "answer_table", disturbed)
    compute_result(round_=small.round, **ACT)
    heads = _told("result.computed").payload["heads"]
    assert heads == {round_chain(small.round): 1, "sheet:tinh-thu/2024:so-hai": 3}
    left[0] = 1000
    with pytest.raises(actions.RoundStillMovesError):
        compute_result(round_=small.round, **ACT)
    assert Result.objects.filter(round=small.round).count() == 1


def test_every_reader_has_a_kind_of_the_form_noun_dot_verb():
    """Kinds are stable codes."""
    assert all(kind.count(".") == 1 and kind.islower() for kind in [*RULINGS, *OPENINGS])


def test_a_round_is_found_by_the_name_that_the_ledger_gives_it(small):
    """Also the round of a department for its divisions."""
    division = Unit.objects.create(
        parent=small.units["so-mot"], code="phong-mot", name_vi="Phòng", type="phong"
    )
    inner = small.open("2024", 2024, territory=small.units["so-mot"])
    assert (round_name(small.round), round_name(inner)) == ("tinh-thu/2024", "tinh-thu/so-mot/2024")
    assert [find_round(round_name(r)) for r in (small.round, inner)] == [small.round, inner]
    assert [find_round(n) for n in ("", "2024", "tinh-thu", "tinh-thu/2023", "khac/2024")] == [None] * 5
    assert division.parent == small.units["so-mot"]


def test_payloads_are_read_back_as_they_were_written(computed):
    opened, recorded = (_told(k).payload for k in ("round.opened", "answers.recorded"))
    opening = read_opening(opened)
    assert {(u.code, u.name_en, u.type, u.group) for u in opening.units} == {
        ("so-mot", "Department One", "so", "khoi"),
        ("so-hai", "Department Two", "so", "khoi"),
    }
    assert [line.key for line in read_rulings(recorded)] == [
        ("so-mot", "A1", "self", 1),
        ("so-mot", "A2", "self", 1),
    ]
