"""Contradictions in the declared policies: index, bands, caps, quotas, ranking, lateness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from parindex.core.kernel.framework import Condition, Exemption, Framework, Node, Quota, Unranked
from parindex.core.kernel.problems import Problem
from parindex.core.kernel.rules import Branch, Choice, LevelRange
from parindex.core.kernel.text import name_key


Path = tuple[str | int, ...]


def check_policies(framework: Framework) -> Iterator[Problem]:
    """Everything in the policies that contradicts itself or the tree."""
    yield from _check_bands(framework)
    yield from _check_caps(framework)
    yield from _check_quotas(framework)
    yield from _check_ranking(framework)
    yield from _check_lateness(framework)
    yield from _check_index(framework)


def check_named(framework: Framework, rule: Exemption | Unranked, path: Path) -> Iterator[Problem]:
    """Types are declared, units are listed where the set lists its units; some unit or type is named."""
    for unknown in sorted(set(rule.types) - framework.type_codes):
        yield Problem("unit_type_unknown", {"type": unknown}, (*path, "types"))
    for unit in rule.units:
        key = name_key(unit)
        if framework.units and key not in framework.listed:
            yield Problem("unit_unknown", {"unit": unit, "near": ""}, (*path, "units"))
        elif framework.spellings[key] != unit:
            data = {"unit": unit, "other": framework.spellings[key]}
            yield Problem("unit_two_spellings", data, (*path, "units"))
    if not rule.types and not rule.units:
        yield Problem("names_nobody", {}, path)


def twice(names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Positions of names that stood before."""
    seen: set[str] = set()
    for k, name in enumerate(names):
        if name in seen:
            yield k, name
        seen.add(name)


def _check_bands(framework: Framework) -> Iterator[Problem]:
    """Bands run from the best down, each below the one before."""
    bands = framework.grades.bands
    for k, name in twice(b.id for b in bands):
        yield Problem("id_twice", {"id": name}, ("grades", "bands", k))
    for k, band in enumerate(bands):
        here: Path = ("grades", "bands", k)
        if band.min < 0:
            yield Problem("negative", {"key": "min"}, (*here, "min"))
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
    """Caps name a grade below the best, and hold on something."""
    ids = tuple(b.id for b in framework.grades.bands)
    known = frozenset(ids)
    for k, cap in enumerate(framework.grades.caps):
        here: Path = ("grades", "caps", k)
        if cap.at_most not in known:
            yield Problem("grade_unknown", {"grade": cap.at_most, "known": ids}, (*here, "at_most"))
        elif cap.at_most == ids[0]:
            yield Problem("cap_on_best", {"grade": cap.at_most}, (*here, "at_most"))
        if not cap.when:
            yield Problem("list_empty", {"key": "when"}, here)
        for j, condition in enumerate(cap.when):
            yield from _check_condition(framework, condition, (*here, "when", j))


def _check_quotas(framework: Framework) -> Iterator[Problem]:
    """Quotas name grades, one each, and a share."""
    ids = tuple(b.id for b in framework.grades.bands)
    order = {grade: k for k, grade in enumerate(ids)}
    quotas = framework.grades.quotas
    for k, name in twice(q.grade for q in quotas):
        yield Problem("id_twice", {"id": name}, ("grades", "quotas", k, "grade"))
    for k, quota in enumerate(quotas):
        here: Path = ("grades", "quotas", k)
        for key, grade in (("grade", quota.grade), ("of", quota.of)):
            if grade is not None and grade not in order:
                yield Problem("grade_unknown", {"grade": grade, "known": ids}, (*here, key))
        yield from _check_order(quota, order, here)
        if not 0 <= quota.percent <= 100:
            yield Problem("award_percent_range", {"percent": quota.percent}, (*here, "percent"))


def _check_order(quota: Quota, order: dict[str, int], path: Path) -> Iterator[Problem]:
    """Who exceeds a quota needs a grade to fall to; the base beside it is a lower grade."""
    if quota.grade in order and order[quota.grade] == len(order) - 1:
        yield Problem("quota_on_lowest", {"grade": quota.grade}, (*path, "grade"))
    if quota.grade in order and quota.of in order and order[quota.of] <= order[quota.grade]:
        yield Problem("quota_of_not_below", {"grade": quota.grade, "of": quota.of}, (*path, "of"))


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
    elif condition.answered:
        known = _option_ids(node)
        if not known:
            yield Problem("node_without_options", {"code": condition.node}, (*path, "answered"))
        for option in condition.answered if known else ():
            if option not in known:
                data = {"id": option, "known": tuple(known)}
                yield Problem("option_of_rule_unknown", data, (*path, "answered"))


def _option_ids(node: Node | None) -> list[str]:
    """Ids an answer to the node may name."""
    rule = node.rule if node else None
    if isinstance(rule, Choice | LevelRange):
        return [o.id for o in rule.options]
    if isinstance(rule, Branch):
        inner = [getattr(b.rule, key, ()) for b in rule.branches for key in ("options", "conditions")]
        return [b.id for b in rule.branches] + [o.id for options in inner for o in options]
    return [c.id for c in getattr(rule, "conditions", ())]


def _check_ranking(framework: Framework) -> Iterator[Problem]:
    """Tie-breakers and unranked units name what is there."""
    ranking = framework.ranking
    if ranking.precision is not None and not 0 <= ranking.precision <= 6:
        yield Problem("decimals_range", {"value": ranking.precision}, ("ranking", "precision"))
    for k, code in twice(ranking.tie_breakers):
        yield Problem("code_twice", {"code": code}, ("ranking", "tie_breakers", k))
    for k, code in enumerate(ranking.tie_breakers):
        if code not in framework.nodes:
            yield Problem("node_unknown", {"code": code}, ("ranking", "tie_breakers", k))
    for k, group in enumerate(ranking.not_ranked):
        yield from check_named(framework, group, ("ranking", "not_ranked", k))


def _check_lateness(framework: Framework) -> Iterator[Problem]:
    """Steps of lateness rise, take points off, and begin before the sheet is refused."""
    late = framework.late_submission
    if late is None:
        return
    last = late.refused_after
    if last is not None and last < 0:
        yield Problem("negative", {"key": "refused_after"}, ("late_submission", "refused_after"))
    for k, step in enumerate(late.steps):
        here: Path = ("late_submission", "steps", k)
        if step.from_day < 1 or (k and step.from_day <= late.steps[k - 1].from_day):
            yield Problem("steps_not_rising", {"value": step.from_day}, here)
        if step.points < 0 or step.per_day < 0:
            yield Problem("negative", {"key": "points"}, here)
        elif not step.points and not step.per_day:
            yield Problem("late_step_takes_nothing", {"day": step.from_day}, here)
        if last is not None and step.from_day > max(last, 0):
            yield Problem("late_step_after_refusal", {"day": step.from_day, "last": last}, here)


def _check_index(framework: Framework) -> Iterator[Problem]:
    """A ceiling that leaves room, and survey leaves where the policy adds them."""
    policy = framework.index
    if policy.ceiling is not None and policy.ceiling <= 0:
        yield Problem("not_positive", {"key": "ceiling"}, ("index", "ceiling"))
    methods = {framework.method_of(c) for c, n in framework.nodes.items() if n.is_leaf}
    if policy.policy == "rescale_then_add_survey" and "survey" not in methods:
        yield Problem("policy_needs_survey", {}, ("index", "policy"))
