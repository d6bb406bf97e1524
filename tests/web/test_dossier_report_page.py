"""The one-stop system's report on the site: sent, looked at by cell, kept with its file, or refused."""

import io

import pytest
import xlsxwriter
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile
from one_stop_heading import GROUPS, LEAVES
from test_unit_sheet import NOW

from parindex.apps.audit.models import Entry
from parindex.apps.evidence.models import Document
from parindex.apps.indicators.models import Indicator, Value
from parindex.apps.indicators.reports import document_of


REPORT = address("dossiers:report", ())
HEALTH = ["Sở Y tế", 100, 10, 60, 25, 5, 90, 70, 15, 5, 8, 6, 2, 2, 1, 1]
WORKS = ["SỞ XÂY DỰNG", 50, 0, 20, 30, 0, 50, 50, 0, 0, 0, 0, 0, 0, 0, 0]
FORM = {"ky": "Q1/2025"}
SYSTEM = "Hệ thống thông tin giải quyết TTHC"


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    """A day after the period."""
    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: NOW)


def _workbook(*rows, formula="", title=""):
    """The report as a system exports it; `formula` stands at C5, never calculated."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, f"TÌNH HÌNH GIẢI QUYẾT HỒ SƠ {title}")
    for k, cells in enumerate((GROUPS, LEAVES, *([n, *row] for n, row in enumerate(rows, start=1))), start=2):
        sheet.write_row(k, 0, cells)
    if formula:
        sheet.write_formula(4, 2, formula, value="")
    book.close()
    return out.getvalue()


def _send(client, content, *, name="bao-cao.xlsx", **form):
    return client.post(REPORT, {**FORM, **form, "file": SimpleUploadedFile(name, content)})


def _keep(client, shown):
    page = shown.content.decode()
    confirmed = page.partition('name="confirmed" value="')[2].partition('"')[0]
    place = page.partition('name="dia-ban" value="')[2].partition('"')[0]
    return client.post(REPORT, {"confirmed": confirmed, "dia-ban": place})


def _value(code, unit="so-y-te", **more):
    return Value.objects.filter(
        indicator__code=code, unit__code=unit, start="2025-01-01", end="2025-03-31", **more
    ).order_by("-version")[0]


def test_a_report_is_shown_first_and_kept_when_confirmed_with_its_file(visitors, read):
    """Every value says whose it is, how fresh, and leads to the file."""
    client, before = visitors["assistant"], Value.objects.count()
    shown = _send(client, _workbook(HEALTH, WORKS))
    page = shown.content.decode()
    assert shown.status_code == 200, page
    assert "85/90" in page.replace(" trên ", "/")
    assert Value.objects.count() == before
    assert _keep(client, shown).status_code == 302
    assert Value.objects.count() == before + 10
    on_time = _value("ho-so-dung-han")
    assert (on_time.numerator, on_time.denominator, on_time.source) == (85, 90, SYSTEM)
    assert str(on_time.as_of) == "2025-03-31"
    online = _value("ho-so-truc-tuyen", "so-xay-dung")
    assert (online.numerator, online.denominator) == (20, 50)
    assert online.source != online.indicator.source  # the portal's is the authoritative one
    assert [_value(c).value for c in ("ho-so-tiep-nhan", "ho-so-da-giai-quyet", "ho-so-ton-qua-han")] == [
        "90",
        "90",
        "3",
    ]
    file = address("indicators:kept_file", (document_of(on_time),))
    kept = client.get(file)
    assert b"".join(kept.streaming_content)[:4] == b"PK\x03\x04"
    versions = address("indicators:versions", ("minh-hoa.so-y-te", "ho-so-dung-han"))
    assert file in read(versions, by=visitors["head"]).content
    assert b"".join(visitors["head"].get(file).streaming_content)
    assert visitors["appraiser"].get(file).status_code == 403
    assert Entry.objects.filter(kind="values.recorded").latest("pk").payload["origin"].startswith("document:")


def test_the_same_report_again_does_nothing_and_a_later_one_adds_versions(visitors):
    """What was is shown beside what comes."""
    client = visitors["secretariat"]
    _keep(client, _send(client, _workbook(HEALTH)))
    again = _send(client, _workbook(HEALTH))
    assert "không có gì để ghi" in again.content.decode()
    later = _send(client, _workbook([*HEALTH[:8], 14, 6, *HEALTH[10:]]))
    assert "đang là 85" in later.content.decode()
    _keep(client, later)
    assert [_value("ho-so-dung-han").numerator, _value("ho-so-dung-han").version] == [84, 2]
    assert Document.objects.filter(title__contains="quý 1/2025").count() == 2


def test_a_title_that_names_another_period_is_pointed_out(visitors):
    """Before anything is kept; it may still be."""
    client = visitors["secretariat"]
    page = _send(client, _workbook(HEALTH, title="THÁNG 3 NĂM 2025")).content.decode()
    assert "Tiêu đề báo cáo ghi tháng 3/2025, kỳ đã chọn là quý 1/2025" in page
    assert 'name="confirmed"' in page
    same = _send(client, _workbook(HEALTH, title="QUÝ I NĂM 2025")).content.decode()
    assert "Tiêu đề báo cáo ghi" not in same


def test_what_nobody_defined_yet_is_defined_when_it_is_kept(visitors):
    """And not by a look at the file."""
    client = visitors["secretariat"]
    Value.objects.filter(indicator__code="ho-so-tiep-nhan").delete()
    Indicator.objects.filter(code="ho-so-tiep-nhan").delete()
    shown = _send(client, _workbook(HEALTH))
    assert not Indicator.objects.filter(code="ho-so-tiep-nhan").exists()
    _keep(client, shown)
    assert _value("ho-so-tiep-nhan").value == "90"


def test_a_total_that_is_no_sum_is_told_of_with_the_arithmetic(visitors):
    """It does not stand against keeping what the parts say."""
    wrong = [*HEALTH[:6], 91, *HEALTH[7:]]
    shown = _send(visitors["secretariat"], _workbook(wrong, ["Tổng cộng", *WORKS[1:]]))
    page = shown.content.decode()
    assert "70 + 15 + 5 = 90, chênh +1" in page
    assert "dòng cộng ghi 50, cộng 1 đơn vị được 100" in page
    assert 'name="confirmed"' in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (_workbook(["Sở Không Có", *HEALTH[1:]]), "<strong>B5</strong>: Không có đơn vị “Sở Không Có”"),
        (_workbook(HEALTH, HEALTH), "<strong>B6</strong>"),
        (_workbook([HEALTH[0], "năm", *HEALTH[2:]]), "<strong>C5</strong>: “năm” không phải số hồ sơ"),
        (_workbook([*HEALTH[:3], -6, *HEALTH[4:]]), "<strong>E5</strong>"),
        (_workbook([*HEALTH[:3], 6.5, *HEALTH[4:]]), "<strong>E5</strong>"),
        (_workbook(HEALTH, formula="=SUM(D5:G5)"), "<strong>C5</strong>: Ô này là công thức chưa được tính"),
        (_workbook(), "không có dòng của đơn vị nào"),
        ("Đơn vị;Tổng đã xử lý\nSở Y tế;5\n".encode("utf-16"), "không phải sổ tính .xlsx"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "mật khẩu"),
        (b"PK\x03\x04" + bytes(40), "không phải sổ tính"),
        (b"", "trống"),
    ],
)
def test_what_cannot_be_used_is_told_of_at_its_cell_and_nothing_is_kept(visitors, content, words):
    """Nothing can be confirmed."""
    before = Value.objects.count(), Document.objects.count()
    answer = _send(visitors["secretariat"], content)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'name="confirmed"' not in page
    assert (Value.objects.count(), Document.objects.count()) == before


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"ky": "quý năm"}, "không phải một kỳ"),
        ({"ky": "2031"}, "trước khi kỳ bắt đầu"),
        ({"den-ngay": "31/02/2025"}, "31/02/2025"),
        ({"den-ngay": "01/01/2024"}, "trước khi kỳ bắt đầu"),
        ({"nguon": "x" * 121}, "120"),
    ],
)
def test_a_wrong_period_day_or_source_is_told_of(visitors, form, words):
    """Before the file is looked at."""
    answer = _send(visitors["secretariat"], _workbook(HEALTH), **form)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_a_file_with_a_citizens_number_is_not_kept(visitors):
    """A report of totals has none."""
    title = ["Sở Y tế", *HEALTH[1:], "CCCD 001099012345"]
    answer = _send(visitors["secretariat"], _workbook(title))
    assert answer.status_code == 422
    assert "căn cước" in answer.content.decode()


def test_a_confirmation_is_its_senders_alone(visitors):
    """And another's, or none, keeps nothing."""
    shown, before = _send(visitors["secretariat"], _workbook(HEALTH)), Value.objects.count()
    assert _keep(visitors["assistant"], shown).status_code == 422
    assert visitors["assistant"].post(REPORT, {"confirmed": "x"}).status_code == 422
    assert visitors["focal"].post(REPORT, {"confirmed": "x"}).status_code == 403
    assert Value.objects.count() == before
