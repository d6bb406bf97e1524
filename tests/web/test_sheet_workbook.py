"""The sheet as a workbook: fetched, filled in elsewhere, shown cell by cell, kept when confirmed."""

import io
import zipfile
from datetime import timedelta

import pytest
import python_calamine
import xlsxwriter
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile
from site_world import AT
from test_unit_sheet import OPEN, UNIT, on_the_day, participant  # noqa: F401  fixtures

from parindex.apps.assessments.actions import Typing, save_drafts
from parindex.apps.assessments.queries.sheets import sheet_view
from parindex.apps.frameworks.queries import by_hash
from parindex.web.unit.fields import fields_of, plain, said_in, same
from parindex.web.unit.workbook import own_entries


TABLE = ("unit:table", (OPEN, UNIT))
KEY, CODE, LABEL, INPUT, NOTE = 0, 1, 4, 5, 6


@pytest.fixture
def officer(visitors):
    """Of the health department."""
    return visitors["officer"]


def _rows(client, unit=UNIT, language="vi"):
    content = client.get(address("unit:workbook", (OPEN, unit), language)).content
    book = python_calamine.load_workbook(io.BytesIO(content))
    return [
        [c if isinstance(c, float) else str(c) for c in row] for row in book.get_sheet_by_index(0).to_python()
    ]


def _places(rows, code):
    return [k for k, r in enumerate(rows) if r[KEY] and r[CODE] == code]


def _file(rows, name="bang.xlsx", sheet="Tự chấm"):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for k, row in enumerate(rows):
            page.write_row(k, 0, row)
    return SimpleUploadedFile(name, out.getvalue())


def _send(client, rows):
    return client.post(address(*TABLE), {"file": _file(rows)})


def _confirm(client, response, **more):
    said = response.content.decode()
    carried = said.split('name="confirmed" value="')[1].split('"')[0]
    return client.post(address(*TABLE), {"confirmed": carried, **more})


def _ratio(rows, part, whole, code="3.2.2"):
    first, second, *_ = _places(rows, code)
    rows[first][INPUT], rows[second][INPUT] = part, whole
    return first + 1


def test_the_workbook_says_whose_it_is_and_locks_all_but_what_is_typed(officer, participant):  # noqa: F811
    """Unit, round and the set's hash stand above; drop-downs and typed cells below."""
    rows = _rows(officer)
    above = " ".join(str(c) for row in rows[:8] for c in row)
    for said in (
        participant.name_vi,
        participant.round.title_vi,
        participant.round.framework.content_hash[:16],
        "không có thật",
    ):
        assert said in above
    leaves = {r[CODE] for r in rows[9:] if r[KEY]}
    assert leaves == {e.leaf.code for e in own_entries(sheet_view(participant))}
    content = officer.get(address("unit:workbook", (OPEN, UNIT))).content
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert 'type="list"' in sheet
    assert 'type="decimal"' in sheet
    assert "sheetProtection" in sheet


def test_what_was_typed_is_shown_cell_by_cell_and_kept_when_confirmed(officer, participant):  # noqa: F811
    """Nothing before; numbers as numbers or with a comma, a note beside."""
    rows = _rows(officer)
    line = _ratio(rows, "9,5", 10)
    rows[line - 1][NOTE] = "kèm danh sách\nhai trang"
    response = _send(officer, rows)
    said = response.content.decode()
    assert response.status_code == 200
    for words in (f"F{line}", f"F{line + 1}", f"G{line}", "9.5", "kèm danh sách"):
        assert words in said
    assert not participant.drafts.exists()
    assert _confirm(officer, response).status_code == 302
    draft = participant.drafts.get()
    assert (draft.answer, draft.note) == ("9.5/10", "kèm danh sách\nhai trang")
    assert "giống nội dung đang lưu" in _send(officer, _rows(officer)).content.decode()


def test_every_answer_of_a_filled_sheet_comes_back_as_it_was(participant):  # noqa: F811
    """Cells of every kind of rule say again what they were filled from."""
    framework = by_hash(participant.round.framework.content_hash)
    from parindex.config.training_sheets import _answers, _own

    answers = dict(_own(framework, _answers(inflated=True)[UNIT]))
    assert len(answers) > 35
    for code, text in answers.items():
        leaf = framework.leaves[code]
        cells = {f.key: plain(f.kind, f.text) for f in fields_of(leaf, text)}
        assert said_in(leaf, cells) == same(leaf, text)
        assert leaf.rule.read(same(leaf, text)) == leaf.rule.read(text), code


def test_a_filled_sheet_sent_back_untouched_changes_nothing(officer, participant):  # noqa: F811
    """Also when somebody saved meanwhile: a cell nobody touched is no opinion."""
    framework = by_hash(participant.round.framework.content_hash)
    from parindex.config.training_sheets import _answers, _own

    answers = _own(framework, _answers(inflated=True)[UNIT])
    typed = [Typing(code, text, "ghi chú\r\nhai dòng ") for code, text in answers]
    act = {"participant": participant, "by": "person:1", "at": AT + timedelta(minutes=5)}
    save_drafts(typed=typed, **act)
    rows = _rows(officer)
    assert _send(officer, rows).status_code == 422
    save_drafts(typed=[Typing("3.2.2", "1/3", "", version=1)], **act)
    assert "giống nội dung đang lưu" in _send(officer, rows).content.decode()
    rows = _rows(officer, language="en")
    assert "giống nội dung đang lưu" in _send(officer, rows).content.decode()


@pytest.mark.parametrize(("taken", "kept"), [((), "1/3"), (("3.2.2",), "9/10")])
def test_what_another_saved_meanwhile_stands_unless_it_is_ticked(officer, participant, taken, kept):  # noqa: F811
    """Shown with who and when; other leaves are kept in the same act."""
    rows = _rows(officer)
    _ratio(rows, 9, 10)
    _ratio(rows, 8, 10, code="3.2.4")
    meanwhile = AT + timedelta(minutes=30)
    focal = participant.unit.grants.get(role="focal").person
    save_drafts(participant=participant, typed=[Typing("3.2.2", "1/3")], by=focal.ref, at=meanwhile)
    response = _send(officer, rows)
    assert f"{focal.full_name} đã lưu nội dung khác" in response.content.decode()
    _confirm(officer, response, take=list(taken))
    assert participant.drafts.get(leaf="3.2.2").answer == kept
    assert participant.drafts.get(leaf="3.2.4").answer == "8/10"


def test_what_changed_between_preview_and_confirmation_saves_nothing(officer, participant):  # noqa: F811
    """All or nothing; and a confirmation sent again changes nothing."""
    rows = _rows(officer)
    _ratio(rows, 9, 10)
    _ratio(rows, 8, 10, code="3.2.4")
    response = _send(officer, rows)
    typed = [Typing("3.2.4", "1/3")]
    save_drafts(participant=participant, typed=typed, by="person:1", at=AT + timedelta(minutes=30))
    _confirm(officer, response)
    assert list(participant.drafts.values_list("leaf", "answer")) == [("3.2.4", "1/3")]
    participant.drafts.all().delete()
    _confirm(officer, response)
    _confirm(officer, response)
    assert set(participant.drafts.values_list("version", flat=True)) == {1}


@pytest.mark.parametrize(
    ("typed", "where", "words"),
    [
        ({"part": 11, "whole": 10}, 0, "vượt 100%"),
        ({"part": "chín", "whole": 10}, 0, "không phải số"),
        ({"part": 9, "whole": ""}, 0, "không phải số"),
        ({"part": "", "whole": 0}, 1, "không phải số"),
    ],
)
def test_a_fault_is_named_by_its_cell_and_nothing_can_be_confirmed(officer, typed, where, words):
    """Also where other rows are good."""
    rows = _rows(officer)
    _ratio(rows, 8, 10, code="3.2.4")
    line = _ratio(rows, typed["part"], typed["whole"]) + where
    response = _send(officer, rows)
    said = response.content.decode()
    assert response.status_code == 422
    assert f"<strong>F{line}</strong>" in said
    assert words in said
    assert 'name="confirmed"' not in said


def test_a_choice_is_taken_by_its_words_and_a_days_number_as_its_date(participant):  # noqa: F811
    """And a word of no list is refused at its cell."""
    from parindex.web.unit.fields import FieldRefused

    framework = by_hash(participant.round.framework.content_hash)
    leaf = next(n for n in framework.leaves.values() if n.rule.kind == "choice")
    field = fields_of(leaf, "")[0]
    label, value = next(iter(field.options.items()))
    assert said_in(leaf, {field.key: f"  {label.upper()} "}) == value
    with pytest.raises(FieldRefused):
        said_in(leaf, {field.key: "tùy"})
    assert plain("date", "45302") == "2024-01-11"
    assert plain("number", "45302") == "45302"
    assert plain("number", "0012345678901234567") == "0012345678901234567"


def test_rows_that_were_added_copied_or_taken_out_are_named(officer, participant):  # noqa: F811
    """Each at its place."""
    rows = _rows(officer)
    first, second, *_ = _places(rows, "3.2.2")
    added = [*rows, ["", "9.9", "", "", "", 5, "", "", ""]]
    copied = [*rows, rows[first]]
    copied[-1] = [*copied[-1][:INPUT], 3, "", "", ""]
    shorter = [list(r) for r in rows]
    shorter[first][INPUT] = 3
    del shorter[second]
    forged = [list(r) for r in rows]
    forged[first][KEY] = forged[first][KEY].replace("3.2.2", "3.2.4")
    forged[first][INPUT] = 3
    for wrong, words in ((added, "Khóa"), (copied, "hai dòng"), (shorter, "thiếu 1 dòng"), (forged, "Khóa")):
        response = _send(officer, wrong)
        assert response.status_code == 422, words
        assert words in response.content.decode()
    assert not participant.drafts.exists()


def test_another_sheets_workbook_is_told_from_this_one(visitors, officer):
    """By unit, by round, and by the set as it is now."""
    neighbours = _rows(visitors["neighbour"], "so-xay-dung")
    assert "so-xay-dung" in _send(officer, neighbours).content.decode()
    rows = _rows(officer)
    mixed = [*rows, neighbours[_places(neighbours, "3.2.2")[0]]]
    mixed[-1] = [*mixed[-1][:INPUT], 4, "", "", ""]
    assert "so-xay-dung" in _send(officer, mixed).content.decode()
    from parindex.apps.assessments.models import Round

    other = Round.objects.exclude(framework__content_hash="").exclude(code=OPEN.split("/")[1])
    version = other.exclude(framework=Round.objects.get(code=OPEN.split("/")[1]).framework).first().framework
    Round.objects.filter(code=OPEN.split("/")[1]).update(framework=version)
    assert "thay đổi sau khi tải tệp" in _send(officer, rows).content.decode()


def _bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "không phải sổ tính"),
        (b"PK\x03\x04", "Không đọc được"),
        ("Mã;Điểm\n1;2".encode(), "không phải sổ tính"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 500, ".xls"),
        (_bomb(), "quá lớn"),
    ],
)
def test_what_is_no_workbook_is_said_to_be_none(officer, content, words):
    """By its content, whatever its name."""
    response = officer.post(address(*TABLE), {"file": SimpleUploadedFile("bảng tự chấm.xlsx", content)})
    assert response.status_code == 422
    assert words in response.content.decode()


def test_another_table_an_empty_form_and_a_formula_without_value_are_refused(officer):
    """Each with its reason."""
    assert officer.post(address(*TABLE), {}).status_code == 422
    assert "không dòng nào có khóa" in _send(officer, [["Mã", "Điểm"], ["1", "2"]]).content.decode()
    rows = _rows(officer)
    line = _ratio(rows, 9, 10)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Khác")
        for k, row in enumerate(rows):
            page.write_row(k, 0, row)
        page.write_formula(line - 1, INPUT, "=1+1", value="")
    response = officer.post(address(*TABLE), {"file": SimpleUploadedFile("a.xlsx", out.getvalue())})
    assert response.status_code == 422
    assert f"F{line}" in response.content.decode()


def test_forged_confirmations_save_nothing(visitors, officer, participant):  # noqa: F811
    """Changed, another person's, another sheet's."""
    rows = _rows(officer)
    _ratio(rows, 9, 10)
    response = _send(officer, rows)
    carried = response.content.decode().split('name="confirmed" value="')[1].split('"')[0]
    for forged in (carried[:-3] + "abc", "", "x" * 2000):
        assert officer.post(address(*TABLE), {"confirmed": forged}).status_code == 403
    assert visitors["focal"].post(address(*TABLE), {"confirmed": carried}).status_code == 403
    other = address("unit:table", (OPEN, "so-xay-dung"))
    assert officer.post(other, {"confirmed": carried}).status_code == 403
    assert not participant.drafts.exists()


@pytest.mark.parametrize("who", ["neighbour", "appraiser", "secretariat", "stranger"])
def test_nobody_else_fetches_or_sends_it(visitors, participant, who):  # noqa: F811
    """The page, the file and the form."""
    assert visitors[who].get(address("unit:workbook", (OPEN, UNIT))).status_code == 403
    assert visitors[who].post(address(*TABLE), {"file": _file([["a"]])}).status_code == 403


def test_a_closed_sheet_takes_no_file(officer, participant):  # noqa: F811
    """Neither the file nor a confirmation that was waiting."""
    rows = _rows(officer)
    _ratio(rows, 9, 10)
    response = _send(officer, rows)
    participant.sheet.state = "submitted"
    participant.sheet.save()
    assert _send(officer, rows).status_code == 422
    _confirm(officer, response)
    assert not participant.drafts.exists()


def test_the_preview_costs_the_same_however_many_rows_change(officer, django_assert_max_num_queries):
    """A fixed number of queries."""
    rows = _rows(officer)
    for k, row in enumerate(rows):
        if row[KEY] and row[LABEL] == "Tử số":
            row[INPUT], rows[k + 1][INPUT] = 1, 2
    with django_assert_max_num_queries(26):
        assert "tiêu chí thay đổi" in _send(officer, rows).content.decode()
