"""Criteria sets: all of them, one as a tree with its rules in words, and its file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from parindex.apps.frameworks import queries
from parindex.core.kernel.framework import Framework, Node
from parindex.core.wording.labels import METHOD, NO_CASE, STATUS, policy_sentences, word
from parindex.core.wording.notation import number
from parindex.core.wording.rules import rule_in_words
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said
from parindex.web.public import pages


def frameworks(request: HttpRequest) -> HttpResponse:
    """Every stored criteria set."""
    sets = [queries.by_hash(v.content_hash) for v in queries.all_versions()]
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
    stored = queries.version_of(identifier, version)
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
    }
    return render(request, "public/framework.html", context)


def source(request: HttpRequest, *, identifier: str, version: str) -> HttpResponse:
    """The file word for word."""
    stored = queries.version_of(identifier, version)
    if stored is None:
        raise Http404(identifier)
    name = f"{stored.identifier}-{stored.version}.yaml"
    return HttpResponse(
        stored.source,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)},
    )


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
