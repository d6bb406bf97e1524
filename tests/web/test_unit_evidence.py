"""Documents as officers handle them: uploaded, recognised, cited, attached, taken off; who sees them."""

import io
import zipfile

import pytest
from addresses import address
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from test_unit_sheet import OPEN, UNIT, on_the_day, participant  # noqa: F401  fixtures

from parindex.apps.assessments.models import EvidenceLink
from parindex.apps.audit.models import Entry
from parindex.apps.evidence.models import Document


LEAF = (OPEN, UNIT, "3.2.2")
NAME = "Danh sách thư xin lỗi, quý IV.txt"


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    """Where this test's files lie."""
    folder = {"BACKEND": "parindex.apps.evidence.store.ContentFolder", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "evidence": folder}


@pytest.fixture
def added(participant):  # noqa: F811
    """What the test added to the unit's vault, oldest first."""
    before = list(Document.objects.filter(unit=participant.unit).values_list("pk", flat=True))
    return Document.objects.filter(unit=participant.unit).exclude(pk__in=before).order_by("id")


def _file(name=NAME, content="Số: 12/BC-SYT\nDanh sách thư xin lỗi\n"):
    return SimpleUploadedFile(name, content.encode())


def _attach(visitors, **sent):
    return visitors["officer"].post(address("unit:attach", LEAF), sent)


def test_a_file_goes_full_circle_with_its_accented_name(visitors, read, participant, added):  # noqa: F811
    """Uploaded, attached at a page, listed, found without accents, downloaded, packed."""
    _attach(visitors, file=[_file()], page="trang 2")
    document = added.get()
    assert document.file_name == NAME
    page = read(address("unit:leaf", LEAF), by=visitors["officer"])
    assert "trang 2" in page.root.text
    vault = read(address("unit:vault", (OPEN, UNIT)) + "?q=thu+xin+loi", by=visitors["officer"])
    assert "3.2.2" in vault.root.text
    got = visitors["officer"].get(address("unit:document_file", (OPEN, UNIT, document.key)))
    assert b"".join(got.streaming_content).startswith("Số: 12".encode())
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got.headers["Content-Security-Policy"]
    packed = visitors["officer"].get(address("unit:archive", (OPEN, UNIT)))
    names = zipfile.ZipFile(io.BytesIO(b"".join(packed.streaming_content))).namelist()
    assert f"3.2.2/{NAME}" in names


def test_the_same_file_again_is_recognised(visitors, participant, added):  # noqa: F811
    """And attached once."""
    for _ in range(2):
        _attach(visitors, file=[_file()])
    assert added.count() == 1
    assert EvidenceLink.objects.filter(document__in=added).count() == 1


def test_a_disguised_file_is_refused_and_the_good_one_kept(visitors, read, participant, added):  # noqa: F811
    """Named once, in a sentence."""
    disguised = SimpleUploadedFile("Kế hoạch.pdf", b"#!/bin/sh\nrm -rf /\n")
    _attach(visitors, file=[disguised, _file()])
    assert [d.file_name for d in added] == [NAME]
    said = read(address("unit:leaf", LEAF), by=visitors["officer"]).root.text
    assert said.count("Kế hoạch.pdf") == 1


def test_a_secrecy_mark_is_asked_about_before_anything_is_stored(visitors, participant, added):  # noqa: F811
    """And kept once a person has said that they checked."""
    marked = "TỐI MẬT\nỦY BAN NHÂN DÂN\nSố: 1/BC-UBND\nBÁO CÁO\n"
    _attach(visitors, file=[_file(content=marked)])
    assert not added.exists()
    _attach(visitors, file=[_file(content=marked)], checked="1")
    assert added.exists()


def test_a_document_is_cited_without_its_file(visitors, participant, added):  # noqa: F811
    """A state secret by number, date and place."""
    _attach(visitors, number="74/KH-SYT", issued_on="2024-01-09", title="Kế hoạch CCHC")
    _attach(visitors, number="5/BC-SYT", issued_on="2024-02-09", where="Văn thư mật", secret="1")
    assert list(added.values_list("kind", flat=True)) == ["cited", "secret"]


def test_what_is_attached_can_be_taken_off(visitors, participant, added):  # noqa: F811
    """By its own address only."""
    _attach(visitors, file=[_file()])
    link = EvidenceLink.objects.get(document__in=added)
    elsewhere = address("unit:detach", (OPEN, UNIT, "3.2.4", link.pk))
    assert visitors["officer"].post(elsewhere).status_code == 404
    visitors["officer"].post(address("unit:detach", (*LEAF, link.pk)))
    link.refresh_from_db()
    assert link.detached_by.startswith("person:")


@pytest.mark.parametrize(("who", "status"), [("neighbour", 403), ("stranger", 403), ("secretariat", 404)])
def test_a_document_that_is_not_attached_is_its_units_alone(visitors, participant, added, who, status):  # noqa: F811
    """Others see it once it stands behind a leaf they may see."""
    visitors["officer"].post(address("unit:vault", (OPEN, UNIT)), {"file": [_file()]})
    url = address("unit:document_file", (OPEN, UNIT, added.get().key))
    assert _status(visitors[who], url) == status
    _attach(visitors, file=[_file()])
    assert _status(visitors[who], url) == (200 if who == "secretariat" else status)


def _status(client, url):
    response = client.get(url)
    if response.streaming:
        list(response.streaming_content)  # read to its end, so that its file is closed
    return response.status_code


@pytest.mark.parametrize("who", ["neighbour", "appraiser", "secretariat"])
def test_nobody_else_attaches(visitors, participant, added, who):  # noqa: F811
    """Nor uploads."""
    for name, more in [("unit:attach", LEAF), ("unit:vault", (OPEN, UNIT))]:
        assert visitors[who].post(address(name, more), {"file": [_file()]}).status_code == 403
    assert not added.exists()


def test_a_scan_that_waits_says_so_wherever_it_is_listed(visitors, read, participant, added):  # noqa: F811
    """Nothing pretends that a machine has read it, or looked for what must not be in it."""
    _attach(visitors, file=[_file()])
    added.update(text_from="wait", number="", title="")
    officer, key = visitors["officer"], added.get().key
    page = read(address("unit:document", (OPEN, UNIT, key)), by=officer)
    assert "chờ nhận dạng chữ" in page.root.text
    assert "số căn cước chưa được kiểm tra" in page.root.text
    assert "thông tin do máy đọc" not in page.root.text
    for name, arguments in (("unit:leaf", LEAF), ("unit:vault", (OPEN, UNIT))):
        assert "chờ nhận dạng chữ" in read(address(name, arguments), by=officer).root.text
    added.update(text_from="ocr")
    page = read(address("unit:document", (OPEN, UNIT, key)), by=officer)
    assert "thông tin do máy đọc" in page.root.text
    assert "chờ nhận dạng chữ" not in page.root.text


class AnotherStore(FileSystemStorage):
    """One that a setting names."""


class UnreachableError(Exception):
    """As the client of an object store raises it: of no kind that Python knows."""


@pytest.mark.parametrize("error", [UnreachableError("https://kho.vi-du.vn"), ConnectionError("kho.vi-du.vn")])
def test_a_store_that_does_not_answer_is_named(
    visitors,
    monkeypatch,
    settings,
    tmp_path,
    participant,  # noqa: F811
    added,
    error,
):
    """A document is not handed out and none is kept meanwhile; then as before."""
    another = {"BACKEND": f"{__name__}.AnotherStore", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "evidence": another}

    def silent(*_, **__):
        raise error

    _attach(visitors, file=[_file()])
    client, stood = visitors["officer"], Entry.objects.count()
    monkeypatch.setattr(client, "raise_request_exception", False)
    shown = address("unit:document_file", (OPEN, UNIT, added.get().key))
    with monkeypatch.context() as meanwhile:
        for name in ("_open", "exists", "_save"):
            meanwhile.setattr(AnotherStore, name, silent)
        for response in (client.get(shown), _attach(visitors, file=[_file(content="Khác")])):
            said = response.content.decode()
            assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
            assert "Kho tài liệu tạm thời không trả lời" in said
            assert "store of documents does not answer" in said
            assert "kho.vi-du" not in said
    assert (added.count(), Entry.objects.count()) == (1, stood)
    assert b"".join(client.get(shown).streaming_content).startswith("Số: 12".encode())
