"""A unit's periodic report: which period is due, what it says from the data, and where it leaves room."""

import io
from datetime import UTC, date, datetime

import docx
import pypdfium2
import pytest
from address_rows import UNIT
from addresses import address

from parindex.apps.indicators.models import Value
from parindex.apps.indicators.reporting import find_period, periods_until, proposed_period, values_for
from parindex.apps.indicators.targets import set_targets
from parindex.apps.organisations.models import Unit
from parindex.apps.plans.actions import (
    PlanWritten,
    TaskWritten,
    add_tasks,
    begin_plan,
    issue_plan,
    report_progress,
)
from parindex.apps.results.models import UnitResult
from parindex.core.formats.registers import RegisterRow
from parindex.core.wording.notation import answer_text, number


YEAR = "2025-nam"
DECEMBER = datetime(2025, 12, 16, 2, tzinfo=UTC)


def _pdf(content):
    book = pypdfium2.PdfDocument(content)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in book).split())
    finally:
        book.close()


def _word(content):
    book = docx.Document(io.BytesIO(content))
    cells = [c.text for table in book.tables for row in table.rows for c in row.cells]
    return " ".join(" ".join([*(p.text for p in book.paragraphs), *cells]).split())


@pytest.fixture
def december(clock, visitors):
    """Just after the year of reports has ended."""
    clock(DECEMBER)
    return DECEMBER


@pytest.mark.parametrize(
    ("today", "code", "due"),
    [
        (date(2026, 3, 13), "2025-nam", date(2025, 12, 20)),
        (date(2026, 3, 14), "2026-quy-1", date(2026, 3, 20)),
        (date(2026, 6, 14), "2026-6-thang", date(2026, 6, 20)),
        (date(2026, 9, 14), "2026-quy-3", date(2026, 9, 20)),
        (date(2026, 12, 14), "2026-nam", date(2026, 12, 20)),
        (date(2027, 1, 1), "2026-nam", date(2026, 12, 20)),
    ],
)
def test_the_period_that_has_just_ended_is_proposed_with_its_deadline(today, code, due):
    """To the day."""
    assert (proposed_period(today).code, proposed_period(today).due) == (code, due)


def test_periods_begin_and_end_as_the_ministry_says():
    """From 15 December of the year before; the third quarter from 15 June."""
    spans = {p.code: (p.first, p.last) for p in periods_until(date(2026, 12, 31)) if p.year == 2026}
    assert spans == {
        "2026-quy-1": (date(2025, 12, 15), date(2026, 3, 14)),
        "2026-6-thang": (date(2025, 12, 15), date(2026, 6, 14)),
        "2026-quy-3": (date(2026, 6, 15), date(2026, 9, 14)),
        "2026-nam": (date(2025, 12, 15), date(2026, 12, 14)),
    }


@pytest.mark.parametrize("code", ["2026-quy-2", "quy-1", "1999-nam", "2026", "", "٢٠٢٦-nam"])
def test_a_period_that_is_none_is_not_found(code):
    assert find_period(code) is None


def test_the_figures_are_the_databases_with_source_and_day(world, visitors, december):
    """In both files, in Vietnamese notation."""
    unit = Unit.objects.get(code="so-y-te", parent__code="minh-hoa")
    kept = values_for([unit.pk], find_period(YEAR))
    assert len(kept) >= 4
    pdf = _pdf(visitors["focal"].get(address("reports:periodic_file", (UNIT, YEAR, "pdf"))).content)
    word = _word(visitors["focal"].get(address("reports:periodic_file", (UNIT, YEAR, "docx"))).content)
    for value in kept.values():
        said = answer_text(value.written).vi if value.denominator is not None else number(value.exact, "vi")
        for text in (said, value.indicator.name_vi, value.source, f"{value.as_of:%d/%m/%Y}"):
            assert text in word, text
        assert said in pdf
    result = UnitResult.objects.filter(participant__unit=unit, participant__round__code="2025-co-quan").last()
    assert "(… – …)" not in word
    assert f"đạt {number(result.index, 'vi', decimals=2)}%" in word
    for text in (
        "BÁO CÁO",
        "năm 2025",
        "15/12/2024 đến ngày 14/12/2025",
        "Kính gửi: Ủy ban nhân dân tỉnh Minh Họa",
    ):
        assert text in word, text
        assert text in pdf or text.isupper(), text


def test_a_goal_and_its_forecast_stand_beside_the_figure(world, visitors, december):
    """And what falls short is said in the outlook."""
    unit = Unit.objects.get(code="so-y-te", parent__code="minh-hoa")
    row = {"indicator": "ho-so-truc-tuyen", "unit": UNIT, "year": "2025", "goal": "99,9", "document": "01/KH"}
    set_targets(territory=unit.parent, rows=[RegisterRow(1, row, {})], own=None, by="person:1", at=DECEMBER)
    word = _word(visitors["focal"].get(address("reports:periodic_file", (UNIT, YEAR, "docx"))).content)
    assert "≥ 99,90%" in word
    assert "đạt mục tiêu ≥ 99,90%" in word


def test_a_period_without_figures_says_so_and_leaves_room(world, visitors, clock):
    """Nothing is invented: dots where nobody told the system."""
    clock(datetime(2026, 9, 16, 2, tzinfo=UTC))
    word = _word(
        visitors["focal"].get(address("reports:periodic_file", (UNIT, "2026-quy-3", "docx"))).content
    )
    assert "Chưa có số liệu đo được nào của kỳ này" in word
    assert word.count("…") >= 8


def test_a_figure_of_other_days_does_not_speak_for_the_period(world):
    """A month is no quarter, a whole year neither; a year to date is the half of it."""
    unit = Unit.objects.get(code="so-y-te", parent__code="minh-hoa")
    assert values_for([unit.pk], find_period("2024-quy-1")) == {}
    assert all(v.end.year == 2025 for v in values_for([unit.pk], find_period(YEAR)).values())
    some = Value.objects.filter(unit=unit, indicator__code="ho-so-dung-han", end__year=2025).first()
    for version, as_of in ((98, date(2025, 6, 14)), (99, date(2025, 3, 14))):
        some.pk, some.version, some.as_of = None, version, as_of
        some.save(force_insert=True)
    assert values_for([unit.pk], find_period("2025-6-thang"))["ho-so-dung-han"].version == 98
    assert values_for([unit.pk], find_period("2025-quy-1"))["ho-so-dung-han"].version == 99


def test_the_page_proposes_the_period_and_shows_the_paper(world, visitors, read, december):
    """With its deadline, the way to other periods, and every page as a picture."""
    page = read(address("reports:reports", (UNIT,)), by=visitors["focal"])
    assert "Báo cáo cải cách hành chính năm 2025" in page.root.text
    assert "Hạn gửi: 20/12/2025" in page.root.text
    pictures = page.root.all("img", "page-picture")
    assert len(pictures) >= 3
    assert visitors["focal"].get(pictures[-1].attributes["src"]).content.startswith(b"\x89PNG")
    assert address("reports:reports", (UNIT,)) in {
        a.attributes.get("href")
        for a in read(address("indicators:unit", (UNIT,)), by=visitors["focal"]).root.all("a")
    }


def test_a_period_that_has_not_begun_is_refused_with_its_first_day(world, visitors, december):
    """On the page and as a file."""
    for name, more in (("reports:periodic", ()), ("reports:periodic_file", ("pdf",))):
        answer = visitors["focal"].get(address(name, (UNIT, "2026-quy-3", *more)))
        assert answer.status_code == 403
        assert "15/06/2026" in answer.content.decode()


@pytest.mark.parametrize("who", ["neighbour", "stranger", "appraiser"])
def test_a_report_is_for_the_unit_and_those_who_follow_its_territory(world, visitors, december, who):
    assert visitors[who].get(address("reports:reports", (UNIT,))).status_code == 403


def test_the_report_of_a_commune_that_began_in_july_names_its_own_days(world, visitors, december):
    """Half of the year is enough for the year's report, and the appendix says which half."""
    commune = Unit.objects.filter(type="xa", parent__code="minh-hoa").first()
    word = _word(
        visitors["leader"]
        .get(address("reports:periodic_file", (f"minh-hoa.{commune.code}", "2025-quy-3", "docx")))
        .content
    )
    assert "01/07/2025 – 14/12/2025" in word or "Chưa có số liệu" in word


def test_the_page_costs_few_queries(world, visitors, december, django_assert_max_num_queries):
    visitors["focal"].get(address("reports:reports", (UNIT,)))
    with django_assert_max_num_queries(75):
        visitors["focal"].get(address("reports:reports", (UNIT,)))


def test_issued_plans_are_told_with_their_progress_and_what_is_due_next(visitors, december):
    """A draft is not; what is due after the next quarter is not yet."""
    unit = Unit.objects.get(code="so-y-te", parent__code="minh-hoa", parent__parent=None)
    act = {"by": "đầu mối", "at": datetime(2025, 1, 10, 2, tzinfo=UTC)}
    for number_, theme in (("974/KH-SYT", "Không hồ sơ trễ hẹn"), ("", "Chủ đề chưa ban hành")):
        written = PlanWritten(title="Kế hoạch cải cách hành chính", year=2025, theme=theme)
        plan = begin_plan(unit=unit, written=written, **act)
        tasks = [
            TaskWritten("Rà soát thủ tục nội bộ", due=date(2025, 6, 30)),
            TaskWritten("Tổng kết năm", due=date(2025, 12, 31)),
            TaskWritten("Đánh giá sau một năm", due=date(2026, 12, 1)),
        ]
        add_tasks(plan=plan, rows=[(task, "") for task in tasks], **act)
        if number_:
            plan = issue_plan(plan=plan, number=number_, issued_on=date(2025, 1, 9), **act)
            report_progress(task=plan.tasks.get(number=1), percent=100, line="đã xong", **act)
    paper = visitors["focal"].get(address("reports:periodic_file", (UNIT, YEAR, "docx"))).content
    said = _word(paper)
    told = "Kế hoạch số 974/KH-SYT ngày 09/01/2025, chủ đề “Không hồ sơ trễ hẹn”: hoàn thành 1/3 nhiệm vụ"
    assert told in said
    assert "Tổng kết năm: hạn 31/12/2025 (Kế hoạch số 974/KH-SYT)." in said
    assert "Đánh giá sau một năm" not in said
    assert "Chủ đề chưa ban hành" not in said
