"""Values that do not fit each other: parts and whole, year and year, unit and unit; with the arithmetic."""

from datetime import UTC, date, datetime

import pytest

from parindex.apps.indicators.actions import NewIndicator, define_indicator, record_values
from parindex.apps.indicators.doubts import doubts
from parindex.apps.indicators.models import Value
from parindex.apps.indicators.queries import standing_values
from parindex.apps.organisations.queries import tree_of
from parindex.core.formats.registers import RegisterRow
from parindex.core.wording.checks import check_sentence


AT = datetime(2027, 1, 5, tzinfo=UTC)


@pytest.fixture
def tell(small):
    """Record values of a year and say what does not fit: codes with their Vietnamese sentences."""
    for code, kind in (("ho-so-dung-han", "share"), ("ho-so-da-giai-quyet", "count")):
        if not Value.objects.filter(indicator__code=code).exists():
            define_indicator(new=NewIndicator(code, code, "", kind, "%", "Nguồn"), by="test", at=AT)

    def told(*rows):
        sent = []
        for unit, period, text, *code in rows:
            part, slash, whole = text.partition("/")
            cells = {"numerator": part, "denominator": whole} if slash else {"value": text}
            year = period[-4:]
            default = "ho-so-dung-han" if slash else "ho-so-da-giai-quyet"
            common = {"indicator": code[0] if code else default, "unit": unit, "period": period}
            cells |= {**common, "as_of": f"31/12/{year}", "source": "Nguồn"}
            sent.append(RegisterRow(len(sent) + 2, cells, {}))
        record_values(territory=small.territory, rows=sent, origin="tệp", by="test", at=AT)
        tree = tree_of(small.territory)
        every = standing_values(units=[u.pk for u in tree.walk()], every_source=True)
        years = [
            {(v.indicator.code, v.unit_id): v for v in every if v.start == date(y, 1, 1)}
            for y in (2026, 2025)
        ]
        found = doubts(years[0], years[1], every, tree=tree)
        return [(d.code, check_sentence(d.code, d.data, "vi")) for d in found]

    return told


def test_more_in_the_units_than_in_the_whole(tell):
    """A council once found 49,533 where 62,027 were: both counts, and by how much they part."""
    rows = (("tinh-thu", "2026", "49533/49533"), ("so-mot", "2026", "62027/62027"))
    (found,) = tell(*rows)
    assert found[0] == "units_apart"
    assert "chênh 12.494" in found[1]
    assert "62.027/62.027 (100,00%)" in found[1]


def test_less_than_the_whole_is_told_only_where_nobody_is_missing(tell):
    """Sở Hai may have the rest."""
    assert tell(("tinh-thu", "2026", "90/100"), ("so-mot", "2026", "50/60")) == []


def test_months_that_hold_more_than_their_year(tell):
    """Eleven months may be missing; none may be too many."""
    rows = (("so-mot", "2026", "150"), ("so-mot", "11/2026", "100"), ("so-mot", "12/2026", "60"))
    (found,) = tell(*rows)
    assert found == ("months_apart", "Cộng 2 tháng được 160, nhiều hơn giá trị của cả kỳ (150): chênh 10.")


def test_the_denominator_and_the_count_of_the_same_cases(tell):
    """Handled, by two figures of one source."""
    (found,) = tell(("so-mot", "2026", "90/120"), ("so-mot", "2026", "100"))
    assert found[0] == "wholes_apart"
    assert "Mẫu số là 120" in found[1]


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("50/100", "75/100", "share_jumped"),
        ("90/100", "60/100", "share_jumped"),
        ("5/10", "9/10", None),
        ("90/100", "90/100", "copied_year"),
        ("10", "31", "count_jumped"),
        ("30", "31", None),
        ("19", "6", None),
        ("0", "40", "count_jumped"),
    ],
)
def test_against_the_year_before(tell, was, now, code):
    """Few cases say nothing."""
    found = tell(("so-mot", "2025", was), ("so-mot", "2026", now))
    assert [f[0] for f in found] == ([code] if code else [])


def test_two_units_with_the_very_same_counts(tell):
    """Named by one of them, once."""
    (found,) = tell(("so-mot", "2026", "181/199"), ("so-hai", "2026", "181/199"))
    assert found[0] == "copied_unit"
    assert found[1].startswith("Giống hệt ")
