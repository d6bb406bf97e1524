"""The ranking answers what it is asked: sorted by anything it shows, filtered by name and grade."""

import unicodedata
from fractions import Fraction

import pytest
from addresses import AGENCIES, COMMUNES, PROVINCES, address

from parindex.apps.results import queries
from parindex.web.public.pages import plain


PATH = address("public:ranking", COMMUNES)


@pytest.fixture
def names(read):
    """The units that a question leaves, in the order shown."""

    def ask(path: str, **asked: str) -> list[str]:
        page = read(path, data=asked)
        return [
            row.all("th", "unit")[0].all("a")[0].text
            for table in page.root.all("table", "ranking")
            for row in table.all("tbody")[0].all("tr")
            if "middle" not in row.classes
        ]

    return ask


def _table(arguments):
    (table,) = queries.group_tables(*arguments[:2], group=arguments[2])
    return table


@pytest.mark.parametrize("arguments", [AGENCIES, COMMUNES, PROVINCES], ids=str)
def test_units_stand_in_the_order_of_the_ranking(names, arguments):
    """Every one of them, those that are not ranked last."""
    table = _table(arguments)
    shown = names(address("public:ranking", arguments))
    assert shown == [line.name.vi for line in table.lines]
    ranks = [line.rank for line in table.lines]
    assert ranks == sorted(ranks, key=lambda r: (r is None, r or 0))


@pytest.mark.parametrize("arguments", [AGENCIES, ("viet-nam", 2018, "tinh")], ids=str)
def test_units_are_sorted_by_any_area(names, arguments):
    """Best first; equals stay in ranking order, those without the area come last."""
    table = _table(arguments)
    for k, area in enumerate(table.framework.areas):
        shown = names(address("public:ranking", arguments), sort=area.code)
        value = {line.name.vi: line.areas[k] for line in table.lines}
        keys = [value[n] if value[n] is not None else Fraction(-1) for n in shown]
        assert keys == sorted(keys, reverse=True), area.code
        order = [line.name.vi for line in table.lines]
        assert shown == sorted(order, key=lambda n: -(value[n] if value[n] is not None else Fraction(-1)))


def test_units_are_sorted_by_their_change_and_by_their_name(names):
    """The largest rise first; names as a list without accents would have them."""
    table = _table(AGENCIES)
    path = address("public:ranking", AGENCIES)
    change = {line.name.vi: line.rank_change for line in table.lines}
    moves = [change[n] for n in names(path, sort="change")]
    known = [m for m in moves if m is not None]
    assert known == sorted(known, reverse=True)
    assert moves[len(known) :] == [None] * (len(moves) - len(known))
    by_name = names(path, sort="name")
    assert by_name == sorted(by_name, key=plain)
    assert len(by_name) == len(table.lines)


@pytest.mark.parametrize("sort", ["khong-co", "A", "", "name ", "1;drop"])
def test_an_order_that_is_none_is_that_of_the_ranking(names, sort):
    """Nothing is left out for it."""
    assert names(PATH, sort=sort) == names(PATH)


def _written(name):
    """Ways in which one name is typed."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    bare = bare.replace("đ", "d").replace("Đ", "D")
    return {
        name,
        name.upper(),
        bare,
        bare.lower(),
        unicodedata.normalize("NFD", name),
        f"  {bare.lower().replace(' ', '   ')} ",
    }


@pytest.mark.parametrize("part", ["Sở Văn hóa, Thể thao", "Xây dựng", "Lao động", "Đào tạo"])
def test_a_name_is_found_however_it_is_typed(names, part):
    """With accents or without, in either case, composed or not, with any spaces."""
    path = address("public:ranking", AGENCIES)
    (wanted,) = [n for n in names(path) if part in n]
    for text in _written(part):
        assert names(path, q=text) == [wanted], text


def test_every_unit_is_found_by_its_bare_name(names):
    """Also in English."""
    path = address("public:ranking", AGENCIES)
    for line in _table(AGENCIES).lines:
        assert line.name.vi in names(path, q=plain(line.name.vi))
        assert line.name.en in names(f"/en{path}", q=line.name.en.lower())


def test_units_are_filtered_by_grade(names):
    """The grades together are all units that have one."""
    table = _table(COMMUNES)
    found = {band.id: names(PATH, grade=band.id) for band in table.framework.grades.bands}
    assert {g: len(units) for g, units in found.items() if units} == dict(table.counts)
    assert sorted(name for units in found.values() for name in units) == sorted(
        line.name.vi for line in table.lines if line.grade
    )


def test_filter_and_order_are_kept_by_each_other(read):
    """The form shows what was asked; sorting by a column keeps the filter; one link drops it."""
    page = read(PATH, data={"q": "phuong", "grade": "kha", "sort": "2"})
    (field,) = [e for e in page.root.all("input") if e.attributes["name"] == "q"]
    chosen = {
        s.attributes["name"]: [o.attributes["value"] for o in s.all("option") if "selected" in o.attributes]
        for s in page.root.all("select")
    }
    assert (field.attributes["value"], chosen) == ("phuong", {"grade": ["kha"], "sort": ["2"]})
    columns = [link for link in page.links if "sort=3" in link]
    assert columns
    assert all("q=phuong" in link and "grade=kha" in link for link in columns)
    assert PATH in page.links


def test_when_nothing_fits_the_page_says_so_and_leads_back(read):
    """Instead of an empty table."""
    page = read(PATH, data={"q": "khong co don vi nao"})
    assert not page.root.all("table", "ranking")
    assert "Không có đơn vị nào khớp" in page.root.all("main")[0].text
    assert PATH in page.links


def test_a_very_long_question_is_cut_not_refused(read):
    """And the page does not grow with it."""
    page = read(PATH, data={"q": "x" * 5000})
    (field,) = [e for e in page.root.all("input") if e.attributes["name"] == "q"]
    assert len(field.attributes["value"]) == 100


def test_two_to_four_units_of_a_group_are_compared_in_the_order_asked(read):
    """The fifth and strangers to the group are left out; one alone is told to find company."""
    path = "/so-sanh/?group=minh-hoa/2024/co-quan"
    units = ["so-y-te", "so-noi-vu", "khong-co", "so-tu-phap", "so-y-te", "so-xay-dung", "so-tai-chinh"]
    page = read(path + "".join(f"&unit={u}" for u in units))
    slots = [[o.attributes["value"] for o in s.all("option") if "selected" in o.attributes]
             for s in page.root.all("select") if s.attributes["name"] == "unit"]  # fmt: skip
    assert slots == [["so-y-te"], ["so-noi-vu"], ["so-tu-phap"], ["so-xay-dung"]]
    alone = read(f"{path}&unit=so-y-te")
    assert "Chọn ít nhất hai đơn vị" in alone.root.all("main")[0].text


@pytest.mark.parametrize(
    "group", ["minh-hoa/1999/co-quan", "minh-hoa/2024/x", "x/2024/co-quan", "2024", "a/b/c/d"]
)
def test_a_comparison_in_a_group_that_is_none_is_missing(read, group):
    """Another group's units under the name of this one would be wrong."""
    read("/so-sanh/", status=404, data={"group": group})
