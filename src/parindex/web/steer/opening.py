"""Opening a round like the one before: the set, the calendar, the rest is carried over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import PlannedPhase, Sequel, open_like
from parindex.apps.assessments.models import Phase
from parindex.apps.assessments.permissions import check_round
from parindex.apps.assessments.queries.opening import gaps_of
from parindex.apps.frameworks.queries import all_versions, by_hash
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.text import Text
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import visible_round
from parindex.web.steer.acts import read_instant
from parindex.web.steer.overview import frame


USUAL_TURNS, MOST_TURNS = 2, 9


def calendar_rows(turns: int) -> list[tuple[Phase.Kind, int]]:
    """The phases of a calendar with that many rounds of explanation, in order."""
    between = [
        (kind, turn + (kind is Phase.Kind.APPRAISAL))
        for turn in range(1, turns + 1)
        for kind in (Phase.Kind.EXPLANATION, Phase.Kind.APPRAISAL)
    ]
    return [(Phase.Kind.SELF, 1), (Phase.Kind.APPRAISAL, 1), *between, (Phase.Kind.COUNCIL, 1)]


@require_http_methods(["GET", "HEAD", "POST"])
def open_next(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """A form on one page; what is wrong is said and what was typed stays."""
    last = visible_round(request, round)
    check_round(request.rights, Act.ROUND_RUN, last)
    if request.method == "POST":
        new = _sequel(request)
        opened = attempt(request, open_like, last=last, new=new) if new else None
        if opened is not None:
            messages.success(request, gettext("Đã mở kỳ đánh giá %(title)s.") % {"title": opened.title_vi})
            return redirect("steer:round", opened)
    versions, turns = all_versions(), _turns(request)
    wanted = request.POST.get("framework") or request.GET.get("bo") or last.framework.content_hash
    chosen = next((v for v in versions if v.content_hash == wanted), last.framework)
    context = {
        **frame(request, last),
        "versions": versions,
        "turns": turns,
        "chosen": chosen,
        "gaps": gaps_of(last, by_hash(chosen.content_hash)),
        "rows": [_row(request, k, kind, turn=turn) for k, (kind, turn) in enumerate(calendar_rows(turns))],
        "typed": {
            "code": request.POST.get("code", ""),
            "year": request.POST.get("year", str(last.year + 1)),
            "title": request.POST.get("title", ""),
            "title_en": request.POST.get("title_en", ""),
            "framework": chosen.content_hash,
        },
        "carried": {
            "units": last.participants.count(),
            "groups": last.groups.all(),
            "parts": last.assignments.count(),
        },
    }
    return render(request, "steer/open.html", context, status=422 if request.method == "POST" else 200)


def _turns(request: Desk) -> int:
    """How many rounds of explanation are asked for; the usual number where none is said."""
    said = request.POST.get("turns") or request.GET.get("lan", "")
    known = said.isascii() and said.isdigit() and int(said[:3]) <= MOST_TURNS
    return int(said) if known else USUAL_TURNS


def _row(request: Desk, k: int, kind: Phase.Kind, *, turn: int) -> dict[str, Any]:
    """One phase of the calendar as it was typed."""
    return {
        "k": k,
        "kind": kind.value,
        "turn": turn,
        "opens": request.POST.get(f"opens-{k}", ""),
        "closes": request.POST.get(f"closes-{k}", ""),
    }


def _sequel(request: Desk) -> Sequel | None:
    """What the form says; a message where it cannot be read."""
    chosen = request.POST.get("framework", "")
    framework = next((v for v in all_versions() if v.content_hash == chosen), None)
    year, title = request.POST.get("year", ""), request.POST.get("title", "").strip()
    if (
        framework is None
        or not (year.isascii() and year.isdigit() and 2000 <= int(year) <= 2100)
        or not title
    ):
        messages.error(request, gettext("Hãy chọn bộ tiêu chí, ghi năm (2000–2100) và tên kỳ đánh giá."))
        return None
    phases = []
    for k, (kind, turn) in enumerate(calendar_rows(_turns(request))):
        opens, closes = (read_instant(request.POST.get(f"{w}-{k}", "")) for w in ("opens", "closes"))
        if opens and closes:
            phases.append(PlannedPhase(kind, opens, closes, turn))
        elif opens or closes:
            words = gettext("Giai đoạn thứ %(n)s thiếu thời điểm mở hoặc đóng.")
            messages.error(request, words % {"n": k + 1})
            return None
    text = Text(title[:500], request.POST.get("title_en", "").strip()[:500])
    return Sequel(request.POST.get("code", "").strip(), int(year), text, framework, phases)
