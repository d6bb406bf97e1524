"""Targets: set in versions, refused with the place, the one that holds for a unit, and how it stands."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from parindex.apps.audit.models import Entry
from parindex.apps.indicators.actions import NewIndicator, ValuesRefused, define_indicator, record_values
from parindex.apps.indicators.goals import Goals, Standing, course_of, forecasts
from parindex.apps.indicators.models import Indicator, Target
from parindex.apps.indicators.targets import set_targets
from parindex.apps.organisations.queries import tree_of
from parindex.core.formats.registers import Outcome, RegisterRow
from parindex.core.kernel.forecast import Light
from parindex.core.wording.refusals import refusal_sentence


AT = datetime(2026, 6, 2, 2, 30, tzinfo=UTC)
LETTERS = {k: chr(65 + n) for n, k in enumerate(("indicator", "unit", "each", "year", "baseline", "goal"))}
SOUND = {"indicator": "dung-han", "unit": "so-mot", "year": "2026", "goal": "95", "document": "12/KH-UBND"}


@pytest.fixture
def defined(small):
    """A share and a count that should be low."""
    for code, kind, direction in (("dung-han", "share", "up"), ("tre-han", "count", "down")):
        new = NewIndicator(code, code, "", kind, "hồ sơ", "Hệ thống", direction, "month")
        define_indicator(new=new, by="person:1", at=AT)
    return small


def _row(line=2, **cells):
    return RegisterRow(line, {k: v for k, v in {**SOUND, **cells}.items() if v}, LETTERS)


def _set(small, *rows, **more):
    return set_targets(territory=small.territory, rows=rows, by="person:1", at=AT, **more)


def _goal(small, unit="so-mot", code="dung-han", year=2026):
    target = Goals.of_tree(tree_of(small.territory)).of(
        Indicator.objects.get(code=code), small.units[unit], year
    )
    return target and target.exact_goal


def test_a_target_is_kept_in_versions_with_one_entry_each(defined):
    """The same again does nothing; one taken back holds no more, and is still there."""
    before = Entry.objects.count()
    _set(defined, _row(baseline="90,5%"), _row(3, unit="so-hai", goal="0"))
    assert _goal(defined) == Fraction(19, 20)
    assert _goal(defined, "so-hai") == 0
    assert Target.objects.get(unit=defined.units["so-mot"]).exact_baseline == Fraction(181, 200)
    assert Entry.objects.count() == before + 1
    (same,) = _set(defined, _row(baseline="90.5"))
    assert (same.outcome, Entry.objects.count()) == (Outcome.SAME, before + 1)
    (changed,) = _set(defined, _row(goal="96"))
    assert changed.changes[:2] == (("goal", "19/20", "24/25"), ("baseline", "181/200", ""))
    _set(defined, _row(goal="-"))
    assert _goal(defined) is None
    entry = Entry.objects.latest("id")
    assert (entry.kind, Target.objects.filter(unit=defined.units["so-mot"]).count()) == ("targets.set", 3)
    assert entry.payload["rows"][0][4:] == ["", "", "12/KH-UBND", 3]


def test_the_nearest_and_most_particular_target_holds(defined):
    """By name, else with its type, else with every unit; the territory's own is nobody else's."""
    root, kind = defined.territory.code, defined.units["so-mot"].type
    _set(defined, _row(unit=root, goal="99"))
    assert _goal(defined) is None
    _set(defined, _row(unit=root, each="Mọi đơn vị", goal="80"))
    assert _goal(defined) == Fraction(4, 5)
    _set(defined, _row(unit=root, each=kind, goal="85"))
    assert _goal(defined) == Fraction(17, 20)
    _set(defined, _row(goal="70"))
    assert (_goal(defined), _goal(defined, "so-hai")) == (Fraction(7, 10), Fraction(17, 20))
    assert _goal(defined, year=2025) is None


def test_a_unit_may_aim_higher_never_lower(defined):
    """In the direction of the indicator; what it is given later holds where it is harder."""
    unit = defined.units["so-mot"]
    _set(defined, _row(), _row(3, indicator="tre-han", goal="10"))
    _set(defined, _row(goal="97", document=""), _row(3, indicator="tre-han", goal="5"), own=unit)
    assert _goal(defined) == Fraction(97, 100)
    assert _goal(defined, code="tre-han") == 5
    for cells in ({"goal": "94"}, {"indicator": "tre-han", "goal": "11"}):
        assert _refused(defined, _row(**cells), own=unit) == ("F2", "target_weaker")
    _set(defined, _row(goal="98"))
    assert _goal(defined) == Fraction(98, 100)


def _refused(small, *rows, **more):
    before = Target.objects.count()
    with pytest.raises(ValuesRefused) as refusal:
        _set(small, *rows, **more)
    assert Target.objects.count() == before
    (wrong,) = [r for r in refusal.value.rows if r.outcome is Outcome.REFUSED]
    for language in ("vi", "en"):
        assert refusal_sentence(wrong.why.code, wrong.why.data, language)
    return wrong.cell, wrong.why.code


@pytest.mark.parametrize(
    ("cells", "cell", "code"),
    [
        ({"indicator": "khong-co"}, "A3", "indicator_unknown"),
        ({"unit": "so-ba"}, "B3", "unit_not_found"),
        ({"unit": "so-mot"}, "B3", "row_repeated"),
        ({"each": "khong-co"}, "C3", "choice_unknown"),
        ({"year": "26"}, "D3", "target_year"),
        ({"year": "２０２６"}, "D3", "target_year"),
        ({"goal": ""}, "F3", "value_missing"),
        ({"goal": "101"}, "F3", "target_percent"),
        ({"goal": "-5"}, "F3", "target_percent"),
        ({"goal": "nhiều"}, "F3", "value_unreadable"),
        ({"goal": "-"}, "F3", "target_missing"),
        ({"indicator": "tre-han", "goal": "1.5"}, "F3", "count_unreadable"),
        ({"baseline": "1.000,5"}, "E3", "value_unreadable"),
        ({"document": ""}, "3", "target_document_missing"),
        ({"document": "x" * 251}, "3", "text_too_long"),
    ],
)
def test_a_bad_row_is_refused_at_its_cell_and_nothing_is_kept(defined, cells, cell, code):
    """Not even the sound row before it."""
    assert _refused(defined, _row(), _row(3, **{"unit": "so-hai", **cells})) == (cell, code)


def test_a_unit_sets_nothing_for_others(defined):
    """Neither for a neighbour nor for whoever is below."""
    unit = defined.units["so-mot"]
    assert _refused(defined, _row(unit="so-hai"), own=unit) == ("B2", "unit_of_others")
    assert _refused(defined, _row(each="mọi đơn vị"), own=unit) == ("C2", "choice_unknown")


def _measure(small, *periods, at=AT, **cells):
    rows = [
        RegisterRow(
            n, {"indicator": "dung-han", "unit": "so-mot", "period": p, "as_of": day, **c, **cells}, {}
        )
        for n, (p, day, c) in enumerate(periods, start=2)
    ]
    record_values(territory=small.territory, rows=rows, origin="tep", by="person:1", at=at)


def _share(part, whole):
    return {"numerator": str(part), "denominator": str(whole)}


def test_a_light_follows_the_months_of_the_year(defined):
    """Grey while too little was measured; then by the forecast."""
    unit = defined.units["so-mot"]
    _set(defined, _row(goal="95"))
    _measure(defined, ("01/2026", "31/01/2026", _share(990, 1000)))
    assert _light(unit) is Light.GREY
    _measure(defined, ("02/2026", "28/02/2026", _share(985, 1000)))
    _measure(defined, ("03/2026", "31/03/2026", _share(988, 1000)))
    assert _light(unit) is Light.GREEN
    assert forecasts([unit.pk], 2026)["dung-han", unit.pk].steps == 3
    _set(defined, _row(goal="100"))
    assert _light(unit) is Light.RED


def _light(unit):
    indicator = Indicator.objects.get(code="dung-han")
    goal = Goals.of_unit(unit).of(indicator, unit, 2026)
    return Standing(indicator, goal, forecasts([unit.pk], 2026).get(("dung-han", unit.pk))).light


def test_what_grows_since_january_gives_its_months(defined):
    """By its versions: of each month the last that was known of it."""
    unit = defined.units["so-mot"]
    for day, part, whole in (
        ("15/01/2026", 40, 50),
        ("31/01/2026", 90, 100),
        ("28/02/2026", 180, 200),
        ("31/03/2026", 275, 300),
    ):
        _measure(defined, ("2026", day, _share(part, whole)))
    found = forecasts([unit.pk], 2026)["dung-han", unit.pk]
    assert (found.now, found.steps) == (Fraction(275, 300), 3)
    assert found.low < found.end < found.high
    _set(defined, _row(goal="95", baseline="80"))
    indicator = Indicator.objects.get(code="dung-han")
    way = course_of(unit, indicator, 2026)
    assert [(f"{day:%d/%m}", value) for day, value in way.points] == [
        ("31/01", Fraction(90, 100)),
        ("28/02", Fraction(180, 200)),
        ("31/03", Fraction(275, 300)),
    ]
    assert way.forecast == found
    # 90 of 365 days after the baseline of 80 %: 80 + 15 · 90/365 %
    target = Goals.of_unit(unit).of(indicator, unit, 2026)
    assert way.due(target, date(2026, 3, 31)) == Fraction(80, 100) + Fraction(15, 100) * Fraction(90, 365)
    assert way.due(target, date(2026, 12, 31)) == Fraction(95, 100)


def test_a_count_of_which_the_last_stands_is_no_sum(defined):
    """Overdue dossiers at the end of each month, against a goal for the end of the year."""
    unit = defined.units["so-mot"]
    names = ("ton-qua-han", "Tồn quá hạn", "Overdue")
    level = NewIndicator(*names, "count", "hồ sơ", "Hệ thống", "down", over_year="last")
    define_indicator(new=level, by="person:1", at=AT)
    months = (("01/2026", "31/01/2026", 40), ("02/2026", "28/02/2026", 46), ("03/2026", "31/03/2026", 44))
    rows = [(period, day, {"indicator": "ton-qua-han", "value": str(n)}) for period, day, n in months]
    for period, day, cells in rows:
        record_values(
            territory=defined.territory,
            rows=[RegisterRow(2, {"unit": "so-mot", "period": period, "as_of": day, **cells}, {})],
            origin="tep",
            by="person:1",
            at=AT,
        )
    found = forecasts([unit.pk], 2026)["ton-qua-han", unit.pk]
    assert (found.now, found.end, found.steps) == (44, 44, 2)
    way = course_of(unit, Indicator.objects.get(code="ton-qua-han"), 2026)
    assert [value for _, value in way.points] == [40, 46, 44]
    assert float(found.high) == pytest.approx(84.7264, abs=1e-3)


def test_what_lies_before_the_first_day_measured_is_not_still_to_come(defined):
    """A unit that began in July has half a year."""
    unit = defined.units["so-mot"]
    _measure(
        defined,
        ("Q3/2026", "30/09/2026", _share(90, 100)),
        ("10/2026", "31/10/2026", _share(30, 40)),
        at=datetime(2026, 11, 3, tzinfo=UTC),
    )
    found = forecasts([unit.pk], 2026)["dung-han", unit.pk]
    # of 184 days 123 are covered with 140 cases: 120 of 140 are sure, 69.4 are still to come
    assert found.low >= Fraction(120) / (140 + Fraction(140 * 61, 123))
