"""Past years' published results brought in for one's own units: the first year has a history."""

import io

import pytest
from addresses import WHO, address
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from site_world import AT

from parindex.apps.audit.models import Entry
from parindex.apps.results.actions import record_published_figures
from parindex.apps.results.models import PublishedFigure


PAGE = "manage:import_past"
HEAD = [
    "Mã đơn vị",
    "Năm",
    "Tên chỉ số",
    "Giá trị",
    "Xếp loại",
    "Thứ hạng",
    "Cơ quan công bố",
    "Văn bản nguồn",
]
ROW = [
    "so-y-te",
    2022,
    "Chỉ số CCHC",
    "87,98",
    "Tốt",
    3,
    "UBND tỉnh Minh Họa",
    "QĐ 01/QĐ-UBND ngày 02/01/2023",
]


@pytest.fixture(autouse=True)
def then(clock):
    """The day on which the demonstration was loaded."""
    clock(AT)


@pytest.fixture
def clerk(visitors):
    """Who runs the rounds."""
    return visitors["secretariat"]


def send(client, *rows):
    """Send a workbook for a look."""
    book, out = Workbook(), io.BytesIO()
    for row in (HEAD, *rows):
        book.active.append(row)
    book.save(out)
    return client.post(address(PAGE, ()), {"file": SimpleUploadedFile("t.xlsx", out.getvalue())})


def confirm(client, looked):
    """And keep it."""
    assert looked.status_code == 200, looked.content.decode()
    return client.post(address(PAGE, ()), {"confirmed": looked.context["confirmed"]})


def mine():
    """What was brought in."""
    return PublishedFigure.objects.exclude(about=None)


def test_a_past_result_is_kept_with_its_source(read, clerk):
    """Shown on the unit's page and in the list; the same file again changes nothing; a correction is told."""
    confirm(clerk, send(clerk, ROW))
    (kept,) = mine()
    assert (kept.value, kept.value_unit, kept.rank, kept.grade) == ("87.98", "%", "3", "Tốt")
    assert (kept.unit, kept.year, kept.source) == ("Sở Y tế", 2022, ROW[-1])
    text = read(address("manage:unit", ("minh-hoa.so-y-te",)), by=clerk).root.text
    assert "87,98" in text
    assert ROW[-1] in text
    assert "Sở Y tế" in read(address("manage:past", ()), by=clerk).root.text
    assert send(clerk, ROW).context["counts"]["same"] == 1
    looked = send(clerk, [*ROW[:3], "88", *ROW[4:]])
    assert "87.98 → <strong>88</strong>" in looked.content.decode()
    confirm(clerk, looked)
    assert [f.value for f in mine()] == ["88"]
    assert [
        e.payload["rows"][0][1] for e in Entry.objects.filter(kind="figures.imported").order_by("position")
    ] == [
        "added",
        "changed",
    ]


def test_shipped_figures_and_ones_own_do_not_touch_each_other(clerk):
    """A new set of the former leaves the latter."""
    confirm(clerk, send(clerk, ROW))
    shipped = list(PublishedFigure.objects.filter(about=None))
    record_published_figures(figures=shipped[:3], by="test", at=AT)
    assert mine().count() == 1
    assert PublishedFigure.objects.count() == 4


@pytest.mark.parametrize(
    ("place", "value", "cell"),
    [
        (0, "so-la", "A2"),
        (1, 1999, "B2"),
        (1, 2027, "B2"),
        (1, "nay", "B2"),
        (2, "", "C2"),
        (3, "87,98%%", "D2"),
        (3, "-1", "D2"),
        (5, "0", "F2"),
        (5, "nhất", "F2"),
        (6, "", "G2"),
        (7, "", "H2"),
    ],
)
def test_a_bad_cell_is_named(clerk, place, value, cell):
    """And nothing is kept."""
    row = [*ROW[:place], value, *ROW[place + 1 :]]
    looked = send(clerk, row)
    assert looked.status_code == 422
    assert [r["cell"] for g in looked.context["groups"] for r in g["rows"] if r["why"]] == [cell]
    assert not mine().exists()


def test_rows_that_say_nothing_or_repeat_are_refused(clerk):
    """Neither value nor grade nor rank; the same unit, year and index twice."""
    assert send(clerk, [*ROW[:3], "", "", "", *ROW[6:]]).status_code == 422
    assert send(clerk, ROW, ROW).status_code == 422


def test_the_template_and_the_list_leave_as_files(clerk):
    """The list comes back unchanged."""
    confirm(clerk, send(clerk, ROW))
    book = load_workbook(io.BytesIO(clerk.get(address("manage:import_past_template", ())).content))
    assert book.worksheets[0]["A1"].value == "Mã đơn vị"
    content = clerk.get(address("manage:past_file", ())).content
    looked = clerk.post(address(PAGE, ()), {"file": SimpleUploadedFile("t.xlsx", content)})
    assert looked.context["counts"]["same"] == 1


@pytest.mark.parametrize("who", [w for w in WHO if w not in {"secretariat", "anyone"}])
def test_nobody_else_brings_in_results(visitors, who):
    """Not even the administrator, who does not score."""
    assert send(visitors[who], ROW).status_code == 403
    assert not mine().exists()
