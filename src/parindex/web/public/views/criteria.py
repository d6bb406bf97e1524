"""Criteria sets: all of them, one as a tree with its rules in words, and its file."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from parindex.apps.frameworks import queries
from parindex.core.kernel.framework import Framework, Node
from parindex.core.wording.labels import METHOD, NO_CASE, STATUS, policy_sentences, word
from parindex.core.wording.notation import number
from parindex.core.wording.rules import rule_in_words
from parindex.web.parts import files
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said
from parindex.web.public import pages


def frameworks(request: HttpRequest) -> HttpResponse:
    """Every stored criteria set."""
    sets = [queries.by_hash(v.content_hash) for v in queries.public_versions()]
    rows = [
        {
            "framework": f,
            "status": word(STATUS, f.status, language()),
            "maximum": _maximum(f),
            "leaves": _leaves(f),
        }
        for f in sets
    ]
    return render(request, "public/frameworks.html", {"section": "frameworks", "frameworks": rows})


def framework(request: HttpRequest, *, identifier: str, version: str) -> HttpResponse:
    """One criteria set."""
    stored = queries.public_version_of(identifier, version)
    if stored is None:
        raise Http404(identifier)
    found = queries.by_hash(stored.content_hash)
    extras = [
        {"title": title, "max": part.max, "items": [_row(found, n) for n in part.items]}
        for title, part in (
            (pages.pick("Điểm thưởng", "Bonus points"), found.bonus),
            (pages.pick("Điểm trừ", "Penalty points"), found.penalty),
        )
        if part
    ]
    context = {
        "section": "frameworks",
        "framework": found,
        "status": word(STATUS, found.status, language()),
        "content_hash": stored.content_hash,
        "policies": policy_sentences(found, language()),
        "leaves": _leaves(found),
        "maximum": _maximum(found),
        "tree": [_row(found, n) for n in found.tree],
        "extras": extras,
        "files": files.links(reverse("public:framework", args=[identifier, version])),
    }
    return render(request, "public/framework.html", context)


def source(request: HttpRequest, *, identifier: str, version: str) -> HttpResponse:
    """The file word for word."""
    stored = queries.public_version_of(identifier, version)
    if stored is None:
        raise Http404(identifier)
    name = f"{stored.identifier}-{stored.version}.yaml"
    return HttpResponse(
        stored.source,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)},
    )


HEADER = (
    *("code", "parent", "level", "name", "max", "method", "appraiser"),
    *("printed", "rule", "no_case", "not_applicable_if", "evidence"),
)


def file(request: HttpRequest, *, identifier: str, version: str, kind: str) -> HttpResponse:
    """The tree as a table, a line a node."""
    found = _stored(identifier, version)
    nodes = (*found.nodes.values(), *found.extras.values())
    rows = [_line(found, node) for node in nodes]
    head = {"framework": {"id": found.id, "version": found.version, "status": found.status}}
    note = said(found.status_note) if found.status_note else ""
    return files.table_file(kind, f"{identifier}-{version}", header=HEADER, rows=rows, note=note, **head)


def _line(framework: Framework, node: Node) -> list[files.Cell]:
    """A node as cells."""
    parent = framework.parents.get(node.code)
    return [
        node.code,
        parent.code if parent else "",
        node.level or "",
        said(node.name),
        node.max if isinstance(node.max, Fraction) else _maximum_words(framework, node),
        framework.method_of(node.code),
        said(node.appraiser),
        said(node.printed),
        "\n".join(rule_in_words(node.rule, language())) if node.rule else "",
        node.no_case or "",
        said(node.not_applicable_if),
        "; ".join(said(item) for item in node.evidence),
    ]


def _stored(identifier: str, version: str) -> Framework:
    """A stored criteria set. Raises Http404."""
    stored = queries.public_version_of(identifier, version)
    if stored is None:
        raise Http404(identifier)
    return queries.by_hash(stored.content_hash)


def _leaves(framework: Framework) -> int:
    return sum(n.is_leaf for n in framework.nodes.values())


def _maximum(framework: Framework) -> Any:
    """The whole maximum; for sets whose maxima differ by type, the largest."""
    return max((framework.max_for(t.code) for t in framework.unit_types), default=framework.max_for(""))


def _row(framework: Framework, node: Node, depth: int = 0) -> dict[str, Any]:
    """A node with its rule in words and its children."""
    return {
        "node": node,
        "depth": depth,
        "maximum": _maximum_words(framework, node),
        "rule": rule_in_words(node.rule, language()) if node.rule else [],
        "method": word(METHOD, framework.method_of(node.code), language()),
        "no_case": word(NO_CASE, node.no_case, language()) if node.no_case else "",
        "children": [_row(framework, child, depth + 1) for child in node.children],
    }


def _maximum_words(framework: Framework, node: Node) -> str:
    """The maximum, or one a unit type."""
    if not isinstance(node.max, dict):
        return number(node.max, language())  # type: ignore[arg-type]
    names = {t.code: said(t.name) for t in framework.unit_types}
    return " · ".join(f"{names[code]}: {number(points, language())}" for code, points in node.max.items())
