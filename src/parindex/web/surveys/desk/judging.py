"""What looks odd among answers, decided on by a person."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.organisations.queries import names_of
from parindex.apps.surveys import actions
from parindex.apps.surveys.models import Flag
from parindex.apps.surveys.queries import flags_of
from parindex.apps.surveys.rules import check_step
from parindex.core.kernel.problems import Refused
from parindex.core.wording.notation import day, instant, number
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.gates import gate
from parindex.web.parts.languages import language
from parindex.web.parts.sent_tables import words_of
from parindex.web.surveys.desk.frame import known_survey, of_survey, typed, whole


TEXTS_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def flags(request: Desk, *, slug: str) -> HttpResponse:
    """What looks odd, with what was seen; kept or set aside with a reason, and never by itself."""
    survey = known_survey(request, slug, run=request.method == "POST")
    if request.method == "POST":
        said = typed(request, "act", "flag", "decision", "reason")
        if said["act"] == "find":
            new = attempt(request, actions.find_flags, survey=survey)
            if new is not None:
                messages.success(request, gettext("Đã tìm; nghi vấn mới: %(n)s.") % {"n": new})
            return redirect(request.path)
        found = survey.flags.select_related("survey").filter(pk=whole(said["flag"])).first()
        if found is None:
            messages.error(request, words_of(Refused("nothing_chosen")))
        elif attempt(
            request, actions.decide_flag, flag=found, decision=said["decision"], reason=said["reason"]
        ):
            messages.success(request, gettext("Đã ghi quyết định."))
        return redirect(request.path)
    every = flags_of(survey)
    names = names_of({f.decided_by for f in every} - {""})
    context = {
        **of_survey(request, survey, "flags"),
        "rows": [(f, names.get(f.decided_by, ""), _seen(f)) for f in every],
        "waiting": sum(f.decision == "" for f in every),
        "judging": gate(lambda: check_step(survey, "judge")),
    }
    return render(request, "survey_desk/flags.html", context)


def _seen(flag: Flag) -> str:
    """What was seen, in numbers: what is usual beside it."""
    data = flag.data
    told = {"n": data.get("count", 0), "of": data.get("of", 0)}
    if flag.kind == Flag.Kind.STRAIGHT:
        share = number(Fraction(str(100 * data.get("usual", 0))), language(), decimals=1)
        words = gettext(
            "%(n)s trên %(of)s phiếu chọn một mức cho mọi dòng; nơi khác khoảng %(share)s phần trăm."
        )
        return words % {**told, "share": share}
    if flag.kind == Flag.Kind.IDENTICAL:
        return gettext("%(n)s trên %(of)s phiếu giống nhau ở mọi câu.") % told
    if data.get("hour"):
        at = instant(datetime.fromisoformat(data["hour"]), language())
        return gettext("%(n)s phiếu trong giờ bắt đầu lúc %(at)s: đến mức tối đa của quầy.") % {
            **told,
            "at": at,
        }
    usual = number(Fraction(str(data.get("usual", 0))), language(), decimals=0)
    on = day(date.fromisoformat(data["day"]), language()) if data.get("day") else ""
    words = gettext("%(n)s phiếu trong ngày %(day)s; một ngày bình thường của các quầy là %(usual)s.")
    return words % {**told, "day": on, "usual": usual}
