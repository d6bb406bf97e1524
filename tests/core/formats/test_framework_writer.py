"""What is written of a criteria set reads back as the very same set."""

import copy
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.core.formats.framework_file import framework_hash, load_framework, parse_framework
from parindex.core.formats.framework_rows import (
    ORIGIN,
    add_row,
    check_plain,
    find_row,
    move_row,
    originating,
    put_under,
    remove_row,
    rows_of,
    rule_of,
    with_keys,
)
from parindex.core.formats.framework_writer import number_text, plain_of, write_framework, write_plain
from parindex.core.formats.rule_text import Names, read_rule, rule_lines
from parindex.core.kernel.problems import Refused
from parindex.core.wording.keys import key_name, value_name
from parindex.data import framework_ids, framework_path


IDS = framework_ids()
SETS = {name: load_framework(framework_path(name)) for name in IDS}
TEXTS = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x1F64F), min_size=1
).filter(lambda text: text.strip())
NUMBERS = st.fractions(min_value=1, max_value=1000, max_denominator=997)


def names(language):
    """What keys and words are called in a language."""
    return Names(
        lambda key, shape: key_name(key, language, shape), lambda key, value: value_name(key, value, language)
    )


def _draft(name="binhthuan-2025"):
    return with_keys(plain_of(SETS[name]))


def _key(draft, code):
    return next(r.key for r in rows_of(draft) if r.code == code)


@pytest.mark.parametrize("name", IDS)
def test_every_shipped_set_is_written_and_read_back_the_same(name):
    """The same set, the same hash; and writing it again gives the same text."""
    written = write_framework(SETS[name])
    again = parse_framework(written.encode())
    assert again == SETS[name]
    assert framework_hash(again) == framework_hash(SETS[name])
    assert write_framework(again) == written
    assert check_plain(_draft(name)) == (SETS[name], [])


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["qd766", "papi-2021"]), TEXTS, TEXTS, NUMBERS)
def test_whatever_words_and_numbers_a_set_holds_come_back(name, vi, en, number):
    """Quotation marks, colons, what looks like a date or a yes, fractions that do not end."""
    data = copy.deepcopy(plain_of(SETS[name]))
    data["title"] = {"vi": vi, "en": en}
    data["sources"] = [vi, en]
    data["index"] = {**data.get("index", {}), "ceiling": number_text(number)}
    row = next(rows_of(data)).node
    row["note"] = f"{en}\n{vi}"
    found = parse_framework(write_plain(data).encode())
    assert (found.title.vi, found.title.en) == tuple(_read(t) for t in (vi, en))
    assert found.index.ceiling == number
    assert plain_of(found)["sources"] == [_read(vi), _read(en)]


def _read(text):
    """As the reader takes a text: composed, without blanks at its ends."""
    import unicodedata

    return unicodedata.normalize("NFC", text.strip())


@pytest.mark.parametrize(
    "word", ["no", "1.10", "2024-01-31", "null", "~", "=", "<<", "- a", "a: b", "#", "'", '"']
)
def test_a_code_that_looks_like_something_else_stays_a_text(word):
    """Also for other readers of YAML."""
    import yaml

    data = plain_of(SETS["papi-2021"])
    data["sources"] = [word]
    assert yaml.safe_load(write_plain(data))["sources"] == [word]
    assert parse_framework(write_plain(data).encode()).sources == (word,)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_shipped_rule_is_said_in_lines_and_read_back_the_same(language):
    """All kinds, branches within."""
    kinds = set()
    for found in SETS.values():
        for row in rows_of(plain_of(found)):
            if rule := row.node.get("rule"):
                kinds.add(rule["kind"])
                lines = "\n".join(rule_lines(rule, names(language)))
                assert read_rule(rule["kind"], lines, names(language)) == rule
                assert rule_of(rule) == found.leaves[row.code].rule
    assert len(kinds) > 12


@settings(max_examples=40, deadline=None)
@given(TEXTS, NUMBERS)
def test_a_rule_in_lines_keeps_every_sign(name, number):
    """Bars and backslashes in a name too."""
    option = {"points": number_text(number), "id": "a", "name": {"vi": name.strip(), "en": "x | y\\"}}
    rule = {"kind": "choice", "options": [option]}
    lines = "\n".join(rule_lines(rule, names("vi")))
    assert read_rule("choice", lines, names("vi")) == rule


@pytest.mark.parametrize(
    ("kind", "text", "code", "line"),
    [
        ("choice", "- Mã ngắn: a | Màu: đỏ", "rule_key_unknown", 1),
        ("steps", "- Từ: 80 | Điểm: 1\n\nlung tung", "rule_line_unreadable", 3),
        ("deadline", "Thời hạn: 2026-01-01\nĐúng hạn: nhiều", "rule_award_unreadable", 2),
        ("points", "- Điểm: 1", "rule_no_items", 1),
        ("branch", "- Mã ngắn: a | Tên: A | Kiểu chấm: bay lượn", "rule_kind_unknown", 1),
        ("choice", "    - Mã ngắn: a", "rule_line_unreadable", 1),
    ],
)
def test_a_line_that_says_nothing_is_named(kind, text, code, line):
    """By its number."""
    with pytest.raises(Refused) as refused:
        read_rule(kind, text, names("vi"))
    assert (refused.value.code, refused.value.data["line"]) == (code, line)


def test_what_is_wrong_is_told_at_its_row():
    """Slips of the hand and contradictions; what concerns the whole set at none."""
    draft = _draft()
    find_row(draft, _key(draft, "1.1.1")).node["max"] = "nhiều"
    find_row(draft, _key(draft, "1.1.2")).node["rule"]["zero_below"] = "1,5x"
    find_row(draft, _key(draft, "1.2.1")).node.pop("rule")
    find_row(draft, _key(draft, "1.4.1")).node["max"] = "99"
    find_row(draft, _key(draft, "2.1")).node["code"] = "2.2"
    draft["decimals"] = "9"
    framework, found = check_plain(draft)
    assert framework is None
    told = {(find_row(draft, p.row).code if p.row else "", p.code) for p in found}
    assert {
        ("1.1.1", "wrong_type"),
        ("1.1.2", "wrong_type"),
        ("1.2.1", "rule_missing"),
        ("1.4", "children_do_not_add_up"),
        ("2.2", "code_twice"),
        ("", "decimals_range"),
    } <= told


def test_rows_are_added_moved_and_taken_out():
    """Keys stay; a leaf that gets rows below it loses its rule; one that loses them is a leaf again."""
    draft = _draft()
    leaf, area = _key(draft, "1.1.1"), _key(draft, "2")
    new = add_row(draft, {"code": "1.1.1.1", "name": "Mới", "max": "1"}, above=leaf)
    assert "rule" not in find_row(draft, leaf).node
    assert find_row(draft, new).above == leaf
    move_row(draft, new, -1)
    move_row(draft, area, -1)
    assert draft["tree"][0]["code"] == "2"
    put_under(draft, new, part="tree", above=area)
    assert "children" not in find_row(draft, leaf).node
    assert find_row(draft, new).above == area
    assert remove_row(draft, new)["code"] == "1.1.1.1"
    with pytest.raises(Refused, match="row_gone"):
        find_row(draft, new)
    with pytest.raises(Refused, match="row_under_itself"):
        put_under(draft, area, part="tree", above=_key(draft, "2.1"))


def test_the_tree_does_not_grow_without_end():
    """In depth; and a part that has lost its last row is left out."""
    draft = {"tree": [], "penalty": {"items": []}}
    above = add_row(draft, {"code": "1", "name": "a", "max": "1"})
    for _ in range(7):
        above = add_row(draft, {"code": "1", "name": "a", "max": "1"}, above=above)
    with pytest.raises(Refused, match="too_deep"):
        add_row(draft, {"code": "1", "name": "a", "max": "1"}, above=above)
    key = add_row(draft, {"code": "P", "name": "a", "max": "1"}, part="penalty")
    remove_row(draft, key)
    assert "penalty" not in draft


def test_a_copy_remembers_where_its_rows_come_from():
    """And neither keys nor memory are written."""
    copied = with_keys(originating(plain_of(SETS["qd766"])))
    assert all(row.node[ORIGIN] == row.code and row.key for row in rows_of(copied))
    assert parse_framework(write_plain(copied).encode()) == SETS["qd766"]
    assert "_" + "row" not in write_plain(copied)


def test_numbers_are_written_as_people_write_them():
    """A decimal where it ends."""
    assert [number_text(Fraction(*n)) for n in ((7, 2), (1, 3), (100, 1))] == ["3.5", "1/3", "100"]
