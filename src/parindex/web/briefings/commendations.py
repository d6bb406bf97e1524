"""The list of proposed commendations: drafted, decided on row by row, submitted; its paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.briefings.commendation_paper import paper_of
from parindex.apps.briefings.commending import Decision, draft_list, issue_list, newest_of, save_list
from parindex.apps.briefings.emulating import can_run, check_run
from parindex.apps.briefings.models import Campaign, Commendation, CommendationRevision
from parindex.apps.organisations.queries import tree_of
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date
from parindex.core.wording.emulation import CONDITIONS, condition_said
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.briefings.campaigns import campaign_frame, conditions_of, known_campaign
from parindex.web.briefings.frame import OF_THE_DAY, day_typed
from parindex.web.parts.back import Back, SmallForm, tried
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.languages import language
from parindex.web.parts.papers import paper_file


MARKS = {True: "done", False: "back", None: ""}


def known_list(request: Desk, pk: int) -> tuple[Campaign, Commendation]:
    """The list of a movement: a draft for whoever runs it, a submitted one for all who see the movement.

    Raises:
        Http404: there is none. NotAllowed.
    """
    campaign = known_campaign(request, pk)
    found = Commendation.objects.filter(campaign=campaign).first()
    if found is None or found.state == Commendation.State.DRAFT:
        check_run(request.rights, campaign)
    if found is None:
        raise Http404(str(pk))
    return campaign, found


@require_http_methods(["GET", "HEAD", "POST"])
def commendation(request: Desk, *, pk: int) -> HttpResponse:
    """Each candidate with every condition; a tick, the form and the grounds are people's to give."""
    return _page(request, *known_list(request, pk))


def _page(
    request: Desk, campaign: Campaign, found: Commendation, *, back: Back | None = None
) -> HttpResponse:
    """The page of a list. `back`: number, date and signer, where they were refused."""
    newest, wrong = newest_of(found), ""
    decided: dict[str, Decision] = {}
    if request.method == "POST" and back is None:
        check_run(request.rights, campaign)
        decided = _decisions(request, newest)
        base = request.POST.get("base", "")
        try:
            save_list(
                commendation=found,
                decisions=decided,
                base=int(base) if base.isascii() and base.isdigit() and len(base) < 7 else 0,
                by=request.user.ref,
                at=request.at,
            )
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            messages.success(request, gettext("Đã lưu."))
            return redirect("emulation:commendation", campaign.pk)
    context = {
        **campaign_frame(campaign),
        "list": found,
        "newest": newest,
        "conditions": conditions_of(campaign),
        "rows": _rows(campaign, newest, decided),
        "taken": sum(row["taken"] for row in newest.rows),
        "edits": can_run(request.rights, campaign) and found.state == Commendation.State.DRAFT,
        "today": legal_date(request.at).isoformat(),
        "wrong": wrong,
        "refused": back,
    }
    return render(request, "briefings/commendation.html", context, status=422 if wrong or back else 200)


def _decisions(request: Desk, newest: CommendationRevision) -> dict[str, Decision]:
    """By key, as the rows of the form stand in the list's order."""

    def sent(name: str) -> str:
        return request.POST.get(name, "")

    return {
        row["key"]: Decision(bool(sent(f"take-{k}")), sent(f"form-{k}"), sent(f"grounds-{k}"))
        for k, row in enumerate(newest.rows, start=1)
        if f"grounds-{k}" in request.POST
    }


def _rows(
    campaign: Campaign, newest: CommendationRevision, decided: Mapping[str, Decision]
) -> list[dict[str, Any]]:
    """As they were kept, with what the form sent where it was refused; names of units in both languages."""
    tree = tree_of(campaign.unit)
    english = {f"unit:{tree.address(u)}": u.name.in_("en") for u in tree.walk()}
    for one in campaign.initiatives_handed_in.select_related("unit"):
        for name in filter(None, map(str.strip, one.authors.split(";"))):
            english[f"person:{one.number}:{name}"] = f"{name} ({one.unit.name.in_('en')})"
    return [
        _row(k, row, decided.get(row["key"])) | {"name": Text(row["name"], english.get(row["key"], ""))}
        for k, row in enumerate(newest.rows, start=1)
    ]


def _row(number: int, row: dict[str, Any], decided: Decision | None) -> dict[str, Any]:
    shown = row if decided is None else {**row, "taken": decided.taken, "form": decided.form}
    return {
        **shown,
        "number": number,
        "grounds": row["grounds"] if decided is None else decided.grounds,
        "conditions": [
            {"name": CONDITIONS[c["code"]], "said": _found(c), "badge": MARKS[c["met"]], "met": c["met"]}
            for c in row["conditions"]
        ],
    }


def _found(condition: dict[str, Any]) -> Text:
    """What was found of a condition; a list kept before its facts were has the words alone."""
    if "facts" not in condition:
        return Text(condition["said"], "")
    code, facts = condition["code"], condition["facts"]
    return Text(condition_said(code, facts, "vi"), condition_said(code, facts, "en"))


@require_POST
def step(request: Desk, *, pk: int) -> HttpResponse:
    """Draft the list, or draft it anew; submit it."""
    campaign = known_campaign(request, pk, run=True)
    asked = request.POST.get("act", "")
    if asked == "draft":
        if attempt(request, draft_list, campaign=campaign):
            messages.success(
                request, gettext("Đã đối chiếu điều kiện. Chưa ai được đề nghị: hãy chọn từng trường hợp.")
            )
            return redirect("emulation:commendation", pk)
        return redirect("emulation:campaign", pk)
    if asked != "issue":
        raise Http404(asked)
    found = Commendation.objects.filter(campaign=campaign).first()
    if found is None:
        raise Http404(asked)
    back = _issue(request, found)
    if back:
        return _page(request, *known_list(request, pk), back=back)
    messages.success(request, gettext("Đã trình; danh sách không sửa được nữa."))
    return redirect("emulation:commendation", pk)


def _issue(request: Desk, found: Commendation) -> Back | None:
    """Submit the list; the form as it comes back, where that was refused."""
    sent = {name: request.POST.get(name, "") for name in ("number", "on", "signer")}

    def issue(*, by: str, at: datetime) -> Commendation:
        told = {"number": sent["number"], "signer": sent["signer"]}
        return issue_list(commendation=found, on=day_typed(sent["on"]), **told, by=by, at=at)

    return tried(request, SmallForm("issue", sent, OF_THE_DAY), issue)[1]


def file(request: Desk, *, pk: int, form: str) -> HttpResponse:
    """The submission as ``docx`` or ``pdf``. Raises Http404, NotAllowed."""
    campaign, found = known_list(request, pk)
    name = f"khen-thuong-{campaign.unit.code}-{campaign.pk}"
    return paper_file(paper_of(campaign, found, newest_of(found)), name, form)
