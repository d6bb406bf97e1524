"""A set being made at a glance: what is wrong, what waits to be confirmed, the tree row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from parindex.apps.frameworks.actions import change_draft
from parindex.apps.frameworks.codemaps import with_code_map
from parindex.apps.frameworks.models import SetDraft
from parindex.apps.frameworks.rules import unconfirmed
from parindex.apps.organisations.roles import Act
from parindex.core.formats.framework_rows import (
    BONUS,
    PENALTY,
    PROPOSED,
    TREE,
    Plain,
    Row,
    RowProblem,
    check_plain,
    rows_of,
    rule_of,
)
from parindex.core.formats.framework_writer import write_plain
from parindex.core.wording.keys import key_name
from parindex.core.wording.labels import LEVEL, METHOD, word
from parindex.core.wording.rules import rule_in_words
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.languages import language
from parindex.web.sets.beginning import UNREAD
from parindex.web.sets.desk import draft_or_404, is_open, problem_words
from parindex.web.sets.fields import shown


@dataclass
class Line:
    """A row as the tree shows it."""

    row: Row
    name: str
    maximum: str
    rule: Sequence[str]
    facts: Sequence[str]
    problems: Sequence[str]
    children: list[Line] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The row's key."""
        return self.row.key

    @property
    def printed(self) -> str:
        """The printed words."""
        return vi(self.row.node.get("printed"))

    @property
    def proposed(self) -> bool:
        """Whether its rule waits for somebody to confirm it."""
        return PROPOSED in self.row.node

    @property
    def troubles(self) -> int:
        """Problems here and below."""
        return len(self.problems) + sum(c.troubles for c in self.children)


def overview(request: Desk, *, pk: int) -> HttpResponse:
    """The whole set on one page."""
    draft = draft_or_404(request, pk)
    framework, problems = check_plain(draft.content)
    lines = lines_of(draft.content, problems)
    every = [line for part in lines.values() for root in part for line in _all(root)]
    parts = [
        {
            "part": part,
            "name": key_name(part, language()),
            "lines": lines[part],
            "cap": _cap(draft.content, part),
        }
        for part in (TREE, BONUS, PENALTY)
    ]
    by_key = {line.key: line for line in every}
    context = {
        **frame(draft),
        "reads_ledger": request.rights.may(Act.LEDGER_READ, draft.territory_id),
        "parts": parts,
        "problems": [{"line": by_key.get(p.row), "words": problem_words(p.code, p.data)} for p in problems],
        "sound": framework is not None,
        "leaves": sum(line.row.is_leaf for line in every if line.row.part == TREE),
        "maximum": _whole(draft.content, framework),
        "waiting": [by_key[key] for key in unconfirmed(draft.content)],
        "unread": draft.content.get(UNREAD, []),
    }
    return render(request, "sets/set.html", context)


def frame(draft: SetDraft) -> dict[str, Any]:
    """What every page of a set carries."""
    return {"section": "start", "draft": draft, "open": is_open(draft)}


def lines_of(content: Plain, problems: Sequence[RowProblem]) -> Mapping[str, list[Line]]:
    """The rows of each part as a tree of lines."""
    wrong: dict[str, list[str]] = defaultdict(list)
    for problem in problems:
        wrong[problem.row].append(problem_words(problem.code, problem.data))
    lines: dict[str, Line] = {}
    roots: dict[str, list[Line]] = {TREE: [], BONUS: [], PENALTY: []}
    for row in rows_of(content):
        line = lines[row.key] = _line(content, row, wrong[row.key])
        (lines[row.above].children if row.above else roots[row.part]).append(line)
    return roots


def _line(content: Plain, row: Row, problems: Sequence[str]) -> Line:
    node = row.node
    rule = rule_of(node["rule"]) if node.get("rule") else None
    level, method = str(node.get("level", "")), str(node.get("method", ""))
    facts = [word(LEVEL, level, language())] if level in LEVEL else []
    facts += [word(METHOD, method, language())] if method in METHOD else []
    if node.get("appraiser"):
        facts.append(gettext("Thẩm định: %(who)s") % {"who": vi(node["appraiser"])})
    return Line(
        row=row,
        name=vi(node.get("name")),
        maximum=maximum_words(content, node.get("max")),
        rule=rule_in_words(rule, language()) if rule is not None else [],
        facts=facts,
        problems=problems,
    )


def _all(line: Line) -> list[Line]:
    return [line, *(one for child in line.children for one in _all(child))]


def vi(text: Any) -> str:
    """A text in the page's language, Vietnamese where the other is missing."""
    if isinstance(text, Mapping):
        return str((text.get("en") if language() == "en" else "") or text.get("vi", ""))
    return str(text or "")


def maximum_words(content: Plain, maximum: Any) -> str:
    """The maximum as typed, or one a unit type."""
    if not isinstance(maximum, Mapping):
        return shown(maximum)
    names = {str(t.get("code")): vi(t.get("name")) for t in content.get("unit_types", ())}
    return " · ".join(f"{names.get(code, code)}: {shown(points)}" for code, points in maximum.items())


def _whole(content: Plain, framework: Any) -> str:
    """The whole maximum of a sound set, for the types that it tells apart."""
    if framework is None:
        return "–"
    types = [t.code for t in framework.unit_types] or [""]
    return " / ".join(dict.fromkeys(shown(str(framework.max_for(t))) for t in types))


def _cap(content: Plain, part: str) -> str:
    return shown((content.get(part) or {}).get("max")) if part != TREE else ""


def file(request: Desk, *, pk: int) -> HttpResponse:
    """The file as it would be stored now."""
    draft = draft_or_404(request, pk)
    content = draft.content if draft.locked_id else with_code_map(draft.content, draft.base)
    name = f"{content.get('id') or 'bo-tieu-chi'}-{content.get('version') or pk}.yaml"
    return HttpResponse(
        write_plain(content),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)},
    )


@require_POST
def confirm(request: Desk, *, pk: int) -> HttpResponse:
    """Proposed rules that somebody has looked at, chosen one by one."""
    draft = draft_or_404(request, pk)
    chosen = set(request.POST.getlist("row"))

    def edit(content: Plain) -> str:
        confirmed = [r for r in rows_of(content) if r.key in chosen and PROPOSED in r.node]
        for row in confirmed:
            row.node.pop(PROPOSED)
        return ", ".join(r.code for r in confirmed)

    if attempt(request, change_draft, draft=draft, change="confirm", edit=edit):
        messages.success(request, gettext("Đã xác nhận các cách chấm đã chọn."))
    return redirect(reverse("sets:set", args=[pk]))


@require_POST
def looked_at(request: Desk, *, pk: int) -> HttpResponse:
    """The list of lines not understood is put away."""
    draft = draft_or_404(request, pk)

    def edit(content: Plain) -> None:
        content.pop(UNREAD, None)

    attempt(request, change_draft, draft=draft, change="unread", edit=edit)
    return redirect("sets:set", pk)
