"""A set beside the one it was made from: what changed, and what last year's answers would give by it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from parindex.apps.assessments.models import Round
from parindex.apps.assessments.queries.rounds import rounds_of
from parindex.apps.frameworks.codemaps import code_links, with_code_map
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.results.trial import Trial, try_out
from parindex.core.formats.framework_rows import ORIGIN, Plain, Row, check_plain, own, rows_of, rule_of
from parindex.core.formats.framework_writer import plain_of
from parindex.core.wording.keys import key_name
from parindex.core.wording.rules import rule_in_words
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said
from parindex.web.sets.desk import draft_or_404, problem_words
from parindex.web.sets.tree import frame, maximum_words, vi


KEYS = (
    *("code", "name", "max", "method", "printed", "rule"),
    *("no_case", "not_applicable_if", "appraiser", "evidence"),
)
SHOWN = 200


def compare(request: Desk, *, pk: int) -> HttpResponse:
    """Which criteria are new, which are gone, and what is said otherwise of those that stayed."""
    draft = draft_or_404(request, pk)
    context: dict[str, Any] = {**frame(draft), "changed": [], "new": [], "gone": [], "same": 0}
    if draft.base is not None:
        base = plain_of(by_hash(draft.base.content_hash))
        before = {r.code: r for r in rows_of(base)}
        rows = list(rows_of(draft.content))
        pairs = [(r, before[o]) for r in rows if (o := str(r.node.get(ORIGIN, ""))) in before]
        told = [
            {"row": r, "name": vi(r.node.get("name")), "fields": _fields(draft.content, r, base, was=w)}
            for r, w in pairs
        ]
        links = code_links(draft.content, by_hash(draft.base.content_hash))
        gone = {code for link in links if link["relation"] == "dropped" for code in link["old"]}
        kept = {r.key for r, _ in pairs}
        context |= {
            "changed": [t for t in told if t["fields"]],
            "same": sum(not t["fields"] for t in told),
            "new": [(r, *_named(draft.content, r)) for r in rows if r.key not in kept],
            "gone": [(code, *_named(base, row)) for code, row in before.items() if code in gone],
        }
    return render(request, "sets/compare.html", context)


def _named(content: Plain, row: Row) -> tuple[str, str]:
    return vi(row.node.get("name")), maximum_words(content, row.node.get("max"))


def _fields(content: Plain, row: Row, base: Plain, *, was: Row) -> list[tuple[str, str, str]]:
    """What is said otherwise: the key's name, before, now."""
    old, new = own(was.node), own(row.node)
    return [
        (key_name(k, language()), _text(base, k, old.get(k)), _text(content, k, new.get(k)))
        for k in KEYS
        if old.get(k) != new.get(k)
    ]


def _text(content: Plain, key: str, value: Any) -> str:
    if value is None:
        return "–"
    if key == "rule":
        rule = rule_of(value)
        return "\n".join(rule_in_words(rule, language())) if rule is not None else str(value.get("kind", ""))
    if key == "max":
        return maximum_words(content, value)
    return "\n".join(map(vi, value)) if isinstance(value, list) else vi(value)


def trial(request: Desk, *, pk: int) -> HttpResponse:
    """Choose an earlier round; each unit's index and rank by its own set and by this one."""
    draft = draft_or_404(request, pk)
    rounds = rounds_of(draft.territory_id)
    chosen = next((r for r in rounds if str(r.pk) == request.GET.get("ky", "")), None)
    chosen = chosen or next((r for r in rounds if r.framework_id == draft.base_id), None)
    content = draft.content if draft.locked_id else with_code_map(draft.content, draft.base)
    framework, problems = check_plain(content)
    context: dict[str, Any] = {
        **frame(draft),
        "rounds": rounds,
        "chosen": chosen,
        "problems": len(problems),
        "trial": None,
        "strange": False,
        "unreadable": [],
        "groups": [],
    }
    if framework is not None and chosen is not None:
        found = try_out(framework, chosen)
        context["strange"] = not found.taken
        if found.taken:
            context |= {"trial": found, "unreadable": _unreadable(found), "groups": _groups(found, chosen)}
    return render(request, "sets/trial.html", context)


def _unreadable(trial: Trial) -> list[dict[str, str]]:
    shown = trial.unreadable[:SHOWN]
    words = [problem_words(u.problem.code, u.problem.data) for u in shown]
    return [
        {"unit": u.unit, "leaf": u.leaf, "answer": u.answer, "words": w}
        for u, w in zip(shown, words, strict=True)
    ]


def _groups(trial: Trial, round_: Round) -> list[dict[str, Any]]:
    """The units by ranking group, each with the position of its grades in the two sets."""
    names = {g.code: g.name for g in round_.groups.all()}
    found: dict[str, list[Any]] = {}
    for unit in trial.units:
        grades = [said(one.grade.name) if one.grade else "–" for one in (unit.before, unit.after)]
        found.setdefault(unit.group, []).append({"unit": unit, "grades": grades})
    return [{"name": names.get(code, code), "units": units} for code, units in found.items()]
