"""Files are kept once, under their names, whole or not at all."""

import hashlib
import io
import unicodedata

import pytest
from evidence_files import docx, pdf
from small_round import ACT

from parindex.apps.audit.models import Entry, LedgerText
from parindex.apps.audit.verify import broken_at
from parindex.apps.evidence import actions, store
from parindex.apps.evidence.actions import erase_document, upload_document
from parindex.apps.evidence.inspecting import inspect_upload
from parindex.apps.evidence.models import Document, StoredContent
from parindex.apps.evidence.queries import document_by_key, documents_of, open_document
from parindex.apps.evidence.refusals import EvidenceRefused
from parindex.apps.search.models import Findable


ACCENTED = [
    "Kế hoạch CCHC năm 2024.pdf",
    unicodedata.normalize("NFD", "Quyết định phê duyệt.pdf"),
    "ư" * 125 + ".pdf",  # 254 bytes, and 129 letters
    "ắ" * 251 + ".pdf",  # 255 letters, 757 bytes
    "a" * 251 + ".pdf",
    "74.KH-SVHTTDL ngày 09.01.2024.pdf",
    "tên có 'nháy', \"kép\" & dấu; phẩy 100%.pdf",
]


@pytest.mark.parametrize("name", ACCENTED, ids=lambda n: f"{n[:12]}-{len(n.encode())}")
def test_names_survive_a_full_circle(desk, name):
    """Letter for letter as given, composed or not, up to 255 letters; the bytes come back the same."""
    content = pdf("x")
    key = desk.upload(content, name).document.key
    document = document_by_key(key, units=[desk.unit.pk])
    assert document.file_name == name
    with open_document(document) as file:
        assert file.read() == content


def test_an_upload_is_told_in_the_ledger(desk):
    """With the hash, in the unit's own chain."""
    content = pdf("một")
    document = desk.upload(content).document
    entry = Entry.objects.filter(kind="document.uploaded").latest("id")
    assert (entry.chain, entry.subject, entry.by, entry.at) == (
        "evidence:tinh-thu/so-mot", document.key, ACT["by"], ACT["at"],
    )  # fmt: skip
    assert entry.payload["sha256"] == hashlib.sha256(content).hexdigest()
    assert _texts(entry) == {"file_name": "ke-hoach.pdf"}
    assert broken_at(entry.chain) is None


def test_the_same_file_again_is_recognised(desk):
    """No second row, no second entry."""
    content = pdf("một")
    first, again = desk.upload(content), desk.upload(content)
    assert (first.already, again.already) == (False, True)
    assert again.document == first.document
    assert Entry.objects.filter(kind="document.uploaded", subject=first.document.key).count() == 1


def test_the_same_content_is_stored_once(desk, evidence_folder):
    """Under other names, and at other units."""
    content, before = pdf("một"), StoredContent.objects.count()
    documents = [
        desk.upload(content),
        desk.upload(content, "ten khac.pdf"),
        desk.upload(content, unit=desk.other),
    ]
    assert len({u.document.key for u in documents}) == 3
    assert StoredContent.objects.count() == before + 1
    assert len([p for p in evidence_folder.rglob("*") if p.is_file()]) == 1


def test_two_uploads_of_the_same_at_the_same_moment_make_one_document(desk, monkeypatch):
    """Neither saw the other when it began."""
    content = pdf("một")
    first = desk.upload(content)
    honest, seen = actions._same_file, []

    def blind_once(unit, upload):
        seen.append(unit)
        return None if len(seen) == 1 else honest(unit, upload)

    monkeypatch.setattr(actions, "_same_file", blind_once)
    again = desk.upload(content)
    assert (again.document, again.already) == (first.document, True)
    assert Document.objects.filter(unit__parent__code="tinh-thu").count() == 1


def test_an_upload_that_cannot_be_recorded_has_not_happened(desk, monkeypatch):
    """No document, no content, nothing findable; the next try succeeds."""
    content, before = pdf("một"), StoredContent.objects.count()
    with monkeypatch.context() as patch:
        patch.setattr(actions, "record", _refuse)
        with pytest.raises(ZeroDivisionError):
            desk.upload(content)
    assert (
        Document.objects.filter(unit__parent__code="tinh-thu").count(),
        StoredContent.objects.count(),
        Findable.objects.filter(unit=desk.unit.pk).count(),
    ) == (0, before, 0)
    assert desk.upload(content).already is False


def test_a_file_that_cannot_be_written_leaves_nothing(desk, monkeypatch, evidence_folder):
    """Neither rows nor half a file."""
    monkeypatch.setattr("os.fsync", _refuse)
    with pytest.raises(ZeroDivisionError):
        desk.upload(pdf("một"))
    assert Document.objects.filter(unit__parent__code="tinh-thu").count() == 0
    assert [p for p in evidence_folder.rglob("*") if p.is_file()] == []


def test_damage_in_the_storage_is_noticed_before_a_byte_is_sent(desk, evidence_folder):
    """And mended by the next upload of the same."""
    content = pdf("một")
    document = desk.upload(content).document
    (path,) = [p for p in evidence_folder.rglob("*") if p.is_file()]
    path.write_bytes(content[:-1] + b"X")
    with pytest.raises(EvidenceRefused) as refusal:
        open_document(document)
    assert refusal.value.code == "content_damaged"
    desk.upload(content, unit=desk.other)
    with open_document(document) as file:
        assert file.read() == content
    path.unlink()
    with pytest.raises(EvidenceRefused) as refusal:
        open_document(document)
    assert refusal.value.code == "content_missing"


def test_any_storage_of_django_will_do(desk, settings):
    """Here one that has no folders, and gives a taken name another."""
    settings.STORAGES = {
        **settings.STORAGES,
        "evidence": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    content = pdf("một")
    document = desk.upload(content).document
    desk.upload(content, unit=desk.other)
    with open_document(document) as file:
        assert file.read() == content


def test_what_arrives_short_says_so(desk):
    """The announced size is compared; nothing is kept."""
    content = pdf("một")
    with pytest.raises(EvidenceRefused) as refusal:
        inspect_upload(stream=io.BytesIO(content[:-10]), name="a.pdf", size=len(content))
    assert refusal.value.code == "upload_cut_short"
    assert refusal.value.data["received"] == len(content) - 10


def test_a_new_version_is_a_document_that_supersedes(desk):
    """Of the same unit only."""
    old = desk.upload(pdf("một")).document
    new = desk.upload(pdf("hai"), supersedes=old).document
    assert new.supersedes == old
    with pytest.raises(EvidenceRefused) as refusal:
        desk.upload(pdf("ba"), unit=desk.other, supersedes=old)
    assert refusal.value.code == "supersedes_other_unit"


def test_erasing_takes_content_text_and_title_away(desk, evidence_folder, django_capture_on_commit_callbacks):
    """The ledger and a tombstone stay; the document is found no longer."""
    document = desk.upload(docx("BÍ MẬT"), "mat.docx").document
    with django_capture_on_commit_callbacks(execute=True):
        erased = erase_document(document=document, reason="tài liệu mật tải nhầm", **ACT)
    assert (erased.text, erased.title, erased.file_name, erased.content) == ("", "", "", None)
    assert [p for p in evidence_folder.rglob("*") if p.is_file()] == []
    assert documents_of(desk.unit).total == 0
    assert Findable.objects.filter(unit=desk.unit.pk).count() == 0
    assert _texts(Entry.objects.filter(kind="document.erased").latest("id")) == {
        "erased_because": "tài liệu mật tải nhầm"
    }
    assert _texts(Entry.objects.filter(kind="document.uploaded").latest("id")) == {"file_name": ""}
    with pytest.raises(EvidenceRefused) as refusal:
        erase_document(document=document, reason="lần nữa", **ACT)
    assert refusal.value.code == "document_erased"


def test_erasing_leaves_what_others_share(desk, django_capture_on_commit_callbacks):
    """The other unit still opens its file."""
    content = pdf("một")
    mine, theirs = desk.upload(content).document, desk.upload(content, unit=desk.other).document
    with django_capture_on_commit_callbacks(execute=True):
        erase_document(document=mine, reason="nhầm", **ACT)
    with open_document(theirs) as file:
        assert file.read() == content


def test_what_is_uploaded_again_before_its_bytes_are_removed_stays(desk, django_capture_on_commit_callbacks):
    """The removal looks once more."""
    content = pdf("một")
    with django_capture_on_commit_callbacks(execute=True):
        erase_document(document=desk.upload(content).document, reason="nhầm", **ACT)
        kept = desk.upload(content, unit=desk.other).document
    with open_document(kept) as file:
        assert file.read() == content


def test_bytes_that_vanish_between_are_written_again(desk, monkeypatch):
    """Somebody erased the last document with this content just before our rows were made."""
    content, honest = pdf("một"), store.put
    calls = []

    def vanish_once(file, sha256, **more):
        honest(file, sha256, **more)
        calls.append(sha256)
        if len(calls) == 1:
            store.remove(sha256)

    monkeypatch.setattr(store, "put", vanish_once)
    with inspect_upload(stream=io.BytesIO(content), name="a.pdf") as upload:
        document = upload_document(unit=desk.unit, upload=upload, **ACT).document
    with open_document(document) as file:
        assert file.read() == content


def _texts(entry):
    rows = LedgerText.objects.filter(chain=entry.chain, position=entry.position)
    return dict(rows.values_list("name", "text"))


def _refuse(*_, **__):
    raise ZeroDivisionError
