"""What a survey says: counted, per unit and group with its error, as points, as files, and in public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.indicators.queries import uses
from parindex.apps.organisations.models import Unit
from parindex.apps.surveys import actions
from parindex.apps.surveys.asking import factors_of, form_of
from parindex.apps.surveys.counting import named_by_factors
from parindex.apps.surveys.hiding import shown_groups
from parindex.apps.surveys.models import Count, RespondentGroup, Survey
from parindex.apps.surveys.queries import find_survey, last_count
from parindex.apps.surveys.rules import check_step
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.numbers import exact
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.rules.base import Terms
from parindex.core.kernel.rules.surveys import Satisfaction, SurveyOptions
from parindex.core.kernel.text import Text
from parindex.core.surveys.answering import Kept
from parindex.core.surveys.questionnaire import Factor
from parindex.core.surveys.suppression import shown
from parindex.core.wording.notation import number
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.files import Cell, table_file
from parindex.web.parts.gates import gate
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said
from parindex.web.surveys.desk.frame import frame, known_survey, of_survey
from parindex.web.surveys.questions.shown import codes_of
from parindex.web.surveys.results.streams import streamed


FILES = ("csv", "xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def results(request: Desk, *, slug: str) -> HttpResponse:
    """Count a survey, and read what it says."""
    survey = known_survey(request, slug, run=request.method == "POST")
    if request.method == "POST":
        if attempt(request, actions.count_survey, survey=survey):
            words = gettext("Đã tổng hợp; số liệu của chỉ tiêu được ghi kèm sai số.")
            messages.success(request, words if survey.indicator_id else gettext("Đã tổng hợp."))
        return redirect(request.path)
    count = last_count(survey)
    rows = rows_of(count, survey.small, survey.measure) if count else []
    context = {
        **of_survey(request, survey, "results"),
        "count": count,
        "rows": rows,
        "factors": by_factor(survey, rows),
        "measure": survey.measure,
        "criteria": criteria_of(survey, rows),
        "counting": gate(lambda: _check_counting(survey)),
        "files": FILES,
    }
    return render(request, "survey_desk/results.html", context)


def _check_counting(survey: Survey) -> None:
    check_step(survey, "count")
    waiting = survey.flags.filter(decision="").count()
    if waiting:
        raise Refused("survey_flags_left", count=waiting)


def rows_of(count: Count, limit: int, measure: str) -> list[dict[str, Any]]:
    """Units with their figures; fewer answers than the limit are hidden, and of a unit's groups also those
    by which, beside the whole, the hidden ones could be worked out."""
    titles = {g["group"]: Text(*g["title"]) for g in count.content["groups"]}
    rows: list[dict[str, Any]] = []
    for unit in count.content["units"]:
        groups: list[dict[str, Any]] = [
            {
                "title": titles.get(g["group"], Text(g["group"], "")),
                "satisfied": figure(g["satisfied"], limit),
                "index": figure(g["index"], limit),
                "main": figure(g[measure], limit),
            }
            for g in unit["groups"]
        ]
        rows.append(
            {
                "code": unit["unit"],
                "name": Text(*unit["name"]),
                "satisfied": figure(unit["satisfied"], limit),
                "index": figure(unit["index"], limit),
                "main": figure(unit[measure], limit),
                "factors": _factors_beside(unit, limit, measure),
                "groups": _beside(unit["groups"], groups, limit),
                "reported": unit.get("reported", []),
            }
        )
    return rows


def _beside(
    counted: Sequence[Mapping[str, Any]], groups: list[dict[str, Any]], limit: int
) -> list[dict[str, Any]]:
    """Which groups of a unit stand below its whole: by both figures, since either tells of the other."""
    if len(groups) < 2:
        return []
    may = set(range(len(groups)))
    for measure in ("satisfied", "index"):
        may &= shown({k: g[measure]["n"] if g[measure] else 0 for k, g in enumerate(counted)}, limit) | {
            k for k, g in enumerate(counted) if not g[measure]
        }
    return [g for k, g in enumerate(groups) if k in may]


def _factors_beside(unit: Mapping[str, Any], limit: int, measure: str) -> dict[str, Any]:
    """The factors of a unit. Where one of few answers stands beside a whole that is shown, none is: the whole
    is their mean, and would tell of it."""
    found = {one["code"]: figure(one["value"], limit) for one in unit.get("factors", ())}
    whole = figure(unit[measure], limit)
    few = any(one["hidden"] for one in found.values() if one)
    return {} if few and whole and not whole["hidden"] else found


def by_factor(
    survey: Survey, rows: Sequence[Mapping[str, Any]]
) -> list[tuple[Factor, list[tuple[Text, Any]]]]:
    """Each factor with the figures of the units that were asked about it. One query."""
    told = [
        (factor, [(row["name"], one) for row in rows if (one := row["factors"].get(factor.code))])
        for factor in factors_of(survey)
    ]
    return [(factor, lines) for factor, lines in told if lines]


def figure(said_: Mapping[str, Any] | None, limit: int) -> dict[str, Any] | None:
    """A figure for a page: value, standard error, half of the 95 % interval; hidden below a limit."""
    if said_ is None:
        return None
    if said_["n"] < limit:
        return {"hidden": True, "n": None, "value": None, "se": None, "half": None, "low": None, "high": None}
    numbers = {k: None if said_[k] in (None, "") else _fraction(said_[k]) for k in ("se", "low", "high")}
    low, high = numbers["low"], numbers["high"]
    half = None if low is None or high is None else (high - low) / 2
    return {"hidden": False, "n": said_["n"], "value": exact(said_["value"]), "half": half, **numbers}


def _fraction(text: object) -> Fraction | None:
    try:
        return Fraction(str(text))
    except ValueError:
        return None


def criteria_of(survey: Survey, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Criteria that the survey's indicators answer, and what its figures give there by the rule."""
    named = {code: factor for factor, code in named_by_factors(survey).items()}
    if survey.indicator is not None:
        named[survey.indicator.code] = ""
    using = uses() if named else {}
    found = []
    for indicator, factor in named.items():
        for use in using.get(indicator, []):
            maximum, rule = use.leaf.max, use.leaf.rule
            if not _of_year(use.framework, survey.year):
                continue
            if isinstance(maximum, Fraction) and isinstance(rule, Satisfaction | SurveyOptions):
                terms = Terms(maximum, use.framework.calendar)
                figures = [
                    (row["name"], row["factors"].get(factor) if factor else row[survey.measure])
                    for row in rows
                ]
                lines = [
                    (name, _with_error(one), rule.score(one["value"], terms).points)
                    for name, one in figures
                    if one and not one["hidden"]
                ]
                told = {"leaf": use.leaf, "framework": use.framework, "maximum": maximum}
                found.append({**told, "lines": lines})
    return found


def _of_year(framework: Framework, year: int) -> bool:
    """Whether a set scores a year; one without a period may score any."""
    return framework.period is None or framework.period.end.year == year


def _with_error(one: Mapping[str, Any]) -> str:
    """``82,1 ± 2,4``: the value, and half of its 95 % interval."""
    value = number(one["value"], language(), decimals=1)
    return value if one["half"] is None else f"{value} ± {number(one['half'], language(), decimals=1)}"


def results_file(request: Desk, *, slug: str, kind: str) -> HttpResponse:
    """The figures as a table, small ones left empty. Raises Http404."""
    survey = known_survey(request, slug)
    return _figures_file(survey, kind, survey.small)


def _figures_file(survey: Survey, kind: str, limit: int) -> HttpResponse:
    count = last_count(survey)
    if count is None or kind not in ("csv", "xlsx"):
        raise Http404(kind)
    header = ["unit", "name", "n", "satisfied", "satisfied_se", "index", "index_se"]
    rows: list[list[Cell]] = []
    for row in rows_of(count, limit, survey.measure):
        share, index = row["satisfied"] or {}, row["index"] or {}
        named = [row["code"], said(row["name"]), share.get("n") or index.get("n")]
        rows.append([*named, share.get("value"), share.get("se"), index.get("value"), index.get("se")])
    return table_file(kind, survey.slug, header=header, rows=rows)


def answers_file(request: Desk, *, slug: str, kind: str) -> HttpResponseBase:
    """Answers without day, channel or sitting, a row at a time; of units with few answers none, nor what
    would tell of them beside the whole. Raises Http404."""
    survey = known_survey(request, slug, run=True)
    if kind not in ("csv", "xlsx"):
        raise Http404(kind)
    groups = list(survey.groups.select_related("questionnaire").defer("questionnaire__content"))
    columns = _columns(groups)
    may = shown_groups(survey)
    names = {u.pk: u.code for u in Unit.objects.filter(pk__in=may)}
    titles = {g.pk: said(g.title) for g in groups}
    answers = survey.answers.order_by("pk").values_list("group_id", "unit_id", "content")
    rows = (
        [names[unit], titles[group], *(_cell(content, column) for column in columns)]
        for group, unit, content in answers.iterator(chunk_size=2000)
        if group in may.get(unit, ())
    )
    return streamed(kind, f"{survey.slug}-phieu", header=["unit", "group", *columns], rows=rows)


def _columns(groups: Iterable[RespondentGroup]) -> list[str]:
    """A column for each question, for grids for each line."""
    found: dict[str, None] = {}
    for group in groups:
        for q in form_of(group.questionnaire).questions:
            found.update(dict.fromkeys(codes_of(q)))
    return list(found)


def _cell(content: Mapping[str, Kept], column: str) -> str:
    code, _, row = column.partition(".")
    kept = content.get(code)
    if isinstance(kept, dict):
        return kept.get(row, "")
    return " ".join(kept) if isinstance(kept, list) else kept or ""


def public(request: HttpRequest, *, slug: str) -> HttpResponse:
    """What everybody may read of a counted survey. Raises Http404."""
    survey = find_survey(slug)
    count = last_count(survey) if survey and survey.state == Survey.State.COUNTED else None
    if survey is None or count is None:
        raise Http404(slug)
    rows = rows_of(count, survey.small_public, survey.measure)
    context = {
        **frame(survey.territory),
        "section": "public",
        "survey": survey,
        "count": count,
        "rows": rows,
        "files": FILES,
        "factors": by_factor(survey, rows),
        "measure": survey.measure,
    }
    return render(request, "survey_desk/public.html", context)


def public_file(request: HttpRequest, *, slug: str, kind: str) -> HttpResponse:
    """The published figures as a table. Raises Http404."""
    survey = find_survey(slug)
    if survey is None or survey.state != Survey.State.COUNTED:
        raise Http404(slug)
    return _figures_file(survey, kind, survey.small_public)
