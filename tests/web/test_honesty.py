"""No invented figure passes for a real one: on no page, in no file, under no real office's name."""

import csv
import io
from collections import Counter

import pytest
from addresses import AGENCIES, LANGUAGES, MATRIX, SIXTH, WHO, address, found
from openpyxl import load_workbook
from small_round import ACT, open_small, small_set

from parindex.apps.assessments.models import Round, Ruling
from parindex.apps.organisations.models import Unit
from parindex.apps.results.actions import compute_result
from parindex.apps.results.models import PublishedFigure
from parindex.core.formats.answers_file import read_answers
from parindex.core.formats.framework_file import load_framework
from parindex.core.kernel.answers import NoAnswer
from parindex.core.kernel.reading import written
from parindex.core.kernel.text import Text
from parindex.data import answers_path, framework_path, minhhoa
from parindex.data.minhhoa.units import slug
from parindex.data.published import published_figures


MARK = {"vi": "Dữ liệu minh họa", "en": "Illustrative data"}
INVENTED = {"vi": "tỉnh minh họa không có thật", "en": "minh họa province does not exist"}
CONSTRUCTED = {"vi": "dựng", "en": "constructed"}
OF_ROUNDS = [(n, a) for n, a in found(pages_only=True) if a and ":framework" not in n]
DEFINITIONS = {"indicators:redefine"}  # of an indicator; no place's figures stand there
INNER = [
    name
    for name, row in MATRIX.items()
    if not row.public and row.page and row.found and row.found[0] and name not in DEFINITIONS
]
OF_INVENTED = [(n, a) for n, a in OF_ROUNDS if str(a[0]).partition(".")[0] == "minh-hoa"]
INVENTED_PAGES = [address(n, a) for n, a in OF_INVENTED]
REAL_PAGES = [address(n, a) for n, a in OF_ROUNDS if (n, a) not in OF_INVENTED]
COMPARISON = "/so-sanh/?group=minh-hoa/2023/cap-huyen"
# offices that every province has under the same name; only with their province do they name one
GENERAL = ("Sở ", "Ban ", "Văn phòng UBND tỉnh", "Thanh tra tỉnh")


def _banner(page):
    return " ".join(e.text for e in page.root.all("aside"))


@pytest.mark.parametrize("path", [*INVENTED_PAGES, "/", COMPARISON, "/cach-tinh/"])
def test_every_page_with_invented_figures_says_so_first(read, path):
    """Before the content, in words, together with what is constructed."""
    for language, prefix in LANGUAGES.items():
        page = read(f"{prefix}{path}")
        assert MARK[language] in _banner(page)
        assert INVENTED[language] in _banner(page).lower()
        assert CONSTRUCTED[language] in _banner(page)
        assert page.content.index("<aside") < page.content.index("<main")


@pytest.mark.parametrize("name", INNER)
def test_the_rooms_behind_the_door_say_it_too(visitors, read, name):
    """To everybody who comes in."""
    for who in (w for w in WHO if MATRIX[name].answers(w) == 200):
        page = read(address(name, MATRIX[name].found[0]), by=visitors[who])
        assert MARK["vi"] in _banner(page)
        assert INVENTED["vi"] in _banner(page).lower()


@pytest.mark.parametrize(
    "path", [*REAL_PAGES, "/so-lieu-da-cong-bo/", "/bo-tieu-chi/", "/so-sanh/?group=viet-nam/2020/tinh"]
)
def test_real_figures_are_not_called_invented(read, path):
    """The mark means something only where it is due."""
    for language, prefix in LANGUAGES.items():
        page = read(f"{prefix}{path}")
        assert MARK[language] not in page.content
        assert not page.root.all("aside")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "set_", ["binhthuan-2024", "binhthuan-2025", "minhhoa-2023", "minhhoa-2025-communes"]
)
def test_a_constructed_set_says_so_on_its_own_page_and_in_the_list(read, set_, language):
    """The list by a tag; the page by a tag and by a sentence on what is real in it."""
    prefix, words = LANGUAGES[language], {"vi": "Dựng để minh họa", "en": "Constructed for demonstration"}
    page = read(f"{prefix}/bo-tieu-chi/{set_}/1/")
    assert page.root.all("span", "tag")[0].text == words[language]
    assert len(page.root.all("p", "lead")[0].text) > 80
    rows = read(f"{prefix}/bo-tieu-chi/").root.all("tr")
    (row,) = [r for r in rows if any(f"/{set_}/1/" in a.attributes["href"] for a in r.all("a"))]
    assert row.all("span", "tag")[0].text == words[language]


def test_where_all_files_are_listed_the_invented_ones_are_marked(read):
    """Row by row."""
    for row in read("/du-lieu-mo/").rows(css=""):
        assert ("dữ liệu minh họa" in row[0]) == row[0].startswith("Tỉnh Minh Họa"), row


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "arguments"),
    [("public:ranking_file", AGENCIES), ("public:unit_file", SIXTH)],
    ids=["ranking", "unit"],
)
def test_a_file_keeps_the_mark_when_it_leaves_the_site(client, name, arguments, language):
    """In every row of a table, so that a copied row has it too."""
    get = {k: client.get(address(name, (*arguments, k), language)).content for k in ("csv", "xlsx", "json")}
    rows = list(csv.DictReader(io.StringIO(get["csv"].decode("utf-8-sig"))))
    assert rows
    assert all(INVENTED[language] in row["note"].lower() for row in rows)
    sheet = load_workbook(io.BytesIO(get["xlsx"])).active
    assert all(INVENTED[language] in line[-1].lower() for line in list(sheet.values)[1:])
    assert INVENTED[language] in get["json"].decode().lower()


def test_downloaded_answers_keep_the_mark_and_are_still_read(client):
    """As a comment."""
    lines = client.get("/minh-hoa/2024/co-quan/tra-loi.csv").content.decode().splitlines()
    assert lines[0].startswith("# binhthuan-2024 1, ")
    assert INVENTED["vi"] in lines[1].lower()
    assert lines[2].startswith("unit,")


def test_real_figures_leave_without_a_mark(client):
    """No empty column is added for it."""
    head = client.get("/viet-nam/2024/tinh/tai-ve.csv").content.decode("utf-8-sig").splitlines()[0]
    assert "note" not in head.split(",")
    assert client.get("/viet-nam/2024/tinh/tra-loi.csv").content.decode().splitlines()[1].startswith("unit,")


def test_an_invented_territory_is_marked_even_where_its_round_says_nothing(client, read):
    """Nobody has to remember the note."""
    small = open_small(note=Text(""))
    small.answer(("so-mot", "A1", "12/16"))
    compute_result(round_=small.round, **ACT)
    for path in ("/tinh-thu/2024/", "/tinh-thu/2024/khoi/", "/tinh-thu/2024/khoi/so-mot/A1/"):
        assert MARK["vi"] in _banner(read(path))


def test_a_note_on_real_figures_is_shown_as_a_note(client, read):
    """And not as a mark of invention; the made-up set that they were scored by is named."""
    for note, words in (
        (Text("Số liệu tạm", "Provisional"), "Số liệu tạm"),
        (Text(""), "dựng để minh họa"),
    ):
        small = open_small(illustrative=False, note=note, code=f"r{len(note.vi)}", year=2020 + bool(note.vi))
        compute_result(round_=small.round, **ACT)
        banner = _banner(read(f"/tinh-thu/{small.round.year}/khoi/"))
        assert words in banner
        assert MARK["vi"] not in banner


def test_nothing_is_said_of_real_figures_by_an_official_set(client, read):
    """A page of a province at work has no banner."""
    official = small_set().replace(b"status: constructed", b"status: official")
    small = open_small(illustrative=False, note=Text(""), content=official)
    compute_result(round_=small.round, **ACT)
    assert _banner(read("/tinh-thu/2024/khoi/so-mot/")) == ""


def test_invented_units_belong_to_the_invented_province_alone(world):
    """And every unit of it is marked."""
    assert set(Unit.objects.filter(parent=None).values_list("code", "illustrative")) == {
        ("minh-hoa", True),
        ("viet-nam", False),
    }
    assert not Unit.objects.filter(parent__code="minh-hoa", illustrative=False).exists()
    assert (
        not Unit.objects.filter(illustrative=True)
        .exclude(parent=None)
        .exclude(parent__code="minh-hoa")
        .exists()
    )


def test_no_invented_place_has_the_name_of_a_place_with_published_figures(world):
    """Departments are called alike everywhere; districts, communes and provinces are not."""
    names = Unit.objects.filter(illustrative=True).values_list("name_vi", flat=True)
    places = {_place(n) for n in names if not n.startswith(GENERAL)}
    real = {
        _place(u) for u in PublishedFigure.objects.values_list("unit", flat=True) if not u.startswith(GENERAL)
    }
    real |= {
        _place(n) for n in Unit.objects.filter(parent__code="viet-nam").values_list("name_vi", flat=True)
    }
    assert len(places) > 100
    assert len(real) > 60
    assert places & real == set()


def _place(name):
    kinds = ("Thành phố ", "Thị xã ", "Huyện ", "Phường ", "Xã ", "Đặc khu ", "Tỉnh ")
    return slug(next((name.removeprefix(k) for k in kinds if name.startswith(k)), name))


@pytest.mark.parametrize("year", range(2011, 2025))
def test_every_answer_under_a_real_name_is_the_published_one(world, year):
    """Nothing added, nothing left out: the rulings of PAPI are the rows of the cited files."""
    round_ = Round.objects.get(code=f"papi-{year}")
    framework = load_framework(framework_path(round_.framework.identifier))
    table = read_answers(framework, answers_path(f"papi-{year}")).table
    published = {
        (who.name, leaf, written(answer))
        for leaf, column in table.columns.items()
        for who, place in zip(table.participants, column.index, strict=True)
        if place >= 0 and not isinstance(answer := column.distinct[place], NoAnswer)
    }
    kept = Ruling.objects.filter(participant__round=round_).values_list(
        "participant__name_vi", "leaf", "answer"
    )
    assert len(published) > 300
    assert set(kept) == published


def test_computed_results_of_real_places_come_from_these_rounds_only(world):
    """So no other real office can have a computed figure."""
    real = Round.objects.filter(territory__illustrative=False).values_list("code", flat=True)
    assert sorted(real) == [f"papi-{year}" for year in range(2011, 2025)]
    assert {r.territory.code for r in Round.objects.exclude(code__startswith="papi-")} == {minhhoa.CODE}


def test_every_published_figure_is_shown_with_its_source(read):
    """Word for word as in the files, none left out."""
    rows = published_figures()
    assert all(r.source for r in rows)
    for index in {r.index for r in rows}:
        page = read("/so-lieu-da-cong-bo/", data={"index": index})
        shown: Counter[str] = Counter()
        for table in page.root.all("table", "stack"):
            (source,) = table.all("caption")
            shown[source.text.removeprefix("Nguồn: ")] += len(table.all("tbody")[0].all("tr"))
        assert shown == Counter(" ".join(r.source.split()) for r in rows if r.index == index)
