"""Plans and their tasks: what is kept of each act, how far a task is, what goes down and comes up again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_world import AT

from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.apps.evidence.actions import cite_document
from parindex.apps.evidence.rules import Metadata
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
from parindex.apps.organisations.models import Succession, Unit
from parindex.apps.organisations.permissions import rights_of
from parindex.apps.organisations.roles import Role
from parindex.apps.plans import actions
from parindex.apps.plans.actions import PlanWritten, TaskWritten
from parindex.apps.plans.models import HandDown, Plan, Task, TaskReport
from parindex.apps.plans.permissions import can_do, can_edit, can_see, visible_plans
from parindex.apps.plans.queries import (
    documents_for,
    due_between,
    overdue_on,
    plan_counts,
    tasks_by_origin,
    tasks_in,
    work_of,
)
from parindex.apps.plans.reminding import remind_due
from parindex.apps.plans.rules import Status, progress_of, status_of
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


TODAY = legal_date(AT)
HEAD, OTHER = "person:81", "person:82"
WRITTEN = PlanWritten(title="Kế hoạch cải cách hành chính", year=TODAY.year, theme="Không hồ sơ trễ hẹn")


def _plan(unit, *tasks, issued=True, number="74/KH"):
    plan = actions.begin_plan(unit=unit, written=WRITTEN, by=HEAD, at=AT)
    rows = [(task, "") for task in tasks or (TaskWritten("Rà soát thủ tục"),)]
    actions.add_tasks(plan=plan, rows=rows, by=HEAD, at=AT)
    if issued:
        plan = actions.issue_plan(plan=plan, number=number, issued_on=TODAY, by=HEAD, at=AT)
    return plan


def _document(unit, number="15/QĐ"):
    told = Metadata(title="Quyết định công bố", number=number, issued_on=TODAY, issuer="Sở Một")
    return cite_document(unit=unit, metadata=told, link="https://congbao.example.vn/15", by=HEAD, at=AT)


def _person(unit, name, role):
    person = add_person(new=NewPerson(name, name), by="test", at=AT)
    grant_role(person=person, role=role, unit=unit, by="test", at=AT)
    return person


def _refused(act, **arguments):
    with pytest.raises(Refused) as refusal:
        act(**arguments, by=HEAD, at=AT)
    return refusal.value.code


@pytest.fixture
def unit(small):
    """The first unit of the small territory."""
    return small.units["so-mot"]


def test_from_draft_to_closed_each_act_has_its_entry(unit):
    """And the chain holds."""
    plan = _plan(unit)
    task = plan.tasks.get()
    actions.report_progress(task=task, percent=100, line="Xong", by=HEAD, at=AT)
    actions.close_plan(plan=plan, by=HEAD, at=AT)
    kinds = list(Entry.objects.filter(chain=f"plan:{plan.pk}").values_list("kind", flat=True))
    assert kinds == ["plan.begun", "task.added", "plan.issued", "task.reported", "plan.closed"]
    assert verify().faults == []
    assert _refused(actions.change_task, task=task, written=TaskWritten("Khác")) == "plan_closed"


def test_what_does_not_fit_is_refused_with_its_reason(unit, small):
    """Nothing is kept of it."""
    begun, last = Plan.objects.count(), Task.objects.count()
    ahead = {"start": date(2026, 3, 1), "end": date(2026, 2, 1)}
    assert _refused(actions.begin_plan, unit=unit, written=replace(WRITTEN, **ahead)) == "period_reversed"
    assert (
        _refused(actions.begin_plan, unit=unit, written=replace(WRITTEN, title=" ")) == "plan_title_missing"
    )
    assert _refused(actions.begin_plan, unit=unit, written=replace(WRITTEN, year=9)) == "plan_year_unusable"
    assert Plan.objects.count() == begun
    plan = actions.begin_plan(unit=unit, written=WRITTEN, by=HEAD, at=AT)
    elsewhere = small.units["so-hai"]
    for wrong, code in (
        (TaskWritten("  "), "task_content_missing"),
        (TaskWritten("x", area="xa-la"), "task_area_unknown"),
        (TaskWritten("x", weight="-1"), "task_weight_unusable"),
        (TaskWritten("x", weight="nặng"), "task_weight_unusable"),
        (TaskWritten("x", lead=elsewhere), "task_lead_elsewhere"),
        (TaskWritten("x", start=date(2026, 5, 2), due=date(2026, 5, 1)), "period_reversed"),
        (TaskWritten("x" * 2001), "text_too_long"),
    ):
        rows = [(TaskWritten("đúng"), ""), (wrong, "")]
        assert _refused(actions.add_tasks, plan=plan, rows=rows) == code
    assert Task.objects.count() == last
    issue = {"plan": plan, "number": "1/KH", "issued_on": TODAY}
    assert _refused(actions.issue_plan, **issue) == "plan_empty"
    actions.add_task(plan=plan, written=TaskWritten("đúng"), by=HEAD, at=AT)
    assert _refused(actions.issue_plan, **{**issue, "number": ""}) == "plan_number_missing"
    tomorrow = {**issue, "issued_on": TODAY + timedelta(days=1)}
    assert _refused(actions.issue_plan, **tomorrow) == "plan_date_ahead"
    task = plan.tasks.get()
    assert _refused(actions.report_progress, task=task, percent=5, line="x") == "plan_not_issued"
    _plan(unit, number="1/KH")
    assert _refused(actions.issue_plan, **issue) == "plan_number_taken"


def test_a_task_without_output_is_done_by_a_line(unit):
    """And the same line again is not said twice."""
    task = _plan(unit).tasks.get()
    for _ in range(2):
        actions.report_progress(task=task, percent=40, line="Đã rà soát 12/30", by=HEAD, at=AT)
    task.refresh_from_db()
    assert (task.reports.count(), task.percent, status_of(task, TODAY)) == (1, 40, Status.IN_PROGRESS)
    assert _refused(actions.report_progress, task=task, percent=101, line="x") == "task_percent"
    assert _refused(actions.report_progress, task=task, percent=50, line=" ") == "task_line_missing"
    actions.report_progress(task=task, percent=100, line="Xong", by=HEAD, at=AT)
    task.refresh_from_db()
    assert (task.done_on, status_of(task, TODAY)) == (TODAY, Status.DONE)
    assert _refused(actions.report_progress, task=task, percent=10, line="x") == "task_over"


def test_a_task_with_an_output_is_done_when_somebody_else_accepts_its_document(unit, small):
    """As of the day it was handed in, even where the answer comes after the deadline."""
    task = _plan(unit, TaskWritten("Ban hành quy trình", output="Quyết định", due=TODAY)).tasks.get()
    assert _refused(actions.report_progress, task=task, percent=100, line="x") == "task_document_missing"
    foreign = _document(small.units["so-hai"])
    told = {"task": task, "percent": 100, "line": "Đã ban hành"}
    assert _refused(actions.report_progress, **told, document=foreign) == "document_elsewhere"
    report = actions.report_progress(**told, document=_document(unit), by=OTHER, at=AT)
    later = AT + timedelta(days=5)
    task.refresh_from_db()
    assert status_of(task, legal_date(later)) is Status.IN_PROGRESS
    assert _refused(actions.report_progress, **told) == "task_waiting"
    with pytest.raises(Refused, match="output_own_work"):
        actions.accept_output(report=report, by=OTHER, at=later)
    task = actions.accept_output(report=report, by=HEAD, at=later)
    assert (task.done_on, status_of(task, legal_date(later))) == (TODAY, Status.DONE)
    assert _refused(actions.return_output, report=report, reason="x") == "output_answered"


def test_nothing_of_a_stopped_task_is_accepted_any_more(unit):
    """Whoever has the page still open is told that the task is over."""
    task = _plan(unit, TaskWritten("Ban hành quy trình", output="Quyết định", due=TODAY)).tasks.get()
    told = {"task": task, "percent": 100, "line": "Đã ban hành", "document": _document(unit)}
    report = actions.report_progress(**told, by=OTHER, at=AT)
    actions.cancel_task(task=task, reason="Không còn", by=HEAD, at=AT)
    assert _refused(actions.accept_output, report=report) == "task_over"
    task.refresh_from_db()
    assert (task.done_on, task.percent) == (None, 100)


def test_an_output_that_is_returned_leaves_the_task_open(unit):
    """With the reason told to whoever handed it in."""
    person = _person(unit, "chuyenvien", Role.OFFICER)
    task = _plan(unit, TaskWritten("Quy trình", output="Quyết định", due=TODAY)).tasks.get()
    told = {"task": task, "percent": 100, "line": "Đã ban hành", "document": _document(unit)}
    report = actions.report_progress(**told, by=person.ref, at=AT)
    assert _refused(actions.return_output, report=report, reason=" ") == "task_reason_missing"
    task = actions.return_output(report=report, reason="Thiếu phụ lục", by=HEAD, at=AT)
    assert (task.percent, task.done_on, task.claimed_on) == (0, None, None)
    told = Notice.objects.get(kind="task_returned", to=person.ref)
    assert told.data["reason"] == "Thiếu phụ lục"
    assert status_of(task, TODAY + timedelta(days=1)) is Status.OVERDUE


def test_a_task_goes_down_the_tree_and_its_progress_comes_up(small):
    """Each unit counts alike; it is done with the last of them, and a unit may say no."""
    above, units = small.territory, [small.units["so-mot"], small.units["so-hai"]]
    task = _plan(above, TaskWritten("Số hóa hồ sơ", area="so-hoa", due=TODAY)).tasks.get()
    assert _refused(actions.hand_down, task=task, units=[]) == "hand_down_nobody"
    assert _refused(actions.hand_down, task=task, units=[above]) == "hand_down_not_below"
    handed = actions.hand_down(task=task, units=units, by=HEAD, at=AT)
    assert [u.code for u in actions.hand_down(task=task, units=units, by=HEAD, at=AT).already] == [
        "so-mot",
        "so-hai",
    ]
    plans = [_plan(unit) for unit in units]
    refuse = {"handed": handed.offered[0], "plan": None}
    assert _refused(actions.answer_hand_down, **refuse) == "task_reason_missing"
    wrong = {"handed": handed.offered[0], "plan": plans[1]}
    assert _refused(actions.answer_hand_down, **wrong) == "plan_of_others"
    own = [
        actions.answer_hand_down(handed=h, plan=p, by=HEAD, at=AT)
        for h, p in zip(handed.offered, plans, strict=True)
    ]
    assert [(t.content, t.due, t.area) for t in own] == [("Số hóa hồ sơ", TODAY, "so-hoa")] * 2
    assert _refused(actions.answer_hand_down, **wrong) == "hand_down_answered"
    assert _refused(actions.report_progress, task=task, percent=5, line="x") == "task_below"
    actions.report_progress(task=own[0], percent=100, line="Xong", by=HEAD, at=AT)
    actions.report_progress(task=own[1], percent=30, line="Đang làm", by=HEAD, at=AT)
    task.refresh_from_db()
    assert (task.percent, task.done_on) == (65, None)
    actions.cancel_task(task=own[1], reason="Không phát sinh", by=HEAD, at=AT)
    task.refresh_from_db()
    assert (task.percent, task.done_on) == (100, TODAY)


def test_a_unit_that_declined_is_asked_again(small):
    """And what nobody answered can be taken back."""
    task = _plan(small.territory).tasks.get()
    unit = small.units["so-mot"]
    handed = actions.hand_down(task=task, units=[unit], by=HEAD, at=AT).offered[0]
    actions.answer_hand_down(handed=handed, plan=None, reason="Không có bộ phận", by=OTHER, at=AT)
    again = actions.hand_down(task=task, units=[unit], by=HEAD, at=AT).offered[0]
    assert (again.pk, again.state, again.reason) == (handed.pk, "offered", "")
    actions.recall_hand_down(handed=again, by=HEAD, at=AT)
    assert _refused(actions.recall_hand_down, handed=again) == "hand_down_answered"


def test_what_an_ended_unit_left_undone_is_told_once_and_passed_on_to_its_successor(small):
    """With the same deadline; where nobody came after it, it counts no more."""
    one, two = small.units["so-mot"], small.units["so-hai"]
    three = Unit.objects.create(parent=small.territory, code="so-ba", name_vi="Sở Ba", type=one.type)
    head = _person(small.territory, "thuongtruc", Role.SECRETARIAT)
    written = TaskWritten("Số hóa", due=TODAY)
    task = _plan(small.territory, written).tasks.get()
    handed = actions.hand_down(task=task, units=[one, two], by=HEAD, at=AT).offered
    own = actions.answer_hand_down(handed=handed[0], plan=_plan(one), by=HEAD, at=AT)
    assert _refused(actions.pass_on, handed=handed[0]) == "hand_down_unit_lives"
    Succession.objects.create(earlier=one, later=three, kind="merged", on=TODAY)
    Unit.objects.filter(pk__in=[one.pk, two.pk]).update(valid_to=TODAY - timedelta(days=1))
    Notice.objects.all().delete()
    for _ in range(2):
        remind_due(AT)
    told = Notice.objects.filter(kind="task_unit_ended")
    assert [(n.to, n.data["ended"]) for n in told] == [(head.ref, one.name_vi)]
    handed = [HandDown.objects.get(pk=h.pk) for h in handed]
    offered = actions.pass_on(handed=handed[0], by=HEAD, at=AT)
    assert [(h.unit, h.due) for h in offered] == [(three, TODAY)]
    own.refresh_from_db()
    assert own.cancelled_because.startswith("Đơn vị đã kết thúc hoạt động")
    assert actions.pass_on(handed=handed[1], by=HEAD, at=AT) == []
    states = dict(task.handed_down.values_list("unit", "state"))
    assert states == {one.pk: "recalled", two.pk: "recalled", three.pk: "offered"}
    assert _refused(actions.pass_on, handed=handed[1]) == "hand_down_not_with_it"
    done = actions.answer_hand_down(handed=offered[0], plan=_plan(three), by=HEAD, at=AT)
    actions.report_progress(task=done, percent=100, line="Xong", by=HEAD, at=AT)
    task.refresh_from_db()
    assert task.done_on == TODAY


def test_what_answers_the_same_thing_is_added_once(unit):
    """However often it is asked for."""
    plan = _plan(unit)
    made = [
        actions.add_task(plan=plan, written=TaskWritten(f"Lần {k}"), origin="lost:x/1.1", by=HEAD, at=AT)
        for k in (1, 2)
    ]
    assert made[0].pk == made[1].pk
    assert tasks_by_origin(["lost:x/1.1", "lost:x/2"]) == {"lost:x/1.1": made[0]}


def test_only_a_draft_loses_tasks(unit):
    """Afterwards they are cancelled, with a reason, and count no more."""
    plan = _plan(unit, TaskWritten("Một"), TaskWritten("Hai"), issued=False)
    first, second = plan.tasks.all()
    actions.remove_task(task=first, by=HEAD, at=AT)
    plan = actions.issue_plan(plan=plan, number="9/KH", issued_on=TODAY, by=HEAD, at=AT)
    assert _refused(actions.remove_task, task=second) == "plan_not_draft"
    assert _refused(actions.cancel_task, task=second, reason="") == "task_reason_missing"
    actions.cancel_task(task=second, reason="Không còn phù hợp", by=HEAD, at=AT)
    assert plan_counts([unit.pk], TODAY.year, TODAY)[unit.pk].total == 0


def test_who_sees_edits_and_does(unit, small):
    """The unit's people its plan, the province everything issued or not, the units what is issued above."""
    plan, above = _plan(unit, issued=False), _plan(small.territory, issued=False)
    head, officer = _person(unit, "thutruong", Role.HEAD), _person(unit, "chuyenvien", Role.OFFICER)
    leader = _person(small.territory, "lanhdao", Role.LEADER)
    stranger = _person(small.units["so-hai"], "sohai", Role.HEAD)
    rights = {p.username: rights_of(p, AT) for p in (head, officer, leader, stranger)}
    seen = {name for name, r in rights.items() if can_see(r, plan)}
    assert seen == {"thutruong", "chuyenvien", "lanhdao"}
    assert {name for name, r in rights.items() if can_edit(r, plan)} == {"thutruong"}
    assert not can_see(rights["thutruong"], above)
    issued = actions.issue_plan(plan=above, number="3/KH", issued_on=TODAY, by=HEAD, at=AT)
    assert can_see(rights["thutruong"], issued)
    assert {p.pk for p in Plan.objects.filter(visible_plans(rights["thutruong"]))} == {plan.pk, above.pk}
    task = plan.tasks.get()
    assert [can_do(rights[n], task) for n in ("chuyenvien", "lanhdao", "sohai")] == [True, False, False]


def test_a_persons_work_is_sorted_by_its_time(unit):
    """What nobody was given stands apart; what is done, measured or handed in is not before them."""
    person = _person(unit, "chuyenvien", Role.OFFICER)
    days = {"Quá hạn": -1, "Sắp tới": 3, "Về sau": 30}
    rows = [TaskWritten(t, person=person, due=TODAY + timedelta(days=d)) for t, d in days.items()]
    _plan(unit, *rows, TaskWritten("Chưa giao", due=TODAY))
    work = work_of(person, [unit.pk], TODAY)
    assert [t.content for t in (*work.overdue, *work.soon, *work.later)] == list(days)
    assert [t.content for t in work.nobodys] == ["Chưa giao"]
    assert [t.content for t in overdue_on([unit.pk], TODAY)] == ["Quá hạn"]
    near = due_between([unit.pk], TODAY, TODAY + timedelta(days=7))
    assert [t.content for t in near] == ["Chưa giao", "Sắp tới"]


def test_the_work_of_somebody_who_left_is_nobodys(unit, small):
    """Whether their role ended, they went to another unit, or they may not sign in any more."""
    people = [_person(unit, name, Role.OFFICER) for name in ("di", "chuyen", "khoa", "con")]
    rows = [TaskWritten(p.username, person=p, due=TODAY + timedelta(days=k)) for k, p in enumerate(people)]
    plan = _plan(unit, *rows)
    left, moved, shut, stays = people
    for person in (left, moved):
        person.grants.update(valid_to=TODAY - timedelta(days=1))
    grant_role(person=moved, role=Role.OFFICER, unit=small.units["so-hai"], by=HEAD, at=AT)
    shut.is_active = False
    shut.save()
    work = work_of(stays, [unit.pk], TODAY)
    assert [t.content for t in work.nobodys] == ["di", "chuyen", "khoa"]
    assert [t.content for t in work.soon] == ["con"]
    assert {t.content: t.left for t in tasks_in(plan, TODAY)} == {
        "di": True,
        "chuyen": True,
        "khoa": True,
        "con": False,
    }


def test_who_is_given_a_task_is_told_once_the_plan_is_issued(unit):
    """Not while it is a draft."""
    person = _person(unit, "chuyenvien", Role.OFFICER)
    plan = _plan(unit, TaskWritten("Rà soát", person=person), issued=False)
    told = Notice.objects.filter(to=person.ref, kind="task_given")
    assert not told.exists()
    actions.issue_plan(plan=plan, number="5/KH", issued_on=TODAY, by=HEAD, at=AT)
    assert told.count() == 1
    task = plan.tasks.get()
    actions.give_task(task=task, person=None, by=HEAD, at=AT)
    actions.give_task(task=task, person=person, by=HEAD, at=AT)
    assert told.count() == 2


def test_documents_that_prove_a_finished_task_are_found_by_its_criterion(unit):
    """Neither one that waits nor one of an unfinished task."""
    plan = _plan(unit, TaskWritten("Xong", criterion="1.1"), TaskWritten("Dở", criterion="1.2"))
    first, second = plan.tasks.all()
    proof = _document(unit)
    actions.report_progress(task=first, percent=100, line="Xong", document=proof, by=HEAD, at=AT)
    actions.report_progress(task=second, percent=50, line="Dở", document=proof, by=HEAD, at=AT)
    assert documents_for(unit.pk, TODAY.year) == {"1.1": [proof]}


@given(
    st.lists(
        st.tuples(st.integers(0, 100), st.integers(-9, 9), st.booleans(), st.booleans(), st.integers(1, 5)),
        max_size=12,
    )
)
def test_counts_of_tasks_add_up(rows):
    """Every task is in one class; the whole is between nothing and all."""
    day = date(2026, 6, 1)
    tasks = [
        Task(
            percent=percent,
            weight=str(weight),
            due=day + timedelta(days=due),
            done_on=day if done and not cancelled else None,
            cancelled_on=day if cancelled else None,
        )
        for percent, due, done, cancelled, weight in rows
    ]
    found = progress_of(tasks, day)
    assert found.total + found.cancelled == len(tasks)
    assert found.in_time <= found.done <= found.due <= found.total
    assert found.percent is None if not found.total else 0 <= found.percent <= 100


def test_every_answer_of_an_output_has_its_word():
    """The choices of the model are those that pages say."""
    from parindex.core.wording.terms import TERMS

    assert {c for c, _ in TaskReport.Answer.choices if c} == set(TERMS["output"])
    assert set(TERMS["task"]) == {s.value for s in Status}
