"""A set goes out as an Excel file and comes back as differences; tried out with the answers of a year."""

import io

import pytest
import python_calamine
import xlsxwriter
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile

from parindex.apps.assessments.models import Ruling
from parindex.apps.assessments.queries.rounds import rounds_of
from parindex.apps.frameworks.actions import NewDraft, change_draft, open_draft
from parindex.apps.frameworks.codemaps import with_code_map
from parindex.apps.frameworks.models import FrameworkVersion, SetDraft
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Unit
from parindex.apps.results.trial import try_out
from parindex.core.formats.framework_rows import ORIGIN, check_plain, find_row, originating, rows_of
from parindex.core.formats.framework_writer import plain_of
from parindex.web.sets.workbook import COLUMNS


AT = COLUMNS.index
WHO = {"by": "person:1"}


@pytest.fixture
def maker(visitors):
    """Of the secretariat."""
    return visitors["secretariat"]


@pytest.fixture
def draft(world):
    """A copy of the set by which the departments of 2025 were assessed."""
    from site_world import AT as DAY

    base = FrameworkVersion.objects.get(identifier="binhthuan-2025")
    content = originating(plain_of(by_hash(base.content_hash))) | {"id": "thu-2026", "version": "1"}
    content.pop("code_maps", None)
    territory = Unit.objects.get(code="minh-hoa", parent=None)
    WHO["at"] = DAY
    return open_draft(new=NewDraft(territory, base, content, "copy"), **WHO)


@pytest.fixture
def sheet(maker, draft):
    """The workbook as its rows."""
    content = maker.get(address("sets:workbook", (draft.pk,))).content
    book = python_calamine.load_workbook(io.BytesIO(content))
    rows = [[str(c) for c in row] for row in book.get_sheet_by_index(0).to_python()]
    return [row + [""] * (len(COLUMNS) - len(row)) for row in rows]


def send(client, draft, rows, name="bo.xlsx"):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for k, row in enumerate(rows):
            for column, text in enumerate(row):
                page.write_string(k, column, text)
    file = SimpleUploadedFile(name, out.getvalue())
    return client.post(address("sets:table", (draft.pk,)), {"file": file})


def confirm(client, draft, response):
    said = response.content.decode()
    sealed = said.split('name="confirmed" value="')[1].split('"')[0]
    return client.post(address("sets:table", (draft.pk,)), {"confirmed": sealed})


def line(sheet, code):
    return next(row for row in sheet if row[AT("code")] == code)


def now(draft):
    return SetDraft.objects.get(pk=draft.pk)


def key(draft, code):
    return next(r.key for r in rows_of(now(draft).content) if r.code == code)


def test_an_untouched_workbook_changes_nothing(maker, draft, sheet):
    """In either language."""
    response = send(maker, draft, sheet)
    assert response.status_code == 422
    assert "Tệp chưa có" in response.content.decode() or "chưa điền" in response.content.decode()
    content = maker.get(address("sets:workbook", (draft.pk,), "en")).content
    book = python_calamine.load_workbook(io.BytesIO(content))
    rows = [[str(c) for c in row] for row in book.get_sheet_by_index(0).to_python()]
    assert rows[0][AT("code")] == "Code"
    assert 'name="confirmed"' not in send(maker, draft, rows).content.decode()


def test_what_was_changed_is_shown_and_kept_when_confirmed(maker, draft, sheet):
    """A title, points with a comma, a rule in lines, another row, one less; nothing before."""
    line(sheet, "1.1.1")[AT("name")] = "Tên khác"
    line(sheet, "1.1.1")[AT("max")] = "1,5"
    rule = line(sheet, "1.1.2")
    rule[AT("kind")], rule[AT("rule")] = (
        "Theo bậc của tỷ lệ hoặc số",
        "- Từ: 80 | Điểm: 2,5\n- Dưới: 80 | Điểm: 0",
    )
    gone = line(sheet, "1.3.1")
    sheet.remove(gone)
    fresh = [""] * len(COLUMNS)
    fresh[AT("above")], fresh[AT("code")], fresh[AT("name")], fresh[AT("max")] = "1.1", "1.1.9", "Mới", "1"
    sheet.insert(sheet.index(rule) + 1, fresh)
    response = send(maker, draft, sheet)
    said = response.content.decode()
    assert response.status_code == 200
    assert all(words in said for words in ("Tên khác", "1.1.9 Mới", "1.3.1", "chỗ cần sửa"))
    assert now(draft).number == 1
    assert confirm(maker, draft, response).status_code == 302
    content = now(draft).content
    first = find_row(content, key(draft, "1.1.1")).node
    assert (first["name"]["vi"], first["max"]) == ("Tên khác", "1.5")
    assert first["name"]["en"]
    steps = find_row(content, key(draft, "1.1.2")).node["rule"]["steps"]
    assert steps == [{"from": "80", "points": "2.5"}, {"below": "80", "points": "0"}]
    assert find_row(content, key(draft, "1.1.9")).position == 2
    assert "1.3.1" not in {r.code for r in rows_of(content)}
    assert content["bonus"]["max"] == draft.content["bonus"]["max"]


def test_rows_put_elsewhere_are_moved(maker, draft, sheet):
    """With everything below them."""
    line(sheet, "1.2.1")[AT("above")] = "1.1"
    response = send(maker, draft, sheet)
    assert "chuyển chỗ" in response.content.decode()
    confirm(maker, draft, response)
    assert find_row(now(draft).content, key(draft, "1.2.1")).above == key(draft, "1.1")


@pytest.mark.parametrize(
    ("code", "column", "text", "words"),
    [
        ("1.1.1", "level", "tầng", "Không có “tầng”"),
        ("1.1.1", "part", "phụ", "Không có “phụ”"),
        ("1.1.1", "above", "7.7.7", "Không có đúng một dòng mã 7.7.7"),
        ("1.1.1", "above", "1.1.2", "Không có đúng một dòng mã 1.1.2"),
        ("1.1.1", "kind", "bay", "không có kiểu chấm “bay”"),
        ("1.1.1", "kind", "", "chưa chọn kiểu chấm"),
        ("1.1.1", "rule", "- Màu: đỏ", "Dòng 1: không có “Màu”"),
        ("1.1.1", "code", "", "Thiếu mã"),
        ("1.1.1", "_key", "99/1/1", "không phải của bản soạn này"),
        ("1.1.1", "_key", "x", "không phải của bản soạn này"),
    ],
)
def test_a_cell_that_says_nothing_is_named_and_nothing_is_kept(
    maker, draft, sheet, code, column, text, words
):
    """By its address where it is one cell's."""
    row = line(sheet, code)
    place = sheet.index(row) + 1
    row[AT(column)] = text
    response = send(maker, draft, sheet)
    said = response.content.decode()
    assert response.status_code == 422
    assert words in said, [e for e in said.split("<") if "alert" in e or "strong" in e]
    if column not in ("_key",):
        assert f"<strong>{'ABCDEFGHIJKL'[AT(column)]}{place}</strong>" in said
    assert 'name="confirmed"' not in said


def test_a_row_that_two_people_changed_is_refused_at_its_cell(maker, draft, sheet):
    """What only the other one changed stays."""

    def other(content, code="1.1.1"):
        find_row(content, key(draft, code)).node["name"] = "Của người khác"

    change_draft(draft=draft, change="row", edit=other, **WHO)
    line(sheet, "1.1.2")[AT("name")] = "Của tôi"
    response = send(maker, draft, sheet)
    confirm(maker, draft, response)
    assert find_row(now(draft).content, key(draft, "1.1.1")).node["name"] == "Của người khác"
    line(sheet, "1.1.1")[AT("name")] = "Của tôi nữa"
    response = send(maker, draft, sheet)
    assert response.status_code == 422
    assert "đã được người khác sửa" in response.content.decode()


def test_a_confirmation_is_of_what_was_shown_to_whom_it_was_shown(maker, visitors, draft, sheet):
    """Not forged, not somebody else's, not of an older state."""
    line(sheet, "1.1.1")[AT("name")] = "Tên khác"
    shown = send(maker, draft, sheet)
    assert maker.post(address("sets:table", (draft.pk,)), {"confirmed": "x:y"}).status_code == 403
    assert confirm(visitors["administrator"], draft, shown).status_code == 403
    change_draft(draft=draft, change="head", edit=lambda content: content.update(decimals="3"), **WHO)
    confirm(maker, draft, shown)
    assert now(draft).number == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "không có nội dung"),
        (b"%PDF-1.7", "không phải sổ tính"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Không nhận được tệp"),
        (b"PK\x03\x04broken", "Không đọc được sổ tính"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_in_words(maker, draft, content, words):
    """Nothing is shown to confirm."""
    file = SimpleUploadedFile("a.xlsx", content)
    response = maker.post(address("sets:table", (draft.pk,)), {"file": file})
    assert response.status_code == 422
    assert "Không nhận được tệp" in response.content.decode()
    assert words


def test_formulas_and_strange_tables_are_refused(maker, draft, sheet):
    """A formula that was never computed; another heading; a second sheet like the first."""
    sheet[0][AT("code")] = "Số"
    assert send(maker, draft, sheet).status_code == 422
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, sheet[0])
        page.write_formula(1, AT("code"), "=1+1", None, "")
    response = maker.post(
        address("sets:table", (draft.pk,)), {"file": SimpleUploadedFile("a.xlsx", out.getvalue())}
    )
    assert "công thức" in response.content.decode()


def test_a_copy_scores_last_years_answers_as_they_were_scored(maker, draft, read):
    """Every unit the same index, rank and grade; nothing is written anywhere."""
    before = Ruling.objects.count()
    round_ = next(r for r in rounds_of(draft.territory_id) if r.framework_id == draft.base_id)
    framework, problems = check_plain(with_code_map(draft.content, draft.base))
    assert problems == []
    found = try_out(framework, round_)
    assert len(found.units) > 10
    assert found.missing == []
    assert found.unreadable == []
    assert all(u.before.index == u.after.index and u.before.rank == u.after.rank for u in found.units)
    page = read(address("sets:trial", (draft.pk,)), by=maker)
    assert "Chỉ số kỳ trước" in page.root.text
    read(address("sets:trial", (draft.pk,), "en"), by=maker)
    assert Ruling.objects.count() == before


def test_a_changed_rule_shows_what_it_would_have_done(maker, draft, read):
    """Answers that the new rule cannot read are listed; a criterion without answers gives nothing."""

    def edit(content):
        rows = {r.code: r for r in rows_of(content)}
        rows["1.1.2"].node["rule"] = {"kind": "points"}
        rows["1.2.1"].node["rule"]["each"] = {"points": "1"}
        rows["1.1.1"].node.pop(ORIGIN)

    change_draft(draft=draft, change="row", edit=edit, **WHO)
    changed = now(draft)
    round_ = next(r for r in rounds_of(draft.territory_id) if r.framework_id == draft.base_id)
    framework, _ = check_plain(with_code_map(changed.content, draft.base))
    found = try_out(framework, round_)
    assert [leaf.code for leaf in found.missing] == ["1.1.1"]
    assert {u.leaf for u in found.unreadable} <= {"1.1.2"}
    assert any(u.change and u.change < 0 for u in found.units)
    page = read(address("sets:trial", (draft.pk,)) + f"?ky={round_.pk}", by=maker)
    assert "Trả lời không chấm được" in page.root.text
    text = read(address("sets:compare", (draft.pk,)), by=maker).root.text
    assert "1.1.1" in text
    assert "Cơ quan thẩm định cho điểm từ 0" in text
    read(address("sets:compare", (draft.pk,), "en"), by=maker)
