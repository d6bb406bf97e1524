"""Movements: the list, one begun and changed, its page, and the steps on its way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.assessments.models import Round
from parindex.apps.briefings import emulation
from parindex.apps.briefings.emulating import (
    can_run,
    check_joins,
    check_open,
    check_run,
    check_see,
    joining,
    rounds_for,
    seen,
)
from parindex.apps.briefings.models import Campaign, Commendation, Registration
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed
from parindex.apps.organisations.queries import find_unit, managed_units
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.numbers import exact
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording import emulation as words
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.briefings.frame import address_of
from parindex.web.parts.back import Back, SmallForm, tried
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.files import links
from parindex.web.parts.gates import gate
from parindex.web.parts.languages import language
from parindex.web.parts.marks import marks


STATES = {"draft": "", "running": "waiting", "closed": "done"}
FIELDS = (
    "unit",
    "name",
    "slogan",
    "start",
    "end",
    "criteria",
    "document",
    "round",
    "rank",
    "index",
    "initiatives",
    "reuse",
)


def known_campaign(request: Desk, pk: int, *, run: bool = False) -> Campaign:
    """A movement that the person sees, or runs. Raises Http404, NotAllowed."""
    kept = Campaign.objects.select_related("unit__parent__parent__parent", "territory", "round")
    found = kept.filter(pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    if run:
        check_run(request.rights, found)
    check_see(request.rights, found)
    return found


def campaign_frame(campaign: Campaign) -> dict[str, Any]:
    """What every page about one movement carries."""
    return {
        "section": "start",
        **marks(campaign.unit),
        "campaign": campaign,
        "badge": STATES[campaign.state],
    }


def campaigns(request: Desk) -> HttpResponse:
    """All that the person sees."""
    if not request.rights.units(Act.EMULATION_VIEW):
        raise NotAllowed("not_allowed", act=Act.EMULATION_VIEW.value)
    found = list(seen(request.rights)[:200])
    context = {
        "section": "start",
        **marks(found[0].unit if found else None),
        "rows": [{"campaign": c, "badge": STATES[c.state]} for c in found],
        "runs": bool(request.rights.units(Act.EMULATION_RUN)),
    }
    return render(request, "briefings/campaigns.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Desk) -> HttpResponse:
    """A new movement of one of the person's units."""
    own = managed_units(request.rights, Act.EMULATION_RUN)
    if not own:
        raise NotAllowed("not_allowed", act=Act.EMULATION_RUN.value)
    typed, wrong = dict.fromkeys(FIELDS, ""), ""
    if request.method == "POST":
        typed = _typed(request)
        try:
            unit = _unit(own, typed["unit"])
            made = emulation.begin_campaign(
                unit=unit, written=_written(unit, typed), by=request.user.ref, at=request.at
            )
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            messages.success(request, gettext("Đã lưu. Xem lại rồi phát động."))
            return redirect("emulation:campaign", made.pk)
    rounds = [round_ for unit in own for round_ in rounds_for(unit)[:5]]
    context = {
        "section": "start",
        **marks(own[0]),
        **_form(typed, wrong, rounds),
        "own": [(address_of(unit), unit) for unit in own],
    }
    return render(request, "briefings/campaign_form.html", context, status=422 if wrong else 200)


def _unit(own: list[Unit], asked: str) -> Unit:
    named = {address_of(unit): unit for unit in own}
    if not asked and len(named) == 1:
        return own[0]
    if asked not in named:
        raise NotAllowed("not_allowed", act=Act.EMULATION_RUN.value)
    return named[asked]


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Desk, *, pk: int) -> HttpResponse:
    """A draft said anew."""
    found = known_campaign(request, pk, run=True)
    if found.state != Campaign.State.DRAFT:
        return redirect("emulation:campaign", pk)
    typed, wrong = _of(found), ""
    if request.method == "POST":
        typed = _typed(request)
        try:
            written = _written(found.unit, typed)
            emulation.change_campaign(campaign=found, written=written, by=request.user.ref, at=request.at)
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            messages.success(request, gettext("Đã lưu. Xem lại rồi phát động."))
            return redirect("emulation:campaign", pk)
    rounds = list(rounds_for(found.unit)[:10])
    context = {**campaign_frame(found), **_form(typed, wrong, rounds), "own": []}
    return render(request, "briefings/campaign_form.html", context, status=422 if wrong else 200)


def _typed(request: Desk) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in FIELDS}


def _form(typed: Mapping[str, str], wrong: str, rounds: list[Round]) -> dict[str, Any]:
    return {"typed": typed, "wrong": wrong, "rounds": [(str(r.pk), r.title) for r in rounds]}


def _of(found: Campaign) -> dict[str, str]:
    return {
        "unit": "",
        "name": found.name,
        "slogan": found.slogan,
        "start": found.start.isoformat(),
        "end": found.end.isoformat(),
        "criteria": "\n".join(found.criteria),
        "document": found.document,
        "round": str(found.round_id or ""),
        "rank": str(found.rank or ""),
        "index": found.index,
        "initiatives": str(found.initiatives or ""),
        "reuse": str(found.reuse or ""),
    }


def _written(unit: Unit, typed: Mapping[str, str]) -> emulation.CampaignWritten:
    """Raises Refused ``campaign_days_unreadable``, ``campaign_round_unknown``."""
    asked = typed["round"].strip()
    round_ = next((r for r in rounds_for(unit) if str(r.pk) == asked), None) if asked else None
    if asked and round_ is None:
        raise Refused("campaign_round_unknown")
    told = {k: typed[k] for k in ("name", "slogan", "criteria", "document", "rank", "index")}
    return emulation.CampaignWritten(
        **told,
        initiatives=typed["initiatives"],
        reuse=typed["reuse"],
        start=_day(typed["start"]),
        end=_day(typed["end"]),
        round=round_,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("campaign_days_unreadable", text=text[:40]) from None


OF_A_PLEDGE = {"registration_pledge_missing": "pledge"}
"""Refusals of a registration that are not about whose it is."""


def campaign(request: Desk, *, pk: int) -> HttpResponse:
    """What is asked, who takes part, initiatives, and what the person may do."""
    return _page(request, known_campaign(request, pk))


def _page(request: Desk, found: Campaign, back: Back | None = None) -> HttpResponse:
    """The page of a movement. `back`: a form of it that was refused."""
    runs, today = can_run(request.rights, found), legal_date(request.at)
    own = joining(request.rights, found)
    initiatives = found.initiatives_handed_in.select_related("unit").prefetch_related("reuses")
    listed = Commendation.objects.filter(campaign=found).first()
    context = {
        **campaign_frame(found),
        "runs": runs,
        "conditions": conditions_of(found),
        "registrations": [
            {"one": r, "own": r.unit_id in {u.pk for u in own} or runs, "form": f"withdraw-{r.pk}"}
            for r in found.registrations.select_related("unit").order_by(
                "withdrawn", "unit__name_vi", "kind", "pk"
            )
        ],
        "initiatives": [{"one": i, "reuses": len(i.reuses.all())} for i in initiatives],
        "files": links(reverse("emulation:initiative_begin", args=[found.pk]).removesuffix("moi/")),
        "own": [(address_of(unit), unit) for unit in own],
        "kinds": list(Registration.Kind.values),
        "joins": gate(lambda: check_open(found, today)),
        "listed": listed,
        "sees_list": runs or (listed is not None and listed.state == Commendation.State.ISSUED),
        "refused": back,
    }
    return render(request, "briefings/campaign.html", context, status=422 if back else 200)


def conditions_of(campaign: Campaign) -> list[str]:
    """The stated conditions in words."""
    lang = language()
    found = [words.REGISTERED_CONDITION.in_(lang)]
    if campaign.rank is not None:
        found.append(words.rank_condition(campaign.rank, lang))
    if campaign.index:
        found.append(words.index_condition(exact(campaign.index), lang))
    if campaign.initiatives is not None:
        found.append(words.initiatives_condition(campaign.initiatives, lang))
    if campaign.reuse is not None:
        found.append(words.reuse_condition(campaign.reuse, lang))
    return found


@require_POST
def step(request: Desk, *, pk: int) -> HttpResponse:
    """Launch, close; register, take back."""
    asked, back = request.POST.get("act", ""), None
    if asked in ("launch", "close"):
        found = known_campaign(request, pk, run=True)
        do: Callable[..., Campaign] = (
            emulation.launch_campaign if asked == "launch" else emulation.close_campaign
        )
        if attempt(request, do, campaign=found):
            launched = gettext("Đã phát động; các đơn vị đã được thông báo.")
            messages.success(request, launched if asked == "launch" else gettext("Đã tổng kết phong trào."))
    elif asked == "register":
        back = _register(request, known_campaign(request, pk))
    elif asked == "withdraw":
        back = _withdraw(request, known_campaign(request, pk))
    else:
        raise Http404(asked)
    if back:
        return _page(request, known_campaign(request, pk), back)
    return redirect("emulation:campaign", pk)


def acting_unit(request: Desk, own: list[Unit], asked: str) -> Unit:
    """One of the person's units, by its address; the only one where none was chosen. Raises NotAllowed."""
    found = own[0] if not asked and len(own) == 1 else find_unit(asked) if asked else None
    if found is None:
        raise NotAllowed("not_allowed", act=Act.EMULATION_JOIN.value)
    check_joins(request.rights, found)
    return found


def _register(request: Desk, found: Campaign) -> Back | None:
    sent = {k: request.POST.get(k, "") for k in ("name", "pledge", "kind")}
    chosen = request.POST.get("unit", "")
    unit = acting_unit(request, joining(request.rights, found), chosen)
    typed, do = {**sent, "unit": chosen}, emulation.register_for
    _, back = tried(request, SmallForm("register", typed, OF_A_PLEDGE), do, campaign=found, unit=unit, **sent)
    if back is None:
        messages.success(request, gettext("Đã đăng ký."))
    return back


def _withdraw(request: Desk, found: Campaign) -> Back | None:
    asked = request.POST.get("registration", "")
    known = found.registrations.select_related("campaign", "unit")
    one = next((r for r in known if str(r.pk) == asked), None)
    if one is None:
        raise Http404(asked)
    if not can_run(request.rights, found):
        check_joins(request.rights, one.unit)
    sent, do = {"reason": request.POST.get("reason", "")}, emulation.withdraw_registration
    _, back = tried(request, SmallForm(f"withdraw-{one.pk}", sent), do, registration=one, **sent)
    if back is None:
        messages.success(request, gettext("Đã rút đăng ký; lý do được giữ lại."))
    return back
