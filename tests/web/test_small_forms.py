"""Small forms of the year's work: what is refused comes back as it was typed, the reason beside its field."""

import pytest
from addresses import address
from page import Page

from parindex.apps.briefings import emulation
from parindex.apps.briefings.models import Briefing, Campaign
from parindex.apps.inspections.models import Finding, Recommendation
from parindex.apps.news.models import PlannedArticles
from parindex.apps.organisations.models import Unit
from parindex.apps.plans import actions
from parindex.apps.plans.actions import TaskWritten
from parindex.apps.plans.models import HandDown, Plan, Task


LONG = "dài " * 400 + "hết"
TOO_LONG = "Quá dài"
TOLD = {"number": "12/BC", "on": "hôm nay", "signer": "Trần A"}


def _came_back(answer, name, typed):
    """The field as it stands again: with what was typed, and with the words it is described by."""
    assert answer.status_code == 422, answer.status_code
    page = Page(answer.content.decode())
    assert page.faults == []
    fields = [e for tag in ("input", "textarea") for e in page.root.all(tag)]
    found = [e for e in fields if e.attributes.get("name") == name and "aria-invalid" in e.attributes]
    assert len(found) == 1
    field = found[0]
    assert (field.text if field.tag == "textarea" else field.attributes["value"]) == " ".join(typed.split())
    described = field.attributes["aria-describedby"].split()
    hidden = [e for e in page.root.all("details") if field in e.walk() and "open" not in e.attributes]
    assert hidden == []
    return " ".join(e.text for e in page.root.walk() if e.attributes.get("id") in described)


@pytest.fixture
def plan(world):
    """The department's issued plan of the demonstration."""
    return Plan.objects.get(unit__code="so-y-te", unit__parent__code="minh-hoa", state="issued")


def test_of_a_task(visitors, plan):
    """To stop it, to give its output back, to hand it down, to decline it."""
    task = plan.tasks.filter(done_on=None, cancelled_on=None, claimed_on=None).first()
    stop = address("plans:task_stop", [task.pk])
    words = _came_back(visitors["head"].post(stop, {"reason": LONG}), "reason", LONG)
    assert TOO_LONG in words
    assert Task.objects.get(pk=task.pk).cancelled_on is None
    waiting = plan.tasks.filter(claimed_on__isnull=False).first()
    report = waiting.reports.filter(answer="waiting").get()
    back = address("plans:task_answer", [waiting.pk, report.pk])
    answer = visitors["head"].post(back, {"then": "return", "reason": LONG})
    assert TOO_LONG in _came_back(answer, "reason", LONG)
    above = Plan.objects.get(unit=plan.territory, state="issued").tasks.filter(done_on=None).first()
    down = address("plans:task_hand_down", [above.pk])
    secretariat = visitors["secretariat"]
    other = (
        Unit.objects.exclude(tasks_received__task=above).filter(parent=plan.territory, valid_to=None).first()
    )
    refused = secretariat.post(down, {"unit": [other.pk], "due": "mai"})
    assert "“mai”" in _came_back(refused, "due", "mai")
    ticked = [
        e.attributes["value"]
        for e in Page(refused.content.decode()).root.all("input")
        if e.attributes.get("name") == "unit" and "checked" in e.attributes
    ]
    assert ticked == [str(other.pk)]
    nobody = secretariat.post(down, {"due": "2026-12-01"})
    assert nobody.status_code == 422
    assert 'value="2026-12-01"' in nobody.content.decode()
    offered = HandDown.objects.filter(unit=plan.unit, state="offered").first()
    assert offered is not None
    decline = address("plans:answer", [offered.pk])
    answer = visitors["head"].post(decline, {"then": "decline", "reason": LONG})
    assert TOO_LONG in _came_back(answer, "reason", LONG)


def test_of_who_is_to_do_a_task(visitors, plan):
    """A person or a division that is not of the unit: the reason stands beside the list."""
    task = plan.tasks.filter(done_on=None, cancelled_on=None, claimed_on=None).first()
    give = address("plans:task_give", [task.pk])
    for sent in ({"person": "999999", "lead": ""}, {"person": "", "lead": "999999"}):
        answer = visitors["head"].post(give, sent)
        assert answer.status_code == 422
        page = Page(answer.content.decode())
        assert page.faults == []
        box = next(e for e in page.root.all("select") if e.attributes.get("name") == "person")
        assert box.attributes["aria-invalid"] == "true"
        beside = [e.text for e in page.root.walk() if e.attributes.get("id") == "person-e"]
        assert len(beside) == 1
        assert beside[0]
    assert Task.objects.get(pk=task.pk).person_id == task.person_id


def test_a_reason_is_said_even_where_its_form_is_gone(visitors, plan):
    """Somebody else has stopped the task in the meantime."""
    task = actions.add_task(plan=plan, written=TaskWritten("Việc"), by="person:999", at=plan.at)
    actions.cancel_task(task=task, reason="Trùng", by="person:999", at=plan.at)
    answer = visitors["head"].post(address("plans:task_stop", [task.pk]), {"reason": "Không cần nữa"})
    assert answer.status_code == 422
    assert "đã hoàn thành hoặc đã dừng" in answer.content.decode()


@pytest.mark.usefixtures("clocked")
def test_of_an_inspection(visitors, inspector, visit):
    """A line of the checklist, what was said of a photo, a finding taken back, an answer returned."""
    running = visit("so-xay-dung")
    area = running.areas[0]
    first = running.questions.filter(area=area).first()
    line = address("inspections:checklist", [running.pk, area])
    sent = {"position": first.position, "met": "not_met", "note": LONG}
    assert TOO_LONG in _came_back(inspector.post(line, sent), "note", LONG)
    found = Finding.objects.filter(visit=running, withdrawn_because="").first()
    adding = address("inspections:finding_add", [running.pk, found.number])
    assert TOO_LONG in _came_back(inspector.post(adding, {"act": "withdraw", "reason": LONG}), "reason", LONG)
    step = address("inspections:step", [running.pk])
    note = {"act": "note", "present": "Bà B", "summary": LONG * 4}
    words = _came_back(inspector.post(step, note), "summary", LONG * 4)
    assert TOO_LONG in words
    answered = Recommendation.objects.filter(state="answered", finding__visit__state="concluded").first()
    url = address("inspections:recommendation", [answered.pk])
    sent = {"act": "return", "reason": LONG}
    assert TOO_LONG in _came_back(visitors["secretariat"].post(url, sent), "reason", LONG)
    paper = address("inspections:paper", [running.pk, "bien-ban"])
    kept = inspector.post(paper, TOLD)
    assert kept.status_code == 422
    assert 'value="Trần A"' in kept.content.decode()


def test_of_a_movement(visitors, world):
    """What a unit pledges, why it takes that back, what it uses; number and day of the list."""
    movement = Campaign.objects.get(unit__code="minh-hoa", unit__parent=None)
    step = address("emulation:step", [movement.pk])
    sent = {"act": "register", "kind": "person", "name": "", "pledge": "Không hồ sơ quá hạn"}
    answer = visitors["focal"].post(step, sent)
    assert "Hãy" in _came_back(answer, "name", "")
    assert "Không hồ sơ quá hạn</textarea>" in answer.content.decode()
    assert '<option value="person" selected>' in answer.content.decode()
    own = movement.registrations.filter(unit__code="so-y-te", withdrawn="").first()
    sent = {"act": "withdraw", "registration": own.pk, "reason": LONG}
    assert TOO_LONG in _came_back(visitors["focal"].post(step, sent), "reason", LONG)
    other = Unit.objects.get(parent__code="minh-hoa", code="so-xay-dung")
    told = emulation.InitiativeWritten("Sổ hẹn", "Nguyễn A", "Hẹn giờ.", "Chờ ít hơn.")
    one = emulation.hand_in_initiative(
        campaign=movement, unit=other, written=told, by="person:999", at=movement.at
    )
    reuse = address("emulation:reuse", [movement.pk, one.number])
    assert TOO_LONG in _came_back(visitors["focal"].post(reuse, {"note": LONG}), "note", LONG)
    issue = address("emulation:commendation_step", [movement.pk])
    visitors["secretariat"].post(issue, {"act": "draft"})
    answer = visitors["secretariat"].post(issue, {"act": "issue", **TOLD})
    assert "hôm nay" in _came_back(answer, "on", "hôm nay")
    assert 'value="12/BC"' in answer.content.decode()


def test_of_a_briefing_and_a_planned_article(visitors, world):
    """Its number and day; why a line of the communication plan is dropped."""
    draft = Briefing.objects.filter(state="draft", unit__code="minh-hoa").first()
    place = ("minh-hoa", draft.month.year, draft.month.month)
    url = address("briefings:step", place)
    answer = visitors["secretariat"].post(url, {"act": "issue", **TOLD})
    assert "hôm nay" in _came_back(answer, "on", "hôm nay")
    assert 'value="Trần A"' in answer.content.decode()
    line = PlannedArticles.objects.filter(unit__code="so-y-te", dropped="").first()
    url = address("news:plan_line", [line.pk])
    answer = visitors["secretariat"].post(url, {"drop": "1", "reason": LONG})
    assert TOO_LONG in _came_back(answer, "reason", LONG)


def test_of_a_lost_point(visitors, world):
    """Why it is accepted."""
    url = address("improve:accept", ["minh-hoa/2025-co-quan", "so-y-te"])
    page = visitors["head"].get(address("improve:lost", ["minh-hoa/2025-co-quan", "so-y-te"]))
    code = next(r["point"].code for r in page.context["rows"] if r["answer"].is_open)
    answer = visitors["head"].post(url, {"code": code, "reason": LONG})
    assert TOO_LONG in _came_back(answer, "reason", LONG)
