"""Units that take part with a part of the criteria, and the guest links to single sheets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.assessments.actions import Joining, join_partner, make_guest_link, revoke_guest_link
from parindex.apps.assessments.models import GuestLink, Participant, Round
from parindex.apps.assessments.permissions import check_round
from parindex.apps.assessments.queries import find_participant
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import names_of, units_below
from parindex.apps.organisations.roles import Act
from parindex.apps.organisations.types import type_name
from parindex.core.kernel.time import legal_date
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import visible_round
from parindex.web.parts.templatetags.parts import said
from parindex.web.steer.overview import frame


USUAL_DAYS = 30


def _run(request: Desk, name: str) -> Round:
    """A round that the person runs. Raises Http404, NotAllowed."""
    round_ = visible_round(request, name)
    check_round(request.rights, Act.ROUND_RUN, round_)
    return round_


@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Who joined with a part, and a form for one more."""
    round_ = _run(request, round)
    framework = by_hash(round_.framework.content_hash)
    taking = set(round_.participants.values_list("unit__code", flat=True))
    units = [u for u in units_below(round_.territory, legal_date(request.at)) if u.code not in taking]
    status = 200
    if request.method == "POST":
        joining = _joining(request, units)
        made = attempt(request, join_partner, round_=round_, joining=joining) if joining else None
        if made is not None:
            messages.success(request, gettext("Đã thêm %(unit)s.") % {"unit": made.name_vi})
            return redirect("steer:partners", round_)
        if joining is None:
            messages.error(request, gettext("Hãy chọn đơn vị và cách tham gia."))
        status = 422
    chosen = request.POST.getlist("node")
    context = {
        **frame(request, round_),
        "joined": list(
            round_.participants.exclude(part=Participant.Part.ALL).select_related("unit").order_by("id")
        ),
        "guest_links": _links(round_),
        "others": list(round_.participants.select_related("unit").order_by("name_vi", "id")),
        "units": units,
        "parts": [p.value for p in Participant.Part if p is not Participant.Part.ALL],
        "types": [(code, said(type_name(code))) for code in sorted(framework.type_codes)],
        "nodes": [
            {"node": node, "depth": depth, "chosen": node.code in chosen}
            for area in framework.areas
            for node, depth in ((area, 0), *((child, 1) for child in area.children))
        ],
        "typed": {k: request.POST.get(k, "") for k in ("unit", "part", "type", "document")},
    }
    return render(request, "steer/partners.html", context, status=status)


def _joining(request: Desk, units: list[Unit]) -> Joining | None:
    """What the form says; None where no unit or no part is chosen."""
    unit = next((u for u in units if str(u.pk) == request.POST.get("unit", "")), None)
    part = request.POST.get("part", "")
    if unit is None or part not in set(Participant.Part.values) - {Participant.Part.ALL.value}:
        return None
    return Joining(
        unit=unit,
        part=Participant.Part(part),
        type=request.POST.get("type", "")[:50] or unit.type,
        document=request.POST.get("document", "")[:250],
        nodes=request.POST.getlist("node")[:500] if part == Participant.Part.SOME else [],
    )


def _links(round_: Round) -> list[dict[str, Any]]:
    """Every guest link of the round with who made it."""
    found = list(
        GuestLink.objects.filter(participant__round=round_)
        .select_related("participant__unit")
        .order_by("-id")
    )
    names = names_of({link.by for link in found})
    return [{"link": link, "by": names[link.by]} for link in found]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest_link(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """Make a link; its secret stands on the page that answers, and nowhere else."""
    round_ = _run(request, round)
    participant = find_participant(round_, unit)
    if participant is None:
        raise Http404(unit)
    typed = {
        "name": request.POST.get("name", "")[:200],
        "mode": request.POST.get("mode", GuestLink.Mode.FILL.value),
        "days": request.POST.get("days", str(USUAL_DAYS)),
    }
    url, status = "", 200
    if request.method == "POST":
        days = typed["days"]
        made = attempt(
            request,
            make_guest_link,
            participant=participant,
            mode=GuestLink.Mode(typed["mode"] if typed["mode"] in GuestLink.Mode.values else "read"),
            name=typed["name"],
            days=int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0,
        )
        if made is None:
            status = 422
        else:
            url = request.build_absolute_uri(reverse("unit:guest", args=[made[1]]))
    context = {
        **frame(request, round_),
        "participant": participant,
        "typed": typed,
        "modes": GuestLink.Mode.values,
        "url": url,
    }
    return render(request, "steer/guest_link.html", context, status=status)


@require_POST
def revoke(request: Desk, *, round: str, link: int) -> HttpResponse:  # noqa: A002  the address's word
    """Close a link at once."""
    round_ = _run(request, round)
    found = get_object_or_404(
        GuestLink.objects.select_related("participant__unit", "participant__round__territory"),
        pk=link,
        participant__round=round_,
    )
    if attempt(request, revoke_guest_link, link=found):
        messages.success(request, gettext("Đã thu hồi liên kết."))
    return redirect("steer:partners", round_)
