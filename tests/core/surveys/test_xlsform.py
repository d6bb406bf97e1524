"""Forms of ODK and KoboToolbox: what fits becomes a questionnaire, what does not is named by its row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.core.formats.problems import FileRefused
from parindex.core.surveys.answering import holds
from parindex.core.surveys.questionnaire_file import from_mapping, load_questionnaire, to_mapping
from parindex.core.surveys.xlsform import read_xlsform, unread
from parindex.core.surveys.xlsform_writer import write_xlsform
from parindex.core.wording.problems import sentence
from parindex.data.surveys import questionnaire_ids, questionnaire_path


CHOICES = [["list_name", "name", "label"], ["yn", "yes", "Có"], ["yn", "no", "Không"]]
HEADS = ["type", "name", "label", "relevant", "required", "calculation", "constraint", "appearance"]


def _form(*rows, settings=None):
    survey = [HEADS, *rows]
    return read_xlsform({"survey": survey, "choices": CHOICES, "settings": settings or []}, "f.xlsx")


def _refused(*rows):
    with pytest.raises(FileRefused) as caught:
        _form(*rows)
    for problem in caught.value.problems:
        assert sentence(problem.code, problem.data, "vi") != sentence(problem.code, problem.data, "en")
    return [(p.file, p.line, p.code) for p in caught.value.problems]


def test_a_usual_form_is_read():
    """Types, a condition, limits, a table as a grid, numbers that a spreadsheet made of codes."""
    form = _form(
        ["start", "start", None],
        ["select_one yn", "came", "Đã đến?", None, "yes"],
        ["integer", "times", "Mấy lần?", "${came} = 'yes'", None, None, ". >= 1 and . <= 9"],
        ["begin_group", "s", "Hài lòng", None, None, None, None, "table-list"],
        ["select_one yn", "s1", "Thái độ", None, "true()"],
        ["select_one yn", "s2", "Kết quả"],
        ["end_group"],
        ["text", "why", "Vì sao?", "${s1} = 'no'"],
        settings=[["form_title", "form_id", "version"], ["Phiếu", "phieu", 3.0]],
    )
    assert (form.code, form.version, form.title.vi) == ("phieu", "3", "Phiếu")
    assert [q.kind for q in form.questions] == ["single", "number", "grid", "text"]
    assert form.by_code["times"].when.is_ == ("yes",)
    assert (form.by_code["times"].least, form.by_code["times"].most) == (1, 9)
    assert form.by_code["s"].required
    assert (form.by_code["why"].when.question, form.by_code["why"].when.row) == ("s", "s1")


@pytest.mark.parametrize("code", questionnaire_ids())
def test_a_ready_questionnaire_comes_back_the_same(code):
    """Except for what an XLSForm has no place for, which `write_xlsform` names."""
    form = load_questionnaire(questionnaire_path(code))
    back = read_xlsform(write_xlsform(form), "f.xlsx")
    assert (form.code, form.version, form.group, form.factors) == (
        back.code,
        back.version,
        back.group,
        back.factors,
    )
    assert [_asked(q) for q in form.questions] == [_asked(q) for q in back.questions]
    assert [(i.code, i.factor, i.weight) for i in form.items] == [
        (i.code, i.factor, i.weight) for i in back.items
    ]


def _asked(question):
    kind = "single" if question.kind == "scale" else question.kind
    limits = (question.required, question.whole, question.least, question.most, question.once)
    return (question.code, kind, question.text, question.options, question.when, limits)


def test_types_that_cannot_be_asked_are_named_by_row():
    """A place, a sum, a repeat and its end."""
    assert _refused(
        ["text", "a", "A"],
        ["geopoint", "where", "Ở đâu?"],
        ["begin repeat", "r", "R"],
        ["calculate", "sum", None, None, None, "1 + 1"],
        ["text", "b", "B", None, None, "now()"],
    ) == [
        ("f.xlsx, survey", 3, "xlsform_type"),
        ("f.xlsx, survey", 4, "xlsform_repeat"),
        ("f.xlsx, survey", 5, "xlsform_calculate"),
        ("f.xlsx, survey", 6, "xlsform_column"),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["text", "b", "B", "${a} = 'x' and (${a} = 'y' or ${a} = 'z'"], "xlsform_relevant"),
        (["text", "b", "B", "${a} = 'x' and"], "xlsform_relevant"),
        (["text", "b", "B", "not(${a} = 'x' or ${a} = 'y')"], "xlsform_relevant"),
        (["text", "b", "B", "(" * 9_000 + "${a} = 'x'" + ")" * 9_000], "xlsform_relevant"),
        (["text", "b", "B", "count(${a}) > 2"], "xlsform_relevant"),
        (["select_one nothing", "b", "B"], "xlsform_list_unknown"),
        (["integer", "b", "B", None, None, None, "regex(., 'x')"], "xlsform_constraint"),
        (["begin group", "g", "G"], "xlsform_group_open"),
        (["end group"], "xlsform_group_never_begun"),
        (["begin group", "g", "G", "once(${a})"], "xlsform_relevant"),
    ],
)
def test_what_cannot_be_read_is_named(row, code):
    """With the row it stands in."""
    assert ("f.xlsx, survey", 3, code) in _refused(["text", "a", "A"], row)


def test_a_form_without_a_survey_is_refused():
    """Nothing to ask."""
    with pytest.raises(FileRefused) as caught:
        read_xlsform({})
    assert [p.code for p in caught.value.problems] == ["xlsform_sheet_missing"]


def test_what_contradicts_is_named_by_the_row_it_comes_from():
    """Questions, options of a list, rows of a table; a sheet that is cut off is refused whole."""
    twice = _refused(["text", "a", "A"], ["text", "b", "B"], ["text", "a", "C"])
    assert {(file, line) for file, line, _ in twice} == {("f.xlsx, survey", 4)}
    choices = [*CHOICES, ["yn", "yes", "Có nữa"]]
    with pytest.raises(FileRefused) as caught:
        read_xlsform({"survey": [HEADS, ["select_one yn", "a", "A"]], "choices": choices}, "f.xlsx")
    assert {(p.file, p.line) for p in caught.value.problems} == {("f.xlsx, choices", 4)}
    with pytest.raises(FileRefused) as caught:
        read_xlsform({"survey": [HEADS, *[["text", "a", "A"]] * 5000]}, "f.xlsx")
    assert [p.code for p in caught.value.problems] == ["tables_too_large"]


def test_notes_are_joined_and_what_is_left_out_is_told():
    """Nothing goes in silence."""
    form = _form(["note", "n1", "Một"], ["note", "n2", "Hai"], ["text", "a", "A"])
    assert form.sections[0].intro.vi == "Một\nHai"
    sheets = {
        "survey": [
            ["type", "name", "label", "media::image", "relevant"],
            ["start", "s"],
            ["text", "a", "A", "x.png"],
            ["note", "n", "N", None, "${a} = 'x'"],
        ],
        "entities": [["dataset"], ["x"]],
    }
    assert unread(sheets) == [
        ("entities", 0, "entities"), ("survey", 0, "media::image"), ("survey", 2, "start"),
        ("survey", 4, "relevant"),
    ]  # fmt: skip


def test_conditions_within_conditions_are_read():
    """`and` binds closer than `or`; groups hand their condition on to what stands in them, tables too."""
    form = _form(
        ["select_one yn", "a", "A"],
        ["integer", "n", "N"],
        ["text", "b", "B", "${a} = 'yes' or ${n} >= 2 and (${n} <= 9 or not(selected(${a}, 'no')))"],
        ["begin group", "g", "G", "${a} = 'yes'"],
        ["begin group", "h", "H", "${n} >= 3"],
        ["text", "c", "C", "${n} <= 5 or ${a} = 'no'"],
        ["begin group", "s", "S", "${n} <= 8", None, None, None, "table-list"],
        ["select_one yn", "s1", "S1"],
        ["end group"],
        ["end group"],
        ["text", "d", "D"],
        ["end group"],
        ["text", "e", "E", "${s1} = 'no'"],
    )
    plain = {q["code"]: q.get("when") for s in to_mapping(form)["sections"] for q in s["questions"]}
    yes, three = {"question": "a", "is": ["yes"]}, {"question": "n", "at_least": 3}
    inner = {"any": [{"question": "n", "at_most": 9}, {"question": "a", "is_not": ["no"]}]}
    assert plain["b"] == {"any": [yes, {"all": [{"question": "n", "at_least": 2}, inner]}]}
    late = {"any": [{"question": "n", "at_most": 5}, {"question": "a", "is": ["no"]}]}
    assert plain["c"] == {"all": [yes, three, late]}
    assert plain["s"] == {"all": [yes, three, {"question": "n", "at_most": 8}]}
    assert (plain["d"], plain["e"]) == (yes, {"question": "s", "row": "s1", "is": ["no"]})


LEAVES = st.one_of(
    st.builds(lambda of, q: {"question": q, "is": of},
              st.lists(st.sampled_from("xyz"), min_size=1, max_size=3, unique=True), st.sampled_from("ab")),
    st.builds(lambda of, q: {"question": q, "is_not": of},
              st.lists(st.sampled_from("xyz"), min_size=1, max_size=2, unique=True), st.sampled_from("ab")),
    st.builds(lambda low: {"question": "n", "at_least": low, "at_most": low + 3}, st.integers(0, 5)),
)  # fmt: skip
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda join, some: {join: some},
        st.sampled_from(["all", "any"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)
ANSWERS = st.fixed_dictionaries(
    {}, optional={"a": st.sampled_from("xyz"), "b": st.sampled_from("xyz"), "n": st.integers(0, 9).map(str)}
)


@given(CONDITIONS, ANSWERS)
def test_a_condition_says_the_same_in_either_language(when, answers):
    """However its joins are nested: written for ODK and read back, it asks the same people."""
    options = [{"code": c, "text": c} for c in "xyz"]
    chosen = [{"code": c, "kind": "single", "text": c, "options": options} for c in "ab"]
    asked = [
        *chosen,
        {"code": "n", "kind": "number", "text": "n"},
        {"code": "t", "kind": "text", "text": "t"},
    ]
    asked[-1]["when"] = when
    head = {"questionnaire": 1, "code": "f", "version": "1", "group": "citizens", "title": "F"}
    try:
        form = from_mapping({**head, "sections": [{"title": "S", "questions": asked}]})
    except FileRefused as refusal:
        assert {p.code for p in refusal.problems} <= {"condition_too_deep"}  # noqa: PT017
        return
    back = read_xlsform(write_xlsform(form), "f.xlsx")
    assert holds(form.by_code["t"].when, answers) == holds(back.by_code["t"].when, answers)


@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=8), st.sampled_from(
    ["select_one yn", "text", "begin group", "end group", "note", "${a} = 'x'", "a", "table-list"]
), st.floats(), st.integers()), max_size=9), max_size=8))  # fmt: skip
def test_whatever_stands_in_the_cells_is_read_or_refused(rows):
    """Never anything else."""
    try:
        form = _form(*rows)
    except FileRefused:
        return
    assert from_mapping(to_mapping(form)) == form
