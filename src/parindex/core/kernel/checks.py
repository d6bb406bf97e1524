"""Contradictions inside a framework, all found at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from parindex.core.kernel.framework import CodeMap, Framework, Node, Window
from parindex.core.kernel.policy_checks import check_named, check_policies, twice
from parindex.core.kernel.problems import Problem
from parindex.core.kernel.text import name_key


Path = tuple[str | int, ...]
ZERO = Fraction(0)
SATURDAY = 5
# a table of answers uses these names for its own columns
COLUMNS = frozenset({"unit", "criterion", "answer", "group", "type", "se", "n", "late_days", "note"})


def check_framework(framework: Framework) -> list[Problem]:
    """Everything in a framework that contradicts itself; an empty list is a sound framework."""
    return [
        *_check_head(framework),
        *_check_units(framework),
        *_check_days_off(framework),
        *_check_nodes(framework),
        *_check_extras(framework),
        *check_policies(framework),
        *_check_code_maps(framework),
    ]


def _check_head(framework: Framework) -> Iterator[Problem]:
    """Identity, period, decimals."""
    for key, text in (("id", framework.id), ("version", framework.version)):
        if not _is_address(text):
            yield Problem("address_unusable", {"key": key, "text": text}, (key,))
    yield from _check_window(framework.period, ("period",))
    if not 0 <= framework.decimals <= 6:
        yield Problem("decimals_range", {"value": framework.decimals}, ("decimals",))


def _check_units(framework: Framework) -> Iterator[Problem]:
    """Types and units stand once; a listed unit's type is declared."""
    for k, code in twice(t.code for t in framework.unit_types):
        yield Problem("id_twice", {"id": code}, ("unit_types", k))
    for k, _ in twice(name_key(u.name) for u in framework.units):
        yield Problem("unit_listed_twice", {"unit": framework.units[k].name}, ("units", k))
    for k, unit in enumerate(framework.units):
        if unit.type and unit.type not in framework.type_codes:
            yield Problem("unit_type_unknown", {"type": unit.type}, ("units", k, "type"))


def _check_days_off(framework: Framework) -> Iterator[Problem]:
    """Days worked in exchange are weekend days, and no holidays."""
    holidays = frozenset(framework.holidays)
    for k, day in enumerate(framework.worked_days):
        if day in holidays:
            yield Problem("day_off_and_worked", {"day": day}, ("worked_days", k))
        elif day.weekday() < SATURDAY:
            yield Problem("worked_day_in_week", {"day": day}, ("worked_days", k))


def _walk(nodes: Iterable[Node], path: Path) -> Iterator[tuple[Node, Path]]:
    for k, node in enumerate(nodes):
        here = (*path, k)
        yield node, here
        yield from _walk(node.children, (*here, "children"))


def _all_nodes(framework: Framework) -> Iterator[tuple[Node, Path]]:
    """Nodes of the tree, then bonus and penalty items, with their paths."""
    yield from _walk(framework.tree, ("tree",))
    for key, extra in (("bonus", framework.bonus), ("penalty", framework.penalty)):
        if extra:
            yield from _walk(extra.items, (key, "items"))


def _types(framework: Framework, nodes: Iterable[Node]) -> list[str]:
    """Types of units, as far as these nodes tell them apart; "" where they do not."""
    named = {t for n in nodes if not isinstance(n.max, Fraction) for t in n.max}
    if not named:
        return [""]
    declared = [t.code for t in framework.unit_types] or [""]
    return [t for t in declared if t in named] + next(([t] for t in declared if t not in named), [])


def _check_nodes(framework: Framework) -> Iterator[Problem]:
    if not framework.tree:
        yield Problem("list_empty", {"key": "tree"}, ("tree",))
    seen: dict[str, Path] = {}
    for node, path in _all_nodes(framework):
        if node.code in seen:
            yield Problem("code_twice", {"code": node.code}, (*path, "code"))
        seen[node.code] = path
        if not _is_address(node.code) or node.code.casefold() in COLUMNS:
            yield Problem("code_unusable", {"code": node.code}, (*path, "code"))
        yield from _check_maxima(framework, node, path)
        yield from _check_leaf(framework, node, path) if node.is_leaf else _check_inner(framework, node, path)
        yield from _check_window(node.period, (*path, "period"))
        yield from _check_window(node.window, (*path, "window"))
        for k, exemption in enumerate(node.exempt):
            yield from check_named(framework, exemption, (*path, "exempt", k))


def _is_address(code: str) -> bool:
    """Whether a code can be part of an address and of a file's name."""
    return bool(code) and code.isprintable() and "/" not in code and code not in (".", "..")


def _check_maxima(framework: Framework, node: Node, path: Path) -> Iterator[Problem]:
    """Maxima by type name known types; none is negative; some unit can earn something."""
    if not isinstance(node.max, Fraction):
        for unknown in sorted(set(node.max) - framework.type_codes):
            yield Problem("unit_type_unknown", {"type": unknown}, (*path, "max", unknown))
    values = [node.max] if isinstance(node.max, Fraction) else list(node.max.values())
    if any(v < 0 for v in values) or not any(values):
        yield Problem("max_not_positive", {"code": node.code}, (*path, "max"))


def _check_inner(framework: Framework, node: Node, path: Path) -> Iterator[Problem]:
    """An inner node has no rule of its own, and its children add up to it for every type."""
    if node.rule is not None:
        yield Problem("rule_on_inner_node", {"code": node.code}, (*path, "rule"))
    if node.indicator:
        yield Problem("indicator_on_inner_node", {"code": node.code}, (*path, "indicator"))
    for unit_type in _types(framework, [node, *node.children]):
        total = sum((c.max_for(unit_type) for c in node.children), ZERO)
        if total != node.max_for(unit_type):
            data = {"code": node.code, "max": node.max_for(unit_type), "sum": total, "type": unit_type}
            yield Problem("children_do_not_add_up", data, (*path, "max"))


def _check_leaf(framework: Framework, node: Node, path: Path) -> Iterator[Problem]:
    """A leaf has a sound rule that stays inside 0..maximum for every type."""
    if node.rule is None:
        yield Problem("rule_missing", {"code": node.code}, path)
        return
    found = [replace(p, path=(*path, "rule", *p.path)) for p in node.rule.problems()]
    yield from found
    if found:
        return
    for maximum in sorted({m for t in _types(framework, [node]) if (m := node.max_for(t)) > 0}):
        low, high = node.rule.extent(maximum)
        if high > maximum:
            yield Problem(
                "rule_exceeds_max", {"code": node.code, "max": maximum, "high": high}, (*path, "rule")
            )
        if low < 0:
            yield Problem("rule_below_zero", {"code": node.code, "low": low}, (*path, "rule"))


def _check_extras(framework: Framework) -> Iterator[Problem]:
    """Bonus and penalty items are leaves; a section has some, and a positive cap."""
    for key, extra in (("bonus", framework.bonus), ("penalty", framework.penalty)):
        if extra is None:
            continue
        for k, node in enumerate(extra.items):
            if node.children:
                yield Problem("extra_not_leaf", {"code": node.code}, (key, "items", k))
        if not extra.items:
            yield Problem("list_empty", {"key": key}, (key, "items"))
        if extra.max is not None and extra.max <= 0:
            yield Problem("not_positive", {"key": f"{key}.max"}, (key, "max"))


def _check_code_maps(framework: Framework) -> Iterator[Problem]:
    """A map is to another version, one each; it names this set's codes."""
    for m, _ in twice(f"{c.id} {c.version}" for c in framework.code_maps):
        code_map = framework.code_maps[m]
        yield Problem("map_twice", {"id": code_map.id, "version": code_map.version}, ("code_maps", m))
    for m, code_map in enumerate(framework.code_maps):
        if (code_map.id, code_map.version) == (framework.id, framework.version):
            yield Problem("map_to_itself", {}, ("code_maps", m))
        yield from _check_links(framework, code_map, ("code_maps", m, "codes"))


def _check_links(framework: Framework, code_map: CodeMap, path: Path) -> Iterator[Problem]:
    """Each code, old or new, stands in one link; a link joins as many as its relation says."""
    used: dict[str, set[str]] = {"old": set(), "new": set()}
    for k, link in enumerate(code_map.codes):
        here = (*path, k)
        for side, codes in (("old", link.old), ("new", link.new)):
            for code in codes:
                if code in used[side]:
                    yield Problem("code_twice", {"code": code}, here)
                used[side].add(code)
        for code in link.new:
            if code not in framework.nodes and code not in framework.extras:
                yield Problem("node_unknown", {"code": code}, here)
        yield from _check_link(link.relation, (len(link.old), len(link.new)), here)


def _check_link(relation: str, sizes: tuple[int, int], path: Path) -> Iterator[Problem]:
    """How many codes each relation joins."""
    old, new = sizes
    sound = {
        "same": old == new == 1,
        "renamed": old == new == 1,
        "split": old == 1 and new > 1,
        "merged": old > 1 and new == 1,
        "new": old == 0 and new > 0,
        "dropped": old > 0 and new == 0,
    }[relation]
    if not sound:
        yield Problem("code_link_sizes", {"relation": relation, "old": old, "new": new}, path)


def _check_window(window: Window | None, path: Path) -> Iterator[Problem]:
    """It ends after it starts, and data are not cut off outside it."""
    if window is None:
        return
    if window.start > window.end:
        yield Problem("window_backwards", {"start": window.start, "end": window.end}, path)
    elif window.cutoff and not window.start <= window.cutoff <= window.end:
        data = {"cutoff": window.cutoff, "start": window.start, "end": window.end}
        yield Problem("cutoff_outside", data, (*path, "cutoff"))
