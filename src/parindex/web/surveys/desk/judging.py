"""What looks odd, decided on by a person; what people wrote, read and searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import names_of
from parindex.apps.surveys import actions
from parindex.apps.surveys.asking import form_of
from parindex.apps.surveys.models import Survey
from parindex.apps.surveys.queries import flags_of
from parindex.apps.surveys.rules import check_step
from parindex.core.formats.folded import folded
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.gates import gate
from parindex.web.parts.paging import page_asked
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
        "rows": [(f, names.get(f.decided_by, "")) for f in every],
        "waiting": sum(f.decision == "" for f in every),
        "judging": gate(lambda: check_step(survey, "judge")),
    }
    return render(request, "survey_desk/flags.html", context)


def texts(request: Desk, *, slug: str) -> HttpResponse:
    """What people wrote, in no order that tells anything; of units with few answers nothing is shown."""
    survey = known_survey(request, slug)
    unit, words = whole(request.GET.get("don-vi", "")), request.GET.get("tim", "").replace("\0", "")[:200]
    found, hidden, units = _written(survey)
    asked = folded(words)
    rows = [row for row in found if (not unit or row["unit"].pk == unit) and asked in folded(row["text"])]
    here, paging = page_asked(request, len(rows), TEXTS_SHOWN)
    context = {
        **of_survey(request, survey, "texts"),
        "rows": rows[here],
        "paging": paging,
        "hidden": hidden,
        "units": units,
        "unit": unit,
        "words": words,
    }
    return render(request, "survey_desk/texts.html", context)


def _written(survey: Survey) -> tuple[list[dict[str, Any]], int, list[Unit]]:
    """Texts by unit; how many were left out because few answered about their unit; the units."""
    asked: dict[int, dict[str, Text]] = {}
    for one in survey.groups.select_related("questionnaire").defer("questionnaire__content"):
        form = form_of(one.questionnaire)
        asked[one.pk] = {q.code: q.text for q in form.questions if q.kind == "text"}
    answers = list(survey.answers.values_list("group_id", "unit_id", "content"))
    count = Counter((group, unit) for group, unit, _ in answers)
    names = Unit.objects.in_bulk({unit for _, unit, _ in answers})
    rows: list[dict[str, Any]] = []
    hidden = 0
    for group, unit, content in answers:
        for code, text in _texts(content, asked.get(group, {})):
            if count[group, unit] < survey.small:
                hidden += 1
            else:
                rows.append({"unit": names[unit], "asked": asked[group][code], "text": text})
    return rows, hidden, sorted({r["unit"] for r in rows}, key=lambda u: u.name_vi)


def _texts(content: dict[str, Any], asked: dict[str, Text]) -> Iterable[tuple[str, str]]:
    return ((code, content[code]) for code in asked if content.get(code))
