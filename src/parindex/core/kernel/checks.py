"""Contradictions inside a framework, all found at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from parindex.core.kernel.framework import Condition, Exemption, Framework, Node, Unranked, Window
from parindex.core.kernel.problems import Problem
from parindex.core.kernel.rules import Branch, Choice, LevelRange


Path = tuple[str | int, ...]
ZERO = Fraction(0)


def check_framework(framework: Framework) -> list[Problem]:
    """Everything in a framework that contradicts itself; an empty list is a sound framework."""
    return [
        *_check_nodes(framework),
        *_check_extras(framework),
        *_check_bands(framework),
        *_check_caps(framework),
        *_check_quotas(framework),
        *_check_references(framework),
        *_check_code_maps(framework),
        *_check_lateness(framework),
        *_check_rest(framework),
    ]


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


def _types(framework: Framework) -> list[str]:
    return [t.code for t in framework.unit_types] or [""]


def _check_nodes(framework: Framework) -> Iterator[Problem]:
    if not framework.tree:
        yield Problem("list_empty", {"key": "tree"}, ("tree",))
    seen: dict[str, Path] = {}
    for node, path in _all_nodes(framework):
        if node.code in seen:
            yield Problem("code_twice", {"code": node.code}, (*path, "code"))
        seen[node.code] = path
        if not _is_address(node.code):
            yield Problem("code_unusable", {"code": node.code}, (*path, "code"))
        yield from _check_maxima(framework, node, path)
        yield from _check_leaf(framework, node, path) if node.is_leaf else _check_inner(framework, node, path)
        yield from _check_window(node.window, (*path, "window"))
        for k, exemption in enumerate(node.exempt):
            yield from _check_types(framework, exemption, (*path, "exempt", k))


def _is_address(code: str) -> bool:
    """Whether a code can be part of an address and of a file's name."""
    return bool(code) and "/" not in code and code.strip() == code and code not in (".", "..")


def _check_maxima(framework: Framework, node: Node, path: Path) -> Iterator[Problem]:
    """Maxima by type name known types; none is negative; some unit can earn something."""
    if not isinstance(node.max, Fraction):
        for unknown in set(node.max) - set(_types(framework)):
            yield Problem("unit_type_unknown", {"type": unknown}, (*path, "max", unknown))
    values = [node.max] if isinstance(node.max, Fraction) else list(node.max.values())
    if any(v < 0 for v in values) or not any(values):
        yield Problem("max_not_positive", {"code": node.code}, (*path, "max"))


def _check_inner(framework: Framework, node: Node, path: Path) -> Iterator[Problem]:
    """An inner node has no rule of its own, and its children add up to it for every type."""
    if node.rule is not None:
        yield Problem("rule_on_inner_node", {"code": node.code}, (*path, "rule"))
    for unit_type in _types(framework):
        total = sum((c.max_for(unit_type) for c in node.children), ZERO)
        if total != node.max_for(unit_type):
            data = {"code": node.code, "max": node.max_for(unit_type), "sum": total, "type": unit_type}
            yield Problem("children_do_not_add_up", data, (*path, "max"))
            return


def _check_leaf(framework: Framework, node: Node, path: Path) -> Iterator[Problem]:
    """A leaf has a sound rule that stays inside 0..maximum for every type."""
    if node.rule is None:
        yield Problem("rule_missing", {"code": node.code}, path)
        return
    found = [replace(p, path=(*path, "rule", *p.path)) for p in node.rule.problems()]
    yield from found
    if found:
        return
    for maximum in {m for t in _types(framework) if (m := node.max_for(t)) > 0}:
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


def _check_bands(framework: Framework) -> Iterator[Problem]:
    """Bands run from the best down, each below the one before."""
    bands = framework.grades.bands
    ids = [b.id for b in bands]
    for k, band in enumerate(bands):
        here: Path = ("grades", "bands", k)
        if band.id in ids[:k]:
            yield Problem("id_twice", {"id": band.id}, here)
        if k and band.min >= bands[k - 1].min:
            data = {
                "grade": band.id,
                "min": band.min,
                "other": bands[k - 1].id,
                "other_min": bands[k - 1].min,
            }
            yield Problem("bands_overlap", data, (*here, "min"))
        for j, need in enumerate(band.needs):
            yield from _check_condition(framework, need, (*here, "needs", j))


def _check_caps(framework: Framework) -> Iterator[Problem]:
    """Caps name a grade and hold on something."""
    ids = [b.id for b in framework.grades.bands]
    for k, cap in enumerate(framework.grades.caps):
        if cap.at_most not in ids:
            yield Problem(
                "grade_unknown", {"grade": cap.at_most, "known": tuple(ids)}, ("grades", "caps", k, "at_most")
            )
        if not cap.when:
            yield Problem("list_empty", {"key": "when"}, ("grades", "caps", k))
        for j, condition in enumerate(cap.when):
            yield from _check_condition(framework, condition, ("grades", "caps", k, "when", j))


def _check_quotas(framework: Framework) -> Iterator[Problem]:
    """Quotas name grades, and a share."""
    ids = [b.id for b in framework.grades.bands]
    for k, quota in enumerate(framework.grades.quotas):
        for grade in filter(None, (quota.grade, quota.of)):
            if grade not in ids:
                yield Problem("grade_unknown", {"grade": grade, "known": tuple(ids)}, ("grades", "quotas", k))
        if not 0 <= quota.percent <= 100:
            yield Problem(
                "award_percent_range", {"percent": quota.percent}, ("grades", "quotas", k, "percent")
            )


def _check_condition(framework: Framework, condition: Condition, path: Path) -> Iterator[Problem]:
    """Exactly one test, on a node that is there; option ids that the leaf's rule has."""
    tests = [
        condition.index_below,
        condition.index_at_least,
        condition.points_below,
        condition.points_at_least,
    ]
    if sum(t is not None for t in tests) + bool(condition.answered) != 1:
        yield Problem("condition_one_of", {}, path)
    node = framework.nodes.get(condition.node) or framework.extras.get(condition.node)
    if condition.node and node is None:
        yield Problem("node_unknown", {"code": condition.node}, (*path, "node"))
    if condition.answered:
        known = _option_ids(node)
        for option in condition.answered:
            if option not in known:
                yield Problem(
                    "option_of_rule_unknown", {"id": option, "known": tuple(known)}, (*path, "answered")
                )


def _option_ids(node: Node | None) -> list[str]:
    """Ids an answer to the node may name."""
    rule = node.rule if node else None
    if isinstance(rule, Choice | LevelRange):
        return [o.id for o in rule.options]
    if isinstance(rule, Branch):
        return [b.id for b in rule.branches]
    return [c.id for c in getattr(rule, "conditions", ())]


def _check_types(framework: Framework, rule: Exemption | Unranked, path: Path) -> Iterator[Problem]:
    """Types are declared; some unit or type is named."""
    for unknown in set(rule.types) - {t.code for t in framework.unit_types}:
        yield Problem("unit_type_unknown", {"type": unknown}, (*path, "types"))
    if not rule.types and not rule.units:
        yield Problem("names_nobody", {}, path)


def _check_references(framework: Framework) -> Iterator[Problem]:
    """Tie-breakers and unranked units name what is there."""
    for k, code in enumerate(framework.ranking.tie_breakers):
        if code not in framework.nodes:
            yield Problem("node_unknown", {"code": code}, ("ranking", "tie_breakers", k))
    for k, group in enumerate(framework.ranking.not_ranked):
        yield from _check_types(framework, group, ("ranking", "not_ranked", k))


def _check_code_maps(framework: Framework) -> Iterator[Problem]:
    """A map names this set's codes, each once, and joins as many as its relation says."""
    known = set(framework.nodes) | set(framework.extras)
    for m, code_map in enumerate(framework.code_maps):
        used: set[str] = set()
        for k, link in enumerate(code_map.codes):
            here: Path = ("code_maps", m, "codes", k)
            for code in link.new:
                if code not in known:
                    yield Problem("node_unknown", {"code": code}, here)
                if code in used:
                    yield Problem("code_twice", {"code": code}, here)
                used.add(code)
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
    if window and window.start > window.end:
        yield Problem("window_backwards", {"start": window.start, "end": window.end}, path)


def _check_rest(framework: Framework) -> Iterator[Problem]:
    """Identity, dates, decimals, unit types, and a policy that needs survey leaves."""
    for key, text in (("id", framework.id), ("version", framework.version)):
        if not _is_address(text):
            yield Problem("address_unusable", {"key": key, "text": text}, (key,))
    yield from _check_window(framework.period, ("period",))
    if not 0 <= framework.decimals <= 6:
        yield Problem("decimals_range", {"value": framework.decimals}, ("decimals",))
    precision = framework.ranking.precision
    if precision is not None and not 0 <= precision <= 6:
        yield Problem("decimals_range", {"value": precision}, ("ranking", "precision"))
    for k, unit_type in enumerate(framework.unit_types):
        if unit_type.code in [t.code for t in framework.unit_types[:k]]:
            yield Problem("id_twice", {"id": unit_type.code}, ("unit_types", k))
    methods = {framework.method_of(c) for c, n in framework.nodes.items() if n.is_leaf}
    if framework.index.policy == "rescale_then_add_survey" and "survey" not in methods:
        yield Problem("policy_needs_survey", {}, ("index", "policy"))


def _check_lateness(framework: Framework) -> Iterator[Problem]:
    """Steps of lateness rise, and take points off."""
    steps = framework.late_submission.steps if framework.late_submission else ()
    for k, step in enumerate(steps):
        here: Path = ("late_submission", "steps", k)
        if step.from_day < 1 or (k and step.from_day <= steps[k - 1].from_day):
            yield Problem("steps_not_rising", {"value": step.from_day}, here)
        if step.points < 0 or step.per_day < 0:
            yield Problem("negative", {"key": "points"}, here)
