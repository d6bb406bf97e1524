"""Units and people from a table: every row is looked at, nothing is kept before it is confirmed."""

import csv
import io
from datetime import date, datetime

import pytest
from addresses import WHO, address
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from site_world import AT

from parindex.apps.audit.models import Entry
from parindex.apps.organisations.models import Grant, Person, Unit, UnitChange
from parindex.apps.organisations.permissions import rights_of
from parindex.apps.organisations.roles import Role
from parindex.config import import_commands


UNITS, PEOPLE = "manage:import_units", "manage:import_people"
HEAD = ["Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Mã cơ quan cấp trên", "Hiệu lực từ"]
NEW = [
    ["so-moi", "Sở Mới", "Sở, ban, ngành", "", "01/07/2025"],
    ["phong-a", "Phòng A", "phong", "so-moi", ""],
]
WHOSE = ["Tên đăng nhập", "Họ tên", "Thư điện tử", "Vai trò", "Mã đơn vị", "Từ ngày"]
TWO = [
    ["an.nv", "Nguyễn Văn An", "an@vi.du", "Chuyên viên", "so-y-te", "05/01/2026"],
    ["an.nv", "Nguyễn Văn An", "an@vi.du", "appraiser", "so-tu-phap", ""],
    ["binh", "Trần Bình", "", "", "", ""],
]


@pytest.fixture(autouse=True)
def then(clock):
    """The day on which the demonstration was loaded."""
    clock(AT)


@pytest.fixture
def clerk(visitors):
    """The administrator."""
    return visitors["administrator"]


def xlsx(*rows):
    """A workbook of one sheet."""
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def text(*rows):
    """A CSV."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def send(client, content, name="t.xlsx", page=UNITS):
    """Send a file for a look."""
    content = content.encode() if isinstance(content, str) else content
    return client.post(address(page, ()), {"file": SimpleUploadedFile(name, content)})


def confirm(client, response, page=UNITS, **more):
    """Send the confirmation that a look gave."""
    assert response.status_code == 200, response.content.decode()
    return client.post(address(page, ()), {"confirmed": response.context["confirmed"], **more})


def told(response):
    """Cells and reasons of what is refused, and what is wrong with the file."""
    rows = [(r["cell"], r["why"]) for g in response.context["groups"] for r in g["rows"] if r["why"]]
    return rows + list(response.context["wrong"])


@pytest.mark.parametrize("make", [xlsx, text], ids=["xlsx", "csv"])
def test_units_come_in_after_a_look(clerk, make):
    """Parents and children in one file, one entry; the same file again changes nothing."""
    content = make(HEAD, *NEW)
    name = "t.xlsx" if make is xlsx else "t.csv"
    looked = send(clerk, content, name)
    assert not Unit.objects.filter(code="so-moi").exists()
    assert looked.context["counts"] == {"refused": 0, "changed": 0, "added": 2, "same": 0}
    assert confirm(clerk, looked).status_code == 302
    made = Unit.objects.get(code="phong-a")
    assert (made.parent.code, made.parent.valid_from, made.type) == ("so-moi", date(2025, 7, 1), "phong")
    (entry,) = Entry.objects.filter(kind="units.imported")
    assert [row[:2] for row in entry.payload["rows"]] == [["so-moi", "added"], ["phong-a", "added"]]
    again = send(clerk, content, name)
    assert again.context["counts"]["same"] == 2
    assert again.context["confirmed"] == ""


def test_children_may_stand_before_their_parents_and_dates_may_be_dates(clerk):
    """As a spreadsheet keeps them."""
    rows = [NEW[1], [*NEW[0][:4], datetime(2025, 7, 1)]]  # noqa: DTZ001  a spreadsheet's day
    confirm(clerk, send(clerk, xlsx(HEAD, *rows)))
    assert Unit.objects.get(code="phong-a").parent.valid_from == date(2025, 7, 1)


def test_a_known_unit_is_brought_up_to_date(clerk):
    """What changed is shown before and after, and kept in its history; empty cells change nothing."""
    head = ["unit code", "UNIT NAME", "Type", "Ranking group"]
    looked = send(clerk, text(head, ["so-y-te", "Sở Y tế mới", "department", ""]), "t.csv")
    assert "Sở Y tế → <strong>Sở Y tế mới</strong>" in looked.content.decode()
    confirm(clerk, looked)
    assert Unit.objects.get(parent__code="minh-hoa", code="so-y-te").name_vi == "Sở Y tế mới"
    assert UnitChange.objects.get().after == "Sở Y tế mới"


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        (["Sở", "x", "so", "", ""], "A2", "không dùng được"),
        (["", "x", "so", "", ""], "A2", "không dùng được"),
        (["so-moi", "", "so", "", ""], "B2", "tên đơn vị"),
        (["so-moi", "x", "vua", "", ""], "C2", "loại đơn vị"),
        (["so-moi", "x", "so", "khong-co", ""], "D2", "Không có đơn vị"),
        (["so-moi", "x", "so", "so-moi", ""], "D2", "đi vòng"),
        (["so-moi", "x", "so", "", "31/02/2025"], "E2", "không phải một ngày"),
        (["so-moi", "x", "so", "", "07/31/2025"], "E2", "không phải một ngày"),
        (["so-moi", "x", "so", "", 45839], "E2", "01/07/2025"),
        (["so-y-te", "Sở Y tế", "so", "so-y-te", ""], "D2", "đi vòng"),
    ],
    ids=str,
)
def test_a_bad_cell_is_named_and_nothing_can_be_confirmed(clerk, row, cell, words):
    """With the reason."""
    looked = send(clerk, xlsx(HEAD, row, ["so-khac", "Sở Khác", "so", "", ""]))
    assert looked.status_code == 422
    ((where, why),) = told(looked)
    assert where == cell
    assert words in why
    assert looked.context["confirmed"] == ""


def test_rows_that_repeat_or_circle_are_refused(clerk):
    """Each names the other; a child of a refused row is refused as well."""
    assert told(send(clerk, xlsx(HEAD, NEW[0], NEW[0]))) == [("A3", "Trùng với dòng 2.")]
    circle = [["a", "A", "so", "b", ""], ["b", "B", "so", "a", ""]]
    assert {cell for cell, _ in told(send(clerk, xlsx(HEAD, *circle)))} == {"D2", "D3"}
    orphans = [["so-moi", "", "so", "", ""], NEW[1]]
    assert {cell for cell, _ in told(send(clerk, xlsx(HEAD, *orphans)))} == {"B2", "D3"}
    deep = [[f"c{k}", f"C{k}", "so", f"c{k - 1}" if k else "", ""] for k in range(5)]
    assert {cell for cell, _ in told(send(clerk, xlsx(HEAD, *deep)))} == {"D5", "D6"}


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "t.csv", "không có nội dung"),
        (text(HEAD), "t.csv", "chỉ có dòng tên cột"),
        (text(["Mã", "Tên"], ["a", "b"]), "t.csv", "Không có cột “Mã”"),
        (text([*HEAD, "Lạ"], [*NEW[0], "x"]), "t.csv", "Không có cột “Lạ”"),
        (text([*HEAD, "Tên đơn vị"], [*NEW[0], "x"]), "t.csv", "hai lần"),
        (text(HEAD[:1], ["a"]), "t.csv", "Thiếu cột “Tên đơn vị”"),
        (text(HEAD, [*NEW[0], "x"]), "t.csv", "không có tên cột"),
        (text(HEAD, *NEW).encode("cp1258", "ignore"), "t.csv", "Windows-1258"),
        (text(HEAD, *NEW).encode("utf-16-le"), "t.csv", "UTF-16"),
        (b"PK\x03\x04 broken", "t.xlsx", "Không đọc được sổ tính"),
        (b"\xd0\xcf\x11\xe0 old", "t.xls", ".xls"),
        (xlsx(HEAD, ["so-moi", "=A2", "so", "", ""]), "t.xlsx", "B2"),
        (text(HEAD, *[[f"x{k}", "X", "so", "", ""] for k in range(10_001)]), "t.csv", "10.000"),
    ],
    ids=lambda v: None if isinstance(v, bytes) or len(v) > 60 else v,
)
def test_a_bad_file_is_refused_in_words(clerk, content, name, words):
    """Before any row is looked at."""
    before = Unit.objects.count()
    looked = send(clerk, content, name)
    assert looked.status_code == 422
    assert any(words in why for _, why in told(looked)), told(looked)
    assert Unit.objects.count() == before


def test_utf16_with_its_mark_is_read(clerk):
    """As spreadsheets write Unicode text."""
    looked = send(clerk, ("\ufeff" + text(HEAD, *NEW)).encode("utf-16-le"), "t.csv")
    assert looked.context["counts"]["added"] == 2


def test_a_confirmation_counts_once_for_whoever_looked(clerk, visitors):
    """Not changed, not another's, not after something moved meanwhile."""
    looked = send(clerk, xlsx(HEAD, *NEW))
    token = looked.context["confirmed"]
    for client, sent in ((clerk, token[:-2] + "xx"), (visitors["secretariat"], token), (clerk, "")):
        assert client.post(address(UNITS, ()), {"confirmed": sent}).status_code == 422
    assert clerk.post(address(PEOPLE, ()), {"confirmed": token}).status_code == 422
    Unit.objects.create(parent=Unit.objects.get(code="minh-hoa"), code="so-moi", name_vi="Khác", type="so")
    assert clerk.post(address(UNITS, ()), {"confirmed": token}).status_code == 422
    assert not Unit.objects.filter(code="phong-a").exists()


def test_ten_thousand_units_come_in_at_once(clerk):
    """The most there may be."""
    rows = [[f"xa-{k}", f"Xã {k}", "xa", "", ""] for k in range(10_000)]
    looked = send(clerk, text(HEAD, *rows), "t.csv")
    assert confirm(clerk, looked).status_code == 302
    assert Unit.objects.filter(code__startswith="xa-").count() >= 10_000


def test_people_come_in_with_their_roles(clerk):
    """Several rows of one person; no password; once more, nothing."""
    content = xlsx(WHOSE, *TWO)
    looked = send(clerk, content, page=PEOPLE)
    assert looked.context["counts"] == {"refused": 0, "changed": 1, "added": 2, "same": 0}
    assert not Person.objects.filter(username="an.nv").exists()
    assert confirm(clerk, looked, page=PEOPLE).status_code == 302
    made = Person.objects.get(username="an.nv")
    assert (made.has_usable_password(), made.email) == (False, "an@vi.du")
    assert {h.role for h in rights_of(made, AT).held} == {Role.OFFICER, Role.APPRAISER}
    entry = Entry.objects.get(kind="people.imported")
    assert "Nguyễn Văn An" not in str(entry.payload)
    assert send(clerk, content, page=PEOPLE).context["counts"]["same"] == 3


@pytest.mark.parametrize(
    ("rows", "cell", "words"),
    [
        ([["an nv", "An", "", "", "", ""]], "A2", "Tên đăng nhập"),
        ([["an", "", "", "", "", ""]], "B2", "họ tên"),
        ([["an", "An", "khong", "", "", ""]], "C2", "thư điện tử"),
        ([["an", "An", "", "vua", "so-y-te", ""]], "D2", "vai trò"),
        ([["an", "An", "", "officer", "", ""]], "E2", "đơn vị"),
        ([["an", "An", "", "officer", "so-la", ""]], "E2", "so-la"),
        ([["an", "An", "", "secretariat", "so-y-te", ""]], "E2", "Sở Y tế"),
        ([["an", "An", "", "officer", "so-y-te", "mai"]], "F2", "không phải một ngày"),
        ([["an", "An", "", "officer", "so-y-te", ""]] * 2, "D3", "dòng 2"),
        ([["an", "An", "", "", "", ""], ["an", "Ân", "", "", "", ""]], "B3", "dòng 2"),
        ([["dau-moi.so-y-te", "x", "", "focal", "so-y-te", "01/01/2026"]], "D2", "đã giữ"),
    ],
    ids=str,
)
def test_a_bad_row_of_people_is_named(clerk, rows, cell, words):
    """And nobody comes in."""
    before = Person.objects.count()
    looked = send(clerk, xlsx(WHOSE, *rows), page=PEOPLE)
    ((where, why),) = told(looked)
    assert where == cell
    assert words in why
    assert Person.objects.count() == before


def test_what_leaves_as_a_file_comes_back_unchanged(clerk):
    """In both directions, in either language of the page."""
    for listed, page in (("manage:units_file", UNITS), ("manage:people_file", PEOPLE)):
        for language in ("vi", "en"):
            content = clerk.get(address(listed, (), language)).content
            looked = send(clerk, content, page=page)
            assert looked.status_code == 422
            assert looked.context["counts"]["same"] > 100
            assert looked.context["counts"]["refused"] == looked.context["counts"]["changed"] == 0, told(
                looked
            )


def test_a_department_brings_in_no_account_of_the_province(clerk, visitors):
    """Somebody with a role elsewhere keeps their name; roles are given in divisions, in itself not."""
    unit = Unit.objects.get(parent__code="minh-hoa", code="so-y-te")
    Grant.objects.create(person=Person.objects.get(username=WHO["head"]), role="administrator", unit=unit)
    Unit.objects.create(parent=unit, code="phong-thu", name_vi="Phòng Thử", type="phong", illustrative=True)
    client = visitors["head"]
    looked = send(client, xlsx(WHOSE, ["quan-tri", "Tên Khác", "", "officer", "phong-thu", ""]), page=PEOPLE)
    ((cell, _),) = told(looked)
    assert cell == "A2"
    looked = send(client, xlsx(WHOSE, ["an", "An", "", "officer", "so-y-te", ""]), page=PEOPLE)
    assert told(looked)[0][0] == "D2"
    looked = send(client, xlsx(WHOSE, ["an", "An", "", "officer", "so-tu-phap", ""]), page=PEOPLE)
    assert told(looked)[0][0] == "E2"


def test_the_templates_can_be_filled_in_and_sent(clerk):
    """Their headings are the ones that are read; what may be chosen stands on the second sheet."""
    for page, row in ((UNITS, ["so-moi", "Sở Mới", "", "Sở, ban, ngành"]), (PEOPLE, ["an", "An"])):
        book = load_workbook(io.BytesIO(clerk.get(address(f"{page}_template", ())).content))
        book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        assert send(clerk, out.getvalue(), page=page).context["counts"]["added"] == 1
        assert book.worksheets[0].data_validations.dataValidation


@pytest.mark.parametrize("who", [w for w in WHO if w not in {"administrator", "secretariat", "anyone"}])
def test_nobody_else_brings_anything_in(visitors, who):
    """Neither a file nor a confirmation."""
    for page in (UNITS, PEOPLE):
        assert send(visitors[who], xlsx(HEAD, *NEW), page=page).status_code == 403
        assert visitors[who].post(address(page, ()), {"confirmed": "x"}).status_code == 403


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_command_line_does_the_same(world, tmp_path, capsys, monkeypatch, language):
    """A dry run keeps nothing; a refused row ends with 2 and its cell."""
    monkeypatch.setattr(import_commands, "ready", lambda language: None)
    path = tmp_path / "t.csv"
    path.write_text(text(HEAD, *NEW), encoding="utf-8")
    acts = {"territory": "minh-hoa", "language": language}
    assert import_commands.bring_in("units", path, dry_run=True, **acts) == 0
    assert not Unit.objects.filter(code="so-moi").exists()
    assert import_commands.bring_in("units", path, dry_run=False, **acts) == 0
    assert Unit.objects.filter(code="phong-a").exists()
    assert Entry.objects.get(kind="units.imported").by == "command-line"
    assert import_commands.bring_in("units", path, dry_run=False, territory=None, language=language) == 2
    path.write_text(text(WHOSE, ["an", "", "", "", "", ""]), encoding="utf-8")
    assert import_commands.bring_in("people", path, dry_run=False, **acts) == 2
    assert f"{path}:2: B2: " in capsys.readouterr().out
    path.write_text(text(WHOSE, *TWO), encoding="utf-8")
    assert import_commands.bring_in("people", path, dry_run=False, **acts) == 0
    assert Grant.objects.filter(person__username="an.nv").count() == 2
