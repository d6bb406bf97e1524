"""The matrix units × criteria: what the set has, what is left out at opening, locked and rebuilt."""

from datetime import timedelta

import pytest
from site_world import AT
from small_round import ACT, open_small, small_set

from parindex.apps.assessments.actions import (
    Enrolment,
    NewRound,
    PlannedPhase,
    grant_not_applicable,
    open_planned,
)
from parindex.apps.assessments.ledger import round_name
from parindex.apps.assessments.models import Phase, Round, Ruling
from parindex.apps.assessments.queries.matrix import matrix_of, taken_over
from parindex.apps.assessments.queries.sheets import sheet_view
from parindex.apps.assessments.rules.matrix import LeftOut
from parindex.apps.audit.models import Entry
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.results.actions import compute_result
from parindex.apps.results.rebuild import rebuild
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text


WHY = "Không quản lý lĩnh vực này"
EXEMPT = b"method: measured, rule: {kind: proportional"
MORE = b"exempt: [{ground: Mi\xe1\xbb\x85n, units: [S\xe1\xbb\x9f Hai]}], " + EXEMPT


@pytest.fixture
def house(db):
    """A territory of two units; the set does not have A1 for the second."""
    return open_small(content=small_set().replace(EXEMPT, MORE))


def planned(house, *left_out, code="2026", **more):
    """A round opened in the browser's way."""
    opens = AT + timedelta(days=1)
    new = {
        "territory": house.territory,
        "code": code,
        "year": 2026,
        "title": Text("Kỳ mới"),
        "note": Text(""),
        "framework": house.round.framework,
        "groups": {"khoi": Text("Khối")},
        "phases": [PlannedPhase(Phase.Kind.SELF, opens, opens + timedelta(days=9))],
    }
    enrolments = [Enrolment(u, "khoi") for u in house.units.values()]
    new = NewRound(**{**new, **more})
    return open_planned(new=new, enrolments=enrolments, parts=[], left_out=left_out, **ACT)


def found(round_):
    """Leaves that are assessed, and left out, by unit."""
    return {
        line.participant.unit.code: (
            line.assessed,
            sorted(line.left_out),
            [(c.assessed, c.of) for c in line.areas],
        )
        for line in matrix_of(round_).lines
    }


def test_the_set_decides_first_and_exceptions_are_locked_at_opening(house):
    """As rulings of the opening, in one entry, which says what is assessed where."""
    opened = planned(house, LeftOut("so-mot", "A2", f" {WHY} "))
    assert found(opened) == {"so-mot": (1, ["A2"], [(1, 2)]), "so-hai": (1, [], [(1, 2)])}
    ruling = Ruling.objects.get(participant__round=opened)
    assert (ruling.stage, ruling.answer, ruling.reason, ruling.by) == ("opening", "n/a", WHY, ACT["by"])
    entry = Entry.objects.get(book=round_name(opened), kind="matrix.locked")
    assert entry.payload["rulings"] == [["so-mot", "A2", 1, "n/a", "", ""]]
    assert sorted(entry.payload["assessed"]) == [["so-hai", 1], ["so-mot", 1]]
    unit = opened.participants.select_related("round", "unit", "group", "sheet").get(unit__code="so-mot")
    assert sheet_view(unit).whole.applicable_max == 4


def test_a_matrix_without_exceptions_is_locked_too(house):
    """The entry says so."""
    opened = planned(house)
    assert Entry.objects.get(book=round_name(opened), kind="matrix.locked").payload["rulings"] == []


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([LeftOut("so-ba", "A1", WHY)], "unit_code_unknown"),
        ([LeftOut("so-mot", "A9", WHY)], "leaf_unknown"),
        ([LeftOut("so-mot", "A", WHY)], "leaf_unknown"),
        ([LeftOut("so-hai", "A1", WHY)], "leaf_not_for_unit"),
        ([LeftOut("so-mot", "A1", "  ")], "reason_needed"),
        ([LeftOut("so-mot", "A1", "x" * 1001)], "reason_too_long"),
        ([LeftOut("so-mot", "A1", WHY), LeftOut("so-mot", "A1", "khác")], "left_out_twice"),
    ],
)
def test_an_exception_that_makes_no_sense_opens_nothing(house, rows, code):
    """Neither the round nor an entry stays."""
    entries = Entry.objects.count()
    with pytest.raises(Refused, match=code):
        planned(house, *rows)
    assert not Round.objects.filter(code="2026").exists()
    assert Entry.objects.count() == entries


def test_a_round_with_a_matrix_is_rebuilt_identical(house):
    """From its ledger, with a later exception as well."""
    opened = planned(house, LeftOut("so-mot", "A2", WHY))
    unit = opened.participants.select_related("round", "unit", "sheet").get(unit__code="so-hai")
    grant_not_applicable(participant=unit, leaves=["A2"], ground="Không có", document="12/TB", **ACT)
    compute_result(round_=opened, **ACT)
    assert rebuild(opened).differences == []
    assert found(opened)["so-hai"] == (0, ["A2"], [(0, 2)])


def test_what_was_ruled_otherwise_since_is_no_exception(house):
    """The last ruling counts."""
    opened = planned(house, LeftOut("so-mot", "A2", WHY))
    unit = opened.participants.get(unit__code="so-mot")
    more = {"framework_hash": opened.framework.content_hash, **ACT}
    Ruling.objects.create(participant=unit, leaf="A2", stage="council", answer="points:3", **more)
    assert found(opened)["so-mot"][:2] == (2, [])


def test_the_next_round_begins_with_the_exceptions_of_the_last(house):
    """By the code map to another set; without one nothing is carried, and it is said."""
    opened = planned(house, LeftOut("so-mot", "A2", WHY), LeftOut("so-mot", "A1", "khác"))
    same = taken_over(opened, by_hash(opened.framework.content_hash))
    assert {(r.unit, r.leaf, r.reason) for r in same.rows} == {
        ("so-mot", "A2", WHY),
        ("so-mot", "A1", "khác"),
    }
    links = "- {relation: renamed, old: [A2], new: [A1]}"
    content = small_set(
        version="2", more=f"code_maps:\n  - id: small\n    version: '1'\n    codes:\n      {links}\n"
    )
    renamed = taken_over(opened, by_hash(store_framework(content=content, file="x", **ACT).content_hash))
    assert renamed.rows == [LeftOut("so-mot", "A1", WHY)]
    assert renamed.gone == [LeftOut("so-mot", "A1", "khác")]
    other = store_framework(content=small_set("other"), file="x", **ACT)
    assert len(taken_over(opened, by_hash(other.content_hash)).gone) == 2


def test_the_matrix_costs_as_much_for_29_units_as_for_two(world, django_assert_max_num_queries):
    """A few queries."""
    with django_assert_max_num_queries(6):
        matrix = matrix_of(Round.objects.select_related("framework").get(code="tap-huan-tham-dinh"))
    assert len(matrix.lines) == 29
