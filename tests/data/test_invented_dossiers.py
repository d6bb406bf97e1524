"""The demonstration's dossiers say what the measured values of their agencies say, and name nobody."""

from collections import Counter
from datetime import datetime

from parindex.data import minhhoa
from parindex.data.minhhoa import dossiers
from parindex.data.minhhoa.measures import measured_in
from parindex.data.minhhoa.units import units_of


DONE = {"Đã trả kết quả", "Đã xử lý xong"}


def _moment(text):
    return datetime.strptime(text, "%d/%m/%Y %H:%M").astimezone() if text else None


def test_as_many_are_handled_and_in_time_as_was_measured():
    """Of each agency, the rows apart that no system should write; the same on every machine."""
    rows = [dict(zip(dossiers.HEADINGS, row, strict=True)) for row in dossiers.rows()]
    assert 15_000 < len(rows) < 50_000
    assert len({r["Mã hồ sơ"] for r in rows}) > len(rows) - 5
    handled, in_time = Counter(), Counter()
    wrong = {id(r) for r, after in zip(rows, [*rows[1:], None], strict=True) if _last_of_unit(r, after)}
    for row in rows:
        if id(row) not in wrong and row["Trạng thái"] in DONE:
            unit = row["Cơ quan giải quyết"]
            handled[unit] += 1
            in_time[unit] += _moment(row["Ngày có kết quả"]) <= _moment(row["Ngày hẹn trả"])
    names = {u.code: u.name.vi for u in units_of(dossiers.ROUND)}
    sample = next(r for r in minhhoa.ROUNDS if r.code == dossiers.ROUND)
    measured = {
        names[m.unit]: m
        for m in measured_in(sample)
        if m.indicator == "ho-so-dung-han" and names[m.unit] in handled
    }
    assert len(measured) > 10
    for name, one in measured.items():
        assert (in_time[name], handled[name]) == (one.numerator, one.denominator), name


def _last_of_unit(row, after):
    """The last row of each agency is the wrong one."""
    return after is None or after["Mã cán bộ"][:6] != row["Mã cán bộ"][:6]
