"""Measured values on their own pages: the theme, a unit's, their sources, brought in from a file, defined."""

import re
from datetime import timedelta

import pytest
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from site_world import AT
from test_unit_sheet import NOW, OPEN, UNIT

from parindex.apps.assessments.models import Round
from parindex.apps.assessments.queries.differences import differences
from parindex.apps.assessments.queries.projection import projection
from parindex.apps.indicators.actions import record_values
from parindex.apps.indicators.models import Indicator, Value
from parindex.apps.indicators.queries import standing_values
from parindex.apps.news.counting import COMMUNICATION, record_all_communication
from parindex.apps.organisations.queries import find_unit
from parindex.core.formats.registers import RegisterRow
from parindex.web.indicators.figures import figure_of


MOST = 14


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    """The first training round takes sheets."""
    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: NOW)


THEME = address("indicators:theme", ("minh-hoa",))
OWN = address("indicators:unit", ("minh-hoa.so-y-te",))
SOURCES = address("indicators:sources", ("minh-hoa",))
IMPORT = address("indicators:import", ())
DEFINE = address("indicators:define", ())


def _cost(client, path):
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def test_the_theme_adds_up_what_the_units_have(read):
    """Numerators over denominators, never a mean of percentages."""
    page = read(f"{THEME}?nam=2024")
    values = [v for v in standing_values(units=_units(), indicators=["ho-so-dung-han"]) if v.end.year == 2024]
    part, whole = sum(v.numerator for v in values), sum(v.denominator for v in values)
    figure = figure_of(values[0].indicator, values)
    assert (figure.part, figure.whole) == (part, whole)
    assert f"{whole:,}".replace(",", ".") in page.content
    assert "Hồ sơ giải quyết trước hạn, đúng hạn" in page.content
    assert "Dữ liệu minh họa" in page.content


def _units():
    return set(Value.objects.values_list("unit_id", flat=True))


def test_articles_are_no_part_of_the_theme(world, read):
    """They are measured for communication; the theme is of dossiers, and opens at their newest year."""
    record_all_communication(AT + timedelta(days=1), by="system")
    assert Value.objects.filter(indicator__code__in=COMMUNICATION).exists()
    page = read(THEME).content
    assert "Tin, bài về cải cách hành chính" not in page
    assert "Hồ sơ giải quyết trước hạn, đúng hạn" in page


def test_the_theme_costs_few_queries_whatever_the_units(client):
    """And asks for no year or type that is not there."""
    for path in (THEME, f"{THEME}?nam=2024&loai=huyen", f"{THEME}?nam=abc&loai=%00"):
        assert _cost(client, path) <= MOST


def test_the_units_of_the_theme_come_page_by_page_searched_and_ordered(read):
    """A phone reads twenty, paper all; accents need not be typed; the best stands first."""
    communes = read(f"{THEME}?nam=2025&loai=xa").content
    assert communes.partition('id="units"')[2].count('<tr><th scope="row">') == 20
    assert "Xã" in communes
    whole = read(f"{THEME}?nam=2025&loai=xa&trang=tat-ca").content
    assert whole.count('<tr><th scope="row">') > 100
    found = read(f"{THEME}?nam=2025&loai=so&tim=y te").content
    rows = [f'<tr><th scope="row">{name}' in found for name in ("Sở Y tế", "Sở Xây dựng")]
    assert rows == [True, False]
    nobody = read(f"{THEME}?tim=khong-co-dau-nao&xep=x&trang=99999999").content
    assert "Không có đơn vị nào như vậy" in nobody


def test_the_theme_shows_where_the_units_stand_and_what_was_the_year_before(read):
    """A dot for each unit with the median; ordered by an indicator, the best first."""
    page = read(f"{THEME}?nam=2024&xep=ho-so-dung-han").content
    assert "trung vị" in page
    assert "Năm trước:" in page
    rows = page.partition('id="units"')[2].split('<tr><th scope="row">')[1:]
    rates = [re.search(r"(\d+,\d+)%</strong>", row)[1] for row in rows]
    first = [float(r.replace(",", ".")) for r in rates]
    assert first == sorted(first, reverse=True)


def test_an_indicator_says_how_it_is_counted_and_where_it_is_used(read):
    """By its definition and the criteria sets."""
    page = read(address("indicators:indicator", ("ho-so-dung-han",)))
    for words in ("766/QĐ-TTg", "3.2.1", "Hệ thống thông tin giải quyết TTHC"):
        assert words in page.content


def test_a_measured_number_is_shown_with_two_decimals_and_its_source_in_english(world, visitors, read):
    """All that is known of it stays among its versions."""
    unit = find_unit("minh-hoa.so-y-te")
    survey = Indicator.objects.get(code="hai-long-ket-qua")
    Value.objects.filter(indicator=survey, unit=unit).delete()
    row = RegisterRow(
        1,
        {
            "indicator": survey.code,
            "unit": "minh-hoa.so-y-te",
            "period": "2025",
            "value": "76,4706",
            "source": survey.source,
            "as_of": "31/12/2025",
        },
        {},
    )
    record_values(territory=unit.parent, rows=[row], origin="", by="person:1", at=NOW)
    content = read(OWN, by=visitors["officer"]).content
    assert "<strong>76,47</strong>" in content
    assert "76,4706" not in content
    english = read(f"/en{OWN}", by=visitors["officer"]).content
    assert "76.47" in english
    assert "Sociological surveys" in english
    assert survey.source not in english
    versions = address("indicators:versions", ("minh-hoa.so-y-te", survey.code))
    assert "76,4706" in read(versions, by=visitors["officer"]).content


def test_a_unit_sees_its_values_and_its_index_if_the_year_ended_today(visitors, read):
    """What is still empty is taken from what was measured, by the kernel."""
    page = read(OWN, by=visitors["officer"])
    assert "Nếu chốt hôm nay" in page.content
    participant = Round.objects.get(code=OPEN.partition("/")[2]).participants.get(unit__code=UNIT)
    found = projection(participant)
    assert {p.leaf.code for p in found.filled} <= {"3.2.1", "3.2.4", "7.3.2", "7.3.3"}
    assert found.filled
    assert found.points == found.sheet.whole.points + sum(p.points for p in found.filled)
    assert _cost(visitors["officer"], OWN) <= 45


def test_the_versions_of_a_value_are_all_there(visitors, read):
    """With source, day, who and when; and the year's way beside the way to its target."""
    page = read(address("indicators:versions", ("minh-hoa.so-y-te", "ho-so-dung-han")), by=visitors["head"])
    assert "15/12/2023 – 30/11/2024" in page.content
    for words in ("Diễn biến năm 2025", "Lộ trình đến mục tiêu", "92,14%", "93,58%", "Dự báo cuối năm"):
        assert words in page.content, words


def test_the_secretariat_sees_what_differs_with_the_arithmetic(visitors, read):
    """And what is missing."""
    page = read(SOURCES, by=visitors["secretariat"])
    assert "khai khác số liệu đo được" in page.content
    assert "Nhập số liệu từ tệp" in page.content
    round_ = Round.objects.get(code="tap-huan-tham-dinh")
    found = differences(round_)
    assert found
    assert [d.more for d in found] == sorted((d.more for d in found), reverse=True)
    assert _cost(visitors["secretariat"], SOURCES) <= 40
    assert "Nhập số liệu từ tệp" not in read(SOURCES, by=visitors["leader"]).content


ROWS = "Mã chỉ tiêu;Mã đơn vị;Kỳ;Tử số;Mẫu số;Số liệu đến ngày\n"


def _send(client, text):
    file = SimpleUploadedFile("so-lieu.csv", (ROWS + text).encode())
    return client.post(IMPORT, {"file": file})


def test_a_table_is_shown_first_and_kept_when_confirmed(visitors, read):
    """The next version of one datum and a new one."""
    client = visitors["assistant"]
    before = Value.objects.count()
    shown = _send(
        client,
        "ho-so-dung-han;so-y-te;2025;90;100;31/12/2025\nho-so-dung-han;so-xay-dung;2025;8;9;31/12/2025\n",
    )
    content = shown.content.decode()
    assert shown.status_code == 200
    assert Value.objects.count() == before
    confirmed = content.partition('name="confirmed" value="')[2].partition('"')[0]
    place = content.partition('name="dia-ban" value="')[2].partition('"')[0]
    done = client.post(IMPORT, {"confirmed": confirmed, "dia-ban": place})
    assert (done.status_code, Value.objects.count()) == (302, before + 2)
    again = _send(client, "ho-so-dung-han;so-y-te;2025;90;100;31/12/2025\n")
    assert "không có gì để ghi" in again.content.decode()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("ho-so-dung-han;so-y-te;2025;101;100;31/12/2025", "D2"),
        ("ho-so-dung-han;so-khong-co;2025;1;100;31/12/2025", "B2"),
        ("khong-co;so-y-te;2025;1;100;31/12/2025", "A2"),
        ("ho-so-dung-han;so-y-te;2025;1;100;31/02/2025", "F2"),
    ],
)
def test_a_bad_row_is_told_of_at_its_cell(visitors, row, words):
    """And nothing can be confirmed."""
    answer = _send(visitors["secretariat"], row + "\n")
    content = answer.content.decode()
    assert answer.status_code == 422
    assert f"<strong>{words}</strong>" in content
    assert 'name="confirmed"' not in content


def test_an_indicator_is_defined_on_its_page(visitors, read):
    """A code that is taken is refused with what was typed still there."""
    client = visitors["secretariat"]
    new = {
        "code": "tin-bai",
        "name_vi": "Tin, bài tuyên truyền",
        "kind": "count",
        "measure": "tin",
        "direction": "up",
        "period": "year",
        "source": "Sổ theo dõi",
    }
    assert client.post(DEFINE, new).status_code == 302
    assert Indicator.objects.get(code="tin-bai").kind == "count"
    again = client.post(DEFINE, new)
    assert again.status_code == 422
    assert "Tin, bài tuyên truyền" in again.content.decode()
    anew = address("indicators:redefine", ("tin-bai",))
    assert client.post(anew, {**new, "source": "Cổng thông tin"}).status_code == 302
    assert Indicator.objects.get(code="tin-bai").source == "Cổng thông tin"
    assert visitors["assistant"].post(DEFINE, new).status_code == 403
