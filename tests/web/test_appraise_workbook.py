"""A part as a workbook: fetched, filled in elsewhere, shown as changes, confirmed; and forged files."""

import io
from datetime import timedelta

import pytest
import python_calamine
import xlsxwriter
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile
from site_world import AT

from parindex.apps.assessments.models import Ruling
from parindex.apps.organisations.models import Person


ROUND = "minh-hoa/tap-huan-tham-dinh"
URL = ("appraise:table", (ROUND,))
NOW = AT + timedelta(hours=1)
K, L, M = 10, 11, 12


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    """The day on which the demonstration was loaded."""
    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: NOW)


@pytest.fixture
def appraiser(visitors):
    """Of the justice department."""
    return visitors["appraiser"]


@pytest.fixture
def rows(appraiser):
    """The workbook as its rows."""
    content = appraiser.get(address("appraise:workbook", (ROUND,))).content
    book = python_calamine.load_workbook(io.BytesIO(content))
    return [[str(c) for c in row] for row in book.get_sheet_by_index(0).to_python()]


def _place(rows, code, which=0):
    """The number of a row of a leaf that is not ruled on yet."""
    return [k for k, r in enumerate(rows) if r[1] == code and r[7] != "–"][which]


def _file(rows, name="tham-dinh.xlsx"):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for k, row in enumerate(rows):
            sheet.write_row(k, 0, row)
    return SimpleUploadedFile(name, out.getvalue())


def _send(client, rows):
    return client.post(address(*URL), {"file": _file(rows)})


def _confirmed(response):
    said = response.content.decode()
    return said.split('name="confirmed" value="')[1].split('"')[0]


def _ruled():
    return Ruling.objects.filter(participant__round__code="tap-huan-tham-dinh", stage="appraised", at=NOW)


def test_the_workbook_has_every_open_case_locked_but_for_three_columns(appraiser, rows):
    """With the rule in words, a drop-down, and a hidden key."""
    assert rows[0][K:] == ["Kết luận", "Điểm thẩm định", "Lý do"]
    assert len(rows) > 150
    assert all(r[0].startswith(ROUND + "|") and r[0].count("|") == 4 for r in rows[1:])
    import zipfile

    content = appraiser.get(address("appraise:workbook", (ROUND,))).content
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "sheetProtection" in sheet
    assert 'hidden="1"' in sheet
    assert "chấp nhận,điểm khác,không đánh giá" in sheet


def test_what_was_typed_is_shown_cell_by_cell_and_kept_when_confirmed(appraiser, read, rows):
    """In one act; nothing before."""
    accepted, lowered = _place(rows, "2.2.2"), _place(rows, "2.3.2")
    rows[accepted][K:] = ["chấp nhận", "", ""]
    rows[lowered][K:] = ["điểm khác", "0,25", "Chưa xử lý hết"]
    rows[1:] = reversed(rows[1:])
    response = _send(appraiser, rows)
    assert response.status_code == 200
    said = response.content.decode()
    assert f"K{len(rows) - accepted + 1}" in said
    assert "Chưa xử lý hết" in said
    assert not _ruled().exists()
    assert appraiser.post(address(*URL), {"confirmed": _confirmed(response)}).status_code == 302
    assert set(_ruled().values_list("leaf", "reason")) == {("2.2.2", ""), ("2.3.2", "Chưa xử lý hết")}
    assert _ruled().get(leaf="2.3.2").answer == "points:0,25"


@pytest.mark.parametrize(
    ("typed", "cell", "words"),
    [
        (["điểm khác", "99", "Nhiều"], "L", "99"),
        (["điểm khác", "một", "Chữ"], "L", "một"),
        (["điểm khác", "", "Thiếu"], "L", "Chưa ghi"),
        (["điểm khác", "0", ""], "M", "lý do"),
        (["không đánh giá", "", ""], "M", "lý do"),
        (["đồng ý", "", ""], "K", "đồng ý"),
        (["", "1", ""], "K", "Chưa ghi"),
    ],
)
def test_a_fault_is_named_by_its_cell_and_nothing_can_be_confirmed(appraiser, rows, typed, cell, words):
    """Also where other rows are good."""
    good, bad = _place(rows, "2.2.2"), _place(rows, "2.3.2", 3)
    rows[good][K:], rows[bad][K:] = ["chấp nhận", "", ""], typed
    response = _send(appraiser, rows)
    said = response.content.decode()
    assert response.status_code == 422
    assert f"<strong>{cell}{bad + 1}</strong>" in said
    assert words in said
    assert "confirmed" not in said


def test_a_changed_key_another_round_and_a_row_twice_are_refused(appraiser, rows):
    """Each by its cell."""
    k = _place(rows, "2.2.2")
    for key in (
        rows[k][0].replace("2.2.2", "1.1.1"),
        rows[k][0].replace("tham-dinh", "giai-trinh"),
        "",
        "x|y",
        rows[_place(rows, "2.3.2")][0],
    ):
        forged = [list(r) for r in rows]
        forged[k][0] = key
        forged[k][K] = forged[_place(rows, "2.3.2")][K] = "chấp nhận"
        response = _send(appraiser, forged)
        assert response.status_code == 422
        assert "<strong>A" in response.content.decode()
    assert not _ruled().exists()


def test_what_changed_since_the_file_was_made_is_not_overwritten(appraiser, rows):
    """Neither at the preview nor between preview and confirmation."""
    k = _place(rows, "2.2.2")
    rows[k][K] = "chấp nhận"
    waiting = _send(appraiser, rows)
    assert _send(appraiser, rows).status_code == 200
    appraiser.post(address(*URL), {"confirmed": _confirmed(waiting)})
    assert _ruled().count() == 1
    assert _send(appraiser, rows).status_code == 422
    appraiser.post(address(*URL), {"confirmed": _confirmed(waiting)})
    assert _ruled().count() == 1


def test_a_confirmation_that_was_changed_or_is_another_persons_is_refused(visitors, appraiser, rows):
    """Or that is older than an hour."""
    rows[_place(rows, "2.2.2")][K] = "chấp nhận"
    carried = _confirmed(_send(appraiser, rows))
    for forged in (carried[:-3] + "abc", "", "x" * 2000):
        assert appraiser.post(address(*URL), {"confirmed": forged}).status_code == 403
    assert visitors["lead_head"].post(address(*URL), {"confirmed": carried}).status_code == 403
    assert not _ruled().exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"khong phai tep", "Mã;Điểm\n1;2".encode()])
def test_what_is_no_workbook_is_said_to_be_none(appraiser, content):
    """And another table neither."""
    for file in (SimpleUploadedFile("a.xlsx", content), _file([["Mã", "Điểm"], ["1", "2"]])):
        response = appraiser.post(address(*URL), {"file": file})
        assert response.status_code == 422
        assert "Không đọc được tệp" in response.content.decode()
    assert appraiser.post(address(*URL), {}).status_code == 422


def test_an_unfilled_file_changes_nothing(appraiser, rows):
    """It says so."""
    assert "chưa điền" in _send(appraiser, rows).content.decode()


def test_another_department_reads_nothing_of_it(visitors, rows):
    """Its rows are not theirs."""
    rows[_place(rows, "2.2.2")][K] = "chấp nhận"
    other = visitors["appraiser"]
    other.force_login(Person.objects.get(username="tham-dinh.so-tai-chinh"))
    response = _send(other, rows)
    assert response.status_code == 422
    assert "không thuộc phần của bạn" in response.content.decode()
