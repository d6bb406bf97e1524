"""Dossiers on the site: a unit's late ones, what was refused, Decision 766 by month, contradictions."""

from urllib.parse import urlencode

import pytest
from addresses import address
from django.db import connection
from django.test.utils import CaptureQueriesContext
from test_unit_sheet import NOW

from parindex.apps.indicators.actions import record_values
from parindex.apps.indicators.dossiers import counted_units, store_of
from parindex.apps.indicators.models import Value
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import find_unit, tree_of
from parindex.core.dossiers.store import ingest
from parindex.core.formats.registers import RegisterRow
from parindex.data.indicators import OWN_COUNT


MOST = 16
HEAD = (
    "Mã hồ sơ,Mã TTHC,Lĩnh vực,Cơ quan giải quyết,Phòng ban,Mã cán bộ,Trạng thái,Ngày tiếp nhận,Ngày hẹn trả,"
)
HEAD += "Ngày có kết quả,Hình thức nộp,Phí lệ phí,Thanh toán trực tuyến,Họ tên\n"
ROWS = (
    "HS-25-1,1.001,Y tế,Sở Y tế,Phòng A,CB01,4,03/11/2025 08:00,14/11/2025 17:00,,trực tuyến,0,,Nguyễn A\n"
    "HS-25-2,1.001,Y tế,Sở Y tế,Phòng B,CB02,4,03/11/2025 08:00,19/11/2025 17:00,,trực tiếp,5000,1,\n"
    "HS-25-3,1.002,Y tế,Sở Y tế,Phòng A,CB01,9,03/11/2025 08:00,14/11/2025 17:00,18/11/2025 09:00,bcci,,,\n"
    "HS-25-4,1.002,Y tế,Sở Y tế,Phòng A,=1+1,4,03/11/2025 08:00,17/11/2025 17:00,,trực tiếp,0,,\n"
    "HS-25-5,2.001,Xây dựng,Sở Xây dựng,,,4,03/11/2025 08:00,12/11/2025 17:00,,trực tiếp,0,,\n"
)
WRONG = "HS-25-6,1.001,Y tế,Sở Không Có,Phòng A,CB01,4,03/11/2025 08:00,14/11/2025 17:00,,trực tuyến,0,,\n"
WRONG += "HS-25-7,1.001,Y tế,Sở Y tế,Phòng A,CB01,4,31/02/2025 08:00,14/11/2025 17:00,,trực tuyến,0,,\n"
LATE = address("dossiers:pending", ("minh-hoa.so-y-te",))
STORE = address("dossiers:stored", ("minh-hoa",))


@pytest.fixture
def own_home(tmp_path, settings, monkeypatch):
    """A home without dossiers, on a day of the training rounds."""
    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: NOW)
    settings.PARINDEX_HOME = tmp_path / "home"
    return tmp_path


@pytest.fixture
def kept(own_home, world):
    """A few dossiers of two departments, and two rows that are refused."""
    path = own_home / "tu-mot-cua.csv"
    path.write_text(HEAD + ROWS + WRONG)
    territory = find_unit("minh-hoa")
    done, refused = ingest([path], store=store_of(territory), units=counted_units(tree_of(territory)))
    assert refused == []
    return done[0]


def test_a_unit_reads_its_late_dossiers_by_division_and_officer(kept, visitors, read):
    """As of the last that is known; no citizen, no neighbour."""
    page = read(LATE, by=visitors["officer"]).content
    for words in (
        "HS-25-1",
        "HS-25-2",
        "HS-25-4",
        "Phòng A",
        "CB02",
        "quá 2 ngày làm việc",
        "còn 1 ngày làm việc",
        "18/11/2025",
    ):
        assert words in page, words
    for words in ("HS-25-3", "HS-25-5", "Nguyễn"):
        assert words not in page, words
    asked = urlencode({"loai": "qua-han", "phong": "Phòng A"})
    only = read(f"{LATE}?{asked}", by=visitors["head"]).content
    assert ("HS-25-1" in only, "HS-25-2" in only) == (True, False)
    asked = urlencode({"loai": "x", "phong": "\0", "can-bo": "'; DROP", "trong": "99999"})
    odd = read(f"{LATE}?{asked}", by=visitors["head"]).content
    assert "HS-25-2" in odd


def test_the_list_is_a_file_that_no_spreadsheet_runs(kept, visitors):
    """The same rows as on the page."""
    client = visitors["focal"]
    text = client.get(f"{LATE}tai-ve.csv?can-bo=%3D1%2B1").content.decode("utf-8-sig")
    (row,) = text.splitlines()[1:]
    assert row.startswith("HS-25-4,so-y-te,Phòng A,'=1+1,")
    assert client.get(f"{LATE}tai-ve.xlsx").content[:4] == b"PK\x03\x04"
    assert client.get(f"{LATE}tai-ve.pdf").status_code == 404


def test_only_the_unit_and_those_above_it_read_the_list(kept, visitors):
    """Another unit neither on the page nor as a file."""
    for path in (LATE, f"{LATE}tai-ve.csv"):
        for who, status in (("leader", 200), ("secretariat", 200), ("neighbour", 403), ("appraiser", 403)):
            assert visitors[who].get(path).status_code == status, (path, who)
        assert visitors["anyone"].get(path).status_code == 302
    theirs = address("dossiers:pending", ("minh-hoa.so-xay-dung",))
    assert "HS-25-5" in visitors["neighbour"].get(theirs).content.decode()
    assert visitors["focal"].get(theirs).status_code == 403


def test_without_dossiers_the_pages_say_so(own_home, visitors, read):
    """And what would bring them."""
    assert "Chưa nạp hồ sơ nào" in read(LATE, by=visitors["officer"]).content
    assert "parindex dossiers ingest" in read(STORE, by=visitors["secretariat"]).content
    assert visitors["officer"].get(f"{LATE}tai-ve.csv").status_code == 404
    done = visitors["secretariat"].post(f"{STORE}dem/", follow=True)
    assert "chưa nạp hồ sơ nào" in done.content.decode()


def test_a_broken_store_is_told_of_on_every_page(kept, visitors, read):
    """And is no error of the site."""
    (store_of(find_unit("minh-hoa")) / "manifest.json").write_text("{")
    for path, who in ((LATE, "officer"), (STORE, "secretariat")):
        assert "Bảng kê của kho bị hỏng" in read(path, by=visitors[who]).content
    done = visitors["secretariat"].post(f"{STORE}dem/", follow=True)
    assert "Bảng kê của kho bị hỏng" in done.content.decode()
    assert visitors["secretariat"].get(f"{STORE}bi-tu-choi/1/").status_code == 404
    assert visitors["officer"].get(f"{LATE}tai-ve.csv").status_code == 404
    assert (
        "Sở Y tế" in read(address("indicators:unit", ("minh-hoa.so-y-te",)), by=visitors["officer"]).content
    )


def test_the_secretariat_reads_what_was_refused_and_why(kept, visitors, read):
    """By file, with the rows to fetch; nothing that the store does not name."""
    page = read(STORE, by=visitors["secretariat"]).content
    for words in ("tu-mot-cua.csv", "1 × không có trong lịch", "1 × không có trong danh sách đơn vị"):
        assert words in page, words
    rows = read(f"{STORE}bi-tu-choi/1/", by=visitors["assistant"]).content
    told = ("Cơ quan giải quyết", "Ngày tiếp nhận", "31/02/2025 08:00", "không có trong lịch", "HS-25-7")
    assert [words for words in told if words not in rows] == []
    assert "Sở Không Có" in rows  # the name of an office, which whoever mends it must know
    table = visitors["assistant"].get(f"{STORE}bi-tu-choi/1/tai-ve.csv").content.decode("utf-8-sig")
    assert [line.split(",")[:2] for line in table.splitlines()[1:]] == [
        ["7", "Cơ quan giải quyết"],
        ["8", "Ngày tiếp nhận"],
    ]
    assert visitors["assistant"].get(f"{STORE}bi-tu-choi/1/tai-ve.xlsx").content[:4] == b"PK\x03\x04"
    full = b"".join(visitors["assistant"].get(f"{STORE}bi-tu-choi/1/day-du.csv").streaming_content)
    assert full.decode("utf-8-sig").count("date_not_in_calendar") == 1
    for path in ("", "tai-ve.csv", "day-du.csv"):
        assert visitors["assistant"].get(f"{STORE}bi-tu-choi/2/{path}").status_code == 404
        assert visitors["focal"].get(f"{STORE}bi-tu-choi/1/{path}").status_code == 403
    assert visitors["assistant"].get(f"{STORE}bi-tu-choi/1/tai-ve.pdf").status_code == 404


def test_long_lists_are_turned_page_by_page_and_the_file_has_all(own_home, world, visitors, read):
    """The late dossiers, the refused rows, the files; each page with what was chosen."""
    territory, store = find_unit("minh-hoa"), store_of(find_unit("minh-hoa"))
    units = counted_units(tree_of(territory))
    late = "HS-{:03},1.001,Y tế,Sở Y tế,Phòng A,CB01,4,03/11/2025 08:00,{:02}/11/2025 17:00,,bcci,,,\n"
    for k in range(22):
        path = own_home / f"ngay-{k:02}.csv"
        rows = [late.format(n, 4 + n % 9) for n in range(k * 10, k * 10 + 10)]
        rows += [ROWS.splitlines()[2] + "\n"]  # of the 18th
        path.write_text(HEAD + "".join(rows) + (WRONG * 60 if k == 0 else ""))
        assert ingest([path], store=store, units=units)[1] == []
    page = read(f"{LATE}?phong=Ph%C3%B2ng+A&trang=6", by=visitors["officer"]).content
    assert ("220 hồ sơ" in page, page.count('<th scope="row">HS-')) == (True, 20)
    assert "phong=Ph%C3%B2ng+A&amp;trang=1#list" in page
    assert "Tính đến" in page
    assert "trong=7" in read(f"{LATE}?trong=7", by=visitors["officer"]).content
    text = visitors["officer"].get(f"{LATE}tai-ve.csv").content.decode("utf-8-sig")
    assert len(text.splitlines()) == 221
    files = read(f"{STORE}?tep=2", by=visitors["secretariat"]).content
    assert ("ngay-00.csv" in files, "ngay-21.csv" in files) == (True, False)
    refused = read(f"{STORE}bi-tu-choi/1/?trang=2", by=visitors["secretariat"]).content
    assert refused.count('<th scope="row"') == 20


def test_a_list_of_long_ago_says_how_old_it_is(kept, visitors, read, monkeypatch):
    """What was resolved since then is not known."""
    from datetime import timedelta

    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: NOW + timedelta(days=40))
    assert "chưa được trừ" in read(LATE, by=visitors["officer"]).content


def test_decision_766_is_read_by_week_month_and_year(kept, visitors, read):
    """One of two handled late, a quarter filed online; a period without dossiers says so."""
    page = read(STORE, by=visitors["leader"]).content
    assert "tháng 11/2025" in page
    assert "20,00%" in page  # one of five came online
    table = visitors["leader"].get(f"{STORE}766.csv?thang=2025-11").content.decode("utf-8-sig")
    assert "minh-hoa,Tỉnh Minh Họa," in table
    assert ",20," in table or ",20.0" in table
    assert visitors["officer"].get(f"{STORE}766.csv").status_code == 403
    empty = read(f"{STORE}?thang=2025-03", by=visitors["leader"]).content
    assert "Không có hồ sơ nào trong kỳ này" in empty
    assert "tháng 11/2025" in read(f"{STORE}?thang=1999-01", by=visitors["leader"]).content
    for asked, period, came in (
        ("tuan=2025-W45", "03/11/2025 – 09/11/2025", "minh-hoa,Tỉnh Minh Họa,,,20"),
        ("nam=2025", "năm 2025", "minh-hoa,Tỉnh Minh Họa,0"),
    ):
        assert period in read(f"{STORE}?{asked}", by=visitors["leader"]).content
        assert came in visitors["leader"].get(f"{STORE}766.csv?{asked}").content.decode("utf-8-sig")


def test_counting_is_one_act_of_those_who_assist(kept, visitors):
    """Twice does nothing more."""
    Value.objects.filter(source=OWN_COUNT).delete()  # the demonstration's, which is fresher
    before = Value.objects.count()
    assert visitors["leader"].post(f"{STORE}dem/").status_code == 403
    assert visitors["assistant"].get(f"{STORE}dem/").status_code == 405
    visitors["assistant"].post(f"{STORE}dem/")
    counted = Value.objects.filter(source=OWN_COUNT, unit__code="so-y-te", start="2025-11-01")
    assert counted.get(indicator__code="ho-so-tiep-nhan").value == "4"
    after = Value.objects.count()
    assert after > before
    visitors["assistant"].post(f"{STORE}dem/")
    assert Value.objects.count() == after


def test_everybody_reads_the_theme_by_procedure_once_it_was_counted(kept, visitors, read):
    """Without units, citizens or officers; by field."""
    page = address("dossiers:procedures", ("minh-hoa",))
    assert "Chưa đếm" in read(page).content
    Value.objects.filter(source=OWN_COUNT).delete()
    visitors["assistant"].post(f"{STORE}dem/")
    shown = read(page).content
    for words in ("1.001", "2.001", "0/1", "1/1", "năm 2025"):
        assert words in shown, words
    for words in ("CB02", "Phòng A", "HS-25"):
        assert words not in shown, words
    health = read(f"{page}?{urlencode({'linh-vuc': 'Y tế', 'trang': '99999'})}").content
    assert ("1.002" in health, "2.001" in health) == (True, False)
    assert page in read(address("indicators:theme", ("minh-hoa",))).content
    place = store_of(find_unit("minh-hoa")) / "counts" / "procedures.json"
    place.write_text("{")
    assert "Chưa đếm" in read(page).content


def test_everybody_goes_from_a_unit_of_the_theme_to_its_procedures(kept, visitors, read, client):
    """As a page and as files."""
    Value.objects.filter(source=OWN_COUNT).delete()
    visitors["assistant"].post(f"{STORE}dem/")
    own = address("dossiers:unit_procedures", ("minh-hoa.so-y-te",))
    asked = {"nam": 2025, "tim": "y tế", "loai": Unit.objects.get(code="so-y-te").type}
    theme = f"{address('indicators:theme', ('minh-hoa',))}?{urlencode(asked)}"
    assert own in read(theme).content
    shown = read(own).content
    assert ("1.001" in shown, "2.001" in shown) == (True, False)
    table = client.get(f"{own}tai-ve.csv").content.decode()
    line = next(row for row in table.splitlines() if row.startswith("1.001"))
    assert line.split(",")[:3] == ["1.001", "Y tế", "2"]
    assert "1.002" not in client.get(f"{own}tai-ve.csv?tim=1.001").content.decode()
    whole = address("dossiers:procedures", ("minh-hoa",))
    assert "2.001" in client.get(f"{whole}tai-ve.json").content.decode()


def test_what_a_province_published_beside_what_there_is_is_a_contradiction(kept, visitors, read):
    """49,533 of 62,027, as a council once found by hand: the source stays, the difference stands on top."""
    territory = Unit.objects.get(parent=None, code="minh-hoa")
    common = {"indicator": "ho-so-dung-han", "unit": "so-y-te", "period": "11/2025", "as_of": "30/11/2025"}
    for part, whole, source in (("62027", "62027", ""), ("49533", "49533", OWN_COUNT)):
        cells = {**common, "numerator": part, "denominator": whole, **({"source": source} if source else {})}
        record_values(
            territory=territory, rows=[RegisterRow(2, cells, {})], origin="thử", by="person:1", at=NOW
        )
    page = read(STORE, by=visitors["secretariat"]).content
    for words in ("62.027", "49.533", "tử số +12.494", "mẫu số +12.494"):
        assert words in page, words
    official = Value.objects.filter(unit__code="so-y-te", start="2025-11-01").exclude(source=OWN_COUNT)
    assert official.get().denominator == 62027


def test_the_pages_cost_few_queries_whatever_the_units(kept, visitors):
    """The dossiers themselves are in no database."""
    for path, who in ((LATE, "officer"), (STORE, "secretariat")):
        visitors[who].get(path)
        with CaptureQueriesContext(connection) as queries:
            visitors[who].get(path)
        assert len(queries) <= MOST, path
