"""Lost points are answered: a task each in one act, or accepted for a reason; done twice, it is done once."""

from datetime import date
from fractions import Fraction

import pytest
from site_world import AT

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.audit.models import Entry
from parindex.apps.improvement.actions import accept_loss, chain_of, draft_remedies, withdraw_acceptance
from parindex.apps.improvement.queries import standing_of
from parindex.apps.improvement.remedies import answers_of, counted, origin_of
from parindex.apps.plans.actions import cancel_task, issue_plan, report_progress
from parindex.apps.plans.models import Plan, Task
from parindex.apps.results.stages import forget_books
from parindex.core.kernel.improvement import losses_of
from parindex.core.kernel.numbers import exact
from parindex.core.kernel.problems import Refused


DO = {"by": "test", "at": AT}
DAY = date(2026, 1, 5)


@pytest.fixture(autouse=True)
def anew(world):
    """No round of another test."""
    forget_books()
    yield
    forget_books()


@pytest.fixture
def unit(world):
    """A department in the published round of 2025."""
    found = Participant.objects.select_related("round__territory", "round__framework", "unit", "group")
    return found.get(round__code="2025-co-quan", unit__code="so-y-te")


@pytest.fixture
def lost(unit):
    """What it lost, the most first."""
    standing = standing_of(unit)
    return losses_of(standing.assessment, standing.unit)


def test_every_lost_point_becomes_a_task_of_the_next_year(unit, lost):
    """What, for which criterion, until when, for how many points, and what it answers."""
    drafted = draft_remedies(participant=unit, **DO)
    plan = drafted.plan
    assert (plan.state, plan.year, plan.remedies_year, plan.unit) == (Plan.State.DRAFT, 2026, 2025, unit.unit)
    tasks = {t.origin: t for t in plan.tasks.all()}
    assert set(tasks) == {origin_of(unit, loss.code) for loss in lost}
    assert drafted.made == len(lost)
    for loss in lost:
        task = tasks[origin_of(unit, loss.code)]
        assert task.due.year == 2026
        assert abs(exact(task.gain) - loss.points) < Fraction(1, 10**15)
        if loss.outcome is not None:
            assert task.criterion == loss.code
            assert loss.code in task.content or "trừ điểm" in task.content


def test_drafting_again_adds_nothing_and_a_new_loss_is_added_alone(unit, lost):
    """The plan is the same one, whatever its tasks have become."""
    first = draft_remedies(participant=unit, **DO)
    again = draft_remedies(participant=unit, **DO)
    assert (again.plan, again.made) == (first.plan, 0)
    first.plan.tasks.last().delete()
    issue_plan(plan=first.plan, number="12/KH", issued_on=DAY, **DO)
    more = draft_remedies(participant=unit, **DO)
    assert (more.plan, more.made) == (first.plan, 1)
    assert Task.objects.filter(plan=first.plan).count() == len(lost)


def test_what_is_accepted_gets_no_task(unit, lost):
    """The reason is kept beside the ledger, which has its hash."""
    code = lost[0].code
    made = accept_loss(participant=unit, code=code, reason="  Do cấp trên\n quyết định. ", **DO)
    assert made.reason == "Do cấp trên quyết định."
    assert accept_loss(participant=unit, code=code, reason="Do cấp trên quyết định.", **DO) == made
    draft_remedies(participant=unit, **DO)
    answers = answers_of(unit, DAY)
    counts = counted([loss.code for loss in lost], answers)
    assert (counts.tasks, counts.accepted, counts.open) == (len(lost) - 1, 1, 0)
    entry = Entry.objects.get(chain=chain_of(unit))
    assert (entry.kind, entry.payload["leaf"]) == ("loss.accepted", code)
    assert "cấp trên" not in str(entry.payload)


def test_an_acceptance_is_replaced_and_withdrawn_never_changed(unit, lost):
    """Each is kept; one stands."""
    code = lost[0].code
    first = accept_loss(participant=unit, code=code, reason="Một", **DO)
    second = accept_loss(participant=unit, code=code, reason="Hai", **DO)
    assert list(unit.acceptances.filter(withdrawn_at=None)) == [second]
    with pytest.raises(Refused, match="acceptance_withdrawn"):
        withdraw_acceptance(acceptance=first, **DO)
    withdraw_acceptance(acceptance=second, **DO)
    assert answers_of(unit, DAY) == {}


def test_a_task_stands_in_the_way_of_an_acceptance_until_it_is_stopped(unit, lost):
    """Done or going on, it is the answer; stopped, the loss is open again, and no second task is drafted."""
    plan = draft_remedies(participant=unit, **DO).plan
    code = lost[0].code
    with pytest.raises(Refused, match="remedy_has_task"):
        accept_loss(participant=unit, code=code, reason="Vì", **DO)
    cancel_task(task=plan.tasks.get(origin=origin_of(unit, code)), reason="Không làm được", **DO)
    assert answers_of(unit, DAY)[code].is_open
    assert draft_remedies(participant=unit, **DO).made == 0
    accept_loss(participant=unit, code=code, reason="Vì", **DO)
    assert not answers_of(unit, DAY)[code].is_open


def test_what_is_done_is_counted_as_done(unit, lost):
    """By the task's own status on the day."""
    plan = draft_remedies(participant=unit, **DO).plan
    issue_plan(plan=plan, number="12/KH", issued_on=DAY, **DO)
    task = next(t for t in plan.tasks.order_by("number") if not t.output)
    report_progress(task=task, percent=100, line="Đã xong", **DO)
    assert counted([loss.code for loss in lost], answers_of(unit, DAY)).done == 1


@pytest.mark.parametrize(
    ("code", "reason", "refusal"),
    [
        ("9.9.9", "Vì", "remedy_nothing_lost"),
        ("", "Vì", "remedy_nothing_lost"),
        (None, " \n ", "acceptance_reason_missing"),
        (None, "x" * 601, "text_too_long"),
    ],
)
def test_what_cannot_be_accepted_is_refused_and_nothing_is_kept(unit, lost, code, reason, refusal):
    """A criterion that lost nothing, no reason, too long a one."""
    with pytest.raises(Refused, match=refusal):
        accept_loss(participant=unit, code=lost[0].code if code is None else code, reason=reason, **DO)
    assert not unit.acceptances.exists()


def test_before_publication_nothing_is_answered(unit, lost):
    """Points may still come back."""
    unit.round.state = Round.State.RUNNING
    for act in (
        lambda: draft_remedies(participant=unit, **DO),
        lambda: accept_loss(participant=unit, code=lost[0].code, reason="Vì", **DO),
    ):
        with pytest.raises(Refused, match="remedy_not_published"):
            act()


def test_where_all_is_accepted_no_empty_plan_is_begun(unit, lost):
    """There is nothing to plan."""
    for loss in lost:
        accept_loss(participant=unit, code=loss.code, reason="Vì", **DO)
    with pytest.raises(Refused, match="remedy_all_answered"):
        draft_remedies(participant=unit, **DO)
    assert not Plan.objects.filter(remedies_year=2025).exists()


def test_tasks_of_another_unit_answer_nothing_here(unit):
    """An origin names a round and a criterion; whose they are the plan says."""
    other = Participant.objects.select_related("round__territory", "round__framework", "unit", "group").get(
        round__code="2025-co-quan", unit__code="so-tu-phap"
    )
    draft_remedies(participant=other, **DO)
    assert answers_of(unit, DAY) == {}
