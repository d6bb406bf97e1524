"""Targets on the site: who may set which, bad input, the lights of a unit and a territory, the theme."""

import pytest
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from page import Page
from test_unit_sheet import NOW

from parindex.apps.indicators.models import Target, Value
from parindex.data.indicators import YEARS_WORK


OWN = address("indicators:targets", ("minh-hoa.so-y-te",))
ALL = address("indicators:targets", ("minh-hoa",))
UNIT = address("indicators:unit", ("minh-hoa.so-y-te",))
SOURCES = address("indicators:sources", ("minh-hoa",))
IMPORT = address("indicators:targets_import", ())
CODE = "ho-so-dung-han"


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    """The first training round takes sheets."""
    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: NOW)


@pytest.fixture
def year(world):
    """The last that dossiers were measured in; the demonstration's targets are out of the way."""
    Target.objects.all().delete()
    return Value.objects.exclude(source__in=YEARS_WORK).order_by("-end").first().end.year


def _typed(in_year, **more):
    return {
        "indicator": CODE,
        "year": str(in_year),
        "goal": "95",
        "baseline": "90,5",
        "document": "01/KH-UBND",
        **more,
    }


def _set(client, path, typed):
    return client.post(path, typed)


def test_the_secretariat_gives_every_unit_a_target_and_all_pages_tell_of_it(visitors, read, year):
    """The unit's own page by word and shape, the sources' page by number, the theme with the territory's."""
    client = visitors["secretariat"]
    assert _set(client, ALL, _typed(year, each="mọi đơn vị")).status_code == 302
    assert _set(client, ALL, _typed(year, goal="97")).status_code == 302
    own = read(UNIT, by=visitors["officer"])
    assert "≥ 95,00%" in own.content
    assert "Hiện trạng 90,50%" in own.content
    assert "Dự báo cuối năm" in own.content
    given = [row.text for row in read(OWN, by=visitors["focal"]).root.all("tr") if "≥ 95,00%" in row.text]
    assert len(given) == 1
    assert "Tỉnh Minh Họa giao" in given[0]
    assert f"Mục tiêu năm {year}" in read(SOURCES, by=visitors["leader"]).content
    assert "≥ 97,00%" in read(address("indicators:theme", ("minh-hoa",))).content
    page = read(ALL, by=client)
    assert "giao từng đơn vị trực thuộc" in page.content
    assert "01/KH-UBND" in page.content


def test_targets_stand_by_year_one_a_row(visitors, read, year):
    """The newest year first; the form is open where nothing was set, or where what was typed is refused."""
    client = visitors["secretariat"]
    assert _form_is_open(read(ALL, by=client))
    for when in (year - 1, year):
        _set(client, ALL, _typed(when))
    page = read(ALL, by=client)
    assert not _form_is_open(page)
    assert page.content.index(f"Mục tiêu năm {year}") < page.content.index(f"Mục tiêu năm {year - 1}")
    rows = [row for table in page.root.all("table") for row in table.all("tr") if "01/KH-UBND" in row.text]
    assert len(rows) == 2
    assert all("Tỉnh Minh Họa" in row.text for row in rows)
    assert all("≥ 95,00%" in row.text and "90,50%" in row.text for row in rows)
    refused = _set(client, ALL, _typed(year, goal="abc"))
    assert _form_is_open(Page(refused.content.decode()))


def _form_is_open(page):
    return "open" in next(e.attributes for e in page.root.all("details") if "Đặt mục tiêu" in e.text)


def test_a_unit_aims_higher_by_itself(visitors, read, year):
    """Its focal officer; a lower one is refused with what was typed still there."""
    _set(visitors["secretariat"], ALL, _typed(year, each="mọi đơn vị"))
    lower = _set(visitors["focal"], OWN, _typed(year, goal="94,25"))
    assert lower.status_code == 422
    assert "94,25" in lower.content.decode()
    assert _set(visitors["head"], OWN, _typed(year, goal="99", document="")).status_code == 302
    assert not Target.objects.latest("pk").assigned
    assert "≥ 99,00%" in read(UNIT, by=visitors["officer"]).content
    assert "đơn vị tự đặt" in read(OWN, by=visitors["assistant"]).content


@pytest.mark.parametrize("who", ["officer", "neighbour", "leader", "appraiser", "administrator"])
def test_nobody_else_sets_targets(visitors, year, who):
    """Nor by sending what a page would not offer."""
    before = Target.objects.count()
    for path in (OWN, ALL):
        assert visitors[who].post(path, _typed(year)).status_code == 403
    assert visitors["focal"].post(ALL, _typed(year)).status_code == 403
    assert visitors["focal"].post(OWN, _typed(year, each="mọi đơn vị")).status_code == 422
    assert Target.objects.count() == before


@pytest.mark.parametrize(
    "bad", [{"goal": "195"}, {"year": "x"}, {"indicator": "a\x00"}, {"document": ""}, {"goal": ""}]
)
def test_what_cannot_be_a_target_is_told(visitors, year, bad):
    """And nothing is kept."""
    before = Target.objects.count()
    answer = visitors["assistant"].post(OWN, _typed(year, **bad))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Target.objects.count() == before


def test_a_table_of_targets_is_shown_first_and_kept_when_confirmed(visitors, year):
    """All or none."""
    client = visitors["assistant"]
    before = Target.objects.count()
    head = "Mã chỉ tiêu;Mã đơn vị;Năm;Mục tiêu;Văn bản giao\n"

    def send(rows):
        return client.post(IMPORT, {"file": SimpleUploadedFile("muc-tieu.csv", (head + rows).encode())})

    bad = send(f"{CODE};so-y-te;{year};95;01/KH\n{CODE};so-xay-dung;{year};950;01/KH\n")
    assert (bad.status_code, "<strong>D3</strong>" in bad.content.decode()) == (422, True)
    content = send(f"{CODE};so-y-te;{year};91;01/KH\n{CODE};so-xay-dung;{year};92;01/KH\n").content.decode()
    assert Target.objects.count() == before
    confirmed = content.partition('name="confirmed" value="')[2].partition('"')[0]
    place = content.partition('name="dia-ban" value="')[2].partition('"')[0]
    done = client.post(IMPORT, {"confirmed": confirmed, "dia-ban": place})
    assert (done.status_code, Target.objects.count()) == (302, before + 2)


def test_the_lights_cost_few_queries_whatever_the_units(visitors, year):
    """Two more than without a target."""
    client = visitors["secretariat"]
    _set(client, ALL, _typed(year, each="mọi đơn vị"))
    client.get(SOURCES)
    with CaptureQueriesContext(connection) as queries:
        client.get(SOURCES)
    assert len(queries) <= 42
