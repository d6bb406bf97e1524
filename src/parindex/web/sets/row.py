"""One row of a set: its words and its rule beside the printed text; added, moved, taken out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.frameworks.actions import change_draft
from parindex.apps.frameworks.actions.drafting import check_unseen
from parindex.apps.frameworks.models import SetDraft
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.frameworks.rules import data_hash
from parindex.core.formats.framework_rows import (
    ORIGIN,
    PARTS,
    PROPOSED,
    TREE,
    Plain,
    Row,
    add_row,
    check_plain,
    find_row,
    move_row,
    own,
    put_under,
    remove_row,
    rows_of,
    rule_of,
)
from parindex.core.kernel.framework import Node
from parindex.core.kernel.problems import Refused
from parindex.core.wording.keys import key_name
from parindex.core.wording.rules import rule_in_words
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.languages import language
from parindex.web.sets.desk import draft_or_404, problem_words, sentence
from parindex.web.sets.fields import Control, controls, number, read, read_rule, rule_control, shown
from parindex.web.sets.tree import frame, vi


WORDS = ("code", "name", "level", "method", "appraiser", "printed", "evidence", "note")
RARE = ("no_case", "not_applicable_if", "exempt", "window", "period")


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: Desk, *, pk: int, key: str) -> HttpResponse:
    """A form; whoever saves on top of somebody else's change is shown that change first."""
    draft = draft_or_404(request, pk)
    try:
        found = find_row(draft.content, key)
    except Refused:
        raise Http404(key) from None
    node, wrong = own(found.node), ""
    if request.method == "POST":
        typed = _typed(draft, found, request)
        if "kind" not in request.POST:
            wrong = _save(request, draft, key, typed=typed)
            if not wrong:
                messages.success(request, gettext("Đã lưu %(code)s.") % {"code": typed.get("code", "")})
                return redirect(_next(request, draft, key))
            draft.refresh_from_db()
        node = typed
    context = _context(draft, key, node)
    if "kind" in request.POST:  # only other fields are asked for; what was seen stays what was seen
        context["seen"] = request.POST.get("seen", "")
    if wrong:
        context |= {"wrong": wrong, "meanwhile": _meanwhile(draft, key, node)}
    return render(request, "sets/row.html", context, status=422 if wrong else 200)


def _context(draft: SetDraft, key: str, node: Plain) -> dict[str, Any]:
    """Fields filled in from `node`; what it is saved over is the row as it stands."""
    rows = list(rows_of(draft.content))
    place = next((k for k, r in enumerate(rows) if r.key == key), 0)
    now = rows[place]
    rule = rule_of(node["rule"]) if node.get("rule") else None
    _, problems = check_plain(draft.content)
    return {
        **frame(draft),
        "row": now,
        "name": vi(node.get("name")),
        "wrong": "",
        "meanwhile": [],
        "seen": data_hash(own(now.node)),
        "words": controls(Node, node, "row", keys=WORDS),
        "maxima": _maxima(draft.content, node),
        "rare": controls(Node, node, "row", keys=RARE),
        "has_rare": any(node.get(k) for k in RARE),
        "rule": rule_control(node.get("rule") or {}, "row.rule") if now.is_leaf else None,
        "in_words": rule_in_words(rule, language()) if rule is not None else [],
        "printed": vi(node.get("printed")),
        "proposed": PROPOSED in now.node,
        "origin": node.get(ORIGIN, ""),
        "origins": _origins(draft),
        "problems": [problem_words(p.code, p.data) for p in problems if p.row == key],
        "before": rows[place - 1] if place else None,
        "after": rows[place + 1] if place + 1 < len(rows) else None,
        "places": [r for r in rows if r.key != key],
        "parts": [(part, key_name(part, language())) for part in PARTS],
    }


def _origins(draft: SetDraft) -> list[tuple[str, str]]:
    """Codes of the set before with their names, to say where a row comes from."""
    if draft.base is None:
        return []
    base = by_hash(draft.base.content_hash)
    return [(code, node.name.in_(language())) for code, node in {**base.nodes, **base.extras}.items()]


def _maxima(content: Plain, node: Plain) -> list[Control]:
    """One maximum, or one a unit type where the set has several."""
    maximum = node.get("max", "")
    split = isinstance(maximum, Mapping)
    whole = Control("number", "row.max", key_name("max", language()), "" if split else shown(maximum))
    types = content.get("unit_types") or []
    if len(types) < 2:
        return [whole]
    each = [
        Control(
            "number",
            f"row.max.{t.get('code')}",
            vi(t.get("name")),
            shown(maximum.get(t.get("code"))) if split else "",
        )
        for t in types
    ]
    hint = gettext("Khác nhau theo loại đơn vị thì ghi từng loại, bỏ trống ô chung; 0: không áp dụng.")
    return [whole, Control("group", "row.max.each", gettext("Hoặc theo loại đơn vị"), hint=hint, parts=each)]


def _typed(draft: SetDraft, found: Row, request: Desk) -> Plain:
    """The row as the form says it; what the form does not hold stays."""
    posted = request.POST
    node = {k: v for k, v in own(found.node).items() if k not in (*WORDS, *RARE, "max", "rule", ORIGIN)}
    node |= read(Node, posted, "row", keys=(*WORDS, *RARE))
    node["code"] = posted.get("row.code", "").strip()[:100]
    whole = number(posted.get("row.max", "").strip()[:60])
    codes = [str(t.get("code")) for t in draft.content.get("unit_types", ())]
    each = {c: number(posted.get(f"row.max.{c}", "").strip()[:60]) for c in codes}
    node["max"] = whole or {c: v for c, v in each.items() if v} or ""
    if found.is_leaf and (rule := read_rule(posted, "row.rule")):
        node["rule"] = rule
    origin = posted.get("origin", "").strip()[:100]
    return {**node, ORIGIN: origin} if origin else node


def _save(request: Desk, draft: SetDraft, key: str, *, typed: Plain) -> str:
    """Keep what was typed; why not, as a sentence."""
    seen = request.POST.get("seen", "")

    def edit(content: Plain) -> str:
        now = find_row(content, key).node
        check_unseen(seen, own(now))
        children = now.get("children")
        now.clear()
        now.update(typed)
        now.pop(PROPOSED, None)
        if children:
            now["children"] = children
        return str(typed.get("code", ""))

    try:
        change_draft(draft=draft, change="row", edit=edit, by=request.user.ref, at=request.at)
    except Refused as refusal:
        return sentence(refusal)
    return ""


def _meanwhile(draft: SetDraft, key: str, typed: Plain) -> list[tuple[str, str]]:
    """What stands now where it is not what was typed: the name of the key, its text."""
    now = own(find_row(draft.content, key).node)
    differing = [k for k in (*WORDS, "max", "rule", *RARE) if now.get(k) != typed.get(k)]
    return [(key_name(k, language()), _text(k, now.get(k))) for k in differing]


def _text(key: str, value: Any) -> str:
    if key == "rule" and value:
        rule = rule_of(value)
        return (
            "; ".join(rule_in_words(rule, language())) if rule is not None else key_name("rule", language())
        )
    if isinstance(value, list):
        return "; ".join(map(vi, value))
    return vi(value) or "–"


def _next(request: Desk, draft: SetDraft, key: str) -> str:
    """Where the button that was pressed leads: this row, the next, or the tree."""
    rows = list(rows_of(draft.content))
    place = next((k for k, r in enumerate(rows) if r.key == key), 0)
    if "onward" in request.POST and place + 1 < len(rows):
        return reverse("sets:row", args=[draft.pk, rows[place + 1].key])
    return reverse("sets:row", args=[draft.pk, key])


@require_POST
def add(request: Desk, *, pk: int) -> HttpResponse:
    """A new row under another, behind another, or at the top of a part."""
    draft = draft_or_404(request, pk)
    above, after = request.POST.get("above", "")[:20], request.POST.get("after", "")[:20]
    part = request.POST.get("part", TREE)
    made: list[str] = []

    def edit(content: Plain) -> str:
        if part not in PARTS:
            raise Refused("row_gone")
        node: Plain = {"code": _free_code(content, above), "name": gettext("Tiêu chí mới"), "max": "1"}
        made.append(add_row(content, node, part=part, above=above, after=after))
        return str(node["code"])

    if attempt(request, change_draft, draft=draft, change="add", edit=edit) and made:
        return redirect("sets:row", pk, made[0])
    return redirect("sets:set", pk)


def _free_code(content: Plain, above: str) -> str:
    """The next number below the row, or at the top."""
    taken = {r.code for r in rows_of(content)}
    stem = f"{find_row(content, above).code}." if above else ""
    return next(code for code in (f"{stem}{k}" for k in range(1, 2000)) if code not in taken)


@require_POST
def move(request: Desk, *, pk: int, key: str) -> HttpResponse:
    """Up, down, or under another row."""
    draft = draft_or_404(request, pk)
    where = request.POST.get("to", "")[:20]

    def edit(content: Plain) -> str:
        code = find_row(content, key).code
        if where in ("up", "down"):
            move_row(content, key, -1 if where == "up" else 1)
        elif where in PARTS:
            put_under(content, key, part=where, above="")
        else:
            put_under(content, key, part=find_row(content, where).part, above=where)
        return code

    if attempt(request, change_draft, draft=draft, change="move", edit=edit):
        messages.success(request, gettext("Đã chuyển chỗ."))
    return redirect("sets:row", pk, key)


@require_POST
def remove(request: Desk, *, pk: int, key: str) -> HttpResponse:
    """A row with all below it; the version before is one click away."""
    draft = draft_or_404(request, pk)

    def edit(content: Plain) -> str:
        return str(remove_row(content, key).get("code", ""))

    if attempt(request, change_draft, draft=draft, change="remove", edit=edit):
        messages.success(request, gettext("Đã bỏ. Muốn lấy lại, hãy vào Các phiên bản."))
    return redirect("sets:set", pk)
