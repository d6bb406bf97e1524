"""The system's own totals, our count of a period beside them, and what Decision 766 asks of it."""

from datetime import date
from fractions import Fraction

import pytest
import xlsxwriter
from dossier_shelf import HEADINGS
from one_stop_heading import GROUPS, LEAVES

from parindex.core.dossiers.periods import Activity, activity, index766, periods
from parindex.core.dossiers.problems import DossiersRefused
from parindex.core.dossiers.report import Difference, Doubt, differences, period_named, read_report
from parindex.core.dossiers.units import Unit


FIRST = [5, 1, 2, 1, 1, 3, 1, 1, 1, 1, 0, 1, 1, 1, 0]
SECOND = [1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]
MARCH = {"first": date(2025, 3, 1), "last": date(2025, 3, 31)}


def workbook(path, *rows):
    """A report as it is exported: a title, two lines of headings, a line for each unit."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "TÌNH HÌNH GIẢI QUYẾT HỒ SƠ THÁNG 3 NĂM 2025")
    for k, cells in enumerate((GROUPS, LEAVES, *rows), start=2):
        sheet.write_row(k, 0, cells)
    book.close()
    return path


@pytest.fixture
def march(shelf):
    """What FIRST counts for U1, and one dossier of U2."""
    rows = [
        "A,p1,U1,9,24/02/2025 08:00,05/03/2025 17:00,04/03/2025 09:00,in_person,,",
        "B,p1,U1,9,03/03/2025 08:00,06/03/2025 17:00,06/03/2025 09:00,online_full,50000,1",
        "C,p2,U1,9,03/03/2025 08:00,06/03/2025 17:00,07/03/2025 09:00,online_part,30000,0",
        "D,p2,U1,4,24/03/2025 08:00,28/03/2025 17:00,,in_person,,",
        "E,p3,U1,5,28/03/2025 08:00,02/04/2025 17:00,,post,,",
        "F,p3,U1,9,01/04/2025 08:00,02/04/2025 17:00,01/04/2025 09:00,post,,",
        "G,p1,U2,9,03/03/2025 08:00,06/03/2025 17:00,04/03/2025 09:00,online_full,,",
        "H,p1,U1,9,03/02/2025 08:00,06/02/2025 17:00,04/02/2025 09:00,online_full,,",
    ]
    text = "\n".join([HEADINGS + ",channel,fee,paid_online", *rows]) + "\n"
    shelf.take(shelf.file("a.csv", text))
    return shelf.store


def test_a_period_is_counted_as_the_report_counts_it(march):
    """What was carried over, what came, what was handled in it, what is open at its end."""
    found = activity(march, **MARCH)
    assert found[("U1",)] == Activity(
        carried=1, came_online=2, came_in_person=1, came_by_post=1, early=1, on_time=1, late=1,
        open_overdue=1, paused_in_time=1, with_fee=2, paid_online=1,
    )  # fmt: skip
    assert (found[("U1",)].came, found[("U1",)].handled) == (4, 3)


def test_a_report_that_agrees_shows_no_difference(march, tmp_path):
    """By two lines of headings, the same heading thrice."""
    total = ["", "Tổng cộng", *(a + b for a, b in zip(FIRST, SECOND, strict=True))]
    path = workbook(tmp_path / "r.xlsx", [1, "U1", *FIRST], [2, "U2", *SECOND], total)
    report = read_report(path)
    assert [r.unit for r in report.rows] == ["U1", "U2"]
    assert (report.doubts, report.whole.figures["tongTiepNhan"]) == ((), 6)
    assert differences(report, activity(march, **MARCH)) == []


def test_a_report_that_parts_from_our_count_is_told_of_and_kept(march, tmp_path):
    """Its figure stays the report's; a total that is no sum is told of too."""
    wrong = [*FIRST[:5], 4, *FIRST[6:]]
    report = read_report(workbook(tmp_path / "r.xlsx", [1, "U1", *wrong]))
    assert report.doubts == (Doubt("U1", 5, "tongDaXuLy", 4, 3),)
    assert differences(report, activity(march, **MARCH)) == [Difference("U1", "tongDaXuLy", 4, 3)]
    assert report.rows[0].figures["tongDaXuLy"] == 4


def test_units_of_a_report_are_known_by_name(tmp_path):
    """One that is not, one that stands twice, and a figure that is none are refused with their row."""
    units = [Unit("H1", "Sở Y tế")]
    report = read_report(workbook(tmp_path / "a.xlsx", [1, "SỞ Y TẾ", *FIRST]), units)
    assert report.rows[0].unit == "H1"
    for name, rows, code in (
        ("b", [[1, "Sở Xây dựng", *FIRST]], "unit_of_report_unknown"),
        ("c", [[1, "Sở Y tế", *FIRST], [2, "H1", *FIRST]], "unit_of_report_twice"),
        ("d", [[1, "Sở Y tế", "năm", *FIRST[1:]]], "figure_unreadable"),
    ):
        with pytest.raises(DossiersRefused, match=code) as refusal:
            read_report(workbook(tmp_path / f"{name}.xlsx", *rows), units)
        assert refusal.value.line in (5, 6)


def test_a_workbook_that_is_no_report_is_refused(tmp_path):
    """It has no line of headings."""
    book = xlsxwriter.Workbook(str(tmp_path / "x.xlsx"))
    book.add_worksheet().write_row(0, 0, ["Đơn vị", "Điểm"])
    book.close()
    with pytest.raises(DossiersRefused, match="report_without_head"):
        read_report(tmp_path / "x.xlsx")


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("TÌNH HÌNH GIẢI QUYẾT HỒ SƠ THÁNG 3 NĂM 2025", "2025-03-01", "2025-03-31"),
        ("Báo cáo tháng 02/2024 (Hà Nội, ngày 05 tháng 3 năm 2024)", "2024-02-01", "2024-02-29"),
        ("Từ ngày 15/12/2024 đến hết ngày 14/12/2025", "2024-12-15", "2025-12-14"),
        ("từ tháng 1 đến tháng 6 năm 2025", "2025-01-01", "2025-06-30"),
        ("Quý IV năm 2025", "2025-10-01", "2025-12-31"),
        ("Quý 1/2025", "2025-01-01", "2025-03-31"),
        ("năm 2025", "2025-01-01", "2025-12-31"),
        ("Xuất ngày 05 tháng 3 năm 2024", "", ""),
        ("tháng 13 năm 2025", "", ""),
        ("", "", ""),
    ],
)
def test_the_period_of_a_report_is_read_from_its_title(title, first, last):
    """So that a report of another period than the one chosen is noticed."""
    found = period_named(title)
    assert found == ((date.fromisoformat(first), date.fromisoformat(last)) if first else None)


def test_decision_766_is_answered_as_far_as_dossiers_know(march):
    """Progress 2 of 3, online 2 of 4, payment 1 of 2; procedures that cost something and were paid online."""
    found = index766(activity(march, by=("unit", "procedure"), **MARCH))["U1"]
    assert (found.progress, found.online, found.payment) == (Fraction(2, 3), Fraction(1, 2), Fraction(1, 2))
    assert (found.procedures_with_fee, found.procedures_paid_online, found.digitisation) == (2, 1, None)


def test_periods_are_whole_weeks_months_and_years():
    """Monday to Sunday; the month of the first day to that of the last."""
    days = (date(2024, 12, 30), date(2025, 2, 10))
    assert list(periods("week", date(2025, 1, 1), date(2025, 1, 6))) == [
        (date(2024, 12, 30), date(2025, 1, 5)),
        (date(2025, 1, 6), date(2025, 1, 12)),
    ]
    assert [first for first, _ in periods("month", *days)] == [
        date(2024, 12, 1),
        date(2025, 1, 1),
        date(2025, 2, 1),
    ]
    assert list(periods("year", *days))[-1] == (date(2025, 1, 1), date(2025, 12, 31))
