"""Indicators and their values: defined, recorded in versions, refused with the place, known as of a time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from parindex.apps.audit.models import Entry
from parindex.apps.indicators.actions import (
    NewIndicator,
    ValuesRefused,
    define_indicator,
    record_values,
)
from parindex.apps.indicators.models import Indicator, Value
from parindex.apps.indicators.periods import read_period, said_period
from parindex.apps.indicators.planning import plan_values
from parindex.apps.indicators.queries import standing_values, uses, versions_of
from parindex.apps.organisations.queries import tree_of
from parindex.core.formats.registers import Outcome, RegisterRow
from parindex.core.kernel.problems import Refused
from parindex.core.wording.refusals import refusal_sentence


AT = datetime(2026, 1, 5, 2, 30, tzinfo=UTC)
LETTERS = {k: chr(65 + n) for n, k in enumerate(("indicator", "unit", "period", "numerator", "denominator"))}
SOUND = {
    "indicator": "dung-han",
    "unit": "so-mot",
    "period": "2025",
    "numerator": "49533",
    "denominator": "62027",
    "as_of": "31/12/2025",
}


def _new(code="dung-han", kind="share", **more):
    new = {"name_vi": "Đúng hạn", "name_en": "On time", "measure": "%", "source": "Hệ thống", **more}
    return NewIndicator(code=code, kind=kind, **new)


@pytest.fixture
def defined(small):
    """A share and a count."""
    for new in (_new(), _new("tin-bai", "count", name_vi="Tin, bài", measure="tin")):
        define_indicator(new=new, by="person:1", at=AT)
    return small


def _row(line=2, **cells):
    return RegisterRow(line, {k: v for k, v in {**SOUND, **cells}.items() if v}, LETTERS)


def _record(small, *rows, at=AT, **more):
    return record_values(
        territory=small.territory, rows=rows or [_row()], origin="tep.xlsx", by="person:1", at=at, **more
    )


def _kept(small):
    return list(Value.objects.filter(unit__parent=small.territory).order_by("id"))


def test_an_indicator_is_defined_once_and_said_anew(defined):
    """The same again writes nothing; a changed source is told of."""
    before = Entry.objects.count()
    define_indicator(new=_new(), by="person:1", at=AT)
    assert Entry.objects.count() == before
    define_indicator(new=_new(source="Cổng"), by="person:2", at=AT)
    entry = Entry.objects.latest("id")
    assert (entry.kind, entry.payload["changed"]) == ("indicator.defined", {"source": "Cổng"})


def test_what_values_are_made_of_stays_once_there_are_some(defined):
    """A share that became a count would change what was known."""
    _record(defined)
    with pytest.raises(Refused, match="indicator_kind_fixed"):
        define_indicator(new=_new(kind="count"), by="person:1", at=AT)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (_new("Đúng hạn"), "indicator_code_unusable"),
        (_new(name_vi=" "), "indicator_name_missing"),
        (_new(source=""), "indicator_source_missing"),
        (_new(direction="left"), "choice_unknown"),
        (_new(measure="x" * 61), "text_too_long"),
    ],
)
def test_what_is_no_indicator_is_refused(db, new, code):
    """By its rule."""
    with pytest.raises(Refused) as refusal:
        define_indicator(new=new, by="person:1", at=AT)
    assert refusal.value.code == code
    assert not Indicator.objects.filter(code=new.code).exists()


def test_a_value_is_kept_with_all_that_says_where_it_comes_from(defined):
    """Exactly, with one ledger entry for the whole act."""
    before = Entry.objects.count()
    _record(defined, _row(), _row(3, unit="so-hai", numerator="0", denominator="0"))
    value, nothing = _kept(defined)
    assert (value.numerator, value.denominator, value.value) == (49533, 62027, "49533/62027")
    assert (value.start, value.end, value.as_of) == (date(2025, 1, 1), date(2025, 12, 31), date(2025, 12, 31))
    assert (value.source, value.origin, value.version, value.by) == ("Hệ thống", "tep.xlsx", 1, "person:1")
    assert (nothing.exact, nothing.written) == (None, "0/0")
    assert Entry.objects.count() == before + 1
    assert Entry.objects.latest("id").payload["rows"][0] == [
        *("dung-han", "so-mot", "2025-01-01", "2025-12-31", "Hệ thống"),
        *("49533", "62027", "49533/62027", "2025-12-31", 1),
    ]


def test_a_later_value_is_another_version_and_both_stay_known(defined):
    """What was known when is still answered; the same again does nothing."""
    _record(defined)
    later = AT + timedelta(days=2)
    (done,) = _record(defined, _row(numerator="49600", as_of="06/01/2026"), at=later)
    assert (done.outcome, done.changes[0]) == (Outcome.CHANGED, ("numerator", "49533", "49600"))
    (again,) = _record(defined, _row(numerator="49600", as_of="06/01/2026"), at=later)
    assert again.outcome is Outcome.SAME
    (now,) = standing_values(units=[defined.units["so-mot"].pk])
    (then,) = standing_values(units=[defined.units["so-mot"].pk], at=AT)
    assert [(v.version, v.numerator) for v in (now, then)] == [(2, 49600), (1, 49533)]
    assert [v.version for v in versions_of(now)] == [2, 1]


def test_another_source_stands_beside_and_replaces_nothing(defined):
    """A count of one's own is there to be compared."""
    _record(defined)
    _record(defined, _row(source="Tự đếm", numerator="49000"))
    key = [defined.units["so-mot"].pk]
    assert [v.numerator for v in standing_values(units=key)] == [49533]
    assert {v.source for v in standing_values(units=key, every_source=True)} == {"Hệ thống", "Tự đếm"}


@pytest.mark.parametrize(
    ("cells", "cell", "code"),
    [
        ({"indicator": "khong-co"}, "A2", "indicator_unknown"),
        ({"unit": "so-ba"}, "B2", "unit_not_found"),
        ({"unit": ""}, "B2", "unit_not_found"),
        ({"period": "32/2025"}, "C2", "period_unreadable"),
        ({"period": ""}, "C2", "period_missing"),
        ({"from": "01/02/2025", "to": "31/12/2025"}, "C2", "period_said_twice"),
        ({"period": "", "from": "31/02/2025", "to": "31/12/2025"}, "2", "day_unreadable"),
        ({"period": "", "from": "01/12/2025", "to": "01/01/2025"}, "2", "period_reversed"),
        ({"as_of": ""}, "2", "day_missing"),
        ({"as_of": "46000"}, "2", "day_serial"),
        ({"as_of": "31/12/2024"}, "2", "as_of_outside"),
        ({"as_of": "06/01/2026"}, "2", "as_of_ahead"),
        ({"numerator": "-1"}, "D2", "value_negative"),
        ({"numerator": "1.5"}, "D2", "count_unreadable"),
        ({"numerator": "49.533"}, "D2", "count_unreadable"),
        ({"numerator": "٣"}, "D2", "count_unreadable"),
        ({"numerator": ""}, "D2", "count_unreadable"),
        ({"denominator": "49532"}, "D2", "numerator_larger"),
        ({"denominator": "9" * 18 + "9" * 5}, "E2", "count_unreadable"),
        ({"value": "79,86"}, "2", "cell_not_of_kind"),
        ({"indicator": "tin-bai"}, "D2", "cell_not_of_kind"),
        ({"indicator": "tin-bai", "numerator": "", "denominator": ""}, "2", "value_missing"),
        ({"source": "x" * 121}, "2", "text_too_long"),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused_with_its_cell(defined, cells, cell, code):
    """And the sound row beside it is not kept either."""
    with pytest.raises(ValuesRefused) as refusal:
        _record(defined, _row(**cells), _row(3, unit="so-hai"))
    bad = refusal.value.rows[0]
    assert (bad.outcome, bad.cell, bad.why.code) == (Outcome.REFUSED, cell, code)
    assert all(refusal_sentence(bad.why.code, bad.why.data, lang) for lang in ("vi", "en"))
    assert not _kept(defined)


def test_data_older_than_what_stands_replace_nothing(defined):
    """A late parcel of yesterday's figures."""
    _record(defined)
    with pytest.raises(ValuesRefused) as refusal:
        _record(defined, _row(as_of="30/11/2025", numerator="1"))
    assert refusal.value.rows[0].why.code == "as_of_older"


def test_a_row_said_twice_is_refused(defined):
    """Nobody can tell which of the two holds."""
    with pytest.raises(ValuesRefused) as refusal:
        _record(defined, _row(), _row(3, numerator="1"))
    assert refusal.value.rows[1].why.code == "row_repeated"


def test_a_sender_keeps_to_its_units(defined):
    """Of another's rows none is kept."""
    mine = {defined.units["so-hai"].pk}
    with pytest.raises(ValuesRefused) as refusal:
        _record(defined, allowed=mine)
    assert refusal.value.rows[0].why.code == "unit_of_others"
    assert _record(defined, _row(unit="so-hai"), allowed=mine)[0].outcome is Outcome.ADDED


def test_what_was_shown_is_what_is_kept(defined):
    """Otherwise nothing is."""
    with pytest.raises(Refused, match="upload_changed"):
        _record(defined, shown="0" * 64)


def test_more_rows_cost_no_more_queries(defined):
    """A year of both units as one month."""
    tree = tree_of(defined.territory)
    many = [_row(k, period=f"{k - 1:02d}/2025", as_of="31/12/2025") for k in range(2, 14)]
    costs = []
    for rows in ([_row()], many):
        with CaptureQueriesContext(connection) as queries:
            plan = plan_values(tree, rows, at=AT)
        assert {p.outcome for p in plan.rows} == {Outcome.ADDED}
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 3


@pytest.mark.parametrize(
    ("text", "first", "last", "said"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "năm 2025"),
        ("02/2024", date(2024, 2, 1), date(2024, 2, 29), "tháng 2/2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "tháng 2/2024"),
        ("Q3/2025", date(2025, 7, 1), date(2025, 9, 30), "quý 3/2025"),
        ("quý 3/2025", date(2025, 7, 1), date(2025, 9, 30), "quý 3/2025"),
    ],
)
def test_a_period_is_read_and_said_as_officials_write_it(text, first, last, said):
    """And any other span by its days."""
    assert read_period(text) == (first, last)
    assert said_period(first, last).vi == said
    assert said_period(date(2024, 12, 15), date(2025, 12, 14)).vi == "15/12/2024 – 14/12/2025"


def test_where_an_indicator_is_used_is_read_from_the_criteria_sets(world):
    """One datum feeds criteria of several sets."""
    found = [(u.framework.id, u.leaf.code) for u in uses()["ho-so-dung-han"]]
    assert {
        ("binhthuan-2024", "3.2.1"),
        ("binhthuan-2025", "3.3.1"),
        ("minhhoa-2025-communes", "3.2"),
    } <= set(found)


def test_the_demonstration_measures_what_its_units_answered(world):
    """Only for the invented province."""
    value = Value.objects.get(
        indicator__code="ho-so-dung-han", unit__code="so-y-te", end__year=2024, unit__parent__code="minh-hoa"
    )
    assert value.denominator > value.numerator > 0
    invented = Q(unit__code="minh-hoa") | Q(unit__parent__code="minh-hoa")
    assert not Value.objects.exclude(invented).exists()
