"""The sets that are being made, and what waits for those who make them."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.frameworks.models import SetDraft
from parindex.apps.frameworks.permissions import check_draft, check_edits
from parindex.apps.frameworks.queries import drafts_of, find_draft
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.wording.keys import KEYS, key_name
from parindex.core.wording.problems import sentence as problem_sentence
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said


def cards(request: Desk) -> list[Card]:
    """The open drafts, and the way to the room."""
    territories = request.rights.units(Act.FRAMEWORK_EDIT)
    if not territories:
        return []
    found = [
        Card(
            context=d.territory.name,
            title=said(d.title) or str(d),
            url=reverse("sets:set", args=[d.pk]),
            act=gettext("Soạn tiếp"),
            state=gettext("đang soạn"),
        )
        for d in drafts_of(territories)
        if d.locked_id is None
    ]
    room = Card("", gettext("Soạn bộ tiêu chí"), reverse("sets:desk"), gettext("Mở danh sách bản soạn"))
    return [*found, room]


def desk(request: Desk) -> HttpResponse:
    """Every draft of the person's territories: open ones, then locked ones."""
    drafts = drafts_of(check_edits(request.rights))
    context = {
        "section": "start",
        "open": [d for d in drafts if d.locked_id is None],
        "locked": [d for d in drafts if d.locked_id is not None],
    }
    return render(request, "sets/desk.html", context)


def draft_or_404(request: Desk, pk: int) -> SetDraft:
    """A set that the person may make. Raises Http404, NotAllowed."""
    check_edits(request.rights)
    draft = find_draft(pk)
    if draft is None:
        raise Http404(pk)
    check_draft(request.rights, draft)
    return draft


def is_open(draft: SetDraft) -> bool:
    """Whether it can still be changed."""
    return draft.locked_id is None and not draft.dropped


def problem_words(code: str, data: Mapping[str, object]) -> str:
    """What is wrong with a set, its keys called as on the forms."""
    named = {
        k: key_name(str(v), language()) if k in ("key", "owner") and v in KEYS else v for k, v in data.items()
    }
    return problem_sentence(code, named, language())


def sentence(refusal: Refused) -> str:
    """A refusal in the page's language."""
    return refusal_sentence(refusal.code, refusal.data, language())
