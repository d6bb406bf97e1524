"""A survey as it is prepared: what it is, its groups of respondents, whom they rate; opened and closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.indicators.models import Indicator
from parindex.apps.indicators.queries import all_indicators
from parindex.apps.organisations.roles import Act
from parindex.apps.surveys import actions
from parindex.apps.surveys.asking import factors_of
from parindex.apps.surveys.models import Questionnaire, RespondentGroup, Survey
from parindex.apps.surveys.queries import groups_of, questionnaires_of
from parindex.apps.surveys.rules import check_step
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.surveys.questionnaire import Factor
from parindex.core.wording.terms import TERMS
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import managed
from parindex.web.parts.gates import gate
from parindex.web.parts.sent_tables import words_of
from parindex.web.surveys.desk.frame import (
    day_of,
    frame,
    known_group,
    known_survey,
    of_survey,
    typed,
    units_of,
    whole,
)


FIELDS = (
    "title_vi",
    "title_en",
    "year",
    "body",
    "kind",
    "opens",
    "closes",
    "small",
    "small_public",
    "indicator",
    "measure",
    "rules",
)
WAYS = {"open": actions.open_survey, "close": actions.close_survey}


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Desk) -> HttpResponse:
    """Begin a survey."""
    place, places = managed(request, Act.SURVEY_RUN)
    year = legal_date(request.at).year
    said = {
        **dict.fromkeys(FIELDS, ""),
        "year": str(year),
        "small": "5",
        "small_public": "10",
        "measure": Survey.Measure.SATISFIED.value,
    }
    wrong = ""
    if request.method == "POST":
        said, key = typed(request, *FIELDS), typed(request, "key")["key"]
        try:
            made = actions.begin_survey(
                territory=place, written=_written(said), key=key, by=request.user.ref, at=request.at
            )
        except Refused as refusal:
            wrong = words_of(refusal)
        else:
            messages.success(request, gettext("Đã lưu; tiếp theo chọn ai được hỏi và hỏi gì."))
            return redirect("surveys:survey", made.slug)
    return _form(request, {**frame(place), "place": place, "places": places}, said=said, wrong=wrong)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Desk, *, slug: str) -> HttpResponse:
    """Change a draft."""
    survey = known_survey(request, slug, run=True)
    said, wrong = _said(survey), ""
    if request.method == "POST":
        said = typed(request, *FIELDS)
        try:
            actions.change_survey(survey=survey, written=_written(said), by=request.user.ref, at=request.at)
        except Refused as refusal:
            wrong = words_of(refusal)
        else:
            messages.success(request, gettext("Đã lưu."))
            return redirect("surveys:survey", slug)
    return _form(request, {**of_survey(request, survey), "place": survey.territory}, said=said, wrong=wrong)


def _said(survey: Survey) -> dict[str, str]:
    found = {
        name: str(getattr(survey, name)) for name in FIELDS if name not in ("indicator", "opens", "closes")
    }
    days = {"opens": survey.opens.isoformat(), "closes": survey.closes.isoformat()}
    return {**found, **days, "indicator": survey.indicator.code if survey.indicator else ""}


def _written(said: Mapping[str, str]) -> actions.SurveyWritten:
    """Raises Refused ``choice_unknown``."""
    indicator = Indicator.objects.filter(code=said["indicator"]).first() if said["indicator"] else None
    if said["indicator"] and indicator is None:
        raise Refused("choice_unknown", text=said["indicator"][:40])
    return actions.SurveyWritten(
        title_vi=said["title_vi"],
        title_en=said["title_en"],
        year=whole(said["year"]),
        body=said["body"],
        kind=said["kind"],
        opens=day_of(said["opens"]),
        closes=day_of(said["closes"]),
        small=whole(said["small"]),
        small_public=whole(said["small_public"]),
        indicator=indicator,
        measure=said["measure"],
        rules=said["rules"],
    )


def _form(request: Desk, context: dict[str, Any], *, said: Mapping[str, str], wrong: str) -> HttpResponse:
    shown = {
        **context,
        "said": said,
        "wrong": wrong,
        "indicators": _numbers(),
        "kinds": TERMS["survey_kind"].items(),
        "measures": TERMS["survey_measure"].items(),
    }
    return render(request, "survey_desk/form.html", shown, status=422 if wrong else 200)


def _numbers() -> list[Indicator]:
    """Indicators that the result of a survey may become a value of. One query."""
    return [i for i in all_indicators() if i.kind == Indicator.Kind.NUMBER]


def survey(request: Desk, *, slug: str) -> HttpResponse:
    """A survey: its groups, whom they rate, its next step. A fixed number of queries."""
    found = known_survey(request, slug)
    groups = groups_of(found)
    drafting = found.state == Survey.State.DRAFT
    context = {
        **of_survey(request, found, "survey"),
        "groups": groups,
        "drafting": drafting,
        "outside": found.kind == Survey.Kind.OUTSIDE,
        "factors": _factors(found),
        "indicators": _numbers() if drafting else [],
        "opening": gate(lambda: _check_opening(found, groups)),
        "questionnaires": questionnaires_of(found.territory_id) if drafting else [],
        "today": legal_date(request.at),
    }
    return render(request, "survey_desk/survey.html", context)


def _check_opening(survey: Survey, groups: Sequence[RespondentGroup]) -> None:
    """What keeps a draft from being opened, as far as its page knows."""
    check_step(survey, "open")
    if not groups and survey.kind != Survey.Kind.OUTSIDE:
        raise Refused("survey_groups_missing")
    for group in groups:
        if group.questionnaire.state != Questionnaire.State.FIXED:
            raise Refused("survey_questionnaire_draft", title=group.questionnaire.title_vi)


def _factors(survey: Survey) -> list[tuple[Factor, Indicator | None]]:
    """The factors of its questionnaires, each with the indicator it gives values of."""
    named = {one.factor: one.indicator for one in survey.factor_indicators.select_related("indicator")}
    return [(factor, named.get(factor.code)) for factor in factors_of(survey)]


@require_POST
def factors(request: Desk, *, slug: str) -> HttpResponse:
    """Say which indicator each factor gives values of."""
    found = known_survey(request, slug, run=True)
    known = {i.code: i for i in all_indicators()}
    chosen = {f.code: known.get(request.POST.get(f"factor-{f.code}", "")) for f in factors_of(found)}
    if attempt(request, actions.set_factor_indicators, survey=found, chosen=chosen) is not None:
        messages.success(request, gettext("Đã lưu chỉ tiêu của các yếu tố."))
    return redirect("surveys:survey", slug)


@require_POST
def step(request: Desk, *, slug: str) -> HttpResponse:
    """Open, close, or take answers longer."""
    found = known_survey(request, slug, run=True)
    act = request.POST.get("act", "")
    if act == "extend":
        closes = day_of(request.POST.get("closes", ""))
        if attempt(request, actions.extend_survey, survey=found, closes=closes):
            messages.success(request, gettext("Đã đổi ngày đóng."))
    elif act in WAYS:
        if attempt(request, WAYS[act], survey=found):
            done = {"open": gettext("Đã mở cuộc điều tra."), "close": gettext("Đã đóng cuộc điều tra.")}
            messages.success(request, done[act])
    else:
        raise Http404(act)
    return redirect("surveys:survey", slug)


@require_POST
def groups(request: Desk, *, slug: str) -> HttpResponse:
    """Add or change a group of respondents, or take one out."""
    found = known_survey(request, slug, run=True)
    if request.POST.get("act") == "remove":
        group = known_group(request, slug, typed(request, "group")["group"], run=True)
        attempt(request, actions.remove_group, group=group)
        return redirect("surveys:survey", slug)
    said = typed(request, "title_vi", "title_en", "weight", "questionnaire")
    chosen = Questionnaire.objects.filter(pk=whole(said["questionnaire"]), territory=found.territory).first()
    if chosen is None:
        messages.error(request, words_of(Refused("survey_questionnaire_elsewhere")))
        return redirect("surveys:survey", slug)
    written = actions.GroupWritten(
        title_vi=said["title_vi"],
        title_en=said["title_en"],
        weight=said["weight"] or "1",
        questionnaire=chosen,
    )
    if attempt(request, actions.add_group, survey=found, written=written):
        messages.success(request, gettext("Đã lưu nhóm được hỏi."))
    return redirect("surveys:survey", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def rated(request: Desk, *, slug: str, code: str) -> HttpResponse:
    """Which units a group rates, each in the same form; whoever belongs to one is not asked about it."""
    group = known_group(request, slug, code, run=request.method == "POST")
    units = units_of(group.survey, request)
    if request.method == "POST":
        chosen = set(request.POST.getlist("unit"))
        picked = [u for u in units if str(u.pk) in chosen]
        if attempt(request, actions.set_rated, group=group, units=picked) is not None:
            messages.success(request, gettext("Đã lưu danh sách đơn vị được đánh giá."))
            return redirect("surveys:survey", slug)
        return redirect(request.path)
    standing = set(group.rated.values_list("unit_id", flat=True))
    context = {
        **of_survey(request, group.survey, "survey"),
        "group": group,
        "units": [(u, u.pk in standing) for u in units],
        "changing": gate(lambda: check_step(group.survey, "change")),
    }
    return render(request, "survey_desk/rated.html", context)
