"""Contradictions in a criteria set: each is found when the file is read, at its line."""

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
        ("unit_types:", 'version: ""\nunit_types:', 1, "address_unusable"),
        ("unit_types:", "version: ..\nunit_types:", 1, "address_unusable"),
        ("    max: 10\n", "    max: 10\n    rule: {kind: points}\n", 6, "rule_on_inner_node"),
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
        ("min: 65", "min: 65, needs: [{node: A1, answered: [x]}]", 12, "option_of_rule_unknown"),
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
        ("kind: choice, options: [{id: n/a, name: a, points: 1}]", "id_unusable"),
        ("kind: level_range, options: [{id: a, name: a, from: 2, to: 1}]", "range_backwards"),
        ("kind: level_range, options: [{id: a, name: a, from: 1, to: 2.5}]", "rule_exceeds_max"),
        (
            "kind: conditions, conditions: [{id: a, name: a, points: 1}, {id: b, name: b, points: 1.5}]",
            "rule_exceeds_max",
        ),
        ("kind: deadline, due: 2024-01-01, in_time: {points: 2.5}", "rule_exceeds_max"),
        ("kind: days_after, steps: []", "list_empty"),
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
        ("kind: formula, inputs: [{id: x, name: x}], expression: 'x +'", "formula_value_expected"),
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
    ["kind: deduct, each: {points: 1}, floor: 3", "kind: count, each: {points: 1}, cap: -1"],
)
def test_a_floor_above_the_maximum_or_a_cap_below_zero_is_found(tiny, rule):
    """The extent of a rule holds both of its ends, in whatever order."""
    codes = [p.code for p in tiny.problems(f"tree: [{{code: L, name: Lá, max: 2, rule: {{{rule}}}}}]\n")]
    assert codes
    assert set(codes) <= {"rule_exceeds_max", "rule_below_zero"}
