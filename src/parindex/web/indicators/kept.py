"""A file that values came with, as it was sent."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from parindex.apps.evidence.models import Document
from parindex.apps.indicators.reports import units_told_by
from parindex.apps.organisations.permissions import NotAllowed, way_up
from parindex.apps.organisations.roles import Act
from parindex.web.parts.documents import document_file
from parindex.web.parts.doors import Desk


def kept_file(request: Desk, *, key: str) -> HttpResponse:
    """A file that values came with, for those who follow its territory or see a unit that it tells of.

    Raises:
        Http404: no value came with it.
    """
    found = Document.objects.select_related("unit__parent", "content").defer("text").filter(key=key).first()
    units = units_told_by(found) if found else set()
    if found is None or not units:
        raise Http404(key)
    rights = request.rights
    follows = any(rights.may(Act.ROUND_VIEW, u.pk) for u in way_up(found.unit))
    if not follows and not units & rights.units(Act.SHEET_VIEW):
        raise NotAllowed("not_allowed", act=Act.ROUND_VIEW.value)
    return document_file(found)
