"""Results as kept are the results as computed: every number, every reason, in the order of the ranking."""

import csv
import io
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection, transaction
from small_round import ACT, small_set

from parindex.apps.assessments.models import Participant, RankingGroup, Round, Ruling
from parindex.apps.assessments.queries import standing_rows, standing_ruling
from parindex.apps.audit.models import Entry
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.organisations.models import Unit
from parindex.apps.results import queries
from parindex.apps.results.actions import compute_result
from parindex.apps.results.models import PublishedFigure, Result, UnitResult
from parindex.core.formats.answers_file import read_answers
from parindex.core.formats.framework_file import load_framework, parse_framework
from parindex.core.formats.stored import from_stored
from parindex.core.kernel.assess import assess
from parindex.data import answers_path, framework_path, minhhoa


def _sheet(path, sample):
    """Answers of an invented round as a file, without any database."""
    units, answers = minhhoa.answers_of(sample)
    who = {u.code: u for u in units}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["unit", "criterion", "answer", "group", "type", "se", "n", "late_days"])
        for a in answers:
            u = who[a.unit]
            writer.writerow([u.name.vi, a.leaf, a.text, u.group, u.type, a.se, a.n, u.late_days or ""])
    return path


def _fresh(code, folder):
    """A round of the demonstration assessed from files alone."""
    sample = next((s for s in minhhoa.ROUNDS if s.code == code), None)
    if sample:
        framework = parse_framework(minhhoa.framework_file(sample), "f.yaml")
        return assess(framework, read_answers(framework, _sheet(folder / "answers.csv", sample)).table)
    framework = load_framework(framework_path("papi-2021" if code > "papi-2020" else "papi-2011"))
    return assess(framework, read_answers(framework, answers_path(code)).table)


@pytest.mark.parametrize("code", ["2024", "2025-co-quan", "papi-2012", "papi-2024"])
def test_a_kept_result_equals_a_fresh_assessment(world, tmp_path, code):
    """Points, maxima, index, grade, rank, remarks and the reason for every leaf, read back exactly."""
    fresh = _fresh(code, tmp_path)
    kept = UnitResult.objects.filter(result__round__code=code).select_related("participant", "group")
    by_name = {k.participant.name_vi: k for k in kept}
    assert len(by_name) == len(fresh.units)
    for unit, outcome in enumerate(fresh.units):
        line = by_name[outcome.participant.name]
        assert (line.points, line.applicable_max, line.index) == (
            outcome.points,
            outcome.applicable_max,
            outcome.index,
        )
        assert (line.grade, line.rank) == (outcome.grade.id if outcome.grade else "", outcome.rank)
        assert [from_stored(r) for r in line.remarks] == list(outcome.remarks)
        nodes = fresh.nodes(unit)
        assert set(line.nodes) == set(nodes)
        for code_, (points, maximum, _, reason) in line.nodes.items():
            assert (Fraction(points), Fraction(maximum)) == (nodes[code_].points, nodes[code_].max)
            assert (from_stored(reason) if reason else None) == nodes[code_].reason


@pytest.mark.parametrize("code", ["2024", "papi-2024"])
def test_lines_stand_in_the_order_of_the_ranking(world, tmp_path, code):
    """Position 1 is the best ranked of each group; ranks of areas are kept with them."""
    fresh = _fresh(code, tmp_path)
    for group, members in fresh.groups().items():
        kept = UnitResult.objects.filter(result__round__code=code, group__code=group or "tinh")
        kept = kept.order_by("position")
        assert [k.participant.name_vi for k in kept] == [fresh.units[u].participant.name for u in members]
        assert [k.position for k in kept] == list(range(1, len(members) + 1))
        for area in fresh.framework.areas:
            ranks = fresh.node_ranks(area.code)
            assert [k.nodes[area.code][2] for k in kept] == [ranks[u] for u in members]


def test_the_exported_answers_give_the_same_result_again(world, tmp_path):
    """What the site lets everyone download is all it takes: the rows of 2024's agencies, assessed anew."""
    stream = io.StringIO()
    csv.writer(stream).writerows(standing_rows(territory="minh-hoa", year=2024, group="co-quan"))
    path = tmp_path / "answers.csv"
    path.write_text(stream.getvalue(), encoding="utf-8")
    framework = parse_framework(minhhoa.framework_file(minhhoa.ROUNDS[1]), "f.yaml")
    again = assess(framework, read_answers(framework, path).table)
    (table,) = queries.group_tables("minh-hoa", 2024, group="co-quan")
    kept = {line.name.vi: (line.points, line.index, line.rank) for line in table.lines}
    assert {o.participant.name: (o.points, o.index, o.rank) for o in again.units} == kept


STAGES = list(Ruling.Stage)


def _rule(small, stage, *, text, turn=1):
    return Ruling.objects.create(
        participant=small.round.participants.get(unit__code="so-mot"),
        leaf="A2", stage=stage, turn=turn, answer=text, **ACT,
    )  # fmt: skip


def _stands(small):
    """(what a page shows, what is exported, what is computed) of the one ruling."""
    shown = standing_ruling(territory="tinh-thu", year=2024, group="khoi", unit="so-mot", leaf="A2")
    rows = standing_rows(territory="tinh-thu", year=2024, group="khoi")
    compute_result(round_=small.round, **ACT)
    (table,) = queries.group_tables("tinh-thu", 2024)
    held = queries.unit_nodes(table, "so-mot")["A2"].points
    return shown.answer, [r[2] for r in rows[1:] if r[1] == "A2"], held


def test_the_last_turn_of_the_latest_stage_stands(small):
    """Whatever was written down last: a late correction of the self-assessment changes nothing."""
    _rule(small, Ruling.Stage.COUNCIL, text="2")
    _rule(small, Ruling.Stage.COUNCIL, text="3", turn=2)
    _rule(small, Ruling.Stage.APPRAISED, text="5")
    _rule(small, Ruling.Stage.SELF, text="6", turn=9)
    assert _stands(small) == ("3", ["3"], 3)


@pytest.mark.parametrize("last", range(4))
def test_each_stage_outranks_the_ones_before(small, last):
    """Self, appraised, explained, council; written in the opposite order."""
    for position in range(last, -1, -1):
        _rule(small, STAGES[position], text=str(position))
    assert _stands(small) == (str(last), [str(last)], last)


def test_a_stage_and_turn_is_ruled_once(small):
    _rule(small, Ruling.Stage.SELF, text="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        _rule(small, Ruling.Stage.SELF, text="2")


def test_without_a_ruling_nothing_stands(small):
    assert standing_ruling(territory="tinh-thu", year=2024, group="khoi", unit="so-mot", leaf="A2") is None


def test_figures_of_a_group_are_kept(small):
    """12/16 and 3/4: 15 of 20 cases; 9 and 3 points of 10: one Tốt, one Kém, median 60."""
    small.answer(("so-mot", "A1", "12/16"), ("so-mot", "A2", "6"), ("so-hai", "A1", "3/4"))
    compute_result(round_=small.round, **ACT)
    (table,) = queries.group_tables("tinh-thu", 2024)
    assert (table.size, table.ranked, table.counts) == (2, 2, {"tot": 1, "kem": 1})
    assert table.medians["A"] == 60
    assert table.measures == {"A1": (Fraction(15), Fraction(20))}
    assert [(line.code, line.grade.id, line.rank) for line in table.lines] == [
        ("so-mot", "tot", 1),
        ("so-hai", "kem", 2),
    ]


HUGE = Fraction(10**200 + 7, 3**400)


@pytest.mark.parametrize(
    "value", [HUGE, -HUGE, Fraction(0), Fraction(7503, 80), Fraction(1, 3), None], ids=lambda v: str(v)[:9]
)
def test_an_exact_number_comes_back_exactly(small, value):
    """Numerator and denominator of 200 digits, and none."""
    small.answer(("so-mot", "A2", "6"))
    result = compute_result(round_=small.round, **ACT)
    line = result.units.get(participant__unit__code="so-mot")
    line.index, line.points = value, value or Fraction(0)
    line.save()
    line.refresh_from_db()
    assert (line.index, line.points) == (value, value or 0)
    assert UnitResult.objects.filter(pk=line.pk, index=value).exists()


COMPARED = {
    ("minh-hoa", 2023): {"co-quan": None, "cap-huyen": None},
    ("minh-hoa", 2024): {"co-quan": 2023, "cap-huyen": 2023},
    ("minh-hoa", 2025): {"co-quan": None, "cap-xa": None},
    ("viet-nam", 2011): {"tinh": None},
    ("viet-nam", 2017): {"tinh": 2016},
    ("viet-nam", 2018): {"tinh": None},
    ("viet-nam", 2019): {"tinh": None},
    ("viet-nam", 2020): {"tinh": 2019},
    ("viet-nam", 2021): {"tinh": None},
    ("viet-nam", 2024): {"tinh": 2023},
}


@pytest.mark.parametrize(("territory", "year"), COMPARED)
def test_years_compare_only_where_the_criteria_sets_say_so(world, territory, year):
    """PAPI's make-up changed in 2018, 2019 and 2021; the sets of 2024 and 2025 have different weights."""
    tables = {t.code: t for t in queries.group_tables(territory, year)}
    assert {code: t.compared_year for code, t in tables.items()} == COMPARED[territory, year]
    for table in tables.values():
        changes = [line.rank_change for line in table.lines] + [line.index_change for line in table.lines]
        assert any(c is not None for c in changes) == (table.compared_year is not None)


def test_a_change_is_this_year_less_the_year_before(world):
    """Fewer is better for ranks: from 4 to 1 is three up."""
    (before,) = queries.group_tables("minh-hoa", 2023, group="co-quan")
    (now,) = queries.group_tables("minh-hoa", 2024, group="co-quan")
    old = {line.code: line for line in before.lines}
    for line in now.lines:
        assert line.rank_change == old[line.code].rank - line.rank
        assert line.index_change == line.index - old[line.code].index


@pytest.mark.parametrize(("linked", "year"), [(True, 2024), (False, None)])
def test_another_criteria_set_compares_through_its_code_map(small, linked, year):
    """With the root called the same, last year's line stands beside; without, it does not."""
    links = 'code_maps: [{id: small, version: "1", codes: [{relation: same, old: [A], new: [A]}]}]\n'
    content = small_set("next", more=links if linked else "")
    following = small.open(
        "2025", 2025, framework=store_framework(content=content, file="n.yaml", **ACT), previous=small.round
    )
    small.answer(("so-mot", "A2", "6"))
    compute_result(round_=small.round, **ACT)
    small.round = following
    small.answer(("so-hai", "A2", "3"))
    compute_result(round_=following, **ACT)
    (table,) = queries.group_tables("tinh-thu", 2025)
    assert table.compared_year == year
    assert [line.rank_change for line in table.lines] == ([1, -1] if linked else [None, None])


def _figure(**more):
    said = {"authority": "Bộ Nội vụ", "index": "SIPAS", "unit": "x", "figure": "index", "position": 10**6}
    return PublishedFigure(**{**said, "source": "Quyết định", **more})


def _version(**more):
    said = {"identifier": "khac", "version": "1", "content_hash": "0" * 64, "title_vi": "x", "source": "x"}
    return FrameworkVersion(**{**said, "stored_at": ACT["at"], **more})


REFUSED = {
    "a figure without a source": lambda s: _figure(source=""),
    "two figures in one place": lambda s: [_figure().save(), _figure(unit="y")][1],
    "a territory twice": lambda s: Unit(code="tinh-thu", name_vi="Khác", type="tinh"),
    "a unit twice": lambda s: Unit(parent=s.territory, code="so-mot", name_vi="Khác", type="so"),
    "a unit that ends before it begins": lambda s: Unit(
        parent=s.territory, code="so-ba", type="so", valid_from="2025-07-01", valid_to="2025-06-30"
    ),
    "a round twice": lambda s: Round(
        territory=s.territory, code="2024", year=2024, framework=s.round.framework, opened_at=ACT["at"]
    ),
    "a group twice": lambda s: RankingGroup(round=s.round, code="khoi", name_vi="x", position=2),
    "a unit twice in a round": lambda s: Participant(
        round=s.round, unit=s.units["so-mot"], group=s.round.groups.get(), name_vi="x", type="so"
    ),
    "a version twice": lambda s: _version(identifier="small"),
    "a content twice": lambda s: _version(content_hash=s.round.framework.content_hash),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_itself_refuses(small, what):
    """Whoever writes past the actions, on every database."""
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[what](small).save()


@pytest.mark.parametrize("code", ["valid_from", "valid_to"])
def test_a_unit_may_be_open_ended(small, code):
    assert Unit.objects.create(
        parent=small.territory, code="so-ba", name_vi="x", type="so", **{code: "2025-07-01"}
    ).pk


def test_what_results_refer_to_cannot_be_deleted(small):
    """A unit, a criteria set, a round, a participant."""
    small.answer(("so-mot", "A2", "6"))
    result = compute_result(round_=small.round, **ACT)
    participant = small.round.participants.first()
    for kept in (small.territory, small.units["so-mot"], small.round.framework, small.round, participant):
        with pytest.raises(IntegrityError), transaction.atomic():
            kept.delete()
    assert Result.objects.filter(pk=result.pk).exists()


def test_every_moment_has_its_person(small):
    """`opened_at`, `stored_at`, `computed_at`: the ledger says who, at the very same moment."""
    small.answer(("so-mot", "A2", "6"))
    result = compute_result(round_=small.round, **ACT)
    moments = {
        "round.opened": small.round.opened_at,
        "framework.stored": small.round.framework.stored_at,
        "result.computed": result.computed_at,
        "answers.recorded": Ruling.objects.latest("id").at,
    }
    for kind, at in moments.items():
        entry = Entry.objects.filter(kind=kind).latest("id")
        assert (kind, entry.at, entry.by) == (kind, at, ACT["by"])
    assert Ruling.objects.latest("id").by == ACT["by"]


def test_no_exact_number_is_a_float_in_the_database():
    """Neither a column of them, nor one that SQL could round."""
    from django.apps import apps

    loose = {"FloatField", "DecimalField"}
    found = [
        f"{m._meta.label}.{f.name}"
        for m in apps.get_models()
        for f in m._meta.get_fields()
        if f.concrete and f.get_internal_type() in loose
    ]
    assert found == []
    assert connection.vendor in {"sqlite", "postgresql"}
