"""Every file says what its page says; `parindex score` gets the same result from the files of a round."""

import csv
import gc
import io
import json
from fractions import Fraction

import pytest
from addresses import COMMUNES, LANGUAGES, LEAVES, PROVINCE, PROVINCES, RANKINGS, SIXTH, UNITS, address
from openpyxl import load_workbook
from small_round import ACT, open_small, small_set

from parindex import cli
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.organisations.actions import NewUnit
from parindex.apps.results.actions import compute_result
from parindex.core.kernel.text import Text
from parindex.core.wording.notation import number
from parindex.data.published import published_figures


BOM = "\ufeff"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ROUNDS = [
    ("minh-hoa", 2023, "co-quan", "minhhoa-2023"),
    ("minh-hoa", 2023, "cap-huyen", "minhhoa-2023"),
    ("minh-hoa", 2024, "co-quan", "binhthuan-2024"),
    ("minh-hoa", 2024, "cap-huyen", "binhthuan-2024"),
    ("minh-hoa", 2025, "co-quan", "binhthuan-2025"),
    (*COMMUNES, "minhhoa-2025-communes"),
    ("viet-nam", 2017, "tinh", "papi-2011"),
    ("viet-nam", 2018, "tinh", "papi-2018"),
    ("viet-nam", 2020, "tinh", "papi-2019"),
    (*PROVINCES, "papi-2021"),
]


@pytest.fixture
def table(client):
    """A file as a list of dicts, by its address and kind; the workbook's numbers as floats."""

    def rows(name: str, arguments: tuple, kind: str, language: str = "vi", **asked: str) -> list[dict]:
        content = client.get(address(name, (*arguments, kind), language), data=asked).content
        if kind == "json":
            return json.loads(content)
        if kind == "csv":
            return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        header, *lines = load_workbook(io.BytesIO(content)).active.values
        return [dict(zip(header, line, strict=True)) for line in lines]

    return rows


def _shown(text, language="vi"):
    """An exact number of a file as a page shows it."""
    return number(Fraction(text), language, decimals=2) if text else "–"


def _ranking(page):
    """(rank, name, index, grade) of each unit on the page of a ranking."""
    body = page.root.all("table", "ranking")[0].all("tbody")[0]
    return [
        (
            row.all("td", "rank")[0].seen,
            row.all("th", "unit")[0].all("a")[0].text,
            row.all("td", "index")[0].all("strong")[0].text,
        )
        for row in body.all("tr")
        if "middle" not in row.classes
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("arguments", RANKINGS, ids=lambda a: "-".join(map(str, a)))
def test_the_files_of_a_ranking_say_what_its_page_says(read, table, arguments, language):
    """Rank, name and index of every unit in the order of the page; exact where the page rounds."""
    shown = _ranking(read(address("public:ranking", arguments, language)))
    get = {kind: table("public:ranking_file", arguments, kind, language) for kind in TYPES}
    rows = get["csv"]
    assert [(r["rank"] or "–", r["unit"], _shown(r["index"], language)) for r in rows] == shown
    units = get["json"]["units"]
    assert [(u["rank"] and str(u["rank"]), u["unit"], u["index"]) for u in units] == [
        (r["rank"] or None, r["unit"], r["index"] or None) for r in rows
    ]
    assert [u["grade"] or "" for u in units] == [r["grade"] for r in rows]
    for sheet, row in zip(get["xlsx"], rows, strict=True):
        assert sheet["unit"] == row["unit"]
        assert sheet["rank"] == (int(row["rank"]) if row["rank"] else None)
        for column in ("points", "applicable_max", "index"):
            assert sheet[column] == (pytest.approx(float(row[column]), rel=1e-12) if row[column] else None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("arguments", UNITS, ids=lambda a: "-".join(map(str, a)))
def test_the_files_of_a_unit_say_what_its_page_says(read, table, arguments, language):
    """Every leaf: points, maximum, and the reason in the same words."""
    page = read(address("public:unit", arguments, language))
    rows = {r["criterion"]: r for r in table("public:unit_file", arguments, "csv", language)}
    nodes = table("public:unit_file", arguments, "json", language)["nodes"]
    leaves = page.root.all("li", "leaf")
    assert leaves
    for leaf in leaves:
        row, node = rows[leaf.attributes["id"]], nodes[leaf.attributes["id"]]
        assert leaf.all("span", "points")[0].all("strong")[0].text == _shown(row["points"], language)
        assert (
            leaf.all("p", "why")[0].text == " ".join(row["reason"].split()) == " ".join(node["text"].split())
        )
        assert (node["points"], node["max"]) == (row["points"], row["max"])
        assert leaf.all("a")[0].text == row["name"]
    sheet = table("public:unit_file", arguments, "xlsx", language)
    assert [r["criterion"] for r in sheet] == list(rows)


@pytest.mark.parametrize("arguments", LEAVES, ids=lambda a: "-".join(map(str, a)))
def test_the_files_of_a_criterion_hold_every_unit_of_the_group(table, arguments):
    """The same points as each unit's own file."""
    rows = table("public:criterion_file", arguments, "csv")
    ranking = table("public:ranking_file", arguments[:3], "csv")
    assert [r["unit"] for r in rows] == [r["unit"] for r in ranking]
    own = {r["criterion"]: r for r in table("public:unit_file", arguments[:4], "csv")}[arguments[4]]
    (mine,) = [r for r in rows if r["unit"] == _name(ranking, table, arguments)]
    assert (mine["points"], mine["max"], mine["reason"]) == (own["points"], own["max"], own["reason"])


def _name(ranking, table, arguments):
    return table("public:unit_file", arguments[:4], "json")["unit"]


def test_the_files_of_a_comparison_say_what_the_page_says(read, table):
    """Index and areas of the units asked for, then every leaf."""
    asked = {"group": "minh-hoa/2024/co-quan", "unit": ["so-y-te", "so-tu-phap", "so-noi-vu"]}
    page = read("/so-sanh/", data=asked)
    rows = table("public:compare_file", (), "csv", **asked)
    names = ["Sở Y tế", "Sở Tư pháp", "Sở Nội vụ"]
    assert [n for n in rows[0] if n.startswith("Sở ")] == names
    text = page.root.all("main")[0].seen
    for row in rows[:3]:
        for name in names:
            assert _shown(row[name]) in text
    assert len(rows) > 40
    assert table("public:compare_file", (), "json", **asked)["rows"][0]["Sở Y tế"] == rows[0]["Sở Y tế"]


def test_the_files_of_a_criteria_set_hold_its_whole_tree(client, read, table):
    """A line a node, with its rule in the words of the page; the YAML file is the stored one."""
    page = read("/bo-tieu-chi/binhthuan-2024/1/")
    rows = table("public:framework_file", ("binhthuan-2024", "1"), "csv")
    ids = {e.attributes["id"] for e in page.root.walk() if "id" in e.attributes}
    assert {r["code"] for r in rows} <= ids
    for leaf in page.root.all("li", "leaf"):
        (row,) = [r for r in rows if r["code"] == leaf.attributes["id"]]
        assert [li.text for li in leaf.all("ul", "rule-scale")[0].all("li")] == row["rule"].split("\n")
    assert len(table("public:framework_file", ("binhthuan-2024", "1"), "json")["rows"]) == len(rows)
    source = client.get("/bo-tieu-chi/binhthuan-2024/1/tai-ve.yaml").content.decode()
    assert source.startswith("# Bình Thuận 2024.")


def test_the_files_of_published_figures_hold_each_with_its_source(table):
    """Of the index that is asked for; the values as they were printed."""
    for index in {r.index for r in published_figures()}:
        wanted = sorted(
            (r.unit, r.figure, r.value, r.source) for r in published_figures() if r.index == index
        )
        rows = table("public:published_file", (), "csv", index=index)
        assert sorted((r["unit"], r["figure"], r["value"], r["source"]) for r in rows) == wanted


@pytest.mark.parametrize(("kind", "type_"), TYPES.items())
@pytest.mark.parametrize(
    ("name", "arguments", "file"),
    [
        ("public:ranking_file", COMMUNES, "minh-hoa-2025-cap-xa"),
        ("public:unit_file", PROVINCE, "viet-nam-2024-binh-thuan"),
        ("public:framework_file", ("qd766", "1"), "qd766-1"),
    ],
)
def test_a_file_is_kept_under_a_name_and_is_what_it_says(client, name, arguments, file, kind, type_):
    """The mark of UTF-8 makes spreadsheets read the accents."""
    response = client.get(address(name, (*arguments, kind)))
    assert response.headers["Content-Type"] == type_
    assert response.headers["Content-Disposition"] == f'attachment; filename="{file}.{kind}"'
    assert (
        response.content.decode().startswith(BOM)
        if kind == "csv"
        else response.content[:2] in (b"PK", b"{\n")
    )


@pytest.fixture
def score(client, tmp_path, capsys):
    """`parindex score` on the two downloaded files of a ranking."""

    def run(territory: str, year: int, group: str, framework: str) -> dict:
        files = {
            "framework.yaml": f"/bo-tieu-chi/{framework}/1/tai-ve.yaml",
            "answers.csv": f"/{territory}/{year}/{group}/tra-loi.csv",
        }
        for name, url in files.items():
            (tmp_path / name).write_bytes(client.get(url).content)
        try:
            code = cli.main(["score", *(str(tmp_path / name) for name in files), "--format", "json"])
        finally:
            gc.enable()  # a command turns it off for the rest of its process
        said, errors = capsys.readouterr()
        assert (code, errors) == (0, "")
        return json.loads(said)

    return run


FIELDS = ("points", "applicable_max", "index", "exact", "grade", "rank")


@pytest.mark.parametrize("ranking", ROUNDS, ids=lambda r: "-".join(map(str, r[:3])))
def test_whoever_scores_the_downloaded_answers_gets_the_published_result(score, table, ranking):
    """Digit for digit, by the same criteria set."""
    again, published = score(*ranking), table("public:ranking_file", ranking[:3], "json")
    assert again["framework"]["hash"] == published["framework"]["hash"]
    kept = [{k: u.get(k) for k in ("unit", *FIELDS)} for u in published["units"]]
    assert [{k: u.get(k) for k in ("unit", *FIELDS)} for u in again["units"]] == kept


def test_whoever_scores_the_downloaded_answers_gets_every_reason(score, table):
    """Of each leaf of the sixth: points, maximum, the rule's step and its sentence."""
    kept = table("public:unit_file", SIXTH, "json")
    (again,) = [u for u in score(*SIXTH[:3], "binhthuan-2024")["units"] if u["unit"] == kept["unit"]]
    assert set(again["nodes"]) == set(kept["nodes"])
    for code, node in kept["nodes"].items():
        text = node.pop("text", "")
        reason = again["nodes"][code].pop("reason")
        assert (reason or {}).pop("text", "") == text
        assert {**again["nodes"][code], **({"reason": reason} if reason else {})} == node


def test_who_never_answered_stands_in_the_downloaded_answers(client, score, table):
    """Else whoever scores them would rank one unit fewer."""
    small = open_small(note=Text(""))
    small.answer(("so-mot", "A1", "12/16"), ("so-mot", "A2", "6"))
    compute_result(round_=small.round, **ACT)
    again = score("tinh-thu", 2024, "khoi", "small")["units"]
    assert {u["unit"]: (u["rank"], u["index"]) for u in again} == {"Sở Một": (1, "90"), "Sở Hai": (2, "0")}
    kept = table("public:ranking_file", ("tinh-thu", 2024, "khoi"), "json")["units"]
    assert {u["unit"]: (u["rank"], u["index"]) for u in kept} == {"Sở Một": (1, "90"), "Sở Hai": (2, "0")}


EVIL = ["=HYPERLINK(0)", "@SUM(1)", "+1+1", "-1-1", 'Sở "A", B;\tC', "Sở <b>A</b>"]


def test_no_name_becomes_a_formula_in_a_spreadsheet(read, table):
    """Nor breaks a row, nor becomes part of the page."""
    units = [NewUnit(f"u-{k}", Text(name), "so") for k, name in enumerate(EVIL)]
    small = open_small(units, note=Text("=1+1"))
    compute_result(round_=small.round, **ACT)
    ranking = ("tinh-thu", 2024, "khoi")
    assert sorted(n for _, n, _ in _ranking(read(address("public:ranking", ranking)))) == sorted(
        " ".join(n.split()) for n in EVIL
    )
    said = {r["unit"] for r in table("public:ranking_file", ranking, "csv")}
    assert said == {f"'{n}" if n[0] in "=+-@" else n for n in EVIL}
    sheet = table("public:ranking_file", ranking, "xlsx")
    assert {r["unit"] for r in sheet} == set(EVIL)
    assert {r["note"] for r in sheet} == {"=1+1"}


def test_a_criteria_set_with_an_odd_identity_has_its_page_and_files(client, read):
    """Whatever a decision is called; what cannot be part of an address is refused when the set is read."""
    identity, version = 'QĐ 1013 "sửa đổi" [2024]', "1.0; 2*"
    content = small_set().replace(b"id: small", f"id: '{identity}'".encode())
    store_framework(
        content=content.replace(b'version: "1"', f"version: '{version}'".encode()), file="x.yaml", **ACT
    )
    page = read(address("public:framework", (identity, version)))
    assert identity in page.root.all("main")[0].text
    assert address("public:framework", (identity, version)) in read("/bo-tieu-chi/").links
    for kind in (*TYPES, "yaml"):
        name = "public:framework_source" if kind == "yaml" else "public:framework_file"
        response = client.get(
            address(name, (identity, version) if kind == "yaml" else (identity, version, kind))
        )
        assert response.status_code == 200
        assert "\n" not in response.headers["Content-Disposition"]


def test_not_applicable_no_answer_and_zero_are_told_apart(table):
    """In the areas of a ranking and in the reasons of a unit."""
    three = [NewUnit(code, Text(code), "so") for code in ("khong-ap-dung", "khong-tra-loi", "khong-diem")]
    small = open_small(three, note=Text(""))
    small.answer(
        *(("khong-ap-dung", leaf, "n/a") for leaf in ("A1", "A2")),
        ("khong-diem", "A1", "0/5"),
        ("khong-diem", "A2", "0"),
    )
    compute_result(round_=small.round, **ACT)
    ranking = ("tinh-thu", 2024, "khoi")
    areas = {r["unit"]: r["index:A"] for r in table("public:ranking_file", ranking, "csv")}
    assert areas == {"khong-ap-dung": "n/a", "khong-tra-loi": "", "khong-diem": "0"}
    reasons = {
        u.code: table("public:unit_file", (*ranking, u.code), "json")["nodes"]["A2"]["reason"]["code"]
        for u in three
    }
    assert len(set(reasons.values())) == 3
