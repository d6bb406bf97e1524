"""Units and their facts in answers: one name however it is written, and only the units that a set names."""

import time
import unicodedata

import pytest


SET = """
tree:
  - {code: "1.1", name: Một, max: 4, rule: {kind: points}}
  - {code: "1.2", name: Hai, max: 6, method: survey, rule: {kind: satisfaction}}
"""
NAMED = f"""
unit_types: [{{code: so, name: Sở}}, {{code: xa, name: Xã}}]
units: [{{name: Sở Nội vụ, type: so, group: Khối sở}}, {{name: Xã Hòa Bình, type: xa}}]
{SET}"""


def test_a_name_that_begins_with_a_hash_is_a_name_in_quotation_marks(tiny):
    """Only a line that starts with # is a comment; one inside a cell of several lines is not."""
    text = 'unit,criterion,answer,note\n"#5 Bình Thuận",1.1,3,"một\n# hai"\n#5 Bình Thuận,1.2,50,\n'
    file = tiny.answers(tiny.framework(SET), text)
    assert [p.name for p in file.table.participants] == ["#5 Bình Thuận"]
    assert file.table.notes == {(0, "1.1"): "một\n# hai"}
    assert "1.2" not in file.table.columns


@pytest.mark.parametrize(
    "text",
    ["unit,1.1,,1.2\nx,3,,80\ny,3,5,80\n", "unit,criterion,answer,\nx,1.1,3,\ny,1.1,3,5\n"],
)
def test_a_value_below_no_header_is_refused(tiny, text):
    """It would vanish; an empty column may stay."""
    assert tiny.answer_problems(tiny.framework(SET), text) == [(3, "cell_without_column")]


def test_groups_are_not_split_by_their_spelling(tiny):
    """A ranking of its own for each way of writing a group would look sound."""
    text = "unit,group,criterion,answer\nx,Khối I,1.1,1\ny,khối  I,1.1,1\n"
    assert tiny.answer_problems(tiny.framework(SET), text) == [(3, "unit_two_spellings")]
    decomposed = unicodedata.normalize("NFD", "Khối I")
    table = tiny.answers(tiny.framework(SET), text.replace("khối  I", decomposed)).table
    assert {p.group for p in table.participants} == {"Khối I"}


def test_a_fact_is_refused_where_it_was_said(tiny):
    """Not where its unit stands first."""
    two = "unit_types: [{code: so, name: Sở}, {code: huyen, name: Huyện}]\n" + SET
    text = "unit,type,late_days,criterion,answer\nx,,,1.1,1\nx,xa,hai,1.2,1\n"
    assert tiny.answer_problems(tiny.framework(two), text) == [
        (3, "unit_type_not_declared"),
        (3, "late_days_unreadable"),
    ]


def test_a_standard_error_without_a_result_is_refused(tiny):
    """It would vanish."""
    text = "unit,criterion,answer,se\nx,1.2,n/a,1\ny,1.2,,1\nz,1.2,80,1\n"
    found = tiny.answer_problems(tiny.framework(SET), text)
    assert found == [(2, "se_without_input"), (3, "se_without_input")]


def test_the_units_a_set_names_are_the_ones_that_answer(tiny):
    """With the type and group that the set gives them."""
    text = "unit,criterion,answer\nSở Nội vụ,1.1,1\nXã Hòa Bình,1.1,1\n"
    table = tiny.answers(tiny.framework(NAMED), text).table
    assert [(p.type, p.group) for p in table.participants] == [("so", "Khối sở"), ("xa", "")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Sở Nội vu,so,1.1,1", "unit_unknown"),
        ("sở nội vụ,so,1.1,1", "unit_two_spellings"),
        ("Xã Hoà Bình,xa,1.1,1", "unit_two_spellings"),
        ("Sở Nội vụ,xa,1.1,1", "unit_fact_differs"),
    ],
)
def test_other_units_are_refused(tiny, row, code):
    """Unknown names, other spellings, another type than the set's."""
    text = f"unit,type,criterion,answer\n{row}\n"
    assert tiny.answer_problems(tiny.framework(NAMED), text) == [(2, code)]


def test_a_unit_that_a_policy_names_is_spelled_as_there(tiny):
    """Another spelling is told of: the policy would silently not hold."""
    text = SET + "ranking: {not_ranked: [{units: [Thanh tra tỉnh], ground: g}]}\n"
    rows = "unit,criterion,answer\nThanh Tra Tỉnh,1.1,1\n"
    assert tiny.answer_problems(tiny.framework(text), rows) == [(2, "unit_two_spellings")]


def test_a_set_spells_a_unit_in_one_way(tiny):
    """Its policies would not all hold."""
    text = (
        SET.replace("rule: {kind: points}", "exempt: [{units: [Sở Hòa], ground: g}], rule: {kind: points}")
        + "ranking: {not_ranked: [{units: [Sở Hoà], ground: g}]}\n"
    )
    assert [p.code for p in tiny.problems(text)] == ["unit_two_spellings"]


def test_a_long_table_for_another_set_is_refused_in_bearable_time(tiny):
    """Near names are looked for once for each unknown code."""
    rows = "".join(f"đơn vị {u},9.{c},1\n" for u in range(300) for c in range(60))
    started = time.process_time()
    found = tiny.answer_problems(tiny.framework(SET), "unit,criterion,answer\n" + rows)
    assert len(found) == 18_000
    assert time.process_time() - started < 10


def test_more_units_than_there_can_be_are_refused_before_they_fill_the_memory(tiny, monkeypatch):
    """A column of something else was taken for units."""
    monkeypatch.setattr("parindex.core.formats.answers_builder.MAX_UNITS", 3)
    rows = "".join(f"u{k},1.1,1\n" for k in range(9))
    found = tiny.answer_problems(tiny.framework(SET), "unit,criterion,answer\n" + rows)
    assert found == [(5, "too_many_units")]
