"""Values that are handed in as rows, from whatever door: what each would do, before anything is done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from parindex.apps.indicators.models import Indicator, Value
from parindex.apps.indicators.periods import read_period, said_period
from parindex.apps.indicators.rules import check_period, check_share, read_count, read_error, read_value
from parindex.apps.organisations.imports.plans import by_word, day_in, within
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree
from parindex.core.formats.registers import CellRefused, Column, Outcome, Planned, RegisterRow, refused_row
from parindex.core.kernel.numbers import exact_text
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date


COLUMNS = (
    Column("indicator", Text("Mã chỉ tiêu", "Indicator"), required=True),
    Column("unit", Text("Mã đơn vị", "Unit code"), required=True),
    Column(
        "period",
        Text("Kỳ", "Period"),
        hint=Text(
            "2025, 03/2025 hoặc Q1/2025; hoặc ghi từ ngày, đến ngày", "2025, 03/2025, Q1/2025; or days"
        ),
    ),
    Column("from", Text("Từ ngày", "From"), hint=Text("ngày/tháng/năm", "day/month/year")),
    Column("to", Text("Đến ngày", "Until"), hint=Text("ngày/tháng/năm", "day/month/year")),
    Column("numerator", Text("Tử số", "Numerator"), hint=Text("của tỷ lệ", "of a share")),
    Column("denominator", Text("Mẫu số", "Denominator"), hint=Text("của tỷ lệ", "of a share")),
    Column("value", Text("Giá trị", "Value"), hint=Text("số lượng, trị số", "a count, a number")),
    Column(
        "se",
        Text("Sai số chuẩn", "Standard error"),
        hint=Text("của giá trị điều tra, cùng đơn vị tính", "of a survey’s value, in the same measure"),
    ),
    Column("n", Text("Số phiếu", "Answers"), hint=Text("của giá trị điều tra", "of a survey’s value")),
    Column(
        "as_of",
        Text("Số liệu đến ngày", "As of"),
        required=True,
        hint=Text("ngày/tháng/năm", "day/month/year"),
    ),
    Column(
        "source",
        Text("Nguồn", "Source"),
        hint=Text("bỏ trống: nguồn chính thức của chỉ tiêu", "empty: the indicator’s own"),
    ),
    Column(
        "ref",
        Text("Tham chiếu", "Reference"),
        hint=Text("số báo cáo, liên kết đến nơi có số liệu", "a report’s number, a link to the data"),
    ),
)
FIELDS = ("numerator", "denominator", "value", "as_of", "se", "n")
LONGEST_SOURCE = 120
LONGEST_REF = 200
Key = tuple[int, int, date, date, str]


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A row that can be read. `numerator` and `denominator` are None where it is no share. `ref`: where the
    data stand, as whoever hands them in says; it makes no version. `se`, `n`: of a survey's value, its
    standard error and how many answered."""

    row: RegisterRow
    indicator: Indicator
    unit: Unit
    start: date
    end: date
    as_of: date
    source: str
    value: Fraction | None
    numerator: int | None = None
    denominator: int | None = None
    ref: str = ""
    se: Fraction | None = None
    n: int | None = None

    @property
    def key(self) -> Key:
        """What it is a version of."""
        return self.indicator.pk, self.unit.pk, self.start, self.end, self.source

    @property
    def texts(self) -> tuple[str, ...]:
        """Its `FIELDS`, as they are compared and told of."""
        value = "" if self.value is None else exact_text(self.value)
        error = "" if self.se is None else exact_text(self.se)
        shares = _text(self.numerator), _text(self.denominator)
        return *shares, value, self.as_of.isoformat(), error, _text(self.n)


@dataclass(frozen=True, slots=True)
class ValuePlan:
    """What the rows would do, in their order; the sound ones by line; what stands by key."""

    rows: Sequence[Planned]
    sound: Mapping[int, ValueRow]
    standing: Mapping[Key, Value]


def plan_values(
    tree: Tree,
    rows: Sequence[RegisterRow],
    *,
    at: datetime,
    allowed: Collection[int] | None = None,
    only: Collection[str] | None = None,
) -> ValuePlan:
    """What rows of values would do in a territory. A fixed number of queries.

    Args:
        allowed: keys of the units whose values may be handed in; None: all of the territory's.
        only: codes of the indicators that may be; None: all.
    """
    known = _Known(tree, legal_date(at), allowed, only=only)
    read: dict[int, ValueRow] = {}
    wrong: dict[int, CellRefused] = {}
    for row in rows:
        try:
            read[row.line] = known.read(row)
        except CellRefused as refusal:
            wrong[row.line] = refusal
    standing = _standing(read.values())
    seen: dict[Key, int] = {}
    planned, sound = [], {}
    for row in rows:
        found = read.get(row.line)
        if found is None:
            planned.append(refused_row(row, row.get("indicator"), wrong[row.line]))
            continue
        try:
            one = _planned(found, standing.get(found.key), seen)
        except CellRefused as refusal:
            planned.append(refused_row(row, _name(found), refusal))
            continue
        sound[row.line] = found
        planned.append(one)
    return ValuePlan(planned, sound, standing)


class _Known:
    """Indicators and units that a row may name."""

    def __init__(
        self, tree: Tree, today: date, allowed: Collection[int] | None, *, only: Collection[str] | None
    ) -> None:
        self.today, self.allowed, self.only = today, allowed, only
        self.indicators = {i.code: i for i in Indicator.objects.all()}
        self.words = by_word({i.code: i.name for i in self.indicators.values()})
        self.units: dict[str, list[Unit]] = {}
        for unit in tree.walk():
            self.units.setdefault(unit.code, []).append(unit)
            self.units.setdefault(tree.address(unit), []).append(unit)

    def read(self, row: RegisterRow) -> ValueRow:
        """One row. Raises CellRefused."""
        indicator = self._indicator(row)
        unit = within("unit", lambda: self._unit(row.get("unit")))
        start, end = _period(row)
        as_of = day_in(row, "as_of")
        if as_of is None:
            raise CellRefused("as_of", Refused("day_missing"))
        within("as_of", lambda: check_period(start, end, as_of, today=self.today))
        source = row.get("source") or indicator.source
        if len(source) > LONGEST_SOURCE:
            raise CellRefused("source", Refused("text_too_long", limit=LONGEST_SOURCE))
        if len(ref := row.get("ref")) > LONGEST_REF:
            raise CellRefused("ref", Refused("text_too_long", limit=LONGEST_REF))
        common = (row, indicator, unit, start, end, as_of, source)
        if indicator.kind != Indicator.Kind.SHARE:
            _only(row, "value", "numerator", "denominator")
            value = within("value", lambda: read_value(indicator, row.get("value")))
            return ValueRow(*common, value, ref=ref, se=_error(row), n=_answers(row))
        _only(row, "numerator", "se", "n")
        _only(row, "numerator", "value")
        part = within("numerator", lambda: read_count(row.get("numerator")))
        whole = within("denominator", lambda: read_count(row.get("denominator")))
        within("numerator", lambda: check_share(part, whole))
        return ValueRow(*common, Fraction(part, whole) if whole else None, part, whole, ref)

    def _indicator(self, row: RegisterRow) -> Indicator:
        typed = row.get("indicator")
        code = self.words.get(typed.casefold())
        if code is None:
            raise CellRefused("indicator", Refused("indicator_unknown", indicator=typed[:60]))
        found = self.indicators[code]
        if self.only is not None and code not in self.only:
            raise CellRefused("indicator", Refused("indicator_of_others", indicator=found.name_vi))
        return found

    def _unit(self, code: str) -> Unit:
        found = self.units.get(code, [])
        if not found:
            raise Refused("unit_not_found", unit=code[:60])
        if len({u.pk for u in found}) > 1:
            raise Refused("unit_code_ambiguous", code=code)
        if self.allowed is not None and found[0].pk not in self.allowed:
            raise Refused("unit_of_others", unit=found[0].name_vi)
        return found[0]


def _only(row: RegisterRow, own: str, *others: str) -> None:
    """That nothing is filled in that would be passed over. Raises CellRefused ``cell_not_of_kind``."""
    for other in others:
        if row.get(other):
            raise CellRefused(other, Refused("cell_not_of_kind"))


def _error(row: RegisterRow) -> Fraction | None:
    """A standard error; None where none is said. Raises CellRefused."""
    typed = row.get("se")
    return within("se", lambda: read_error(typed)) if typed else None


def _answers(row: RegisterRow) -> int | None:
    """How many answered; None where it is not said. Raises CellRefused."""
    typed = row.get("n")
    return within("n", lambda: read_count(typed)) if typed else None


def _period(row: RegisterRow) -> tuple[date, date]:
    """From one cell, or from two days. Raises CellRefused."""
    typed = row.get("period")
    start, end = day_in(row, "from"), day_in(row, "to")
    if typed:
        found = within("period", lambda: read_period(typed))
        if (start, end) not in ((None, None), found):
            raise CellRefused("period", Refused("period_said_twice", text=typed[:40]))
        return found
    if start is None or end is None:
        raise CellRefused("period", Refused("period_missing"))
    return start, end


def _standing(rows: Iterable[ValueRow]) -> dict[Key, Value]:
    """The last version of each datum. One query."""
    found: dict[Key, Value] = {}
    keys = [r.key for r in rows]
    if not keys:
        return found
    kept = Value.objects.filter(
        indicator__in={k[0] for k in keys},
        unit__in={k[1] for k in keys},
        start__in={k[2] for k in keys},
        end__in={k[3] for k in keys},
    )
    for value in kept.standing():
        found[value.indicator_id, value.unit_id, value.start, value.end, value.source] = value
    return found


def _planned(found: ValueRow, stands: Value | None, seen: dict[Key, int]) -> Planned:
    """Raises CellRefused ``row_repeated``, ``as_of_older``."""
    if found.key in seen:
        raise CellRefused("unit", Refused("row_repeated", line=seen[found.key]))
    seen[found.key] = found.row.line
    after = found.texts
    before = _texts(stands) if stands else ("",) * len(FIELDS)
    changes = tuple((name, b, a) for name, b, a in zip(FIELDS, before, after, strict=True) if a != b)
    if stands is not None and found.as_of < stands.as_of:
        raise CellRefused("as_of", Refused("as_of_older", day=found.as_of, stands=stands.as_of))
    outcome = Outcome.ADDED if stands is None else Outcome.CHANGED if changes else Outcome.SAME
    key = "/".join([found.indicator.code, found.unit.code, found.start.isoformat(), found.end.isoformat()])
    return Planned(found.row.line, key, _name(found), outcome, changes)


def _name(found: ValueRow) -> str:
    return f"{found.indicator.name_vi} · {found.unit.name_vi} · {said_period(found.start, found.end).vi}"


def _texts(value: Value) -> tuple[str, ...]:
    shares = _text(value.numerator), _text(value.denominator)
    return *shares, value.value, value.as_of.isoformat(), value.se, _text(value.n)


def _text(count: int | None) -> str:
    return "" if count is None else str(count)
