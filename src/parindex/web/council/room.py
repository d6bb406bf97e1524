"""The council's room on a projector: open cases, one case with its form, and what a ruling moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import Verdict, council_rule
from parindex.apps.assessments.models import Round, Ruling
from parindex.apps.assessments.permissions import check_council
from parindex.apps.assessments.queries.evidence import evidence_of
from parindex.apps.assessments.queries.explanations import Dispute, dispute, open_cases
from parindex.apps.assessments.rules.appraising import points_of
from parindex.apps.assessments.rules.explanations import check_called
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.queries import names_of
from parindex.apps.papers.queries import decision_of
from parindex.apps.results.stages import book_of
from parindex.core.formats.publicity import Publicity
from parindex.core.kernel.problems import Refused
from parindex.core.wording.refusals import refusal_sentence
from parindex.core.wording.rules import rule_in_words
from parindex.core.wording.terms import term
from parindex.web.council import gates
from parindex.web.council.frames import computed, frame, outcome
from parindex.web.parts.disputes import names_in, stages_of, thread_of
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import visible_round
from parindex.web.parts.inputs import answer_in, controls_of
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said
from parindex.web.parts.workbooks import Cell, Sheet, workbook


NAME = "a"
MOST = 4000


def room(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Only what is open; how far the council is, and how the round ends."""
    round_ = visible_round(request, round)
    cases = open_cases(round_)
    correct = gates.correct(request, round_)
    ruled = Ruling.objects.filter(participant__round=round_, stage=Ruling.Stage.COUNCIL).exclude(reason="")
    context = {
        **frame(request, round_),
        "cases": [_row(round_, d) for d in cases],
        "ruled": ruled.count(),
        "conclude": gates.conclude(request, round_, len(cases)),
        "publish": gates.publish(request, round_),
        "decision": decision_of(round_),
        "levels": [level.value for level in Publicity],
        "publications": round_.publications.order_by("-number"),
        "reopen": gates.reopen(request, round_),
        "correct": correct,
        "choices": _choices(round_) if correct.is_open else {"units": [], "leaves": []},
    }
    return render(request, "council/room.html", context)


def _choices(round_: Round) -> dict[str, Any]:
    """The units and leaves of which one may be brought up for correction."""
    return {
        "units": list(round_.participants.select_related("unit").order_by("group__position", "id")),
        "leaves": list(by_hash(round_.framework.content_hash).leaves.values()),
    }


def room_file(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """What is open as a workbook."""
    round_ = visible_round(request, round)
    header = [
        gettext("Đơn vị"),
        gettext("Mã"),
        gettext("Tiêu chí"),
        gettext("Tối đa"),
        gettext("Tự chấm"),
        gettext("Thẩm định"),
        gettext("Đề nghị"),
        gettext("Tình trạng"),
    ]
    nobody = gettext("không cơ quan nào thẩm định được")
    rows: list[list[Cell]] = [
        [
            said(r["unit"]),
            r["code"],
            said(r["name"]),
            r["maximum"],
            r["own"],
            r["appraised"],
            r["claimed"],
            term("explanation", r["case"].state, language()) if r["case"] else nobody,
        ]
        for r in (_row(round_, d) for d in open_cases(round_))
    ]
    return workbook(f"{round_.code}-ho-so", [Sheet(gettext("Hồ sơ chờ kết luận"), header, rows)])


def _row(round_: Round, d: Dispute) -> dict[str, Any]:
    return {
        "unit": d.participant.name,
        "code": d.leaf.code,
        "name": d.leaf.name,
        "maximum": d.leaf.max_for(d.participant.type),
        "own": d.points.get(Ruling.Stage.SELF),
        "appraised": d.points.get(Ruling.Stage.EXPLAINED, d.points.get(Ruling.Stage.APPRAISED)),
        "claimed": d.claimed,
        "case": d.case,
        "url": _url(round_, d),
    }


def _url(round_: Round, d: Dispute) -> str:
    return reverse("council:case", args=[round_, d.participant.unit.code, d.leaf.code])


@dataclass(frozen=True, slots=True)
class Docket:
    """The open cases of a round, and which of them is called."""

    round: Round
    cases: Sequence[Dispute]
    at: int

    @property
    def called(self) -> Dispute:
        """The case that is looked at."""
        return self.cases[self.at]

    def beside(self, step: int) -> str:
        """The address of a case before or after; empty at the ends."""
        at = self.at + step
        return _url(self.round, self.cases[at]) if 0 <= at < len(self.cases) else ""


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: Desk, *, round: str, unit: str, code: str) -> HttpResponse:  # noqa: A002
    """One open case; POST is the council's ruling on it.

    A case that is closed leads to what closed it; ruling on what is not before the council is refused.
    """
    round_ = visible_round(request, round)
    cases = open_cases(round_)
    places = [(d.participant.unit.code, d.leaf.code) for d in cases]
    if (unit, code) in places:
        docket = Docket(round_, cases, places.index((unit, code)))
        return _rule(request, docket) if request.method == "POST" else _page(request, docket)
    if request.method == "POST":
        check_called(places, (unit, code))
    rulings = Ruling.objects.filter(participant__round=round_, participant__unit__code=unit, leaf=code)
    last = rulings.filter(stage=Ruling.Stage.COUNCIL).exclude(reason="").order_by("id").last()
    if last is None:
        raise Http404(code)
    return redirect("council:ruled", round_, last.pk)


def _rule(request: Desk, docket: Docket) -> HttpResponse:
    """Keep the ruling and show what it moved; one that cannot stand is shown again beside the reason."""
    d = docket.called
    check_council(request.rights, d.participant)
    reason = request.POST.get("reason", "").strip()[:MOST]
    try:
        verdict = Verdict(d.participant.pk, d.leaf.code, _answer(request, d), reason)
        made = council_rule(
            round_=docket.round, verdict=verdict, seen=_seen(request), by=request.user.ref, at=request.at
        )
    except Refused as refusal:
        wrong = refusal_sentence(refusal.code, refusal.data, language())
        return _page(request, docket, wrong=wrong, status=422)
    messages.success(request, gettext("Đã ghi kết luận của hội đồng."))
    return redirect("council:ruled", docket.round, made.pk)


def _answer(request: Desk, d: Dispute) -> str:
    """What the form says: as it stands, as claimed, by the rule, or points; empty where nothing is chosen."""
    how = request.POST.get("how", "")
    standing = d.standing
    if how == "keep" and standing is not None and standing.answer:
        return standing.answer
    if how == "claim" and d.claimed:
        return f"points:{d.claimed}"
    if how == "answer" and (answer := answer_in(d.leaf, NAME, request.POST)):
        return answer
    points = request.POST.get("points", "").strip()[:60]
    if how == "points" and points:
        return f"points:{points}"
    return ""


def _seen(request: Desk) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else -1


def _page(request: Desk, docket: Docket, *, wrong: str = "", status: int = 200) -> HttpResponse:
    """A case with both sides' words, its documents, and the form."""
    d, round_ = docket.called, docket.round
    names = names_in([d])
    standing = d.standing
    sent = request.POST
    answer = answer_in(d.leaf, NAME, sent) if wrong else standing.answer if standing else ""
    assessment = computed(round_, lambda book: book.now)
    book = book_of(round_)
    place = book.at[d.participant.pk]
    context = {
        **frame(request, round_),
        "row": _row(round_, d),
        "participant": d.participant,
        "leaf": d.leaf,
        "rule": rule_in_words(d.leaf.rule, language()) if d.leaf.rule else [],
        "stages": stages_of(d, names),
        "thread": thread_of(d, names),
        "documents": evidence_of(d.participant).get(d.leaf.code, []),
        "controls": controls_of(d.leaf, NAME, "" if answer.startswith("points:") else answer),
        "standing": standing,
        "now": d.now,
        "seen": standing.pk if standing else 0,
        "rule_gate": gates.rule(request, d.participant),
        "outcome": outcome(book.framework, assessment, place) if assessment else None,
        "percent": book.framework.index.policy != "total",
        "wrong": wrong,
        "sent": {key: sent.get(key, "") for key in ("how", "points", "reason")},
        "number": docket.at + 1,
        "count": len(docket.cases),
        "before": docket.beside(-1),
        "after": docket.beside(1),
    }
    return render(request, "council/case.html", context, status=status)


def ruled(request: Desk, *, round: str, ruling: int) -> HttpResponse:  # noqa: A002  the address's word
    """What one ruling moved: the unit's index, grade and rank before and after; then the next case."""
    round_ = visible_round(request, round)
    rulings = Ruling.objects.select_related("participant__unit", "participant__group").exclude(reason="")
    made = get_object_or_404(rulings, pk=ruling, participant__round=round_, stage=Ruling.Stage.COUNCIL)
    d = dispute(made.participant, made.leaf)
    if d is None:
        raise Http404(made.leaf)
    book = book_of(round_)
    place = book.at[made.participant_id]
    before = computed(round_, lambda b: b.before(made.pk))
    after = computed(round_, lambda b: b.upto(made.pk))
    left = open_cases(round_)
    framework = by_hash(round_.framework.content_hash)
    context = {
        **frame(request, round_),
        "participant": made.participant,
        "leaf": d.leaf,
        "made": made,
        "name": names_of({made.by})[made.by],
        "given": points_of(framework, made.participant, d.leaf, answer=made.answer),
        "maximum": d.leaf.max_for(made.participant.type),
        "was": before.node(place, made.leaf).points if before else None,
        "before": outcome(framework, before, place) if before else None,
        "after": outcome(framework, after, place) if after else None,
        "ranked": sum(
            u.rank is not None
            for u in (after.units if after else [])
            if u.participant.group == made.participant.group.code
        ),
        "moved": _moved(before, after, place) if before and after else None,
        "percent": book.framework.index.policy != "total",
        "next": _url(round_, left[0]) if left else "",
        "left": len(left),
    }
    return render(request, "council/ruled.html", context)


def _moved(before: Any, after: Any, place: int) -> dict[str, Any]:
    """How the index and the rank changed: positive is better."""
    was, now = before.units[place], after.units[place]
    both = was.index is not None and now.index is not None
    ranked = was.rank is not None and now.rank is not None
    return {
        "index": now.index - was.index if both else None,
        "rank": was.rank - now.rank if ranked else None,
    }
