"""Paper forms: printed blank, bundled, typed in by two people, compared, settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, override
from django.views.decorators.http import require_http_methods

from parindex.apps.organisations.queries import names_of
from parindex.apps.surveys import actions
from parindex.apps.surveys.asking import AnswersRefused, form_of
from parindex.apps.surveys.models import PaperBatch, PaperForm, RespondentGroup, Stratum
from parindex.apps.surveys.queries import batches_of, groups_of
from parindex.apps.surveys.rules import check_step
from parindex.core.kernel.problems import Problem, Refused
from parindex.core.kernel.time import legal_date
from parindex.core.papers import Block, Column, Paper, Paragraph, Row, Table
from parindex.core.surveys.answering import Kept
from parindex.core.surveys.questionnaire import Question, Questionnaire
from parindex.data.first_question import FORM_ON_PAPER
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.gates import gate
from parindex.web.parts.papers import paper_file
from parindex.web.parts.sent_tables import words_of
from parindex.web.parts.templatetags.parts import said
from parindex.web.surveys.desk.frame import (
    day_of,
    known_group,
    known_survey,
    of_survey,
    typed,
    units_of,
    whole,
)
from parindex.web.surveys.questions.shown import condition_words, shown


KEPT = "\u00a0"
BOX, APART = f"[{KEPT * 3}]", "     "
LINE, SHORT = "." * 110, "." * 20
WIDE, NARROW = 5, 2
"""Shares of a table's width: what is asked, a level."""


@require_http_methods(["GET", "HEAD", "POST"])
def batches(request: Desk, *, slug: str) -> HttpResponse:
    """Bundles of forms, how far each is typed in; a new one."""
    survey = known_survey(request, slug, enter=True)
    units, groups = units_of(survey, request), groups_of(survey)
    if request.method == "POST":
        made = _begun(request, {str(u.pk): u for u in units}, {g.code: g for g in groups})
        return redirect("surveys:batch", slug, made.pk) if made else redirect(request.path)
    context = {
        **of_survey(request, survey, "paper"),
        "rows": batches_of(survey),
        "units": units,
        "groups": groups,
        "strata": Stratum.objects.filter(group__survey=survey).exclude(label="").select_related("unit"),
        "entering": gate(lambda: check_step(survey, "enter")),
        "today": legal_date(request.at),
    }
    return render(request, "survey_desk/batches.html", context)


def _begun(
    request: Desk, units: Mapping[str, Any], groups: Mapping[str, RespondentGroup]
) -> PaperBatch | None:
    fields = typed(request, "group", "unit", "label", "size", "day", "stratum")
    group, unit = groups.get(fields["group"]), units.get(fields["unit"])
    if group is None or unit is None:
        messages.error(request, words_of(Refused("nothing_chosen")))
        return None
    said = {"label": fields["label"], "size": whole(fields["size"]), "day": day_of(fields["day"])}
    stratum = group.strata.filter(unit=unit, pk=whole(fields["stratum"])).first()
    return attempt(request, actions.begin_batch, group=group, unit=unit, stratum=stratum, **said)


def _batch(request: Desk, slug: str, pk: int) -> PaperBatch:
    """Raises Http404, NotAllowed."""
    survey = known_survey(request, slug, enter=True)
    found = survey.batches.select_related("group__questionnaire", "unit").filter(pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    found.survey = survey
    return found


def batch(request: Desk, *, slug: str, pk: int) -> HttpResponse:
    """The forms of a bundle: which are to be typed in, by whom, which differ."""
    one = _batch(request, slug, pk)
    forms = list(one.forms.all())
    names = names_of({f.first_by for f in forms} | {f.second_by for f in forms} - {""})
    me = request.user.ref
    rows = [(f, _stage(f, me), names.get(f.first_by, ""), names.get(f.second_by, "")) for f in forms]
    context = {
        **of_survey(request, one.survey, "paper"),
        "batch": one,
        "rows": rows,
        "next": next((f.number for f, stage, _, _ in rows if stage in ("first", "second")), None),
        "differing": sum(stage == "differs" for _, stage, _, _ in rows),
        "done": sum(stage == "done" for _, stage, _, _ in rows),
    }
    return render(request, "survey_desk/batch.html", context)


def _stage(form: PaperForm, me: str) -> str:
    """What a form waits for, to one person: ``first``, ``second``, ``other`` (somebody else's second entry),
    ``differs``, ``done``."""
    if form.settled is not None:
        return "done"
    if form.first is None:
        return "first"
    if form.second is not None:
        return "differs"
    return "other" if form.first_by == me else "second"


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: Desk, *, slug: str, pk: int, number: int) -> HttpResponse:
    """Type a form in, without seeing what the other person typed; where both differ, say what is right."""
    one = _batch(request, slug, pk)
    found = one.forms.filter(number=number).first()
    if found is None:
        raise Http404(str(number))
    questionnaire, stage = form_of(one.group.questionnaire), _stage(found, request.user.ref)
    kept: Mapping[str, Kept] = (found.first if stage in ("differs", "other") else found.settled) or {}
    problems: dict[str, list[Problem]] = {}
    wrong = ""
    if request.method == "POST":
        fields = _fields(request)
        act = actions.settle_form if stage == "differs" else actions.enter_form
        try:
            held = act(form=found, fields=fields, by=request.user.ref, at=request.at)
        except AnswersRefused as refusal:
            problems, wrong = _by_question(refusal), words_of(refusal)
        except Refused as refusal:
            wrong = words_of(refusal)
        else:
            return _on(request, one, held)
    context = {
        **of_survey(request, one.survey, "paper"),
        "batch": one,
        "number": number,
        "stage": stage,
        "sections": shown(questionnaire, kept, problems=problems),
        "differences": _differences(questionnaire, found) if stage == "differs" else [],
        "wrong": wrong,
    }
    return render(request, "survey_desk/paper_form.html", context, status=422 if wrong else 200)


def _fields(request: HttpRequest) -> dict[str, list[str]]:
    return dict(request.POST.lists())


def _by_question(refusal: AnswersRefused) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for some in refusal.found.values():
        for problem in some:
            found.setdefault(str(problem.path[0]), []).append(problem)
    return found


def _on(request: Desk, one: PaperBatch, held: PaperForm) -> HttpResponse:
    """To the next form of the bundle that this person can type in, else to the bundle."""
    if held.settled is not None:
        messages.success(request, gettext("Phiếu %(n)s đã khớp và được tính.") % {"n": held.number})
    elif held.second is not None:
        words = gettext("Phiếu %(n)s: hai lần nhập khác nhau; mở lại để đối chiếu với bản giấy.")
        messages.warning(request, words % {"n": held.number})
    else:
        messages.success(request, gettext("Đã nhập lần một phiếu %(n)s.") % {"n": held.number})
    waiting = [
        f.number
        for f in one.forms.filter(number__gt=held.number)
        if _stage(f, request.user.ref) in ("first", "second")
    ]
    if waiting:
        return redirect("surveys:paper_form", one.survey.slug, one.pk, waiting[0])
    return redirect("surveys:batch", one.survey.slug, one.pk)


def _differences(form: Questionnaire, found: PaperForm) -> list[tuple[str, str, str]]:
    """Question or line, what the first person read, what the second did."""
    first, second = found.first or {}, found.second or {}
    rows: list[tuple[str, str, str]] = []
    for q in form.questions:
        one, other = first.get(q.code), second.get(q.code)
        if one == other:
            continue
        if q.kind == "grid":
            lines = ((row.text, (one or {}).get(row.code), (other or {}).get(row.code)) for row in q.rows)
            rows += [(said(text), _words(q, a), _words(q, b)) for text, a, b in lines if a != b]
        else:
            rows.append((said(q.text), _words(q, one), _words(q, other)))
    return rows


def _words(question: Question, kept: Kept | None) -> str:
    """An answer as people read it."""
    if not kept:
        return gettext("để trống")
    codes: Sequence[str] = [kept] if isinstance(kept, str) else list(kept)
    return "; ".join(said(o.text) if (o := question.option(code)) else code for code in codes)


def blank(request: Desk, *, slug: str, code: str, kind: str) -> HttpResponse:
    """The form of a group on paper, to be filled in by hand. Raises Http404."""
    group = known_group(request, slug, code)
    form, survey = form_of(group.questionnaire), group.survey
    with override("vi"):  # papers are in Vietnamese, whoever prints them
        body = _body(form)
    paper = Paper(
        issuer=survey.body,
        notation="PKS",
        place=survey.territory.name_vi,
        as_of=legal_date(request.at),
        kind=FORM_ON_PAPER,
        about=survey.title_vi,
        body=body,
    )
    return paper_file(paper, f"phieu-{survey.slug}-{group.code}", kind)


def _body(form: Questionnaire) -> list[Block]:
    """Everything that is asked, questions numbered through."""
    body: list[Block] = [Paragraph(form.intro.vi)] if form.intro else []
    number = 0
    for place, section in enumerate(form.sections, start=1):
        body.append(Paragraph(f"{place}. {section.title.vi}", role="heading"))
        for q in section.questions:
            number += 1
            body += _printed(form, q, number)
    return body


def _printed(form: Questionnaire, q: Question, number: int) -> list[Block]:
    """A question with room for its answer; a grid is a table with a box for each level."""
    asked = q.text.vi
    if q.when is not None:
        asked += gettext(" (chỉ trả lời khi %(words)s)") % {"words": condition_words(form, q.when)}
    elif q.kind == "multiple":
        asked += gettext(" (có thể chọn nhiều)")
    found: list[Block] = [Paragraph(asked, lead=gettext("Câu %(n)s. ") % {"n": number})]
    if q.rows:
        heads = [Column(gettext("Nội dung"), WIDE), *(Column(o.text.vi, NARROW, "centre") for o in q.options)]
        rows = [Row([row.text.vi, *[BOX] * len(q.options)]) for row in q.rows]
        return [*found, Table(heads, rows, size=11)]
    if q.options:
        return [*found, Paragraph(APART.join(BOX + KEPT + o.text.vi for o in q.options))]
    return [*found, *([Paragraph(LINE)] * 2 if q.kind == "text" else [Paragraph(SHORT)])]
