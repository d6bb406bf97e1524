"""Documents behind a unit's points that the unit marked public, where the round's decision shows them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from parindex.apps.assessments.models import EvidenceLink
from parindex.apps.assessments.queries.evidence import public_evidence
from parindex.apps.results.rows import GroupTable, UnitLine
from parindex.web.parts.documents import document_file
from parindex.web.public import pages


def documents_of(table: GroupTable, line: UnitLine, *, code: str = "") -> list[dict[str, Any]]:
    """What everybody may read of one unit, or of one of its leaves, in the order of the criteria set; none
    where the round's decision shows no documents, and then without a query."""
    if not table.publicity.shows_evidence:
        return []
    found = _found(table, line)
    leaves = [code] if code else list(table.framework.leaves)
    return [_row(table, line, link) for leaf in leaves for link in found.get(leaf, ())]


def _found(table: GroupTable, line: UnitLine) -> dict[str, list[EvidenceLink]]:
    return public_evidence(territory=table.territory, round_=table.round, unit=line.code)


def _row(table: GroupTable, line: UnitLine, link: EvidenceLink) -> dict[str, Any]:
    where = [table.territory, table.year, table.code, line.code, link.leaf, link.document.key]
    return {
        "document": link.document,
        "page": link.page,
        "code": link.leaf,
        "name": table.framework.leaves[link.leaf].name,
        "leaf_url": pages.leaf_url(table, line.code, link.leaf),
        "url": reverse("public:document", args=where) if link.document.has_file else "",
    }


def document(
    request: HttpRequest, *, territory: str, year: int, group: str, unit: str, code: str, key: str
) -> HttpResponse:
    """The file of a public document as it was uploaded, to be kept and never shown inside the site.

    No copy of it is kept on the way: a mark that is taken back holds at once.
    """
    table = pages.find_reasons(territory, year, group)
    line = pages.find_line(table, unit)
    links = _found(table, line).get(code, ()) if table.publicity.shows_evidence else ()
    found = next((link.document for link in links if link.document.key == key), None)
    return document_file(found, stays=False)
