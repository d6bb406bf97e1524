"""Tasks brought in from a plan's file: understood or asked about, corrected, taken whole or not at all."""

import io
from datetime import date, timedelta

import pytest
from site_world import AT

from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.apps.evidence.actions import upload_document
from parindex.apps.evidence.inspecting import inspect_upload
from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.roles import Role
from parindex.apps.plans import actions
from parindex.apps.plans.actions import PlanWritten, TaskWritten
from parindex.apps.plans.actions.importing import (
    answer_rows,
    drop_task_file,
    map_columns,
    send_task_file,
    take_task_file,
)
from parindex.apps.plans.models import Plan, TaskFile
from parindex.apps.plans.understanding import understand
from parindex.core.formats.problems import FileRefused
from parindex.core.kernel.problems import Refused
from tests.plan_files import excel_plan, word_plan


HEAD = "person:81"
SOUND = [
    ("I", "Cải cách thể chế"),
    ("1", "Rà soát văn bản", "Báo cáo", "Văn phòng Sở", "Các phòng", "Quý III", ""),
    ("2", "Tuyên truyền", "", "Văn phòng Sở", "", "Thường xuyên", ""),
]


@pytest.fixture
def plan(small):
    """A draft for 2025 of a department with an office and a division."""
    unit = small.round.territory.children.order_by("pk").first()
    for code, name in (("vp", "Văn phòng Sở"), ("qlvh", "Phòng Quản lý Văn hóa")):
        Unit.objects.create(parent=unit, code=code, name_vi=name, type="division")
    written = PlanWritten(title="Kế hoạch cải cách hành chính", year=2025)
    return actions.begin_plan(unit=unit, written=written, by=HEAD, at=AT)


def _keep(plan, content, name="ke-hoach.docx"):
    with inspect_upload(stream=io.BytesIO(content), name=name, size=len(content)) as upload:
        return upload_document(unit=plan.unit, upload=upload, by=HEAD, at=AT).document


def _send(plan, content, name="ke-hoach.docx"):
    return send_task_file(plan=plan, document=_keep(plan, content, name), by=HEAD, at=AT)


def _answer(file, answers, names=None):
    return answer_rows(file=file, answers=answers, names=names or {}, by=HEAD, at=AT)


def _asked(file):
    sheet = understand(TaskFile.objects.get(pk=file.pk), at=AT)
    return [(row.key, q.name, q.code) for row in sheet.rows for q in row.questions]


def _refused(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments, by=HEAD, at=AT)
    return refused.value


def test_a_department_s_plan_is_understood_but_for_what_is_asked(plan):
    """Areas by their headings, leads by their names, days by their words; one deadline depends on others."""
    sheet = understand(_send(plan, word_plan()), at=AT)
    assert [(r.area, r.lead and r.lead.code, r.due, r.due_text) for r in sheet.rows] == [
        ("chi-dao", "vp", date(2025, 1, 31), "Tháng 01/2025"),
        ("chi-dao", "vp", None, "Hằng quý, năm"),
        ("chi-dao", "vp", None, "Thường xuyên"),
        ("thu-tuc", "qlvh", date(2025, 9, 14), "Trước ngày 15/9/2025"),
        ("thu-tuc", "vp", None, "Sau khi có quyết định công bố"),
        ("so-hoa", "vp", date(2025, 9, 30), "Quý III"),
    ]
    assert [(r.key, [q.code for q in r.questions]) for r in sheet.asked] == [("3/3", ["deadline_depends"])]


def test_nothing_is_taken_while_a_row_is_asked_about_and_then_all_is_in_one_entry(plan):
    """With the place of the first row; the file becomes the plan's document."""
    file = _send(plan, word_plan())
    refusal = _refused(take_task_file, file=file)
    assert (refusal.code, refusal.data["table"], refusal.data["row"]) == ("task_rows_asked", 3, 3)
    assert not plan.tasks.exists()
    _answer(file, {"3/3": {"due": "30/6"}})
    before = Entry.objects.count()
    made = take_task_file(file=file, by=HEAD, at=AT)
    assert [t.number for t in made] == [1, 2, 3, 4, 5, 6]
    assert made[1].content == "Báo cáo công tác cải cách hành chính; Báo cáo quý; Báo cáo năm"
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))[before:]
    assert kinds == ["task.added", "plan.document"]
    assert Plan.objects.get(pk=plan.pk).document_id == file.document_id
    assert not verify().faults


def test_a_deadline_may_be_said_to_have_no_day(plan):
    """Its words are kept."""
    file = _answer(_send(plan, word_plan()), {"3/3": {"no_day": "1"}})
    assert _asked(file) == []
    task = take_task_file(file=file, by=HEAD, at=AT)[4]
    assert (task.due, task.due_text) == (None, "Sau khi có quyết định công bố")


def test_the_same_file_is_recognised_before_and_after_it_is_taken(plan):
    """It goes on where it was left, and is never doubled."""
    content = excel_plan(SOUND)
    first = _send(plan, content, "a.xlsx")
    assert _send(plan, content, "a.xlsx") == first
    take_task_file(file=first, by=HEAD, at=AT)
    refusal = _refused(send_task_file, plan=plan, document=first.document)
    assert (refusal.code, refusal.data["count"]) == ("task_file_taken", 2)
    assert _refused(take_task_file, file=first).code == "task_file_taken"
    assert plan.tasks.count() == 2


def test_a_task_that_the_plan_has_and_a_row_that_stands_twice_are_asked_about(plan):
    """Also when they come in another file."""
    take_task_file(file=_send(plan, excel_plan(SOUND), "a.xlsx"), by=HEAD, at=AT)
    again = _send(
        plan,
        excel_plan([*SOUND, ("3", "Việc mới", "", "Văn phòng Sở", "", "31/12", ""), *SOUND[1:2]]),
        "b.xlsx",
    )
    assert [code for _, _, code in _asked(again)] == ["task_known", "task_known", "task_known"]
    _answer(again, {key: {"left": "1"} for key in ("1/8", "1/9", "1/11")})
    assert [t.content for t in take_task_file(file=again, by=HEAD, at=AT)] == ["Việc mới"]
    twice = _send(
        plan, excel_plan([SOUND[0], *[("1", "Lặp", "", "Văn phòng Sở", "", "31/12", "")] * 2]), "c.xlsx"
    )
    assert _asked(twice) == [("1/9", "content", "row_twice")]


@pytest.mark.parametrize(
    ("row", "name", "code"),
    [
        (("1", "", "Báo cáo", "Văn phòng Sở", "", "31/12", ""), "content", "content_missing"),
        (("1", "x" * 2001, "", "Văn phòng Sở", "", "31/12", ""), "content", "content_long"),
        (("1", "Việc", "", "Phòng Không Có", "", "31/12", ""), "lead", "lead_unknown"),
        (("1", "Việc", "", "Văn phòng Sở, Phòng Quản lý Văn hóa", "", "31/12", ""), "lead", "lead_several"),
        (("1", "Việc", "Báo cáo", "", "", "31/12", ""), "lead", "lead_missing"),
        (("1", "Việc", "", "Văn phòng Sở", "", "", "x"), "due", "deadline_missing"),
        (("1", "Việc", "", "Văn phòng Sở", "", "31/11", ""), "due", "deadline_impossible"),
        (("1", "Việc", "", "Văn phòng Sở", "", "Từ 30/6 đến 01/3", ""), "due", "deadline_reversed"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_asked_in_its_row(plan, row, name, code):
    """And nothing else of it."""
    file = _send(plan, excel_plan([SOUND[0], row]), "a.xlsx")
    assert _asked(file) == [("1/8", name, code)]


def test_a_row_outside_every_area_and_a_heading_that_is_none_are_asked_about(plan):
    """A heading is named once for all its rows."""
    rows = [
        ("1", "Việc không lĩnh vực", "", "Văn phòng Sở", "", "31/12", ""),
        ("I", "Nhiệm vụ khác"),
        *SOUND[1:],
    ]
    file = _send(plan, excel_plan(rows), "a.xlsx")
    assert [code for _, _, code in _asked(file)] == ["area_missing", "area_unknown", "area_unknown"]
    _answer(file, {"1/7": {"area": "cong-vu"}}, {"area|Nhiệm vụ khác": "bo-may"})
    assert _asked(file) == []
    assert [t.area for t in take_task_file(file=file, by=HEAD, at=AT)] == ["cong-vu", "bo-may", "bo-may"]


def test_a_name_is_said_once_for_all_rows(plan):
    """And the plan's own unit may be named too."""
    rows = [SOUND[0], *[(str(k), f"Việc {k}", "", "Bộ phận CNTT", "", "31/12", "") for k in range(3)]]
    file = _send(plan, excel_plan(rows), "a.xlsx")
    assert {code for _, _, code in _asked(file)} == {"lead_unknown"}
    _answer(file, {}, {"lead|Bộ phận CNTT": plan.unit.name_vi})
    assert _asked(file) == []
    assert [t.lead for t in take_task_file(file=file, by=HEAD, at=AT)] == [None] * 3


def test_a_deadline_before_the_start_is_asked_about(plan):
    """Both are columns here."""
    heads, lower = (
        ["TT", "Nội dung", "Bắt đầu", "Hạn", "", "Chủ trì", "Ghi chú"],
        ["", "", "", "ngày", "", "", ""],
    )
    rows = [SOUND[0], ("1", "Việc", "01/6/2025", "01/3/2025", "", "Văn phòng Sở", "")]
    file = _send(plan, excel_plan(rows, heads=heads, lower=lower), "a.xlsx")
    assert [code for _, _, code in _asked(file)] == ["due_before_start"]


def test_who_does_it_is_known_by_name_within_the_unit(plan):
    """Somebody else is asked about."""
    person = add_person(new=NewPerson("an", "Nguyễn Văn An"), by="test", at=AT)
    grant_role(person=person, role=Role.OFFICER, unit=plan.unit, by="test", at=AT)
    heads = ["TT", "Nội dung", "Sản phẩm", "Người thực hiện", "", "Thời hạn", "Ghi chú"]
    rows = [
        SOUND[0],
        ("1", "Một", "", "Nguyễn Văn An", "", "31/12", ""),
        ("2", "Hai", "", "Trần B", "", "31/12", ""),
    ]
    file = _send(plan, excel_plan(rows, heads=heads, lower=[""] * 7), "a.xlsx")
    assert _asked(file) == [("1/9", "person", "person_unknown")]
    _answer(file, {"1/9": {"person": ""}})
    assert [t.person for t in take_task_file(file=file, by=HEAD, at=AT)] == [person, None]


def test_columns_are_mapped_by_hand_once_each_and_one_is_the_content(plan):
    """What is as proposed is not kept."""
    file = _send(plan, excel_plan(SOUND), "a.xlsx")
    proposed = {0: "number", 1: "content", 2: "output", 3: "lead", 4: "coordinating", 5: "due", 6: ""}
    map_columns(file=file, columns={1: proposed}, by=HEAD, at=AT)
    assert TaskFile.objects.get(pk=file.pk).columns == {}
    assert _refused(map_columns, file=file, columns={1: {**proposed, 6: "due"}}).code == "task_column_twice"
    assert _refused(map_columns, file=file, columns={1: {**proposed, 1: ""}}).code == "task_column_content"
    map_columns(file=file, columns={1: {**proposed, 3: "", 2: "lead"}}, by=HEAD, at=AT)
    assert {code for _, _, code in _asked(file)} == {"lead_unknown", "lead_missing"}


def test_a_file_that_is_given_up_stays_in_the_store(plan):
    """And may be sent again."""
    content = excel_plan(SOUND)
    file = _send(plan, content, "a.xlsx")
    drop_task_file(file=file, by=HEAD, at=AT)
    assert not plan.files.exists()
    assert _send(plan, content, "a.xlsx").document_id == file.document_id


def test_what_is_no_plan_is_refused_and_a_closed_plan_takes_nothing(plan):
    """Nothing is kept of the attempt."""
    with pytest.raises(FileRefused):
        _send(plan, word_plan([], heads=["a", "b", "c", "d", "", "e", "f"], lower=[""] * 7))
    assert not plan.files.exists()
    file = _send(plan, excel_plan(SOUND), "a.xlsx")
    actions.add_task(plan=plan, written=TaskWritten("Một"), by=HEAD, at=AT)
    actions.issue_plan(plan=plan, number="1/KH", issued_on=date(2025, 1, 9), by=HEAD, at=AT)
    actions.close_plan(plan=plan, by=HEAD, at=AT + timedelta(days=1))
    assert _refused(take_task_file, file=file).code == "plan_closed"
    assert plan.tasks.count() == 1


def test_all_or_nothing_when_the_last_row_fails(plan, monkeypatch):
    """Whatever it is that fails."""
    file = _send(plan, excel_plan(SOUND), "a.xlsx")

    def fail(**_):
        raise Refused("plan_full", limit=0)

    monkeypatch.setattr("parindex.apps.plans.actions.importing.name_document", fail)
    assert _refused(take_task_file, file=file).code == "plan_full"
    assert not plan.tasks.exists()
    assert TaskFile.objects.get(pk=file.pk).taken_at is None
