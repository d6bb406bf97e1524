"""Contradictions in a criteria set: each is found when the file is read, at its line."""

import time

import pytest


BASE = """\
unit_types: [{code: so, name: Sở}, {code: xa, name: Xã}]
tree:
  - code: A
    name: Phần
    max: 10
    children:
      - {code: A1, name: Một, max: 4, rule: {kind: points}}
      - {code: A2, name: Hai, max: 6, rule: {kind: points}}
grades:
  bands:
    - {id: tot, name: Tốt, min: 80}
    - {id: kha, name: Khá, min: 65}
"""


def _found(tiny, old, new):
    assert old in BASE
    return [(p.line, p.code) for p in tiny.problems(BASE.replace(old, new))]


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("max: 10", "max: 11", 5, "children_do_not_add_up"),
        ("max: 10", "max: {so: 10, xa: 9}", 5, "children_do_not_add_up"),
        ("max: 10", "max: {so: 10, xa: 10, huyen: 10}", 5, "unit_type_unknown"),
        ("max: 4", "max: -4", 7, "max_not_positive"),
        ("max: 4", "max: 0", 7, "max_not_positive"),
        ("code: A2", "code: A1", 8, "code_twice"),
        ("code: A2", "code: A/2", 8, "code_unusable"),
        ("unit_types:", "id: 1013/QĐ\nunit_types:", 1, "address_unusable"),
        ("unit_types:", 'version: ""\nunit_types:', 1, "key_empty"),
        ("unit_types:", 'version: "a\\nb"\nunit_types:', 1, "address_unusable"),
        ("code: A2", "code: group", 8, "code_unusable"),
        ("max: 4,", "max: 4, period: {start: 2024-12-31, end: 2024-01-01},", 7, "window_backwards"),
        (
            "max: 4,",
            "max: 4, window: {start: 2024-01-01, end: 2024-12-31, cutoff: 2025-01-01},",
            7,
            "cutoff_outside",
        ),
        ("min: 65", "min: -65", 12, "negative"),
        ("unit_types:", "version: ..\nunit_types:", 1, "address_unusable"),
        ("    max: 10\n", "    max: 10\n    rule: {kind: points}\n", 6, "rule_on_inner_node"),
        ("    max: 10\n", "    max: 10\n    indicator: dung-han\n", 6, "indicator_on_inner_node"),
        (", max: 4, rule: {kind: points}", ", max: 4", 7, "rule_missing"),
        ("max: 4,", "max: 4, exempt: [{types: [huyen], ground: g}],", 7, "unit_type_unknown"),
        ("max: 4,", "max: 4, exempt: [{ground: g}],", 7, "names_nobody"),
        ("max: 4,", "max: 4, window: {start: 2024-12-31, end: 2024-01-01},", 7, "window_backwards"),
        ("{code: xa, name: Xã}", "{code: so, name: Sở}", 1, "id_twice"),
        ("min: 65", "min: 80", 12, "bands_overlap"),
        ("min: 65", "min: 90", 12, "bands_overlap"),
        ("id: kha", "id: tot", 12, "id_twice"),
        ("min: 65", "min: 65, needs: [{node: X, index_below: 1}]", 12, "node_unknown"),
        ("min: 65", "min: 65, needs: [{node: A1}]", 12, "condition_one_of"),
        ("min: 65", "min: 65, needs: [{index_below: 1, points_below: 1}]", 12, "condition_one_of"),
        ("min: 65", "min: 65, needs: [{node: A1, answered: [x]}]", 12, "node_without_options"),
    ],
)
def test_a_broken_line_is_named(tiny, old, new, line, code):
    """One break, its code and its line."""
    assert (line, code) in _found(tiny, old, new)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("  caps: [{at_most: gioi, when: [{points_below: 1}]}]", "grade_unknown"),
        ("  caps: [{at_most: tot, when: []}]", "list_empty"),
        ("  quotas: [{grade: gioi, percent: 20}]", "grade_unknown"),
        ("  quotas: [{grade: tot, of: gioi, percent: 20}]", "grade_unknown"),
        ("  quotas: [{grade: tot, percent: 101}]", "award_percent_range"),
        ("  quotas: [{grade: kha, percent: 10}]", "quota_on_lowest"),
        ("  quotas: [{grade: tot, percent: 10, of: tot}]", "quota_of_not_below"),
        ("  quotas: [{grade: tot, percent: 10}, {grade: tot, percent: 20}]", "id_twice"),
        ("  caps: [{at_most: tot, when: [{points_below: 1}]}]", "cap_on_best"),
        ("bonus: {items: []}", "list_empty"),
        ("bonus: {max: 0, items: [{code: B, name: b, max: 1, rule: {kind: points}}]}", "not_positive"),
        ("penalty: {items: [{code: A1, name: b, max: 1, rule: {kind: points}}]}", "code_twice"),
        ("ranking: {tie_breakers: [X]}", "node_unknown"),
        ("ranking: {precision: 7}", "decimals_range"),
        ("ranking: {not_ranked: [{types: [x], ground: g}]}", "unit_type_unknown"),
        ("decimals: -1", "decimals_range"),
        ("period: {start: 2025-01-01, end: 2024-01-01}", "window_backwards"),
        (
            "late_submission: {steps: [{from_day: 2, points: 1}, {from_day: 2, points: 1}]}",
            "steps_not_rising",
        ),
        ("late_submission: {steps: [{from_day: 0, points: 1}]}", "steps_not_rising"),
        ("late_submission: {steps: [{from_day: 1, points: -1}]}", "negative"),
        ("late_submission: {steps: [{from_day: 1}]}", "late_step_takes_nothing"),
        ("late_submission: {steps: [{from_day: 9, points: 1}], refused_after: 5}", "late_step_after_refusal"),
        ("late_submission: {refused_after: -1}", "negative"),
        ("index: {ceiling: 0}", "not_positive"),
        ("ranking: {tie_breakers: [A1, A1]}", "code_twice"),
        ("worked_days: [2024-01-06]\nholidays: [2024-01-06]", "day_off_and_worked"),
        ("worked_days: [2024-01-02]", "worked_day_in_week"),
        ("units: [{name: Sở Hòa}, {name: sở Hoà}]", "unit_listed_twice"),
        ("units: [{name: Sở X, type: huyen}]", "unit_type_unknown"),
        ("ranking: {not_ranked: [{units: [Sở Y], ground: g}]}\nunits: [{name: Sở X}]", "unit_unknown"),
        ("code_maps: [{id: x, version: '1'}, {id: x, version: '1'}]", "map_twice"),
        ("code_maps: [{id: tiny, version: '1'}]", "map_to_itself"),
        (
            "code_maps: [{id: x, version: '1', codes: [{relation: same, old: [a], new: [A1]}, "
            "{relation: same, old: [a], new: [A2]}]}]",
            "code_twice",
        ),
        ("index: {policy: rescale_then_add_survey}", "policy_needs_survey"),
        ("code_maps: [{id: x, version: '1', codes: [{relation: same, old: [a], new: [X]}]}]", "node_unknown"),
        (
            "code_maps: [{id: x, version: '1', codes: [{relation: split, old: [a], new: [A1]}]}]",
            "code_link_sizes",
        ),
        (
            "code_maps: [{id: x, version: '1', codes: [{relation: same, old: [a], new: [A1]}, "
            "{relation: same, old: [b], new: [A1]}]}]",
            "code_twice",
        ),
    ],
)
def test_a_broken_policy_is_named_at_its_line(tiny, text, code):
    """Line 13 is the first after the base."""
    assert (13, code) in [(p.line, p.code) for p in tiny.problems(BASE + text + "\n")]


@pytest.mark.parametrize(
    ("relation", "old", "new"),
    [("split", 1, 2), ("merged", 2, 1), ("new", 0, 2), ("dropped", 2, 0), ("renamed", 1, 1)],
)
def test_each_relation_of_a_code_map_has_its_shape(tiny, relation, old, new):
    """Split is one to many, merged many to one, new has no old, dropped no new."""
    link = f"{{relation: {relation}, old: {['a', 'b'][:old]}, new: {['A1', 'A2'][:new]}}}"
    assert tiny.framework(BASE + f"code_maps: [{{id: x, version: '1', codes: [{link}]}}]\n").code_maps


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("kind: points, step: 0", "not_positive"),
        ("kind: choice, options: []", "list_empty"),
        ("kind: choice, options: [{id: a, name: a, points: 3}]", "rule_exceeds_max"),
        ("kind: choice, options: [{id: a, name: a, points: -1}]", "rule_below_zero"),
        ("kind: choice, options: [{id: a, name: a}]", "award_one_of"),
        ("kind: choice, options: [{id: a, name: a, points: 1, percent: 5}]", "award_one_of"),
        ("kind: choice, options: [{id: a, name: a, percent: 101}]", "award_percent_range"),
        ("kind: choice, options: [{id: a, name: a, points: 1}, {id: a, name: b, points: 2}]", "id_twice"),
        ("kind: choice, options: [{id: 'a;b', name: a, points: 1}]", "id_unusable"),
        ("kind: choice, options: [{id: a, name: a, points: 1}, {id: A, name: b, points: 2}]", "id_twice"),
        ("kind: choice, options: [{id: n/a, name: a, points: 1}]", "id_unusable"),
        ("kind: choice, options: [{id: NA, name: a, points: 1}]", "id_unusable"),
        ("kind: choice, options: [{id: không phát sinh, name: a, points: 1}]", "id_unusable"),
        ("kind: choice, options: [{name: a, points: 1}]", "key_missing"),
        ("kind: level_range, options: [{id: a, name: a, from: 2, to: 1}]", "range_backwards"),
        ("kind: level_range, options: [{id: a, name: a, from: 1, to: 2.5}]", "rule_exceeds_max"),
        (
            "kind: conditions, conditions: [{id: a, name: a, points: 1}, {id: b, name: b, points: 1.5}]",
            "rule_exceeds_max",
        ),
        ("kind: deadline, due: 2024-01-01, in_time: {points: 2.5}", "rule_exceeds_max"),
        ("kind: days_after, steps: []", "list_empty"),
        ("kind: days_after, steps: [{points: 1}]", "key_missing"),
        ("kind: days_after, steps: [{within: 5, points: 1}, {within: 5, points: 0}]", "steps_not_rising"),
        ("kind: per_day_late, due: 2024-01-01, each: 0", "not_positive"),
        ("kind: per_day_late, due: 2024-01-01, each: 1, free_days: -1", "negative"),
        ("kind: steps, steps: []", "list_empty"),
        ("kind: steps, steps: [{from: 90, points: 2}, {from: 80, to: 90, points: 1}]", "steps_overlap"),
        ("kind: steps, steps: [{from: 90, below: 90, points: 2}]", "step_empty"),
        ("kind: steps, steps: [{from: 90, above: 80, points: 2}]", "step_bounds"),
        ("kind: steps, steps: [{equals: 90, to: 80, points: 2}]", "step_bounds"),
        ("kind: proportional, full_at: 0", "not_positive"),
        ("kind: proportional, full_at: 50, zero_below: 60", "range_backwards"),
        ("kind: proportional, round: 7", "decimals_range"),
        ("kind: linear, zero_at: 50, full_at: 50", "anchors_equal"),
        ("kind: count, each: {points: 0}", "not_positive"),
        ("kind: count, each: {points: 1}, cap: 3", "rule_exceeds_max"),
        ("kind: count, each: {points: 1}, cap: 0", "not_positive"),
        ("kind: deduct, each: {points: 1}, start: {points: 1}, floor: 1.5", "range_backwards"),
        ("kind: deduct, each: {points: 1}, floor: -1", "rule_below_zero"),
        ("kind: deduct, each: {points: 1}, start: {points: 3}", "rule_exceeds_max"),
        ("kind: survey_options, options: [{id: A, name: a, weight: 101}]", "award_percent_range"),
        ("kind: branch, branches: []", "list_empty"),
        (
            "kind: branch, branches: [{id: a, name: a, rule: {kind: branch, branches: []}}]",
            "branch_in_branch",
        ),
        (
            "kind: branch, branches: [{id: a, name: a, rule: {kind: linear, zero_at: 1, full_at: 1}}]",
            "anchors_equal",
        ),
        (
            "kind: branch, branches: [{id: a, name: a, rule: {kind: count, each: {points: 1}, cap: 9}}]",
            "rule_exceeds_max",
        ),
        ("kind: formula, inputs: [{id: x, name: x}], expression: x + y", "formula_name_unknown"),
        (
            "kind: formula, inputs: [{id: x, name: x}, {id: y, name: y}], expression: x",
            "formula_input_unused",
        ),
        ("kind: formula, inputs: [{id: min, name: x}], expression: '1'", "id_unusable"),
        ("kind: formula, inputs: [{id: maximum, name: x}], expression: maximum", "id_unusable"),
        ("kind: formula, inputs: [{id: x, name: x}], expression: 'x +'", "formula_ends"),
        ("kind: formula, inputs: [{id: x, name: x}], expression: 'avg(x)'", "formula_function_unknown"),
        ("kind: formula, inputs: [{id: x, name: x}], expression: x > 1", "formula_type"),
        ("kind: formula, inputs: [{id: x, name: x}], expression: 'if(x > 1, 1, x > 2)'", "formula_type"),
        ("kind: formula, inputs: [{id: x, name: x}], expression: x and 1", "formula_type"),
        ("kind: formula, inputs: [{id: x, name: x}], expression: 'round(x, 9)'", "formula_decimals"),
        ("kind: formula, inputs: [{id: x, name: x}], expression: x / 0", "formula_division_by_zero"),
        ("kind: formula, inputs: [{id: x, name: x}], expression: " + "+".join("x" * 900), "formula_too_deep"),
    ],
)
def test_a_rule_that_contradicts_itself_is_named(tiny, rule, code):
    """Under a maximum of 2."""
    text = f"tree: [{{code: L, name: Lá, max: 2, rule: {{{rule}}}}}]\n"
    assert code in [p.code for p in tiny.problems(text)]


def test_everything_is_found_at_once_in_the_order_of_the_file(tiny):
    """Four breaks, four lines."""
    broken = (
        BASE.replace("max: 10", "max: 11").replace("code: A2", "code: A1").replace("min: 65", "min: 90")
        + "decimals: 9\n"
    )
    assert [(p.line, p.code) for p in tiny.problems(broken)] == [
        (5, "children_do_not_add_up"),
        (8, "code_twice"),
        (12, "bands_overlap"),
        (13, "decimals_range"),
    ]


def test_a_rule_may_reach_its_maximum_and_nothing(tiny):
    """Both ends are inside."""
    rule = "kind: choice, options: [{id: a, name: a, points: 2}, {id: b, name: b, points: 0}]"
    assert tiny.one_leaf(rule).leaves["L"].rule.extent(2) == (0, 2)


@pytest.mark.parametrize(
    "rule",
    ["kind: deduct, each: {points: 1}, floor: 3", "kind: deduct, each: {points: 1}, floor: -1"],
)
def test_a_floor_outside_the_maximum_is_found(tiny, rule):
    """The extent of a rule holds both of its ends, in whatever order."""
    codes = [p.code for p in tiny.problems(f"tree: [{{code: L, name: Lá, max: 2, rule: {{{rule}}}}}]\n")]
    assert codes
    assert set(codes) <= {"rule_exceeds_max", "rule_below_zero"}


def test_sums_are_checked_for_every_type_that_differs(tiny):
    """A problem for each; without types in the maxima none is named."""
    broken = BASE.replace("max: 10", "max: {so: 11, xa: 12}")
    found = [p for p in tiny.problems(broken) if p.code == "children_do_not_add_up"]
    assert [(p.data["type"], p.data["max"]) for p in found] == [("so", 11), ("xa", 12)]
    assert [p.data["type"] for p in tiny.problems(BASE.replace("max: 10", "max: 11"))] == [""]


@pytest.mark.parametrize(
    ("steps", "pairs"),
    [
        ("{from: 90}, {from: 80, below: 90}, {below: 80}", []),
        ("{below: 80}, {from: 90}, {from: 80, below: 90}", []),
        ("{to: 80}, {from: 80}", [(1, 2)]),
        ("{above: 80}, {to: 80}", []),
        ("{equals: 5}, {equals: 5}", [(1, 2)]),
        ("{from: 0, to: 100}, {equals: 7}, {from: 8, to: 9}, {above: 100}", [(1, 2), (1, 3)]),
        ("{from: 50}, {}, {from: 60, to: 70}", [(1, 2), (2, 3)]),
    ],
)
def test_overlapping_steps_are_named(tiny, steps, pairs):
    """Each with one that it overlaps; open and closed ends told apart."""
    awarded = steps.replace("}", ", points: 1}").replace("{,", "{")
    text = f"tree: [{{code: L, name: Lá, max: 2, rule: {{kind: steps, steps: [{awarded}]}}}}]\n"
    found = [] if not pairs else [p for p in tiny.problems(text) if p.code == "steps_overlap"]
    assert sorted((p.data["one"], p.data["two"]) for p in found) == pairs
    assert pairs or tiny.framework(text)


@pytest.mark.slow
def test_a_very_long_list_is_checked_in_bearable_time(tiny):
    """Thousands of options, steps, bands and types: no list is walked for each of its own entries."""
    many = range(4_000)
    options = ", ".join(f"{{id: a{k}, name: a, points: 1}}" for k in many)
    steps = ", ".join(f"{{equals: {k}, points: 1}}" for k in many)
    bands = ", ".join(f"{{id: b{k}, name: b, min: {9_000 - k}}}" for k in many)
    types = ", ".join(f"{{code: t{k}, name: t}}" for k in many)
    text = (
        f"unit_types: [{types}]\ngrades: {{bands: [{bands}]}}\ntree:\n"
        f"- {{code: A, name: a, max: 1, rule: {{kind: choice, options: [{options}]}}}}\n"
        f"- {{code: B, name: a, max: 1, rule: {{kind: steps, input: number, steps: [{steps}]}}}}\n"
    )
    started = time.process_time()
    assert tiny.framework(text).nodes
    assert time.process_time() - started < 15
