"""Monthly briefings: drafted from data, edited, issued, frozen; conclusions that become tasks once."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pypdfium2
import pytest
from inspection_world import inspecting_in

from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.apps.briefings.actions import (
    BriefingWritten,
    begin_briefing,
    hand_conclusions,
    issue_briefing,
    newest_of,
    refresh_briefing,
    save_briefing,
)
from parindex.apps.briefings.figures import readings
from parindex.apps.briefings.models import Conclusion
from parindex.apps.briefings.paper import known_of, paper_of
from parindex.apps.briefings.queries import plans_for
from parindex.apps.briefings.rules import ConclusionWritten
from parindex.apps.indicators.actions import record_values
from parindex.apps.indicators.common import define_common
from parindex.apps.indicators.targets import set_targets
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
from parindex.apps.organisations.roles import Role
from parindex.apps.plans import actions as plans
from parindex.apps.plans.actions import PlanWritten
from parindex.apps.plans.models import Task
from parindex.config import training_briefings
from parindex.core.formats.registers import RegisterRow
from parindex.core.kernel.problems import Refused
from parindex.core.papers import docx_file, pdf_file
from parindex.core.wording.notation import day
from parindex.data.minhhoa import briefings as sample


AT = datetime(2026, 3, 2, 3, tzinfo=UTC)
ACT = {"by": "person:71", "at": AT}
FEBRUARY, JANUARY = date(2026, 2, 1), date(2026, 1, 1)


def _value(line, unit, indicator, part, whole, *, last, value=""):
    cells = {
        "indicator": indicator,
        "unit": unit,
        "from": "2026-01-01",
        "to": "2026-12-31",
        "as_of": last,
    }
    cells |= {"value": value} if value else {"numerator": str(part), "denominator": str(whole)}
    return RegisterRow(line, cells, {})


@pytest.fixture
def measured(small):
    """Two departments in two months: one better and one worse, some dossiers open and late, a target."""
    define_common(AT, by="t")
    january, february = "2026-01-31", "2026-02-28"
    for last, rows, known in (
        (january, [("so-mot", 90, 100), ("so-hai", 40, 50)], datetime(2026, 2, 1, 1, tzinfo=UTC)),
        (february, [("so-mot", 190, 200), ("so-hai", 70, 100)], datetime(2026, 3, 1, 1, tzinfo=UTC)),
    ):
        told = [_value(k, u, "ho-so-dung-han", p, w, last=last) for k, (u, p, w) in enumerate(rows, 2)]
        told.append(
            _value(9, "so-hai", "ho-so-ton-qua-han", 0, 0, last=last, value="7" if last == february else "4")
        )
        record_values(territory=small.territory, rows=told, origin="t", by="t", at=known)
    goal = {
        "indicator": "ho-so-dung-han",
        "unit": "tinh-thu",
        "goal": "95",
        "year": "2026",
        "document": "KH 1",
    }
    set_targets(territory=small.territory, rows=[RegisterRow(2, goal, {})], by="t", at=AT)
    return small


def _text(briefing, code):
    return next(s["text"] for s in newest_of(briefing).sections if s["code"] == code)


def _written(briefing, *rows, **texts):
    return BriefingWritten(sections=texts, conclusions=[ConclusionWritten(*row) for row in rows])


def _saved(briefing, *rows, **texts):
    base = newest_of(briefing).number
    return save_briefing(briefing=briefing, written=_written(briefing, *rows, **texts), base=base, **ACT)


def _refused(act, **arguments):
    with pytest.raises(Refused) as refusal:
        act(**{**ACT, **arguments})
    return refusal.value.code


def test_a_month_stands_beside_the_one_before_and_the_target(measured):
    """Counted by hand: 260/300 against 130/150, goal 95; 7 open and late against 4."""
    found = begin_briefing(unit=measured.territory, month=FEBRUARY, **ACT)
    row = next(r for r in newest_of(found).figures if r["code"] == "ho-so-dung-han")
    assert (row["now"], row["before"], row["change"], row["goal"]) == (
        "86,67%",
        "86,67%",
        "0,00 điểm %",
        "≥ 95,00%",
    )
    assert (row["moved"], row["met"], row["as_of"]) == ("same", "no", "2026-02-28")
    assert "7 hồ sơ đang quá hạn chưa giải quyết (tháng trước 4)" in _text(found, "dossiers")
    assert "0/1 chỉ tiêu có mục tiêu năm đã đạt" in _text(found, "figures")
    assert "(4 hồ sơ → 7 hồ sơ)" in _text(found, "changes").split("Kém đi:")[1]


def test_what_was_not_known_by_the_end_of_a_month_is_not_told_of_it(measured):
    """Of January the values of January, though February is known."""
    keys = [u.pk for u in measured.units.values()]
    then = {
        v.unit.code: v.written for (code, _), v in readings(keys, JANUARY).items() if code == "ho-so-dung-han"
    }
    assert then == {"so-mot": "90/100", "so-hai": "40/50"}
    found = begin_briefing(unit=measured.territory, month=JANUARY, **ACT)
    row = next(r for r in newest_of(found).figures if r["code"] == "ho-so-dung-han")
    assert (row["before"], row["change"], row["moved"]) == ("", "", "")


def test_what_nobody_knows_is_not_made_up(small):
    """A territory without any data has a draft that says so."""
    found = begin_briefing(unit=small.territory, month=FEBRUARY, **ACT)
    assert newest_of(found).figures == []
    assert _text(found, "figures") == "Chưa có số liệu đo được nào của tháng trên hệ thống."
    assert _text(found, "dossiers") == "Chưa có số liệu hồ sơ của tháng trên hệ thống."
    assert _text(found, "last") == "Chưa có báo cáo giao ban kỳ trước trên hệ thống."
    assert _text(found, "proposals") == "…"


def test_new_data_change_what_nobody_has_edited(measured):
    """And leave what a person wrote."""
    found = begin_briefing(unit=measured.territory, month=FEBRUARY, **ACT)
    _saved(found, dossiers="Đã họp riêng về hồ sơ quá hạn.")
    rows = [_value(2, "so-mot", "ho-so-dung-han", 200, 200, last="2026-02-28")]
    record_values(territory=measured.territory, rows=rows, origin="t", by="t", at=AT)
    refresh_briefing(briefing=found, **ACT)
    newest = newest_of(found)
    row = next(r for r in newest.figures if r["code"] == "ho-so-dung-han")
    assert (newest.number, row["now"]) == (3, "90,00%")
    assert _text(found, "dossiers") == "Đã họp riêng về hồ sơ quá hạn."
    refresh_briefing(briefing=found, **ACT)
    assert newest_of(found).number == 3


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("", "tinh-thu.so-mot", "")], "conclusion_content_missing"),
        ([("x" * 1001, "", "")], "text_too_long"),
        ([("x", "tinh-thu.khong-co", "")], "conclusion_unit_unknown"),
        ([("x", "", "quý III")], "conclusion_due_unreadable"),
        ([("x", "", "2026-01-31")], "conclusion_due_past"),
        ([("x", "", "")] * 61, "conclusions_many"),
    ],
)
def test_a_conclusion_that_cannot_be_kept_is_named(measured, rows, code):
    """By its place; nothing of the form is kept."""
    found = begin_briefing(unit=measured.territory, month=FEBRUARY, **ACT)
    written = _written(found, *rows, proposals="Mới")
    assert _refused(save_briefing, briefing=found, written=written, base=1) == code
    assert newest_of(found).number == 1


def test_a_month_is_briefed_once_and_not_ahead(small):
    """And a draft that somebody else saved meanwhile is not written over."""
    found = begin_briefing(unit=small.territory, month=date(2026, 2, 17), **ACT)
    assert found.month == FEBRUARY
    assert _refused(begin_briefing, unit=small.territory, month=FEBRUARY) == "briefing_exists"
    assert _refused(begin_briefing, unit=small.territory, month=date(2026, 4, 1)) == "briefing_ahead"
    assert (
        _refused(begin_briefing, unit=small.territory, month=date(1890, 4, 1)) == "briefing_month_unreadable"
    )
    _saved(found, proposals="Một")
    assert _refused(save_briefing, briefing=found, written=_written(found), base=1) == "briefing_changed"
    wrong = BriefingWritten(sections={"xa-la": "x"})
    assert _refused(save_briefing, briefing=found, written=wrong, base=2) == "briefing_section_unknown"
    long = BriefingWritten(sections={"proposals": "x" * 20_001})
    assert _refused(save_briefing, briefing=found, written=long, base=2) == "text_too_long"


def test_an_issued_briefing_is_frozen(measured):
    """Whatever is tried, what was issued stays as it is."""
    found = begin_briefing(unit=measured.territory, month=FEBRUARY, **ACT)
    _saved(found, ("Giải quyết dứt điểm hồ sơ quá hạn", "tinh-thu.so-hai", "2026-03-20"))
    issue = {"briefing": found, "number": "12", "on": date(2026, 3, 2)}
    assert _refused(issue_briefing, **{**issue, "number": " "}) == "briefing_number_missing"
    assert _refused(issue_briefing, **{**issue, "on": date(2026, 3, 3)}) == "briefing_issue_day"
    assert _refused(issue_briefing, **{**issue, "signer": "x" * 151}) == "text_too_long"
    issue_briefing(**issue, signer="Nguyễn Văn A", **ACT)
    assert _refused(issue_briefing, **issue) == "briefing_issued"
    assert _refused(refresh_briefing, briefing=found) == "briefing_issued"
    assert _refused(save_briefing, briefing=found, written=_written(found), base=2) == "briefing_issued"
    row = Conclusion.objects.get(briefing=found)
    assert (row.unit.code, row.due, row.origin) == ("so-hai", date(2026, 3, 20), f"briefing:{found.pk}/1")
    kinds = list(Entry.objects.filter(chain=f"briefing:{found.pk}").values_list("kind", flat=True))
    assert kinds == ["briefing.drafted", "briefing.saved", "briefing.issued"]
    assert verify().faults == []


def _plan(unit, year=2026):
    days = {"start": date(year, 1, 1), "end": date(year, 12, 31)}
    written = PlanWritten(year=year, title="Kế hoạch CCHC", **days)
    return plans.begin_plan(unit=unit, written=written, **ACT)


def test_conclusions_become_tasks_once_and_the_next_briefing_says_how_far_they_are(measured):
    """Twice gives no doubles; a plan of another unit takes none."""
    found = begin_briefing(unit=measured.territory, month=JANUARY, **ACT)
    _saved(found, ("Xong hồ sơ quá hạn", "tinh-thu.so-hai", "2026-02-10"), ("Họp lại", "", ""))
    plan, other = _plan(measured.territory), _plan(measured.units["so-mot"])
    assert _refused(hand_conclusions, briefing=found, plan=plan) == "briefing_not_issued"
    issue_briefing(briefing=found, number="3", on=date(2026, 2, 2), **ACT)
    assert _refused(hand_conclusions, briefing=found, plan=other) == "conclusions_plan_elsewhere"
    made = hand_conclusions(briefing=found, plan=plan, **ACT)
    assert [(t.content, t.lead and t.lead.code, t.due, t.area) for t in made] == [
        ("Xong hồ sơ quá hạn", "so-hai", date(2026, 2, 10), "chi-dao"),
        ("Họp lại", None, None, "chi-dao"),
    ]
    assert hand_conclusions(briefing=found, plan=plan, **ACT) == []
    assert Task.objects.filter(origin__startswith=f"briefing:{found.pk}/").count() == 2
    plans.issue_plan(plan=plan, number="01/KH", issued_on=date(2026, 2, 3), **ACT)
    plans.report_progress(task=made[1], percent=100, line="Đã họp", **ACT)
    following = begin_briefing(unit=measured.territory, month=FEBRUARY, **ACT)
    assert _text(following, "last").split("\n") == [
        "Giao ban tháng 1/2026 có 2 kết luận; đã hoàn thành 1.",
        "- Xong hồ sơ quá hạn (Sở Hai): quá hạn.",
        "- Họp lại: hoàn thành đúng hạn.",
    ]
    assert "Xong hồ sơ quá hạn (Sở Hai, hạn 10/02/2026, chậm 18 ngày)" in _text(following, "tasks")


def test_a_conclusion_becomes_a_task_of_the_plan_of_its_deadline(measured):
    """One without deadline of the first that takes any; what falls due in another year waits for its plan."""
    found = begin_briefing(unit=measured.territory, month=JANUARY, **ACT)
    rows = [("Trong năm", "", "2026-12-31"), ("Sang năm", "", "2027-01-01"), ("Không hạn", "", "")]
    _saved(found, *rows)
    issue_briefing(briefing=found, number="3", on=date(2026, 2, 2), **ACT)
    before, this, after = (_plan(measured.territory, year) for year in (2025, 2026, 2027))
    assert plans_for(found) == [this, after, before]
    said = [t.content for t in hand_conclusions(briefing=found, plan=this, **ACT)]
    assert said == ["Trong năm", "Không hạn"]
    assert plans_for(found) == [after]
    assert _refused(hand_conclusions, briefing=found, plan=before) == "conclusions_other_days"
    assert [t.content for t in hand_conclusions(briefing=found, plan=after, **ACT)] == ["Sang năm"]
    assert plans_for(found) == []
    assert hand_conclusions(briefing=found, plan=before, **ACT) == []


def test_the_invented_conclusions_are_tasks_of_their_year(small, monkeypatch):
    """Also where the demonstration begins a year later: then they are done, and the plan is over."""
    by = add_person(new=NewPerson("giup-viec-thu", "Giúp việc", ""), **ACT).ref
    monkeypatch.setattr(
        training_briefings.sample,
        "CONCLUSIONS",
        [
            replace(one, unit=code)
            for one, code in zip(sample.CONCLUSIONS, ("so-mot", "so-hai", "so-mot"), strict=True)
        ],
    )
    training_briefings._issued(small.territory, by=by)
    tasks = Task.objects.filter(plan__unit=small.territory).select_related("plan")
    assert {(t.plan.year, t.plan.state, t.done_on is not None) for t in tasks} == {(2025, "closed", True)}
    assert len(tasks) == len(sample.CONCLUSIONS)


def test_a_briefing_without_conclusions_hands_nothing_on(small):
    """And says so."""
    found = begin_briefing(unit=small.territory, month=FEBRUARY, **ACT)
    issue_briefing(briefing=found, number="3", on=date(2026, 3, 2), **ACT)
    assert _refused(hand_conclusions, briefing=found, plan=_plan(small.territory)) == "conclusions_none"


def test_nobody_is_told_before_it_is_issued(measured):
    """Then those who draft briefings of the units that conclusions name."""
    reader = add_person(new=NewPerson("hai", "Người Hai", ""), **ACT)
    grant_role(person=reader, role=Role.FOCAL, unit=measured.units["so-hai"], **ACT)
    found = begin_briefing(unit=measured.territory, month=FEBRUARY, **ACT)
    _saved(found, ("Việc", "tinh-thu.so-hai", ""))
    told = Notice.objects.filter(kind="briefing_issued", data__unit="Tỉnh Thử")
    assert not told.exists()
    issue_briefing(briefing=found, number="3", on=date(2026, 3, 2), **ACT)
    assert [n.to for n in told] == [reader.ref]


def test_the_paper_says_what_was_frozen_in_both_kinds_of_file(measured):
    """Its figures are read back from the files."""
    found = begin_briefing(unit=measured.territory, month=FEBRUARY, **ACT)
    _saved(found, ("Giải quyết 7 hồ sơ quá hạn", "tinh-thu.so-hai", "2026-03-20"), proposals="Xin ý kiến")
    issue_briefing(briefing=found, number="12", on=date(2026, 3, 2), **ACT)
    found.refresh_from_db()
    paper = paper_of(known_of(found, newest_of(found)))
    pages = pypdfium2.PdfDocument(pdf_file(paper))
    pdf = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
    book = docx.Document(io.BytesIO(docx_file(paper)))
    cells = [c.text for table in book.tables for row in table.rows for c in row.cells]
    word = " ".join([*(p.text for p in book.paragraphs), *cells])
    for said in ("86,67%", "≥ 95,00%", "Giải quyết 7 hồ sơ quá hạn", "20/03/2026", "Sở Hai", "Xin ý kiến"):
        assert said in word
        assert said in pdf
    assert paper.numbered == "Số: 12/BC-UBND"


def test_a_month_in_which_nothing_new_was_told_is_compared_with_nothing(measured):
    """The last reading stands, and it is said that it is old."""
    march = datetime(2026, 4, 2, 3, tzinfo=UTC)
    found = begin_briefing(unit=measured.territory, month=date(2026, 3, 1), by="person:71", at=march)
    row = next(r for r in newest_of(found).figures if r["code"] == "ho-so-dung-han")
    assert (row["now"], row["before"], row["change"], row["as_of"]) == ("86,67%", "", "", "2026-02-28")
    assert _text(found, "figures").endswith("Trong tháng chưa có số liệu mới.")
    assert _text(found, "changes") == "Chưa đủ số liệu hai tháng để so sánh."


def test_what_inspections_found_and_is_not_put_right_is_told(small):
    """Of the units below, with how late it is."""
    world = inspecting_in(small)
    visit, made = world.concluded(days=10)
    found = begin_briefing(unit=small.territory, month=FEBRUARY, by="person:71", at=AT)
    lead, line = _text(found, "findings").split("\n")
    assert lead == "1 kiến nghị sau kiểm tra chưa khắc phục xong, trong đó 1 đã quá hạn."
    late = (date(2026, 2, 28) - made.due).days
    assert line.endswith(f"({visit.unit.name_vi}, hạn {day(made.due, 'vi')}, chậm {late} ngày).")
    before = begin_briefing(unit=small.territory, month=JANUARY, by="person:71", at=AT)
    assert "Không có kiến nghị" not in _text(before, "findings")


def test_a_month_is_not_told_what_was_found_after_it(small):
    """As of its last day."""
    inspecting_in(small).concluded(days=10)
    found = begin_briefing(unit=small.territory, month=date(2025, 12, 1), by="person:71", at=AT)
    assert _text(found, "findings") == "Không có kiến nghị sau kiểm tra nào chưa khắc phục."
