"""Surveys of all units from one table: the template, what it would change, faults by cell, one act."""

import io

import pytest
import python_calamine
import xlsxwriter
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile
from test_unit_sheet import OPEN, UNIT, on_the_day, participant  # noqa: F401  fixtures

from parindex.apps.assessments.models import Ruling
from parindex.apps.assessments.queries.sheets import sheet_view
from parindex.apps.assessments.rules.sheets import Place
from parindex.apps.audit.models import Entry
from parindex.apps.results.rebuild import rebuild


TABLE = ("steer:values", (OPEN,))
VALUE, SE, N, NOTE = 4, 5, 6, 7


@pytest.fixture
def secretariat(visitors):
    """Runs the round."""
    return visitors["secretariat"]


@pytest.fixture
def rows(secretariat):
    """The template as its rows."""
    content = secretariat.get(address("steer:values_file", (OPEN,))).content
    book = python_calamine.load_workbook(io.BytesIO(content))
    return [[str(c) for c in row] for row in book.get_sheet_by_index(0).to_python()]


def _file(rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for k, row in enumerate(rows):
            sheet.write_row(k, 0, row)
    return SimpleUploadedFile("Điều tra XHH.xlsx", out.getvalue())


def _send(client, rows):
    return client.post(address(*TABLE), {"file": _file(rows)})


def _confirm(client, response):
    said = response.content.decode()
    carried = said.split('name="confirmed" value="')[1].split('"')[0]
    return client.post(address(*TABLE), {"confirmed": carried})


def _of_unit(rows):
    return [k for k, r in enumerate(rows) if r[0] == UNIT]


def _kept(participant):  # noqa: F811
    return participant.rulings.filter(stage="opening").exclude(answer="n/a")


def test_figures_are_shown_kept_in_one_act_and_seen_by_the_unit(secretariat, rows, participant):  # noqa: F811
    """With their source; the ledger has one entry, from which the round is built again."""
    first, second, *_ = _of_unit(rows)
    rows[first][VALUE:] = ["80", "1,5", "300", "Phiếu điều tra tháng 11"]
    rows[second][VALUE] = "75,5"
    entries = Entry.objects.filter(kind="answers.recorded").count()
    response = _send(secretariat, rows)
    assert response.status_code == 200
    assert f"E{first + 1}" in response.content.decode()
    assert not _kept(participant).exists()
    assert _confirm(secretariat, response).status_code == 302
    kept = {r.leaf: (r.answer, r.se, r.n, r.note) for r in _kept(participant)}
    assert kept[rows[first][2]] == ("80", "1,5", "300", "Phiếu điều tra tháng 11")
    assert Entry.objects.filter(kind="answers.recorded").count() == entries + 1
    entry = sheet_view(participant).entries[rows[first][2]]
    assert (entry.place, entry.answer) == (Place.SUPPLIED, "80")
    assert not rebuild(participant.round).differences


def test_a_correction_follows_the_first_figure(secretariat, rows, participant):  # noqa: F811
    """Both stay; the same again changes nothing; a file looked at before is refused."""
    k = _of_unit(rows)[0]
    rows[k][VALUE] = "80"
    early = _send(secretariat, rows)
    _confirm(secretariat, _send(secretariat, rows))
    assert _send(secretariat, rows).status_code == 422
    rows[k][VALUE] = "90"
    _confirm(secretariat, _send(secretariat, rows))
    _confirm(secretariat, early)
    found = _kept(participant).filter(leaf=rows[k][2]).order_by("turn")
    assert list(found.values_list("turn", "answer")) == [(1, "80"), (2, "90")]


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        (VALUE, "rất tốt", "không phải số"),
        (VALUE, "points:1", "Không nhập điểm"),
        (VALUE, "n/a", "quyết định riêng"),
        (0, "so-khong-co", "so-khong-co"),
        (2, "3.2.2", "tự trả lời"),
        (2, "9.9", "9.9"),
        (SE, "-1", "âm"),
    ],
)
def test_a_fault_is_named_by_its_cell_and_nothing_is_kept(
    secretariat,
    rows,
    participant,  # noqa: F811
    column,
    text,
    words,
):
    """Also where other rows are good."""
    good, bad, *_ = _of_unit(rows)
    rows[good][VALUE] = rows[bad][VALUE] = "80"
    rows[bad][column] = text
    response = _send(secretariat, rows)
    said = response.content.decode()
    assert response.status_code == 422
    assert f"{bad + 1}</strong>" in said
    assert words in said
    assert not _kept(participant).exists()


def test_a_row_twice_a_missing_column_and_an_empty_table_are_refused(secretariat, rows):
    """Each with its place."""
    k = _of_unit(rows)[0]
    rows[k][VALUE] = "80"
    assert f"dòng {k + 1}" in _send(secretariat, [*rows, rows[k]]).content.decode()
    for wrong in ([["Mã đơn vị", "Số liệu"], ["a", "1"]], [["a"]], rows[:1]):
        assert _send(secretariat, wrong).status_code == 422
    assert secretariat.post(address(*TABLE), {}).status_code == 422


def test_a_csv_does_as_well(secretariat, rows, participant):  # noqa: F811
    """With semicolons and decimal commas, as Vietnamese Excel saves it."""
    leaf = rows[_of_unit(rows)[0]][2]
    text = f"\ufeffMã đơn vị;Mã tiêu chí;Số liệu\r\n{UNIT};{leaf};80,25\r\n"
    sent = {"file": SimpleUploadedFile("so-lieu.csv", text.encode())}
    _confirm(secretariat, secretariat.post(address(*TABLE), sent))
    assert _kept(participant).get().answer == "80,25"


def test_what_was_ruled_on_since_is_not_overwritten(secretariat, rows, participant):  # noqa: F811
    """It goes through appraisal or the council."""
    k = _of_unit(rows)[0]
    rows[k][VALUE] = "80"
    Ruling.objects.create(
        participant=participant, leaf=rows[k][2], stage="appraised", answer="70", by="person:1",
        at=participant.round.opened_at,
    )  # fmt: skip
    assert "đã có kết luận" in _send(secretariat, rows).content.decode()


@pytest.mark.parametrize("who", ["focal", "appraiser", "assistant", "leader", "chair", "stranger"])
def test_nobody_else_enters_figures(visitors, rows, participant, who):  # noqa: F811
    """Nor confirms what the secretariat looked at."""
    rows[_of_unit(rows)[0]][VALUE] = "80"
    response = _send(visitors["secretariat"], rows)
    assert _send(visitors[who], rows).status_code == 403
    assert _confirm(visitors[who], response).status_code == 403
    assert not _kept(participant).exists()
