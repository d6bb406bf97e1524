"""The matrix while a round is opened: unit by unit, by workbook and back, locked with the opening."""

import io
import re

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from site_world import AT
from test_open_first import URL, House, page_of, seen, value

from parindex.apps.assessments.ledger import round_name
from parindex.apps.assessments.models import Participant, Round, Ruling
from parindex.apps.audit.models import Entry
from parindex.apps.organisations.actions import NewUnit
from parindex.apps.results.actions import compute_result
from parindex.apps.results.rebuild import rebuild
from parindex.core.formats.workbooks import xlsx_rows
from parindex.core.kernel.text import Text


WHY = "Không quản lý lĩnh vực này"
HEAD = ["Mã đơn vị", "Đơn vị", "Khối", "A1", "A2"]
NAMES = ["# Tên tiêu chí", "", "", "Tỷ lệ", "Điểm"]
ONE, TWO = (["so-mot", "Sở Một", "", "x", "x"], ["so-hai", "Sở Hai", "", "x", "x"])
REASON_HEAD = ["Mã tiêu chí", "Mã đơn vị", "Lý do"]


@pytest.fixture
def house(db):
    """See the class."""
    return House()


def book(*rows, reasons=(), merge="", formula=""):
    """A workbook as somebody sends it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Ma trận")
        for k, row in enumerate(rows):
            sheet.write_row(k, 0, row)
        if merge:
            sheet.merge_range(merge, "x")
        if formula:
            sheet.write_formula(formula, "=1+1", None, "")
        second = made.add_worksheet("Lý do")
        for k, row in enumerate([REASON_HEAD, *reasons]):
            second.write_row(k, 0, row)
    return SimpleUploadedFile("ma tran.xlsx", out.getvalue())


def carried(response):
    """The exceptions that the form carries."""
    return value(page_of(response), "left-out")


def opened(house, **more):
    """The round, once it is opened with these fields."""
    house.send("open", seen=seen(house.send("review", **more)), **more)
    return Round.objects.get(territory=house.territory)


def test_one_unit_is_changed_in_the_browser_and_locked_at_opening(house):
    """Every step carries the whole form; a missing reason is said at its row; the ledger gives the same."""
    assert "0 ngoại lệ" in page_of(house.send("review")).root.text
    unit = house.send("unit so-mot")
    page = page_of(unit)
    assert "Được đánh giá 2 trên 2 tiêu chí" in page.root.text
    assert value(page, "title") == "Kỳ đầu"
    bare = house.send("keep", **{"m-unit": "so-mot", "m-in": ["A2"]})
    assert bare.status_code == 422
    assert "Phải ghi lý do" in page_of(bare).root.text
    kept = house.send("keep", **{"m-unit": "so-mot", "m-in": ["A2"], "m-why-A1": f" {WHY} "})
    assert "1 ngoại lệ" in page_of(kept).root.text
    more = {"left-out": carried(kept)}
    common = house.send("keep", **more, **{"m-unit": "so-hai", "m-in": ["A1"], "m-why": "chung"})
    more = {"left-out": carried(common)}
    assert not Round.objects.filter(territory=house.territory).exists()
    round_ = opened(house, **more)
    rulings = Ruling.objects.filter(participant__round=round_)
    assert set(rulings.values_list("participant__unit__code", "leaf", "answer", "reason")) == {
        ("so-mot", "A1", "n/a", WHY),
        ("so-hai", "A2", "n/a", "chung"),
    }
    assert Entry.objects.filter(book=round_name(round_), kind="matrix.locked").count() == 1
    compute_result(round_=round_, by="test", at=AT)
    assert rebuild(round_).differences == []
    text = page_of(house.clerk.get(f"/dieu-hanh/tinh-moi.{round_.code}/so-mot/ma-tran/")).root.text
    assert WHY in text
    assert "chốt khi mở kỳ" in text


def test_the_matrix_goes_out_and_comes_back_by_way_of_a_preview(house):
    """Cell by cell; a reason for all units serves each; nothing changes before it is taken."""
    answer = house.send("book")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ma-tran-2026.xlsx"'
    rows = [cells for _, cells in xlsx_rows(answer.content, "m.xlsx")]
    assert rows[0] == HEAD
    assert sorted(row[0] for row in rows[2:]) == ["so-hai", "so-mot"]
    assert all(row[3:] == ["x", "x"] for row in rows[2:])
    sent = book(
        HEAD, NAMES, [*ONE[:3], "", "X"], [*TWO[:3], "", ""], reasons=[["A1", "", WHY], ["A2", "so-hai", "2"]]
    )
    looked = house.send("send", file=sent)
    assert looked.status_code == 200
    text = page_of(looked).root.text
    assert "3 ô khác" in text
    assert all(cell in text for cell in ("D3", "D4", "E4"))
    confirmed = value(page_of(looked), "confirmed")
    taken = house.send("take", confirmed=confirmed)
    more = {"left-out": carried(taken)}
    again = house.send("send", file=book(HEAD, NAMES, ONE), **more)
    assert "1 ô khác" in page_of(again).root.text
    same = xlsx_rows(house.send("book", **more).content, "m.xlsx", sheet=1)
    assert [cells for _, cells in same[1:]] == [
        ["A1", "so-hai", WHY],
        ["A2", "so-hai", "2"],
        ["A1", "so-mot", WHY],
    ]
    nothing = house.send(
        "send", file=SimpleUploadedFile("m.xlsx", house.send("book", **more).content), **more
    )
    assert nothing.status_code == 422
    assert "Không có khác biệt" in page_of(nothing).root.text
    assert Ruling.objects.filter(participant__round=opened(house, **more)).count() == 3


@pytest.mark.parametrize(
    ("sent", "place", "words"),
    [
        (lambda: book([*HEAD, "A9"], NAMES, ONE), "F1", "không có tiêu chí A9"),
        (lambda: book([*HEAD, "A1"], NAMES, ONE), "F1", "đã có ở D1"),
        (lambda: book(HEAD, NAMES, ["so-ba", *ONE[1:]]), "A3", "Không có đơn vị mã so-ba"),
        (lambda: book(HEAD, NAMES, ONE, ONE), "A4", "đã có ở A3"),
        (lambda: book(HEAD, NAMES, [*ONE, "ghi thêm"]), "F3", "nằm ngoài bảng"),
        (lambda: book(HEAD, NAMES, [*ONE[:3], "có", "x"]), "D3", "chỉ ghi x"),
        (lambda: book(HEAD, NAMES, [*ONE[:3], "", "x"]), "D3", "chưa ghi lý do"),
        (lambda: book(HEAD, NAMES, ONE, reasons=[["A1", "so-mot", WHY]]), "Lý do!C2", "vẫn là x"),
        (lambda: book(HEAD, NAMES, ONE, reasons=[["A1", "so-mot", ""]]), "Lý do!C2", "Phải ghi lý do"),
        (lambda: book(HEAD, NAMES, ONE, reasons=[["A9", "", WHY]]), "Lý do!A2", "không có tiêu chí A9"),
        (lambda: book(HEAD, NAMES, ONE, reasons=[["A1", "so-ba", WHY]]), "Lý do!B2", "Không có đơn vị"),
        (lambda: book(HEAD, NAMES, ONE, reasons=[["", "", WHY]]), "Lý do!A2", "chưa nói cho"),
        (lambda: book(HEAD, NAMES, ONE, reasons=[["A1", "", "1"], ["A1", "", "2"]]), "Lý do!A3", "đã có"),
        (lambda: book(HEAD, NAMES, ONE, reasons=[["A1", "", "1", "x"]]), "Lý do!D2", "nằm ngoài"),
        (lambda: book(HEAD, NAMES, ONE, merge="D4:E4"), "D4:E4", ""),
        (lambda: book(HEAD, NAMES, ONE, formula="D4"), "D4", ""),
        (lambda: book(["Mã", *HEAD[1:]], NAMES, ONE), "Mã đơn vị", "ô A1"),
        (lambda: SimpleUploadedFile("m.xlsx", b"khong phai"), "", "Không nhận được tệp"),
        (lambda: "", "", "Chưa chọn tệp"),
    ],
)
def test_a_bad_workbook_says_where_and_changes_nothing(house, sent, place, words):
    """Nor can it be taken; the form stays whole."""
    kept = f'{{"{WHY}":{{"so-hai":["A2"]}}}}'
    answer = house.send("send", file=sent(), **{"left-out": kept})
    assert answer.status_code == 422
    page = page_of(answer)
    assert place in page.root.text
    assert words in page.root.text
    assert 'name="confirmed"' not in answer.content.decode()
    assert value(page, "title") == "Kỳ đầu"
    assert value(page, "left-out") == kept


@pytest.mark.parametrize("text", ["{", "[]", '{"x": 1}', '{"x": {"so-mot": [1]}}', '{"x": {"so-mot": 1}}'])
def test_exceptions_that_cannot_be_read_are_refused(house, text):
    """They were tampered with."""
    answer = house.send("review", **{"left-out": text})
    assert answer.status_code == 422
    assert "bị sửa hoặc mất" in page_of(answer).root.text


def test_what_was_shown_can_be_taken_by_nobody_else_nor_forged(house):
    """Neither a made-up confirmation nor exceptions without a reason."""
    forged = house.send("take", confirmed="x")
    assert carried(forged) == ""
    more = {"left-out": '{"":{"so-mot":["A1"]}}'}
    house.send("open", seen=seen(house.send("review", **more)), **more)
    assert not Round.objects.filter(territory=house.territory).exists()


def test_exceptions_of_units_that_do_not_take_part_are_left_aside_and_said(house):
    """As are those of criteria that the set does not have."""
    first = next(iter(house.units.values()))
    other = next(u for u in house.units.values() if u != first)
    more = {
        "left-out": f'{{"{WHY}":{{"{other.code}":["A1"],"{first.code}":["A1","A9"]}}}}',
        "unit": [str(first.pk)],
    }
    text = page_of(house.send("review", **more)).root.text
    assert f"{other.name_vi}, A1" in text
    assert f"{first.name_vi}, A9" in text
    assert Ruling.objects.filter(participant__round=opened(house, **more)).count() == 1


def test_a_round_of_600_units_is_opened_with_few_fields(db):
    """A large type is taken as a whole, without some; the page has fewer fields than a form may."""
    units = [NewUnit(f"xa-{k}", Text(f"Xã Số {k}"), "xa") for k in range(590)]
    offices = [NewUnit(f"so-{k}", Text(f"Sở Số {k}"), "so") for k in range(10)]
    house = House([*units, *offices])
    page = page_of(house.clerk.get(URL))
    assert len(page.root.all("input")) + len(page.root.all("select")) < 200
    ticked = [str(u.pk) for u in house.units.values() if u.type == "so"]
    more = {
        "unit": ticked,
        "type-xa": "Khối xã",
        "take-xa": "but",
        "list-xa": "xa-3\nXã  số 4\n\n",
        "left-out": f'{{"{WHY}":{{"xa-7":["A1"]}}}}',
    }
    wrong = house.send("review", **more | {"list-xa": "xa-3\nXã Lạ"})
    assert wrong.status_code == 422
    assert "dòng 2 “Xã Lạ”" in page_of(wrong).root.text
    looked = house.send("review", **more)
    assert "Khối xã: 588" in page_of(looked).root.text
    fields = re.findall(r'<(?:input|select|textarea)[^>]* name="', looked.content.decode())
    assert len(fields) < 300
    round_ = opened(house, **more)
    taken = Participant.objects.filter(round=round_)
    assert taken.count() == 598
    assert not taken.filter(unit__code__in=["xa-3", "xa-4"]).exists()


def test_only_those_listed_take_part_each_in_its_group(db):
    """As pasted from a spreadsheet, too."""
    house = House([NewUnit(f"xa-{k}", Text(f"Xã Số {k}"), "xa") for k in range(151)])
    house.units = dict(list(house.units.items())[:2])
    more = {"take-xa": "only", "list-xa": "xa-1; Miền núi\nxa-2\tĐồng bằng\nxa-5", "type-xa": "Còn lại"}
    round_ = opened(house, **more)
    found = Participant.objects.filter(round=round_).values_list("unit__code", "group__name_vi")
    assert set(found) == {("xa-1", "Miền núi"), ("xa-2", "Đồng bằng"), ("xa-5", "Còn lại")}
    nobody = house.send("review", **more | {"take-xa": "none"})
    assert "ít nhất một đơn vị" in page_of(nobody).root.text
