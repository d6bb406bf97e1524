"""Files arrive in pieces over a bad line, and wait for an answer; only their owner goes on with them."""

import io
import time

import pytest
from evidence_files import LETTER, docx, pdf
from small_round import ACT

from parindex.apps.evidence import waiting
from parindex.apps.evidence.actions import upload_document
from parindex.apps.evidence.inspecting import inspect_upload
from parindex.apps.evidence.refusals import EvidenceRefused
from parindex.apps.evidence.waiting import add, begin, give_up, look, open_waiting, sweep


ME = {"owner": "person:17"}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Of this test's site."""
    settings.PARINDEX_HOME = tmp_path
    return tmp_path


def _refused(act, code: str) -> None:
    with pytest.raises(EvidenceRefused) as refusal:
        act()
    assert refusal.value.code == code


class Breaking(io.BytesIO):
    """A line that drops after its bytes."""

    def read(self, size=-1, /):
        piece = super().read(min(size, 100))
        if not piece:
            raise ConnectionResetError
        return piece


def test_a_broken_upload_goes_on_where_it_stopped(desk):
    """Pieces sent twice are no harm; the whole is the file, letter for letter."""
    content = pdf(*LETTER)
    token = begin(name="Kế hoạch.pdf", size=len(content), **ME).token
    with pytest.raises(ConnectionResetError):
        add(token=token, offset=0, stream=Breaking(content[:1000]), **ME)
    assert look(token=token, **ME).received == 1000
    _refused(lambda: open_waiting(token=token, **ME), "upload_cut_short")
    add(token=token, offset=500, stream=io.BytesIO(content[500:2000]), **ME)
    arrived = add(token=token, offset=2000, stream=io.BytesIO(content[2000:]), **ME)
    assert (arrived.complete, arrived.name) == (True, "Kế hoạch.pdf")
    with (
        open_waiting(token=token, **ME) as file,
        inspect_upload(stream=file, name=arrived.name, size=arrived.size) as upload,
    ):
        document = upload_document(unit=desk.unit, upload=upload, **ACT).document
    give_up(token=token, **ME)
    assert (document.number, document.content.size) == ("74/KH-SM", len(content))
    _refused(lambda: look(token=token, **ME), "waiting_gone")
    give_up(token=token, **ME)


def test_a_file_waits_until_a_person_has_answered(desk):
    """A document with a mark is looked at, kept aside, and nowhere else when the answer is no."""
    content = docx("MẬT", *LETTER)
    token = begin(name="a.docx", size=len(content), **ME).token
    add(token=token, offset=0, stream=io.BytesIO(content), **ME)
    for _ in range(2):
        with open_waiting(token=token, **ME) as file, inspect_upload(stream=file, name="a.docx") as upload:
            assert [f.code for f in upload.findings] == ["secrecy_mark"]
    give_up(token=token, **ME)
    assert waiting._places() == []


def test_nobody_else_sees_or_changes_it():
    token = begin(name="a.pdf", size=10, **ME).token
    other = {"owner": "person:18"}
    _refused(lambda: look(token=token, **other), "waiting_gone")
    _refused(lambda: add(token=token, offset=0, stream=io.BytesIO(b"x"), **other), "waiting_gone")
    _refused(lambda: give_up(token=token, **other), "waiting_gone")
    assert look(token=token, **ME).received == 0


@pytest.mark.parametrize("token", ["", "..", "../../etc", "a" * 31, "A" * 32, "/" * 32, "0" * 32])
def test_a_made_up_token_leads_nowhere(token):
    _refused(lambda: look(token=token, **ME), "waiting_gone")


def test_gaps_and_more_than_announced_are_refused():
    token = begin(name="a.pdf", size=10, **ME).token
    _refused(lambda: add(token=token, offset=1, stream=io.BytesIO(b"x"), **ME), "waiting_gap")
    _refused(lambda: add(token=token, offset=-1, stream=io.BytesIO(b"x"), **ME), "waiting_gap")
    _refused(lambda: add(token=token, offset=0, stream=io.BytesIO(b"x" * 11), **ME), "waiting_over")


def test_names_and_sizes_are_looked_at_first(settings):
    """Before a hundred megabytes travel."""
    settings.PARINDEX_EVIDENCE_MAX_BYTES = 1_000_000
    _refused(lambda: begin(name="a.pdf", size=1_000_001, **ME), "evidence_too_large")
    _refused(lambda: begin(name="a/b.pdf", size=1, **ME), "file_name_unusable")
    _refused(lambda: begin(name="a.pdf", size=0, **ME), "evidence_empty")


def test_one_owner_cannot_fill_the_disk_with_beginnings(monkeypatch):
    monkeypatch.setattr(waiting, "MOST_OF_ONE_OWNER", 2)
    for _ in range(2):
        begin(name="a.pdf", size=1, **ME)
    _refused(lambda: begin(name="a.pdf", size=1, **ME), "waiting_too_many")
    begin(name="a.pdf", size=1, owner="person:18")


def test_what_was_left_behind_is_cleared_away():
    """After hours without a piece; what is under way stays."""
    token = begin(name="a.pdf", size=1, **ME).token
    assert sweep(time.time() + waiting.KEPT_SECONDS - 60) == 0
    assert sweep(time.time() + waiting.KEPT_SECONDS + 60) == 1
    _refused(lambda: look(token=token, **ME), "waiting_gone")
