"""Looking into a document without fetching it: page by page as pictures, opened at the page that is cited."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from parindex.apps.assessments.models import EvidenceLink
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.picturing import SHOWN_AS_IT_IS, page_count, page_picture
from parindex.apps.evidence.queries import open_document
from parindex.web.parts.doors import Desk
from parindex.web.parts.files import SANDBOX
from parindex.web.parts.finding import visible_sheet
from parindex.web.unit.sheet import frame
from parindex.web.unit.vault import visible_document


LONGEST = 30_000
_NUMBER = re.compile(r"\d{1,6}")


def view(request: Desk, *, round: str, unit: str, key: str) -> HttpResponse:  # noqa: A002  the address's word
    """One page of a document, with the way to the next; `trang` may be as free as a citation: ``tr. 5-7``."""
    participant = visible_sheet(request, round, unit)
    found = visible_document(request, participant, key)
    if found.content is None:
        raise Http404(key)
    count = page_count(found)
    cited = _NUMBER.search(request.GET.get("trang", ""))
    number = min(max(int(cited[0]) if cited else 1, 1), max(count, 1))
    links = EvidenceLink.objects.filter(participant=participant, document=found, detached_at=None)
    context = {
        **frame(request, participant),
        "document": found,
        "count": count,
        "number": number,
        "before": number - 1,
        "after": number + 1 if number < count else 0,
        "picture": found.content.type.name in SHOWN_AS_IT_IS,
        "uses": links,
        **(_text(found) if not count else {"text": "", "cut": False}),
    }
    return render(request, "unit/view.html", context)


def _text(document: Document) -> dict[str, Any]:
    """What was read in a document whose pages cannot be shown."""
    text = Document.objects.values_list("text", flat=True).get(pk=document.pk)
    return {"text": text[:LONGEST].replace("\f", "\n\n"), "cut": len(text) > LONGEST}


def page(request: Desk, *, round: str, unit: str, key: str, number: int) -> HttpResponse:  # noqa: A002  the address's word
    """The picture of one page; page 1 of a picture is the picture itself."""
    participant = visible_sheet(request, round, unit)
    found = visible_document(request, participant, key)
    if found.content is None:
        raise Http404(key)
    kind = found.content.type
    if kind.name in SHOWN_AS_IT_IS and number == 1:
        with open_document(found) as file:
            return _picture(file.read(), kind.media_type)
    made = page_picture(found, number)
    if made is None or not made.png:
        raise Http404(number)
    return _picture(made.png, "image/png")


def _picture(content: bytes, media_type: str) -> HttpResponse:
    """Kept by the person's own browser only: the address of a page never shows another."""
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
