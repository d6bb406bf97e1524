"""Nhật ký of a criteria set: every saving, its locking, its stored versions."""

from __future__ import annotations

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from parindex.apps.frameworks.chains import draft_chain, set_chain
from parindex.apps.frameworks.models import SetDraft
from parindex.apps.frameworks.queries import find_draft
from parindex.apps.organisations.permissions import NotAllowed
from parindex.apps.organisations.roles import Act
from parindex.web.parts.chains import chain_file, chain_page
from parindex.web.parts.doors import Desk


def set_ledger(request: Desk, *, pk: int) -> HttpResponse:
    """For whoever reads ledgers of the territory, whether or not they make sets."""
    draft = _readable(request, pk)
    context = {
        "section": "start",
        "draft": draft if request.rights.may(Act.FRAMEWORK_EDIT, draft.territory_id) else None,
        "title": draft.title,
        **chain_page(request, _chains(draft), file=reverse("sets:ledger_file", args=[pk])),
    }
    return render(request, "sets/ledger.html", context)


def set_ledger_file(request: Desk, *, pk: int) -> StreamingHttpResponse:
    """The same chains whole, as a file."""
    draft = _readable(request, pk)
    return chain_file(_chains(draft), f"bo-tieu-chi-{pk}")


def _chains(draft: SetDraft) -> list[str]:
    """The draft's own, and that of the stored set once it came of it."""
    stored = [set_chain(draft.locked.identifier)] if draft.locked else []
    return [draft_chain(draft), *stored]


def _readable(request: Desk, pk: int) -> SetDraft:
    """A set in whose territory the person reads ledgers. Raises Http404, NotAllowed."""
    if not request.rights.units(Act.LEDGER_READ):
        raise NotAllowed("not_allowed", act=Act.LEDGER_READ.value)
    found = find_draft(pk)
    if found is None:
        raise Http404(pk)
    request.rights.check(Act.LEDGER_READ, found.territory_id)
    return found
