"""Nhật ký chấm điểm: a round's ledger in words, whether it holds, its seals, and all of it as a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from parindex.apps.assessments.ledger import round_chain, round_name, sheet_chain
from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.permissions import can_see_round
from parindex.apps.audit.queries import Wanted, kinds_and_people, page_of_book, portable
from parindex.apps.audit.seals import Seal, seals
from parindex.apps.audit.signing import public_keys, published_keys
from parindex.apps.organisations.queries import names_of
from parindex.apps.organisations.roles import Act
from parindex.apps.schedule.queries import job_runs
from parindex.core.wording.ledger_entries import actor_words, kind_words
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import round_or_404
from parindex.web.parts.languages import language
from parindex.web.parts.ledger import day_in, lines_of
from parindex.web.steer.overview import frame


SHOWN_SEALS = 12
VERIFYING = "ledger.verify"
ASKED = ("don-vi", "loai", "nguoi", "tu", "den")


def ledger(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Entries of all chains of a round, newest first, by unit, kind, person and day."""
    round_ = readable_round(request, round)
    participants = {p.unit.code: p for p in round_.participants.select_related("unit").order_by("name_vi")}
    book, asked = round_name(round_), {k: request.GET.get(k, "")[:200] for k in ASKED}
    number = request.GET.get("trang", "")
    found = page_of_book(
        book,
        _wanted(round_, asked, participants),
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1,
    )
    kinds, people = kinds_and_people(book)
    names, lang = names_of(set(people)), language()
    sealed = list(seals(book))
    known = public_keys()
    context = {
        **frame(request, round_),
        "book": book,
        "sees": can_see_round(request.rights, round_),
        "lines": lines_of(round_, found.entries),
        "found": found,
        "pages": _around(found.number, found.pages),
        "asked": {k.replace("-", "_"): v for k, v in asked.items()},
        "query": urlencode({k: v for k, v in asked.items() if v}),
        "participants": participants.values(),
        "kinds": sorted(((k, kind_words(k, lang)) for k in kinds), key=lambda pair: pair[1]),
        "people": sorted(((ref, actor_words(names[ref], lang)) for ref in people), key=lambda pair: pair[1]),
        "checked": next((run for run in job_runs() if run.name == VERIFYING), None),
        "seals": [_seal(seal, seal.is_signed_by(known)) for seal in reversed(sealed[-SHOWN_SEALS:])],
        "seal_count": len(sealed),
    }
    return render(request, "steer/ledger.html", context)


def readable_round(request: Desk, name: str) -> Round:
    """A round whose ledger the person may read: whoever follows it, or reads ledgers. Raises Http404,
    NotAllowed."""
    round_ = round_or_404(request, name)
    if not can_see_round(request.rights, round_):
        request.rights.check(Act.LEDGER_READ, round_.territory_id)
    return round_


def _wanted(round_: Round, asked: dict[str, str], participants: dict[str, Participant]) -> Wanted:
    """What the form asks for; a unit that does not take part gives nothing. Raises Http404."""
    chain, unit = "", asked["don-vi"]
    if unit == "-":
        chain = round_chain(round_)
    elif unit:
        if unit not in participants:
            raise Http404(unit)
        participant = participants[unit]
        participant.round = round_
        chain = sheet_chain(participant)
    return Wanted(
        chain=chain,
        kind=asked["loai"],
        by=asked["nguoi"],
        since=day_in(asked["tu"]),
        until=day_in(asked["den"], after=True),
    )


def _around(number: int, pages: int) -> list[int]:
    """The pages that are linked: the first, the last, and those about this one."""
    return sorted({1, pages, *range(max(1, number - 3), min(pages, number + 3) + 1)})


def _seal(seal: Seal, holds: bool) -> dict[str, Any]:
    return {"seal": seal, "holds": holds, "chains": len(seal.heads)}


def ledger_file(request: Desk, *, round: str) -> StreamingHttpResponse:  # noqa: A002  the address's word
    """The whole of it as JSON, an entry a line, with all that its hash is made of."""
    round_ = readable_round(request, round)
    name = content_disposition_header(as_attachment=True, filename=f"{round_.code}-nhat-ky.jsonl")
    return StreamingHttpResponse(
        portable(round_name(round_)),
        content_type="application/jsonl; charset=utf-8",
        headers={"Content-Disposition": name},
    )


def keys_file(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """The public keys by which its seals are checked."""
    round_ = readable_round(request, round)
    name = content_disposition_header(as_attachment=True, filename=f"{round_.code}-khoa-cong-khai.pub")
    return HttpResponse(
        published_keys(), content_type="text/plain; charset=utf-8", headers={"Content-Disposition": name}
    )
