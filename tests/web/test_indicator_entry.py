"""One value typed with its document; and what does not fit, for those who follow the territory."""

import pytest
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from test_unit_sheet import NOW

from parindex.apps.evidence.models import Document
from parindex.apps.indicators.models import Value


ENTRY = address("indicators:entry", ())
SOURCES = address("indicators:sources", ("minh-hoa",))
MOST = 40


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    """The first training round takes sheets."""
    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: NOW)


def _file(content=b"Bao cao thang 10: 118/120 ho so dung han.", name="bao-cao.txt"):
    return SimpleUploadedFile(name, content)


def _typed(**more):
    typed = {
        "indicator": "ho-so-dung-han",
        "unit": "minh-hoa.so-y-te",
        "period": "10/2025",
        "numerator": "118",
        "denominator": "120",
        "as_of": "31/10/2025",
        "file": _file(),
    }
    return {k: v for k, v in {**typed, **more}.items() if v is not None}


def test_a_value_is_typed_with_its_document_and_leads_to_it(visitors):
    """Once: the same again keeps neither value nor document."""
    client = visitors["assistant"]
    before = Document.objects.count()
    done = client.post(ENTRY, _typed(), follow=True)
    assert "Đã ghi giá trị, kèm tài liệu" in done.content.decode()
    (value,) = Value.objects.filter(start="2025-10-01", origin__startswith="document:")
    assert (value.written, value.origin[:9]) == ("118/120", "document:")
    assert address("indicators:kept_file", (value.origin[9:],)) in done.content.decode()
    again = client.post(ENTRY, _typed(file=_file(b"Another paper")), follow=True)
    assert "không ghi gì thêm" in again.content.decode()
    assert Document.objects.count() == before + 1
    assert Value.objects.filter(start="2025-10-01", origin__startswith="document:").count() == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"file": None}, "Tài liệu kiểm chứng"),
        ({"file": _file(b"", "rong.txt")}, "Tài liệu kiểm chứng"),
        ({"file": _file(b"MZ\x90\x00", "x.exe")}, "Tài liệu kiểm chứng"),
        ({"numerator": "121"}, "Tử số"),
        ({"denominator": ""}, "Mẫu số"),
        ({"value": "5"}, "Giá trị"),
        ({"period": "13/2025"}, "Kỳ"),
        ({"as_of": "31/02/2025"}, "Số liệu đến ngày"),
        ({"as_of": "01/01/2099"}, "Số liệu đến ngày"),
        ({"unit": "so-khong-co"}, "Đơn vị"),
        ({"indicator": "khong-co\0"}, "Chỉ tiêu"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(visitors, more, words):
    """What was typed stays."""
    counts = Value.objects.count(), Document.objects.count()
    response = visitors["secretariat"].post(ENTRY, _typed(**more))
    page = response.content.decode()
    assert response.status_code == 422
    assert f"<strong>{words}</strong>" in page
    assert 'value="10/2025"' in page or "period" in more
    assert (Value.objects.count(), Document.objects.count()) == counts


@pytest.mark.parametrize("who", ["focal", "leader", "appraiser"])
def test_nobody_else_types_values(visitors, who):
    """Not even of their own unit: a measured value is nobody's own word."""
    before = Value.objects.count()
    assert visitors[who].post(ENTRY, _typed()).status_code == 403
    assert Value.objects.count() == before


def test_what_does_not_fit_is_listed_with_the_arithmetic(visitors, read):
    """A month that holds more than its year; all of it as a file; no more queries for more of it."""
    client = visitors["secretariat"]
    kept = Value.objects.filter(unit__code="so-y-te", indicator__code="ho-so-dung-han", end__year=2025)
    year = kept.latest("denominator")
    more = str(year.denominator + 5)
    sent = _typed(numerator=more, denominator=more, period="06/2025", as_of="30/06/2025")
    assert client.post(ENTRY, sent).status_code == 302
    page = read(SOURCES, by=visitors["leader"]).content
    assert "số liệu không khớp, cần xem lại" in page
    assert "nhiều hơn giá trị của cả kỳ" in page
    table = client.get(f"{SOURCES}can-xem.csv").content.decode("utf-8-sig")
    assert "nhiều hơn giá trị của cả kỳ" in table
    fresh = client.get(f"{SOURCES}nguon.csv?nam=2025").content.decode("utf-8-sig")
    assert "so-y-te,Sở Y tế" in fresh
    assert "chưa có" in fresh
    with CaptureQueriesContext(connection) as queries:
        client.get(SOURCES)
    assert len(queries) <= MOST
