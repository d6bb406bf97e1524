"""Plans and visits of inspection: what is kept, what is refused, who hears of it, what is sent twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from inspection_world import DAY, WHO, inspecting_in, photo
from site_world import AT

from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.apps.evidence.actions import cite_document
from parindex.apps.evidence.rules import Metadata
from parindex.apps.inspections import actions
from parindex.apps.inspections.chains import plan_chain, visit_chain
from parindex.apps.inspections.models import Plan, Recommendation
from parindex.apps.inspections.permissions import can_answer, can_run, can_see
from parindex.apps.inspections.queries import (
    find_visit,
    findings_of,
    open_recommendations,
    to_verify,
    visits_of_person,
    visits_of_units,
)
from parindex.apps.inspections.rules import Stage, Status, stage_of, status_of, was_in_time
from parindex.apps.inspections.telling import remind_due
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.actions import deactivate_person
from parindex.apps.organisations.permissions import rights_of
from parindex.core.kernel.problems import Refused
from parindex.core.wording.ledger_entries import KINDS
from parindex.core.wording.refusals import refusal_sentence


@pytest.fixture
def world_of(small):
    """See `inspection_world`."""
    return inspecting_in(small)


def _refused(code, act, **arguments):
    """The act is refused by that code, in words of both languages, and leaves nothing behind."""
    before = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        act(**arguments)
    assert refusal.value.code == code
    for language in ("vi", "en"):
        assert refusal_sentence(code, refusal.value.data, language)
    assert Entry.objects.count() == before


def _told(kind, world_of):
    own = {one.ref for one in world_of.people.values()}
    return sorted(Notice.objects.filter(kind=kind, to__in=own).values_list("to", flat=True))


def _entries(subject, kind):
    chain = plan_chain(subject) if isinstance(subject, Plan) else visit_chain(subject)
    return Entry.objects.filter(chain=chain, kind=kind).count()


# plans


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " "}, "inspection_title_missing"),
        ({"title": "a" * 301}, "text_too_long"),
        ({"year": 1999}, "inspection_year"),
        ({"year": 2028}, "inspection_year"),
    ],
)
def test_a_plan_that_says_nothing_sensible_is_refused(world_of, more, code):
    _refused(code, world_of.plan, **more)
    assert not Plan.objects.filter(territory=world_of.territory).exists()


def test_a_plan_sent_twice_is_one_plan(world_of):
    """As when the answer is lost on a bad line."""
    written = actions.PlanWritten(2026, "Kế hoạch", world_of.framework)
    made = [
        actions.begin_plan(territory=world_of.territory, written=written, key="same", **WHO) for _ in range(2)
    ]
    assert made[0] == made[1]
    assert _entries(made[0], "inspection_plan.begun") == 1


@pytest.mark.parametrize("key", ["", "a b", "a" * 41, "ă"])
def test_a_form_without_its_key_is_refused(world_of, key):
    written = actions.PlanWritten(2026, "Kế hoạch", world_of.framework)
    _refused(
        "inspection_key_missing",
        actions.begin_plan,
        territory=world_of.territory,
        written=written,
        key=key,
        **WHO,
    )


def test_a_plan_goes_from_draft_to_closed(world_of):
    """Not without visits, not with a date to come, not while a visit is left."""
    plan = world_of.plan()
    issue = {"plan": plan, "number": "12/KH-UBND", "on": DAY, **WHO}
    _refused("inspection_plan_empty", actions.issue_plan, **issue)
    visit = world_of.visit(plan)
    _refused("inspection_number_missing", actions.issue_plan, **{**issue, "number": " "})
    _refused("inspection_date_missing", actions.issue_plan, **{**issue, "on": None})
    _refused("inspection_date_ahead", actions.issue_plan, **{**issue, "on": DAY + timedelta(days=1)})
    _refused("inspection_plan_not_now", actions.close_plan, plan=plan, **WHO)
    issued = actions.issue_plan(**issue)
    assert (issued.state, issued.number, issued.issued_on) == ("issued", "12/KH-UBND", DAY)
    _refused("inspection_plan_not_now", actions.issue_plan, **issue)
    _refused("inspection_visits_left", actions.close_plan, plan=plan, **WHO)
    _refused("inspection_reason_missing", actions.cancel_visit, visit=visit, reason=" ", **WHO)
    actions.cancel_visit(visit=visit, reason="Trùng lịch thanh tra", **WHO)
    assert actions.close_plan(plan=plan, **WHO).state == "closed"
    _refused("inspection_plan_not_now", world_of.visit, plan=plan)


def test_a_draft_is_changed_and_its_checklists_follow_the_set(world_of):
    """The same again writes nothing."""
    plan = world_of.plan()
    world_of.visit(plan)
    written = actions.PlanWritten(2026, "Tên mới", world_of.framework, "Mục đích")
    actions.change_plan(plan=plan, written=written, **WHO)
    entries = Entry.objects.count()
    assert actions.change_plan(plan=plan, written=written, **WHO).title == "Tên mới"
    assert Entry.objects.count() == entries
    _refused(
        "inspection_days_year", actions.change_plan, plan=plan, written=replace(written, year=2024), **WHO
    )
    world_of.issue(plan)
    _refused("inspection_plan_not_now", actions.change_plan, plan=plan, written=written, **WHO)


# visits


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"ends": DAY - timedelta(days=1)}, "inspection_days_reversed"),
        ({"starts": None}, "inspection_days_missing"),
        ({"ends": DAY + timedelta(days=61)}, "inspection_days_long"),
        ({"starts": date(2025, 12, 31)}, "inspection_days_year"),
        ({"starts": date(2027, 4, 1), "ends": date(2027, 4, 2)}, "inspection_days_year"),
        ({"areas": []}, "inspection_areas_missing"),
        ({"areas": ["A", "Z"]}, "inspection_area_unknown"),
        ({"leader": 0, "members": []}, "inspection_team_missing"),
        ({"leader": 10**9}, "inspection_leader_missing"),
    ],
)
def test_a_visit_that_cannot_be_is_refused(world_of, more, code):
    plan = world_of.plan()
    _refused(code, world_of.visit, plan=plan, **more)
    assert not plan.visits.exists()


def test_nobody_inspects_their_own_unit_nor_after_they_left(world_of):
    """A team is of people who are here."""
    plan, left = world_of.plan(), world_of.people["thanh-vien-doan"]
    _refused("inspection_own_unit", world_of.visit, plan=plan, leader=world_of.people["thu-truong"].pk)
    _refused("inspection_own_unit", world_of.visit, plan=plan, unit=world_of.units["so-hai"])
    deactivate_person(person=left, reason="Nghỉ hưu", **WHO)
    _refused("inspection_person_left", world_of.visit, plan=plan)


def test_a_unit_of_elsewhere_is_not_inspected(world_of):
    """Nor the territory itself by its own plan."""
    _refused("inspection_unit_elsewhere", world_of.visit, plan=world_of.plan(), unit=world_of.territory)


def test_a_checklist_is_drawn_from_the_areas(world_of):
    """Duties of procedure control, and criteria of the set; changed areas make it anew."""
    visit = world_of.visit()
    codes = list(visit.questions.values_list("criterion", flat=True))
    assert codes == ["KS1", "KS2", "KS3", "KS4", "KS5", "KS6", "KS7", "KS8", "A1", "A2"]
    actions.change_visit(visit=visit, written=world_of.written(areas=["A"]), **WHO)
    assert list(visit.questions.values_list("criterion", flat=True)) == ["A1", "A2"]
    entries = Entry.objects.count()
    actions.change_visit(visit=visit, written=world_of.written(areas=["A"]), **WHO)
    assert Entry.objects.count() == entries


def test_an_unannounced_visit_is_hidden_from_the_unit_until_its_day(world_of):
    """It is told of, and seen, when it begins; an announced one when the plan is issued."""
    later = DAY + timedelta(days=3)
    plan = world_of.plan()
    days = {"starts": later, "ends": later}
    secret = world_of.visit(plan, announced=False, **days)
    open_ = world_of.visit(plan, **days)
    head, leader = (rights_of(world_of.people[n], AT) for n in ("thu-truong", "lanh-dao"))
    unit = [world_of.units["so-mot"].pk]
    assert visits_of_units(unit, DAY) == []
    world_of.issue(plan)
    secret, open_ = find_visit(secret.pk), find_visit(open_.pk)
    assert _told("inspection_announced", world_of) == sorted(
        world_of.people[n].ref for n in ("thu-truong", "dau-moi")
    )
    assert Notice.objects.filter(data__visit=str(secret.pk), kind="inspection_announced").count() == 0
    assert [can_see(head, v, DAY) for v in (secret, open_)] == [False, True]
    assert can_see(leader, secret, DAY)
    assert visits_of_units(unit, DAY) == [open_]
    assert set(visits_of_units(unit, later)) == {open_, secret}
    _refused("inspection_too_early", actions.begin_visit, visit=secret, **WHO)
    actions.begin_visit(visit=secret, by="person:900", at=AT + timedelta(days=3))
    assert Notice.objects.filter(data__visit=str(secret.pk), kind="inspection_begun").count() == 2
    assert can_see(head, find_visit(secret.pk), DAY)


def test_stages_follow_the_clock(world_of):
    """Planned, due, missed; whatever is done stands."""
    visit = world_of.visit()
    assert stage_of(visit, DAY) is Stage.DRAFT
    _refused("inspection_plan_draft", actions.begin_visit, visit=visit, **WHO)
    world_of.issue(visit.plan)
    visit = find_visit(visit.pk)
    days = [stage_of(visit, DAY + timedelta(days=k)) for k in (-1, 0, 1, 2)]
    assert days == [Stage.PLANNED, Stage.DUE, Stage.DUE, Stage.MISSED]


def test_the_team_runs_it_once_the_plan_is_issued_and_while_they_are_here(world_of):
    """Being in a team gives the right, for this visit alone."""
    member, visit = world_of.people["thanh-vien-doan"], world_of.visit()
    other = world_of.visit(visit.plan, members=[], unit=world_of.units["so-hai"])
    assert not can_run(rights_of(member, AT), find_visit(visit.pk))
    world_of.issue(visit.plan)
    visit, other = find_visit(visit.pk), find_visit(other.pk)
    assert [can_run(rights_of(member, AT), v) for v in (visit, other)] == [True, False]
    assert visits_of_person(member) == [visit]
    for name in ("thu-truong", "dau-moi", "chuyen-vien", "lanh-dao"):
        assert not can_run(rights_of(world_of.people[name], AT), visit)
    deactivate_person(person=member, reason="Nghỉ hưu", **WHO)
    member.refresh_from_db()
    assert not can_run(rights_of(member, AT), visit)
    change = {"visit": visit, "leader": world_of.people["truong-doan"].pk}
    _refused("inspection_person_left", actions.change_team, members=[member.pk], **change, **WHO)
    actions.change_team(members=[], **change, **WHO)
    assert [m.person_id for m in visit.members.order_by("id")] == [world_of.people["truong-doan"].pk]


# in the field


def test_the_checklist_is_answered_line_by_line_and_twice_is_once(world_of):
    """Each line is its own act."""
    visit = world_of.running()
    look = {"visit": visit, "position": 1, "met": "not_met", "note": " Thiếu 3 thủ tục ", **WHO}
    actions.answer_question(**look)
    entries = Entry.objects.count()
    assert actions.answer_question(**look).note == "Thiếu 3 thủ tục"
    assert Entry.objects.count() == entries
    _refused("inspection_choice", actions.answer_question, **{**look, "met": "maybe"})
    _refused("text_too_long", actions.answer_question, **{**look, "note": "a" * 1001})
    _refused("inspection_question_unknown", actions.answer_question, **{**look, "position": 99})


def test_nothing_is_inspected_before_it_began_nor_after_it_is_concluded(world_of):
    early = world_of.visit()
    look = {"position": 1, "met": "met", "note": "", **WHO}
    _refused("inspection_not_now", actions.answer_question, visit=early, **look)
    _refused("inspection_not_now", world_of.finding, visit=early)
    visit, _ = world_of.concluded()
    _refused("inspection_not_now", actions.answer_question, visit=visit, **look)
    _refused("inspection_not_now", world_of.finding, visit=visit)
    finding = visit.findings.get()
    _refused("inspection_not_now", world_of.advice, finding=finding)
    _refused("inspection_not_now", actions.add_photos, finding=finding, files=[photo()], **WHO)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"area": "Z"}, "inspection_area_unknown"),
        ({"criterion": "A1"}, "inspection_criterion_unknown"),
        ({"severity": ""}, "inspection_severity_missing"),
        ({"severity": "fatal"}, "inspection_severity_missing"),
        ({"text": " \n "}, "inspection_text_missing"),
        ({"text": "a" * 4001}, "text_too_long"),
        ({"responsible": "a" * 251}, "text_too_long"),
        ({"person": 10**9}, "inspection_responsible_elsewhere"),
        ({"division": 10**9}, "inspection_responsible_elsewhere"),
    ],
)
def test_a_finding_that_says_nothing_sensible_is_refused(world_of, more, code):
    visit = world_of.running()
    _refused(code, world_of.finding, visit=visit, **more)
    assert not visit.findings.exists()


def test_who_answers_for_a_finding_belongs_to_the_unit(world_of):
    visit = world_of.running()
    found = world_of.finding(visit, person=world_of.people["chuyen-vien"].pk)
    assert found.person == world_of.people["chuyen-vien"]
    _refused(
        "inspection_responsible_elsewhere",
        world_of.finding,
        visit=visit,
        person=world_of.people["lanh-dao"].pk,
    )


def test_forms_sent_twice_make_one_finding_one_recommendation_onephoto(world_of):
    """The same key is the same thing; the same photo is known by its content."""
    visit = world_of.running()
    found = [world_of.finding(visit, key="same") for _ in range(2)]
    advised = [world_of.advice(found[0], key="same") for _ in range(2)]
    assert (found[0], advised[0]) == (found[1], advised[1])
    added = [actions.add_photos(finding=found[0], files=[photo(), photo("red")], **WHO) for _ in range(2)]
    assert added == [2, 0]
    assert [p.number for p in found[0].photos.all()] == [1, 2]
    kinds = ("inspection.found", "inspection.recommended", "inspection.photographed")
    assert [_entries(visit, kind) for kind in kinds] == [1, 1, 1]


@pytest.mark.parametrize(
    ("due", "code"),
    [
        (None, "inspection_due_missing"),
        (DAY - timedelta(days=1), "inspection_due_past"),
        (DAY + timedelta(days=800), "inspection_due_far"),
    ],
)
def test_a_deadline_is_to_come(world_of, due, code):
    """Never before the inspection, nor in some other decade."""
    finding = world_of.finding(world_of.running())
    _refused(code, actions.recommend, finding=finding, text="Làm lại", due=due, key="k", **WHO)
    _refused(
        "inspection_recommendation_missing",
        actions.recommend,
        finding=finding,
        text=" ",
        due=DAY,
        key="k",
        **WHO,
    )


def test_a_withdrawn_finding_takes_what_it_recommended_with_it(world_of):
    visit = world_of.running()
    finding = world_of.finding(visit)
    world_of.advice(finding)
    _refused("inspection_reason_missing", actions.withdraw_finding, finding=finding, reason="", **WHO)
    actions.withdraw_finding(finding=finding, reason="Đã có hồ sơ chứng minh", **WHO)
    assert finding.recommendations.get().state == "withdrawn"
    _refused("inspection_finding_gone", world_of.advice, finding=finding)
    actions.conclude_visit(visit=visit, rest_unseen=True, **WHO)
    assert findings_of(visit.unit_id, 2026) == []
    assert open_recommendations([visit.unit_id], DAY) == []


def test_a_conclusion_says_what_was_not_looked_at_and_remedies_what_is_grave(world_of):
    visit = world_of.running(areas=["A"])
    finding = world_of.finding(visit, area="A", criterion="A1")
    world_of.finding(visit, area="A", criterion="", severity="remark")
    conclude = {"visit": visit, **WHO}
    _refused("inspection_unseen", actions.conclude_visit, **conclude)
    _refused("inspection_bare", actions.conclude_visit, rest_unseen=True, **conclude)
    world_of.advice(finding)
    for position in (1, 2):
        actions.answer_question(visit=visit, position=position, met="met", note="", **WHO)
    assert actions.conclude_visit(**conclude).state == "concluded"
    assert _told("inspection_concluded_until", world_of) == _told("inspection_begun", world_of)


# putting right


def test_a_recommendation_is_answered_returned_answered_and_accepted(world_of):
    """The unit answers with documents of its own vault; who inspects looks."""
    _, made = world_of.concluded()
    assert status_of(made, DAY) is Status.OPEN
    unit, other = (world_of.units[c] for c in ("so-mot", "so-hai"))
    own, alien = (
        cite_document(unit=u, metadata=Metadata(number=f"{k}/QĐ", issued_on=DAY, title="QĐ"), **WHO)
        for k, u in enumerate((unit, other), start=1)
    )
    say = {"recommendation": made, "text": "Đã niêm yết", "key": "a1", **WHO}
    _refused("inspection_document_elsewhere", actions.answer_recommendation, **say, documents=[alien])
    _refused("inspection_answer_missing", actions.answer_recommendation, **{**say, "text": " "})
    _refused("inspection_unanswered", actions.verify_answer, recommendation=made, accepted=True, **WHO)
    answers = [actions.answer_recommendation(**say, documents=[own]) for _ in range(2)]
    assert answers[0] == answers[1]
    assert made.answers.count() == 1
    _refused("inspection_answered", actions.answer_recommendation, **{**say, "key": "a2"})
    made.refresh_from_db()
    assert status_of(made, DAY + timedelta(days=99)) is Status.ANSWERED
    assert to_verify(world_of.people["thanh-vien-doan"], []) == [made]
    _refused("inspection_reason_missing", actions.verify_answer, recommendation=made, accepted=False, **WHO)
    actions.verify_answer(recommendation=made, accepted=False, reason="Còn thiếu", **WHO)
    made.refresh_from_db()
    assert status_of(made, DAY + timedelta(days=11)) is Status.OVERDUE
    late = AT + timedelta(days=12)
    actions.answer_recommendation(**{**say, "key": "a3", "at": late})
    actions.verify_answer(recommendation=made, accepted=True, by="person:900", at=late)
    made.refresh_from_db()
    assert (status_of(made, DAY), was_in_time(made)) == (Status.VERIFIED, False)
    assert [len(_told(f"remedy_{k}", world_of)) for k in ("answered", "returned", "accepted")] == [4, 2, 2]


def test_only_head_and_focal_officer_answer_and_only_once_it_is_concluded(world_of):
    visit = world_of.running()
    head = rights_of(world_of.people["thu-truong"], AT)
    assert not can_answer(head, visit)
    concluded = actions.conclude_visit(visit=visit, rest_unseen=True, **WHO)
    may = {n for n, p in world_of.people.items() if can_answer(rights_of(p, AT), concluded)}
    assert may == {"thu-truong", "dau-moi"}


def test_a_visit_closes_when_all_is_put_right_and_the_conclusion_issued(world_of):
    visit, made = world_of.concluded()
    _refused("inspection_remedies_left", actions.close_visit, visit=visit, **WHO)
    actions.answer_recommendation(recommendation=made, text="Đã làm", key="a", **WHO)
    actions.verify_answer(recommendation=made, accepted=True, **WHO)
    _refused("inspection_unnumbered", actions.close_visit, visit=visit, **WHO)
    paper = {"visit": visit, "kind": "ket-luan", "number": "3/TB-SNV", "on": DAY, "signer": "Ông A", **WHO}
    _refused("inspection_paper_early", actions.record_paper, **{**paper, "on": DAY - timedelta(days=1)})
    _refused("inspection_date_ahead", actions.record_paper, **{**paper, "on": DAY + timedelta(days=1)})
    _refused("inspection_number_missing", actions.record_paper, **{**paper, "number": ""})
    _refused("inspection_choice", actions.record_paper, **{**paper, "kind": "thu"})
    assert actions.record_paper(**paper) == actions.record_paper(**paper)
    assert _entries(visit, "inspection.paper") == 1
    assert actions.close_visit(visit=visit, **WHO).state == "closed"
    _refused("inspection_not_now", actions.close_visit, visit=visit, **WHO)


def test_units_are_reminded_once_before_and_once_after(world_of):
    """And again when an answer was returned."""
    Recommendation.objects.update(reminded="overdue")
    world_of.concluded(days=10)
    days = [remind_due(at=AT + timedelta(days=k)) for k in (1, 3, 4, 10, 11, 12)]
    assert days == [0, 1, 0, 0, 1, 0]
    assert [len(_told(f"remedy_{k}", world_of)) for k in ("soon", "overdue")] == [2, 2]


def test_what_is_open_is_read_by_others_with_its_origin(world_of):
    """Overdue ones first; nothing of a visit that still runs."""
    visit, made = world_of.concluded(days=10)
    first = world_of.advice(world_of.finding(world_of.running()), days=1)
    rows = open_recommendations([visit.unit_id], DAY + timedelta(days=11))
    assert [(r.recommendation, r.status, r.origin) for r in rows] == [
        (made, Status.OVERDUE, f"finding:{made.finding_id}")
    ]
    assert first.finding not in findings_of(visit.unit_id, 2026)
    assert findings_of(visit.unit_id, 2026) == [made.finding]
    assert findings_of(visit.unit_id, 2025) == []


def test_every_act_has_its_entry_in_words_and_the_ledger_holds(world_of):
    visit, _ = world_of.concluded()
    chains = [plan_chain(visit.plan), visit_chain(visit)]
    kinds = set(Entry.objects.filter(chain__in=chains).values_list("kind", flat=True))
    assert len(kinds) > 6
    assert kinds <= set(KINDS)
    assert not [verify(str(pk)).faults for pk in (visit.pk, visit.plan_id) if verify(str(pk)).faults]
