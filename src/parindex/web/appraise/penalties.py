"""Điểm trừ: cases entered by those who hold them, each with its document; listed, taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.assessments.actions import enter_penalty, withdraw_penalty
from parindex.apps.assessments.models import Participant, Penalty, Round
from parindex.apps.assessments.permissions import can_see_round, penalty_body
from parindex.apps.assessments.queries import assignments_of, participants_of
from parindex.apps.assessments.queries.penalties import penalties_in
from parindex.apps.assessments.rules.penalties import (
    NewPenalty,
    check_movable,
    is_counted,
    is_met_by_any,
    penalty_items,
)
from parindex.apps.assessments.rules.sheets import applicable_max
from parindex.apps.evidence.inspecting import Inspected, inspect_upload
from parindex.apps.evidence.refusals import Finding
from parindex.apps.evidence.rules import TO_BE_ASKED
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import Refused
from parindex.core.wording.findings import finding_sentence
from parindex.core.wording.rules import rule_in_words
from parindex.web.appraise.frame import sentence
from parindex.web.parts.doors import LOG, Desk, attempt
from parindex.web.parts.finding import round_or_404
from parindex.web.parts.gates import gate
from parindex.web.parts.inputs import answer_in, controls_of
from parindex.web.parts.languages import language
from parindex.web.parts.penalties import penalty_rows


NAME = "a"
LONGEST = 4000
ASK = "ask_first"


class _Room:
    """The penalties of a round as one person may read and enter them.

    Attributes:
        bodies: by (participant, item) the unit for which the person enters cases.
        sees: whether the person reads every case.
    """

    def __init__(self, request: Desk, name: str) -> None:
        self.round: Round = round_or_404(request, name)
        self.framework: Framework = by_hash(self.round.framework.content_hash)
        self.items: Sequence[Node] = penalty_items(self.framework)
        self.sees = can_see_round(request.rights, self.round)
        self.participants = {p.pk: p for p in participants_of(self.round)}
        assignments = list(assignments_of(self.round))
        self.bodies: dict[tuple[int, str], int] = {}
        for participant in self.participants.values():
            for item in self.items:
                if not applicable_max(self.framework, participant, item):
                    continue
                try:
                    self.bodies[participant.pk, item.code] = penalty_body(
                        request.rights,
                        participant,
                        assignments,
                        framework=self.framework,
                        leaf=item.code,
                    )
                except NotAllowed:
                    continue
        if not self.sees and not self.bodies:
            raise NotAllowed("penalty_of_others", leaf=", ".join(i.code for i in self.items) or "–")

    def enters(self, code: str) -> list[Participant]:
        """The units against which the person may enter cases of an item."""
        return [p for p in self.participants.values() if (p.pk, code) in self.bodies]

    def reads(self, case: Penalty) -> bool:
        """Whether a case is shown to the person."""
        return self.sees or (case.participant_id, case.leaf) in self.bodies

    def context(self) -> dict[str, Any]:
        """What every page of the room carries."""
        return {
            "section": "start",
            "round": self.round,
            "territory": {"name": self.round.territory.name},
            "illustrative": self.round.note if self.round.territory.illustrative else None,
            "sees": self.sees,
        }


def penalties(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Every case that the person may read, and the items under which they may enter another."""
    room = _Room(request, round)
    cases = [c for c in penalties_in(room.round) if room.reads(c)]
    for case in cases:
        case.participant = room.participants[case.participant_id]
    movable = gate(lambda: _check_running(room.round))
    rows = penalty_rows(room.framework, cases)
    for row in rows:
        row["may_withdraw"] = (
            movable.is_open and (row["case"].participant_id, row["case"].leaf) in room.bodies
        )
    context = {
        **room.context(),
        "items": [
            {"node": item, "rule": _rule(item), "enters": bool(room.enters(item.code))} for item in room.items
        ],
        "rows": rows,
        "movable": movable,
    }
    return render(request, "appraise/penalties.html", context)


def _check_running(round_: Round) -> None:
    check_movable(Participant(round=round_), "", stood=None)


def _rule(item: Node) -> list[str]:
    return rule_in_words(item.rule, language()) if item.rule else []


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Desk, *, round: str, code: str) -> HttpResponse:  # noqa: A002  the address's word
    """The form of one item; POST enters a case."""
    room = _Room(request, round)
    item = next((i for i in room.items if i.code == code), None)
    if item is None:
        raise Http404(code)
    if not room.enters(code):
        raise NotAllowed("penalty_of_others", leaf=code)
    if request.method != "POST":
        return _form(request, room, item)
    try:
        made = _enter(request, room, item)
    except Refused as refusal:
        LOG.warning(
            "refused %s %s: %s", request.method, request.path, refusal.code, extra={"code": refusal.code}
        )
        return _form(request, room, item, wrong=_why(refusal), status=422)
    words = gettext("Đã nhập vụ việc và báo cho %(unit)s.")
    messages.success(request, words % {"unit": made.participant.name_vi})
    return redirect("appraise:penalties", room.round)


def _enter(request: Desk, room: _Room, item: Node) -> Penalty:
    """Keep what the form says. Raises Refused."""
    posted = request.POST
    participant = next((p for p in room.enters(item.code) if p.unit.code == posted.get("unit", "")), None)
    if participant is None:
        raise Refused("penalty_unit_unknown")
    new = NewPenalty(
        leaf=item.code,
        matter=posted.get("matter", "").strip()[:LONGEST],
        number=posted.get("number", "").strip()[:100],
        issued_on=_day(posted.get("issued_on", "")),
        times=_times(posted.get("times", "1")) if is_counted(item) else 1,
        answer="" if is_counted(item) or is_met_by_any(item) else answer_in(item, NAME, posted),
    )
    body = Unit.objects.get(pk=room.bodies[participant.pk, item.code])
    despite = TO_BE_ASKED if posted.get("checked") == "1" else frozenset()
    with _upload(request)() as upload:
        asked = [f for f in upload.findings if f.code in TO_BE_ASKED - despite] if upload else []
        if asked:
            raise Refused(ASK, findings=asked)
        return enter_penalty(
            participant=participant,
            new=new,
            body=body,
            upload=upload,
            despite=despite,
            by=request.user.ref,
            at=request.at,
        )


def _upload(request: Desk) -> Callable[[], AbstractContextManager[Inspected | None]]:
    """The file of the form, looked at while it is open; nothing where none was sent."""
    file = request.FILES.get("file")
    if file is None:
        return nullcontext
    return lambda: inspect_upload(stream=file, name=file.name or "", size=file.size)


def _day(text: str) -> date:
    """Raises Refused ``penalty_date_needed`` for what is no day."""
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise Refused("penalty_date_needed")
    return found


def _times(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _why(refusal: Refused) -> str:
    """A refusal in words; a file about which somebody has to be asked first says what was found in it."""
    if refusal.code != ASK:
        return sentence(refusal)
    findings = cast("list[Finding]", refusal.data["findings"])
    found = [finding_sentence(f.code, f.data, language()) for f in findings]
    return " ".join(
        [*found, gettext("Nếu đã kiểm tra và vẫn cần lưu, hãy đánh dấu ô xác nhận rồi tải lên lại.")]
    )


def _form(request: Desk, room: _Room, item: Node, *, wrong: str = "", status: int = 200) -> HttpResponse:
    posted = request.POST
    plain = is_counted(item) or is_met_by_any(item)
    context = {
        **room.context(),
        "node": item,
        "rule": _rule(item),
        "units": room.enters(item.code),
        "counted": is_counted(item),
        "controls": [] if plain else controls_of(item, NAME, answer_in(item, NAME, posted)),
        "sent": {k: posted.get(k, "") for k in ("unit", "matter", "number", "issued_on")},
        "times": posted.get("times", "1"),
        "wrong": wrong,
        "movable": gate(lambda: _check_running(room.round)),
    }
    return render(request, "appraise/penalty.html", context, status=status)


@require_POST
def withdraw(request: Desk, *, round: str, case: int) -> HttpResponse:  # noqa: A002  the address's word
    """Take a case back, with a reason."""
    room = _Room(request, round)
    found = Penalty.objects.select_related("participant__unit").filter(participant__round=room.round, pk=case)
    penalty = found.first()
    if penalty is None or not room.reads(penalty):
        raise Http404(case)
    if (penalty.participant_id, penalty.leaf) not in room.bodies:
        raise NotAllowed("penalty_of_others", leaf=penalty.leaf)
    penalty.participant = room.participants[penalty.participant_id]
    reason = request.POST.get("reason", "").strip()[:LONGEST]
    if attempt(request, withdraw_penalty, penalty=penalty, reason=reason):
        words = gettext("Đã rút vụ việc và báo cho %(unit)s.")
        messages.success(request, words % {"unit": penalty.participant.name_vi})
    return redirect("appraise:penalties", room.round)
