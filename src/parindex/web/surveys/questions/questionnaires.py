"""Questionnaires: the ready ones, the territory's own, built on a page, brought in and taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import yaml
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed
from parindex.apps.organisations.queries import managed_units
from parindex.apps.organisations.roles import Act
from parindex.apps.surveys import actions
from parindex.apps.surveys.asking import form_of
from parindex.apps.surveys.models import Questionnaire
from parindex.apps.surveys.queries import questionnaires_of
from parindex.core.formats.problems import FileRefused, refuse
from parindex.core.formats.slugs import slug
from parindex.core.kernel.problems import Refused
from parindex.core.surveys.questionnaire import Questionnaire as Form
from parindex.core.surveys.questionnaire_file import (
    from_mapping,
    load_questionnaire,
    parse_questionnaire,
    to_mapping,
)
from parindex.core.wording.terms import TERMS
from parindex.data.surveys import questionnaire_ids, questionnaire_path
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import managed
from parindex.web.parts.sent_tables import OLD, ZIP, Fault, sent_file, words_of
from parindex.web.surveys.desk.frame import frame, typed
from parindex.web.surveys.questions import building
from parindex.web.surveys.questions.bringing import as_xlsform, faults_of, looked_at
from parindex.web.surveys.questions.conditions import BRACKETS
from parindex.web.surveys.questions.shown import condition_words, shown


@lru_cache(maxsize=32)
def ready(code: str) -> Form:
    """A ready questionnaire."""
    return load_questionnaire(questionnaire_path(code))


def listing(request: Desk) -> HttpResponse:
    """Every questionnaire of a territory with its versions; the ready ones. A fixed number of queries."""
    place, places = _places(request)
    runs = request.rights.may(Act.SURVEY_RUN, place.pk)
    by_code: dict[str, list[Questionnaire]] = {}
    for one in questionnaires_of(place.pk):
        by_code.setdefault(one.code, []).append(one)
    context = {
        **frame(place),
        "place": place,
        "places": places,
        "rows": list(by_code.values()),
        "runs": runs,
        "ready": [(code, ready(code)) for code in questionnaire_ids() if code not in by_code],
        "groups": TERMS["respondents"].items(),
    }
    return render(request, "questionnaires/list.html", context)


def _places(request: Desk) -> tuple[Unit, list[Unit]]:
    """Raises NotAllowed."""
    found = {u.pk: u for act in (Act.SURVEY_RUN, Act.SURVEY_VIEW) for u in managed_units(request.rights, act)}
    if not found:
        raise NotAllowed("not_allowed", act=Act.SURVEY_VIEW.value)
    places = list(found.values())
    asked = request.GET.get("dia-ban", "")
    return next((u for u in places if str(u.pk) == asked), places[0]), places


@require_POST
def begin(request: Desk) -> HttpResponse:
    """Begin a questionnaire: from a ready one, from one question, or from a file that is shown first."""
    place, _ = managed(request, Act.SURVEY_RUN)
    try:
        if request.POST.get("act") == "file":
            return _from_file(request, place)
        form = _begun(request)
        made = actions.keep_questionnaire(territory=place, form=form, by=request.user.ref, at=request.at)
    except FileRefused as refusal:
        return _faulty(request, place, refusal)
    except Refused as refusal:
        messages.error(request, words_of(refusal))
        return redirect("surveys:sets")
    messages.success(request, gettext("Đã lưu bộ câu hỏi; xem lại rồi chốt để dùng."))
    return redirect("surveys:set", made.pk)


def _begun(request: Desk) -> Form:
    """Raises Refused, FileRefused with the places of what is wrong."""
    said = typed(request, "act", "ready", "title_vi", "title_en", "group")
    if said["act"] == "ready":
        if said["ready"] not in questionnaire_ids():
            raise Refused("choice_unknown", text=said["ready"][:40])
        return ready(said["ready"])
    if not said["title_vi"].strip():
        raise Refused("survey_title_missing")
    title = building.text_of(said["title_vi"], said["title_en"])
    return from_mapping(building.blank(slug(said["title_vi"])[:40].strip("-"), said["group"], title))


def _from_file(request: Desk, place: Unit) -> HttpResponse:
    """A workbook is shown first, since not all that it holds may fit; a file of our own is kept at once.
    Raises Refused, FileRefused."""
    file, name = sent_file(request)
    content = file.read()
    if content.startswith(ZIP):
        return looked_at(request, place, (content, name))
    if content.startswith(OLD):
        raise refuse(name, "old_or_locked_workbook")
    form = parse_questionnaire(content, name.replace(",", " "))
    made = actions.keep_questionnaire(territory=place, form=form, by=request.user.ref, at=request.at)
    messages.success(request, gettext("Đã lưu bộ câu hỏi; xem lại rồi chốt để dùng."))
    return redirect("surveys:set", made.pk)


def _faulty(request: Desk, place: Unit, refusal: FileRefused) -> HttpResponse:
    context = {**frame(place), "place": place, "faults": faults_of(refusal)}
    return render(request, "questionnaires/refused.html", context, status=422)


def known_set(request: Desk, pk: int, *, run: bool = False) -> Questionnaire:
    """A questionnaire that the person reads, or makes. Raises Http404, NotAllowed."""
    if not request.rights.units(Act.SURVEY_RUN, Act.SURVEY_VIEW):
        raise NotAllowed("not_allowed", act=Act.SURVEY_VIEW.value)
    found = Questionnaire.objects.select_related("territory__parent").filter(pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    if run or not request.rights.may(Act.SURVEY_RUN, found.territory_id):
        request.rights.check(Act.SURVEY_RUN if run else Act.SURVEY_VIEW, found.territory_id)
    return found


def _newest(one: Questionnaire) -> bool:
    later = Questionnaire.objects.filter(territory=one.territory_id, code=one.code, version__gt=one.version)
    return not later.exists()


def _of_set(request: Desk, one: Questionnaire) -> dict[str, Any]:
    newest = _newest(one)
    runs = request.rights.may(Act.SURVEY_RUN, one.territory_id)
    fixed = one.state == Questionnaire.State.FIXED
    return {**frame(one.territory), "one": one, "newest": newest, "edits": runs and newest, "fixed": fixed}


def show(request: Desk, *, pk: int) -> HttpResponse:
    """A questionnaire's sections and questions, each with what can be done to it."""
    one = known_set(request, pk)
    form = form_of(one)
    sections = [
        {
            "place": str(s),
            "section": section,
            "questions": [
                {
                    "place": f"{s}.{q}",
                    "question": question,
                    "when": condition_words(form, question.when) if question.when else "",
                }
                for q, question in enumerate(section.questions)
            ],
        }
        for s, section in enumerate(form.sections)
    ]
    context = {
        **_of_set(request, one),
        "form": form,
        "sections": sections,
        "factors": building.factor_lines(form),
    }
    return render(request, "questionnaires/set.html", context)


@require_POST
def change(request: Desk, *, pk: int) -> HttpResponse:
    """Move, add, rename, remove, fix; of a fixed version, what changes is a new one."""
    one = known_set(request, pk, run=True)
    said = typed(request, "act", "place", "title_vi", "title_en", "intro_vi", "intro_en", "factors")
    act = said["act"]
    if act == "fix":
        if attempt(request, actions.fix_questionnaire, questionnaire=one):
            messages.success(request, gettext("Đã chốt; cuộc điều tra dùng được."))
        return redirect("surveys:set", pk)
    title = building.text_of(said["title_vi"], said["title_en"])
    ways: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
        "section": lambda form: building.with_section(form, said["place"], title),
        "head": lambda form: {**form, "title": title, **_intro(said)},
        "factors": lambda form: building.with_factors(form, said["factors"]),
    }
    way = ways.get(act, lambda form: building.moved(form, act, said["place"]))
    made = _keep(request, one, way)
    return redirect("surveys:set", made.pk if made else pk)


def _intro(said: Mapping[str, str]) -> dict[str, Any]:
    return {"intro": building.text_of(said["intro_vi"], said["intro_en"])} if said["intro_vi"].strip() else {}


def _keep(
    request: Desk, one: Questionnaire, way: Callable[[dict[str, Any]], dict[str, Any]]
) -> Questionnaire | None:
    """Change the newest version and keep it; what is wrong becomes a message, and None."""
    try:
        return _kept(request, one, way)
    except Refused as refusal:
        messages.error(request, words_of(refusal))
        return None


def _kept(
    request: Desk, one: Questionnaire, way: Callable[[dict[str, Any]], dict[str, Any]]
) -> Questionnaire:
    """Raises Refused: ``questionnaire_fixed``: a newer version began, or somebody changed it meanwhile."""
    seen = request.POST.get("seen", "")
    if not _newest(one) or (seen and seen != one.sha256):
        raise Refused("questionnaire_changed", title=one.title_vi)
    form = replace(from_mapping(way(to_mapping(form_of(one)))), code=one.code)
    made = actions.keep_questionnaire(territory=one.territory, form=form, by=request.user.ref, at=request.at)
    if made.pk != one.pk:
        words = gettext("Bản đã chốt giữ nguyên; đã bắt đầu phiên bản %(n)s.")
        messages.info(request, words % {"n": made.version})
    return made


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: Desk, *, pk: int, place: str) -> HttpResponse:
    """One question in full; ``S`` alone adds one at the end of that section."""
    one = known_set(request, pk, run=True)
    form = form_of(one)
    plain = to_mapping(form)
    try:
        s, q = building.place_of(plain, place)
    except Refused:
        raise Http404(place) from None
    asked = None if q is None else form.sections[s].questions[q]
    said, faults = building.question_said(asked), []
    if request.method == "POST":
        fields = typed(request, *request.POST)
        try:
            made = _kept(
                request,
                one,
                lambda plain: building.with_question(plain, place, building.question_typed(fields, form)),
            )
        except FileRefused as refusal:
            faults = [Fault("", f.words) for f in faults_of(refusal)]
            said = typed_again(fields, said)
        except Refused as refusal:
            faults, said = [Fault("", words_of(refusal))], typed_again(fields, said)
        else:
            messages.success(request, gettext("Đã lưu câu hỏi."))
            return redirect("surveys:set", made.pk)
    context = {
        **_of_set(request, one),
        "form": form,
        "place": place,
        "asked": asked,
        "said": said,
        "faults": faults,
        "kinds": TERMS["question_kind"].items(),
        "earlier": _earlier(form, s, q),
        "brackets": BRACKETS,
    }
    return render(request, "questionnaires/question.html", context, status=422 if faults else 200)


def typed_again(fields: Mapping[str, str], said: dict[str, Any]) -> dict[str, Any]:
    """What was typed, for the same form once more."""
    plain = {name: fields.get(name, "") for name in said if name not in ("options", "rows", "tests")}
    again = {
        kind: [
            {name: line["k"] if name == "k" else fields.get(f"{key}.{line['k']}.{name}", "") for name in line}
            for line in said[kind]
        ]
        for kind, key in (("options", "o"), ("rows", "r"), ("tests", "w"))
    }
    return {**plain, **again}


def _earlier(form: Form, s: int, q: int | None) -> list[tuple[str, Any]]:
    """What a condition can look at: questions before, lines of grids one by one."""
    found: list[tuple[str, Any]] = []
    for k, section in enumerate(form.sections[: s + 1]):
        questions = section.questions[:q] if k == s and q is not None else section.questions
        for one in questions:
            if one.kind == "grid":
                found += [(f"{one.code}.{row.code}", row.text) for row in one.rows]
            elif one.kind != "text":
                found.append((one.code, one.text))
    return found


def preview(request: Desk, *, pk: int) -> HttpResponse:
    """As a respondent sees it; what is chosen here goes nowhere."""
    one = known_set(request, pk)
    form = form_of(one)
    context = {**_of_set(request, one), "form": form, "sections": shown(form)}
    return render(request, "questionnaires/preview.html", context)


def download(request: Desk, *, pk: int, kind: str) -> HttpResponse:
    """The questionnaire as a file: our own, or an XLSForm. Raises Http404."""
    one = known_set(request, pk)
    if kind == "xlsx":
        return as_xlsform(form_of(one), f"{one.code}-v{one.version}")
    if kind != "yaml":
        raise Http404(kind)
    text = yaml.safe_dump(to_mapping(form_of(one)), allow_unicode=True, sort_keys=False, width=100)
    name = f"{one.code}-v{one.version}.yaml"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=disposition)
