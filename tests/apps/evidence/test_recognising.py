"""Scans are recognised a few at a time; who gets no turn is kept, and recognised later. Nothing is lost."""

import io
import subprocess
import sys
from datetime import date

import pytest
from evidence_files import LETTER, pdf, scan
from small_round import ACT, AT

from parindex.apps.audit.held import compare
from parindex.apps.audit.models import Entry
from parindex.apps.evidence import reading, recognising
from parindex.apps.evidence.actions import confirm_metadata, erase_document, recognise_scans
from parindex.apps.evidence.held import HELD
from parindex.apps.evidence.inspecting import inspect_upload
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.queries import documents_of
from parindex.apps.evidence.reading import pictures
from parindex.apps.evidence.recognising import turn
from parindex.apps.evidence.rules import Metadata
from parindex.apps.notices.models import Notice


DONE = {"by": "system", "at": AT}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Turns of this test alone."""
    settings.PARINDEX_HOME = tmp_path / "home"
    settings.PARINDEX_OCR_AT_ONCE = 1


@pytest.fixture(autouse=True)
def no_other_scans(db):
    """What a demonstration loaded before this test keeps is no part of it."""
    Document.objects.filter(text_from="wait").update(text_from="")


@pytest.fixture(autouse=True)
def letters(monkeypatch):
    """What is recognised, wherever there are pages to look at: a list of lines that a test may change."""
    lines = list(LETTER)

    def ask(kind, path, ocr_pages):
        found = {"text": "\n".join(lines), "source": "ocr", "whole": True}
        return found if ocr_pages else {"text": "", "source": "", "whole": False}

    monkeypatch.setattr(reading, "_ask", ask)
    monkeypatch.setattr(pictures, "available", lambda: True)
    return lines


def _kept(desk) -> Document:
    """A scan that came while another was recognised."""
    with turn(most=1) as mine:
        assert mine
        return desk.upload(scan(pdf(*LETTER)), "ban-quet.pdf").document


def test_a_turn_is_one_of_so_many():
    """And free again when it ends."""
    with turn(most=2) as first, turn(most=2) as second, turn(most=2) as third:
        assert (first, second, third) == (True, True, False)
    with turn(most=1) as again:
        assert again
    with turn(most=0) as none:
        assert not none


def test_turns_count_over_all_processes(settings):
    """A worker that holds one leaves none to another, and gives it back when it dies."""
    settings.PARINDEX_HOME.mkdir()
    holder = (
        "import fcntl, sys; f = open(sys.argv[1], 'a'); fcntl.flock(f, fcntl.LOCK_EX);"
        "print('held', flush=True); sys.stdin.read()"
    )
    pytest.importorskip("fcntl")
    (settings.PARINDEX_HOME / "recognising").mkdir()
    place = str(settings.PARINDEX_HOME / "recognising" / "0")
    with subprocess.Popen(
        [sys.executable, "-c", holder, place], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"held\n"
        with turn(most=1) as mine:
            assert not mine
        other.kill()
        other.wait()
        with turn(most=1) as mine:
            assert mine


def test_a_scan_with_a_turn_is_recognised_at_once(desk):
    document = desk.upload(scan(pdf(*LETTER)), "ban-quet.pdf").document
    assert (document.text_from, document.number, document.waits) == ("ocr", "74/KH-SM", False)


def test_one_without_is_kept_and_that_is_said():
    """Who uploads it hears that nothing was looked for yet."""
    with turn(most=1), inspect_upload(stream=io.BytesIO(scan(pdf("x"))), name="a.pdf") as upload:
        assert (upload.reading.text, upload.reading.waits) == ("", True)
        assert [f.code for f in upload.findings] == ["text_later"]


def test_it_is_recognised_by_a_later_tick(desk):
    """Then it is found by its words, proposes what it says, and its ledger tells so."""
    document = _kept(desk)
    assert (document.waits, document.number) == (True, "")
    assert recognise_scans(**DONE) == 1
    document.refresh_from_db()
    assert (document.text_from, document.number, document.issued_on) == ("ocr", "74/KH-SM", date(2024, 1, 9))
    assert (document.confirmed, document.signer) == (False, "Nguyễn Văn Bình")
    assert documents_of(desk.unit, query="uy ban nhan dan").documents == [document]
    entry = Entry.objects.filter(subject=document.key).latest("position")
    assert (entry.kind, entry.payload["after"]["number"]) == ("document.recognised", "74/KH-SM")
    assert [f for f in compare(HELD).faults if document.key in str(f)] == []
    assert recognise_scans(**DONE) == 0


def test_the_tick_waits_for_its_turn_too(desk):
    document = _kept(desk)
    with turn(most=1):
        assert recognise_scans(**DONE) == 0
    document.refresh_from_db()
    assert document.waits


def test_a_tick_stops_when_its_time_is_over(desk, monkeypatch):
    """What is left waits for the next."""
    _kept(desk)
    monkeypatch.setattr(recognising, "TICK_SECONDS", 0)
    assert recognise_scans(**DONE) == 0
    assert Document.objects.filter(text_from="wait").count() == 1


def test_where_nothing_may_be_recognised_it_goes_on_waiting(desk, settings):
    """A setting of one evening loses nothing."""
    document = _kept(desk)
    settings.PARINDEX_OCR_PAGES = 0
    assert recognise_scans(**DONE) == 0
    settings.PARINDEX_OCR_PAGES, settings.PARINDEX_OCR_AT_ONCE = 3, 0
    assert recognise_scans(**DONE) == 1
    document.refresh_from_db()
    assert document.text_from == "ocr"


def test_what_a_person_said_meanwhile_stands(desk):
    """Only the text is added."""
    document = _kept(desk)
    confirm_metadata(document=document, metadata=Metadata(number="1/BC", title="Báo cáo"), **ACT)
    recognise_scans(**DONE)
    document.refresh_from_db()
    assert (document.number, document.title, document.text_from) == ("1/BC", "Báo cáo", "ocr")


def test_one_that_was_erased_meanwhile_stays_so(desk):
    document = _kept(desk)
    erase_document(document=document, reason="Nhầm tệp", **ACT)
    assert recognise_scans(**DONE) == 0
    document.refresh_from_db()
    assert (document.text, document.erased) == ("", True)


def test_who_uploaded_it_hears_what_they_would_have_been_asked(desk, letters):
    """A mark of secrecy, and numbers of citizens."""
    document = _kept(desk)
    letters[:0] = ["MẬT"]
    letters.append("CCCD 060089001234")
    recognise_scans(**DONE)
    told = Notice.objects.filter(to=document.uploaded_by, kind__startswith="scan_").order_by("id")
    assert [(n.kind, n.data.get("mark"), n.data.get("count")) for n in told] == [
        ("scan_secrecy_mark", "MẬT", None),
        ("scan_citizen_ids", None, "1"),
    ]


def test_a_file_that_is_not_there_now_is_tried_again(desk, evidence_folder):
    """Others are not kept waiting by it."""
    document = _kept(desk)
    place = next(p for p in evidence_folder.rglob(document.sha256) if p.is_file())
    content = place.read_bytes()
    place.unlink()
    assert recognise_scans(**DONE) == 0
    place.write_bytes(content)
    assert recognise_scans(**DONE) == 1
