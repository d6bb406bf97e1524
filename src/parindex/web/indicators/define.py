"""Defining an indicator, or saying anew what it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.indicators.actions import NewIndicator, define_indicator
from parindex.apps.indicators.models import Indicator
from parindex.apps.indicators.queries import all_indicators, find_indicator
from parindex.apps.organisations.permissions import check_whole
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language


TEXTS = {
    "code": 60,
    "name_vi": 250,
    "name_en": 250,
    "kind": 10,
    "measure": 60,
    "direction": 4,
    "period": 10,
    "over_year": 4,
    "source": 120,
    "definition_vi": 4000,
    "definition_en": 4000,
    "legal_source": 250,
}


@require_http_methods(["GET", "HEAD", "POST"])
def define(request: Desk, *, code: str = "") -> HttpResponse:
    """The form, for whoever makes a territory’s sets; what cannot be kept is shown again with the reason."""
    check_whole(request.rights, Act.FRAMEWORK_EDIT)
    stands = find_indicator(code) if code else None
    if code and stands is None:
        raise Http404(code)
    typed: dict[str, Any] = {key: getattr(stands, key, "") if stands else "" for key in TEXTS}
    wrong = ""
    if request.method == "POST":
        typed = {key: request.POST.get(key, "").strip()[: limit + 1] for key, limit in TEXTS.items()}
        if stands is not None:
            typed["code"] = stands.code
        typed["over_year"] = typed["over_year"] or Indicator.OverYear.SUM.value
        try:
            _check_new(typed["code"], stands)
            new = NewIndicator(**typed, owner=stands.owner if stands else None)
            made = define_indicator(new=new, by=request.user.ref, at=request.at)
        except Refused as refusal:
            wrong = refusal_sentence(refusal.code, refusal.data, language())
        else:
            messages.success(request, gettext("Đã ghi chỉ tiêu %(code)s.") % {"code": made.code})
            return redirect("indicators:indicator", made.code)
    context = {
        "section": "start",
        "typed": typed,
        "stands": stands,
        "wrong": wrong,
        "all": all_indicators(),
        "kinds": [Indicator.Kind.SHARE.value, Indicator.Kind.COUNT.value, Indicator.Kind.NUMBER.value],
    }
    return render(request, "indicators/define.html", context, status=422 if wrong else 200)


def _check_new(code: str, stands: Indicator | None) -> None:
    """That a new definition does not overwrite one. Raises Refused ``indicator_code_taken``."""
    if stands is None and find_indicator(code) is not None:
        raise Refused("indicator_code_taken", code=code)
