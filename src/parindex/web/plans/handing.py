"""Work that goes down: asking units below, and answering as one of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from parindex.apps.organisations.permissions import NotAllowed
from parindex.apps.organisations.roles import Act
from parindex.apps.plans import actions
from parindex.apps.plans.models import HandDown, Plan
from parindex.apps.plans.permissions import check_answer
from parindex.apps.plans.queries import offered_to
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.web.parts.back import Back, SmallForm, come_back, tried
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.templatetags.parts import said
from parindex.web.plans.frame import frame, hands_of, planned_task, planning_units, visible_task
from parindex.web.plans.task import task_page
from parindex.web.plans.typed import typed, typed_day


UNITS = dict.fromkeys(("hand_down_nobody", "hand_down_not_below", "unit_ended"), "unit")
"""Refusals that are about the ticked units."""


@require_POST
def hand_down_task(request: Desk, *, pk: int) -> HttpResponse:
    """Ask the ticked units to take a task."""
    found = planned_task(request, pk)
    _, units = hands_of(found.plan.unit, request)
    ticked, sent = set(request.POST.getlist("unit")), typed(request, ["due"])
    chosen = [u for u in units if str(u.pk) in ticked]
    made = None
    try:
        due = typed_day(request, "due")
    except Refused as refusal:
        back: Back | None = come_back(request, SmallForm("hand", sent), refusal)
    else:
        made, back = tried(
            request, SmallForm("hand", sent, UNITS), actions.hand_down, task=found, units=chosen, due=due
        )
    if back:
        keys = {u.pk for u in chosen}
        return task_page(request, visible_task(request, pk), back=back, ticked=keys)
    if made is not None and made.offered:
        messages.success(request, gettext("Đã giao %(n)s đơn vị.") % {"n": len(made.offered)})
    if made is not None and made.already:
        messages.info(request, gettext("%(n)s đơn vị đã được giao từ trước.") % {"n": len(made.already)})
    return redirect("plans:task", pk)


@require_POST
def pass_on_task(request: Desk, *, pk: int, handed: int) -> HttpResponse:
    """Take from a unit that has ended what it did not do, for whoever came after it."""
    found = planned_task(request, pk)
    one = found.handed_down.filter(pk=handed).select_related("task__plan", "unit").first()
    if one is None:
        raise Http404(handed)
    offered = attempt(request, actions.pass_on, handed=one)
    if offered:
        names = ", ".join(said(h.unit.name) for h in offered)
        messages.success(request, gettext("Đã giao lại cho %(units)s.") % {"units": names})
    elif offered is not None:
        messages.success(request, gettext("Đã thu lại; không có đơn vị kế thừa nào để giao."))
    return redirect("plans:task", pk)


@require_POST
def recall(request: Desk, *, pk: int, handed: int) -> HttpResponse:
    """Take back what a unit has not answered yet."""
    found = planned_task(request, pk)
    one = found.handed_down.filter(pk=handed).select_related("task__plan").first()
    if one is None:
        raise Http404(handed)
    if attempt(request, actions.recall_hand_down, handed=one):
        messages.success(request, gettext("Đã rút."))
    return redirect("plans:task", pk)


def offered(request: Desk) -> HttpResponse:
    """What the person's units are asked to take, oldest first. Three queries."""
    return _offered(request)


def _offered(request: Desk, back: Back | None = None) -> HttpResponse:
    units = planning_units(request)
    if not units:
        raise NotAllowed("not_allowed", act=Act.PLAN_EDIT.value)
    rows = offered_to([u.pk for u in units])
    plans = Plan.objects.filter(unit__in=units).exclude(state=Plan.State.CLOSED).order_by("-year", "pk")
    by_unit: dict[int, list[Plan]] = {}
    for plan in plans:
        by_unit.setdefault(plan.unit_id, []).append(plan)
    year = legal_date(request.at).year
    context = {
        **frame(units[0]),
        "rows": [(row, _nearest(row, by_unit.get(row.unit_id, []))) for row in rows],
        "year": year,
        "refused": back,
    }
    return render(request, "plans/offered.html", context, status=422 if back else 200)


def _nearest(row: HandDown, plans: list[Plan]) -> list[Plan]:
    """The plans it may be taken into, those of the year of its own plan first."""
    return sorted(plans, key=lambda plan: plan.year != row.task.plan.year)


@require_POST
def answer(request: Desk, *, pk: int) -> HttpResponse:
    """Take one into a plan, or say why not."""
    found = HandDown.objects.select_related("task__plan__unit", "unit").filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    check_answer(request.rights, found)
    if request.POST.get("then") == "decline":
        sent, form = typed(request, ["reason"]), f"decline-{pk}"
        _, back = tried(
            request,
            SmallForm(form, sent),
            actions.answer_hand_down,
            handed=found,
            plan=None,
            reason=sent["reason"],
        )
        if back:
            return _offered(request, back)
        messages.success(request, gettext("Đã trả lời, kèm lý do."))
        return redirect("plans:offered")
    chosen = request.POST.get("plan", "")
    plan = Plan.objects.filter(unit=found.unit_id, pk=chosen).first() if chosen.isdecimal() else None
    if plan is None:
        messages.error(request, gettext("Hãy chọn kế hoạch của đơn vị để đưa nhiệm vụ vào."))
        return redirect("plans:offered")
    made = attempt(request, actions.answer_hand_down, handed=found, plan=plan)
    if made is None:
        return redirect("plans:offered")
    messages.success(request, gettext("Đã đưa vào kế hoạch; hãy giao người thực hiện."))
    return redirect("plans:task", made.pk)
