"""Tables of raw answers read by their headings; interviews that were asked again, compared."""

from parindex.core.surveys.answering import check_answers
from parindex.core.surveys.back_checks import agreement
from parindex.core.surveys.questionnaire_file import from_mapping
from parindex.core.surveys.raw_table import columns_of, parts_of, raw_answers


LEVELS = [{"code": "5", "text": {"vi": "Hài lòng", "en": "Satisfied"}}, {"code": "1", "text": "Không"}]
FORM = from_mapping(
    {
        "questionnaire": 1,
        "code": "f",
        "version": "1",
        "group": "citizens",
        "title": "F",
        "sections": [
            {
                "title": "S",
                "questions": [
                    {"code": "all", "kind": "single", "text": "A", "options": LEVELS},
                    {
                        "code": "s",
                        "kind": "grid",
                        "text": "S",
                        "options": LEVELS,
                        "rows": [{"code": "wait", "text": "W"}, {"code": "tone", "text": "T"}],
                    },
                    {"code": "why", "kind": "multiple", "text": "Y", "options": LEVELS},
                    {"code": "age", "kind": "number", "text": "N"},
                    {"code": "say", "kind": "text", "text": "X"},
                ],
            }
        ],
    }
)


def test_columns_are_known_as_kobotoolbox_and_the_desk_name_them():
    """By code, by line, behind the section's name; what a multiple question says twice is known too."""
    header = ["_id", "sec/all", "s.wait", "sec/table/tone", "why", "why/5", "AGE", "all"]
    found = columns_of(FORM, header)
    assert {k: (p.question.code, p.row) for k, p in found.items()} == {
        1: ("all", ""),
        2: ("s", "wait"),
        3: ("s", "tone"),
        4: ("why", ""),
        6: ("age", ""),
    }
    assert parts_of(FORM, header) == {5}


def test_cells_hold_codes_or_the_words_of_options():
    """In either language; what means none is refused by the check, and not dropped."""
    columns = columns_of(FORM, ["all", "s.wait", "why", "age", "say"])
    row = raw_answers(columns, ["satisfied", "Không", "5 1", "12,5", "=1+1"])
    assert check_answers(FORM, row).answers == {
        "all": "5",
        "s": {"wait": "1"},
        "why": ["5", "1"],
        "age": "12.5",
        "say": "=1+1",
    }
    assert raw_answers(columns, ["", "", "Hài lòng; Không"]) == {"why": ["5", "1"]}
    wrong = check_answers(FORM, raw_answers(columns, ["vui"])).problems
    assert [p.code for p in wrong] == ["answer_option_unknown"]


def test_agreement_is_counted_by_places_and_not_by_words():
    """A line of a grid is a place; what neither says is none; free text is never the same twice."""
    first = {"all": "5", "s": {"wait": "5", "tone": "1"}, "age": "30", "say": "Chờ lâu"}
    second = {"all": "5", "s": {"wait": "1"}, "age": "30", "say": "Lâu"}
    found = agreement(FORM, first, second)
    assert (found.compared, found.agreed, found.differing) == (4, 2, ("s.wait", "s.tone"))
