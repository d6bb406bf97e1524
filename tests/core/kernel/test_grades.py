"""Grades: bands at exact thresholds, needs, caps, quotas of a whole group."""

import pytest


BANDS = """
tree:
  - {code: "1", name: a, max: 60, rule: {kind: points}}
  - {code: "2", name: b, max: 40, rule: {kind: points}}
  - code: "3"
    name: c
    max: 100
    children:
      - code: "3.1"
        name: d
        max: 100
        rule: {kind: choice, options: [{id: good, name: tốt, points: 100}, {id: bad, name: kém, points: 100}]}
penalty: {items: [{code: P, name: p, max: 5, rule: {kind: points}}]}
grades:
  bands:
    - {id: xs, name: Xuất sắc, min: 90NEEDS}
    - {id: tot, name: Tốt, min: 80}
    - {id: kha, name: Khá, min: 65}
    - {id: tb, name: Trung bình, min: 50}
"""
PLAIN = """
tree: [{code: L, name: Lá, max: 100, rule: {kind: points}}]
grades:
  bands:
    - {id: xs, name: Xuất sắc, min: 90}
    - {id: tot, name: Tốt, min: 80}
    - {id: kha, name: Khá, min: 65}
"""
HEAD = "unit,criterion,answer\n"


def _grade(unit):
    return unit.grade.id if unit.grade else None


def _grades(tiny, text, points):
    rows = "".join(f"u{k},L,{p}\n" for k, p in enumerate(points))
    return [_grade(u) for u in tiny.assess(text, HEAD + rows).units]


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        ("100", "xs"),
        ("90", "xs"),
        ("89.999999999999", "tot"),
        ("80", "tot"),
        ("79.995", "kha"),
        ("65", "kha"),
    ],
)
def test_a_threshold_belongs_to_its_band_and_nothing_rounds_up_to_it(tiny, points, grade):
    """79.995 shows as 80.00 and is still Khá."""
    assert _grades(tiny, PLAIN, [points]) == [grade]


def test_an_index_below_every_band_has_no_grade(tiny):
    """Bands need not reach down to 0."""
    assert _grades(tiny, PLAIN, ["64.99"]) == [None]


NEED = ", needs: [{%s}]"
FULL = "x,1,60\nx,2,40\nx,3.1,bad\n"


@pytest.mark.parametrize(
    ("condition", "rows", "holds"),
    [
        ('node: "2", index_at_least: 95', "x,1,60\nx,2,38\nx,3.1,bad\n", True),
        ('node: "2", index_at_least: 95', "x,1,60\nx,2,37.99\nx,3.1,bad\n", False),
        ('node: "2", index_below: 95', "x,1,60\nx,2,37.99\nx,3.1,bad\n", True),
        ('node: "2", index_below: 95', "x,1,60\nx,2,38\nx,3.1,bad\n", False),
        ('node: "2", index_at_least: 95', "x,1,60\nx,2,n/a\nx,3.1,bad\n", False),
        ('node: "1", points_at_least: 60', FULL, True),
        ('node: "1", points_below: 60', FULL, False),
        ("node: P, points_below: 0", FULL, False),
        ("node: P, points_below: 0", FULL + "x,P,0.5\n", True),
        ("index_at_least: 100", FULL, True),
        ('node: "3.1", answered: [good]', FULL, False),
        ('node: "3.1", answered: [good, bad]', FULL, True),
    ],
)
def test_a_band_may_need_a_fact_about_the_result(tiny, condition, rows, holds):
    """Where the need does not hold, the next band is taken and the remark says so."""
    unit = tiny.assess(BANDS.replace("NEEDS", NEED % condition), HEAD + rows).units[0]
    assert _grade(unit) == ("xs" if holds else "tot")
    assert ("grade_need" in [r.code for r in unit.remarks]) == (not holds)


@pytest.mark.parametrize(
    ("rows", "grade"), [(FULL, "xs"), (FULL + "x,P,1\n", "kha"), ("x,1,30\nx,2,0\nx,3.1,bad\nx,P,1\n", "kha")]
)
def test_a_cap_holds_a_grade_down_and_lifts_none(tiny, rows, grade):
    """“Không quá mức Khá nếu bị trừ điểm”: 65 % is Khá with or without the cap."""
    text = BANDS.replace("NEEDS", "") + (
        "  caps: [{at_most: kha, when: [{node: P, points_below: 0}], ground: kỷ luật}]\n"
    )
    unit = tiny.assess(text.replace("min: 65", "min: 60"), HEAD + rows).units[0]
    assert _grade(unit) == grade


def test_a_cap_tells_from_what_it_held_down(tiny):
    """With its ground, for the sentence."""
    text = BANDS.replace("NEEDS", "") + "  caps: [{at_most: kha, when: [{node: P, points_below: 0}]}]\n"
    remark = next(r for r in tiny.assess(text, HEAD + FULL + "x,P,1\n").units[0].remarks if "cap" in r.code)
    assert (remark.code, remark.data["from"], remark.data["grade"]) == ("grade_cap", "xs", "kha")


def _quota(**keys):
    return PLAIN + "  quotas: [{" + ", ".join(f"{k}: {v}" for k, v in keys.items()) + "}]\n"


TEN = ["99", "98", "97", "96", "85", "84", "83", "82", "70", "60"]


@pytest.mark.parametrize(
    ("keys", "holders"),
    [
        ({"percent": 20}, 1),
        ({"percent": 25}, 2),
        ({"percent": 25, "rounding": "up"}, 3),
        ({"percent": 25, "rounding": "half_up"}, 2),
        ({"percent": 20, "of": "tot"}, 1),
        ({"percent": 25, "of": "tot"}, 2),
        ({"percent": 0}, 0),
        ({"percent": 100}, 4),
    ],
)
def test_a_quota_keeps_the_best_and_lowers_the_rest_by_one(tiny, keys, holders):
    """Of nine graded units (the tenth has no grade), or of the eight that are at least Tốt."""
    grades = _grades(tiny, _quota(grade="xs", **keys), TEN)
    assert grades[:4] == ["xs"] * holders + ["tot"] * (4 - holders)
    assert grades[4:] == ["tot"] * 4 + ["kha", None]


@pytest.mark.parametrize(("ties", "grades"), [("fall", ["xs", "tot", "tot"]), ("keep", ["xs", "xs", "xs"])])
def test_equals_at_the_limit_stay_or_fall_together(tiny, ties, grades):
    """Two of four may hold the grade; the second and the third are equal."""
    text = _quota(grade="xs", percent=50, ties=ties)
    assert _grades(tiny, text, ["99", "95", "95", "85"])[:3] == grades


def test_a_quota_is_drawn_inside_each_group(tiny):
    """Each group of two keeps one."""
    rows = "unit,group,criterion,answer\na,I,L,99\nb,I,L,98\nc,II,L,92\nd,II,L,91\n"
    result = tiny.assess(_quota(grade="xs", percent=50), rows)
    assert [_grade(u) for u in result.units] == ["xs", "tot", "xs", "tot"]


def test_unranked_units_take_no_place_in_a_quota(tiny):
    """They are graded by themselves."""
    text = _quota(grade="xs", percent=50) + "ranking: {not_ranked: [{units: [a], ground: mới}]}\n"
    result = tiny.assess(text, HEAD + "a,L,99\nb,L,98\nc,L,97\n")
    assert [_grade(u) for u in result.units] == ["xs", "xs", "tot"]


def test_what_falls_from_one_quota_counts_in_the_next(tiny):
    """Of five: one Xuất sắc; the other that had the index for it takes one of the two places of Tốt."""
    text = PLAIN + "  quotas: [{grade: tot, percent: 40}, {grade: xs, percent: 20}]\n"
    assert _grades(tiny, text, ["99", "98", "97", "85", "84"]) == ["xs", "tot", "tot", "kha", "kha"]
