"""Whatever was changed in the ledger behind its back is found, and named by its place."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from ledger_guards import lift
from site_world import AT

from parindex.apps.audit.models import Entry, LedgerText
from parindex.apps.audit.record import GENESIS, entry_hash, record, redact
from parindex.apps.audit.seals import heads, seal, seals
from parindex.apps.audit.verify import broken_at, verify


BOOK = "thu/2024"
CHAINS = ("round:thu/2024", "sheet:thu/2024:a", "sheet:thu/2024:b")
LATER = AT + timedelta(hours=5)
pytestmark = pytest.mark.django_db


def act(chain=CHAINS[0], *, n=1, **more):
    said = {"kind": "test.done", "subject": "s", "payload": {"v": 1, "n": n}, "by": "a", "at": AT}
    return record(chain=chain, **{**said, **more})


@pytest.fixture
def ledger():
    """Three chains of four entries, sealed, without the database's guards: tampering has begun."""
    for n in range(4):
        for chain in CHAINS:
            act(chain, n=n, texts={"lý do": f"vì {n}"})
    seal(book=BOOK, subject="đóng", by="system", at=LATER)
    lift(connection)


def raw(chain=CHAINS[1], position=3):
    """An entry as the database has it, past the code that refuses to change it."""
    return QuerySet(Entry).filter(chain=chain, position=position)


def rehash(chain, start):
    """Make a chain hold again from a position on, as someone who knows how would."""
    previous = GENESIS
    for position, entry in enumerate(Entry.objects.filter(chain=chain).order_by("position"), start=1):
        if position >= start:
            entry.position, entry.previous = position, previous
            entry.hash = entry_hash(entry)
            QuerySet(Entry).filter(pk=entry.pk).update(position=position, previous=previous, hash=entry.hash)
        previous = entry.hash


def found(book=BOOK):
    return [(fault.place, fault.code) for fault in verify(book).faults]


@pytest.mark.parametrize(
    "change",
    [
        {"payload": {"v": 1, "n": 3}},
        {"payload": {"v": 1, "n": 2, "m": None}},
        {"payload": {"v": 1, "n": 0.5}},
        {"texts": {}},
        {"by": "b"},
        {"at": AT + timedelta(microseconds=1)},
        {"kind": "test.donE"},
        {"subject": "S"},
        {"previous": "1" * 64},
        {"hash": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_one_changed_byte_is_found_at_its_position(ledger, change):
    """Whatever column it is in."""
    raw().update(**change)
    assert found() == [("sheet:thu/2024:a#3", "entry_changed")]
    assert broken_at(CHAINS[1]) == 3


def test_an_entry_moved_to_another_book_is_found(ledger):
    """It would be missing from what is verified of its round: its own chain ends too early."""
    raw(position=4).update(book="khác")
    assert found() == [("sheet:thu/2024:a#4", "sealed_missing")]
    assert found(None) == [("sheet:thu/2024:a#4", "entry_changed")]


def test_a_removed_entry_is_found_at_its_position(ledger):
    raw()._raw_delete("default")
    assert found() == [("sheet:thu/2024:a#3", "entry_missing")]


def test_exchanged_entries_are_found(ledger):
    """Third and second, each with its own hash."""
    raw(position=2).update(position=99)
    raw(position=3).update(position=2)
    raw(position=99).update(position=3)
    assert found() == [("sheet:thu/2024:a#2", "entry_changed")]


def test_exchanged_entries_whose_own_hashes_were_made_to_fit_do_not_follow_each_other(ledger):
    raw(position=2).update(position=99)
    raw(position=3).update(position=2)
    entry = raw(position=2).get()
    raw(position=2).update(hash=entry_hash(entry))
    raw(position=99).update(position=3)
    assert found() == [("sheet:thu/2024:a#2", "entry_displaced")]


def test_a_chain_rewritten_from_within_is_caught_by_the_seal(ledger):
    """Every hash fits; only the signed head does not."""
    raw().update(payload={"v": 1, "n": 100})
    rehash(CHAINS[1], 3)
    assert broken_at(CHAINS[1]) is None
    (fault,) = verify(BOOK).faults
    assert (fault.place, fault.code) == ("sheet:thu/2024:a#4", "sealed_changed")
    assert fault.data == {"seal": "seals:thu/2024#1"}


def test_an_entry_cut_out_of_a_rewritten_chain_is_caught_by_the_seal(ledger):
    raw()._raw_delete("default")
    QuerySet(Entry).filter(chain=CHAINS[1], position=4).update(position=F("position") - 1)
    rehash(CHAINS[1], 3)
    texts = QuerySet(LedgerText).filter(chain=CHAINS[1])
    texts.filter(position=3).delete()
    texts.filter(position=4).update(position=3)
    assert broken_at(CHAINS[1]) is None
    assert found() == [("sheet:thu/2024:a#4", "sealed_missing")]


@pytest.mark.parametrize("kept", [0, 2], ids=["whole chain", "its end"])
def test_a_chain_cut_off_is_caught_by_the_seal(ledger, kept):
    for model in (Entry, LedgerText):
        QuerySet(model).filter(chain=CHAINS[1], position__gt=kept).delete()
    assert broken_at(CHAINS[1]) is None
    assert found() == [(f"sheet:thu/2024:a#{kept + 1}", "sealed_missing")]


def test_entries_after_the_seal_hold(ledger):
    """The round goes on: new entries in sealed chains, and new chains."""
    act(CHAINS[1], at=LATER)
    act("sheet:thu/2024:c", at=LATER + timedelta(days=1))
    assert found() == []


@pytest.mark.parametrize("chain", [CHAINS[1], "sheet:thu/2024:c"], ids=["sealed chain", "new chain"])
def test_an_entry_slipped_in_later_as_if_before_the_seal_is_found(ledger, chain):
    """It claims to be older than the seal, which does not know it."""
    entry = act(chain, at=AT)
    assert found() == [(entry.place, "entry_backdated")]
    assert verify(BOOK).faults[0].data == {"seal": "seals:thu/2024#1"}


def test_an_act_under_way_while_the_seal_was_made_is_no_fault(ledger):
    """Its time is a moment before the seal's, its entry came a moment after."""
    act(CHAINS[1], at=LATER - timedelta(minutes=1))
    assert found() == []


def test_what_an_earlier_seal_knew_is_asked_too(ledger):
    """A second seal over a chain rewritten in between does not cover it up."""
    raw().update(payload={"v": 1, "n": 100})
    rehash(CHAINS[1], 3)
    act(CHAINS[1], at=LATER)
    seal(book=BOOK, subject="đóng lại", by="system", at=LATER)
    assert found() == [("sheet:thu/2024:a#4", "sealed_changed")]


def test_a_seal_says_what_it_sealed():
    """Every chain of the book with its last entry; other books stay out."""
    last = [act(chain) for chain in (*CHAINS, CHAINS[2])]
    act("round:khác/2024")
    entry = seal(book=BOOK, subject="đóng", by="system", at=LATER)
    assert (entry.chain, entry.kind, entry.position) == ("seals:thu/2024", "book.sealed", 1)
    assert [tuple(h) for h in entry.payload["heads"]] == [
        (CHAINS[0], 1, last[0].hash),
        (CHAINS[1], 1, last[1].hash),
        (CHAINS[2], 2, last[3].hash),
    ]
    assert len(heads(BOOK)) == 3
    assert (len(verify(BOOK).seals), verify(BOOK).chains, verify(BOOK).entries) == (1, 4, 5)


SEAL = ("seals:thu/2024", 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda p: p["heads"][0].__setitem__(2, "0" * 64), "seal_signature"),
        (lambda p: p["heads"].pop(), "seal_signature"),
        (lambda p: p.update(signature="00" * 64), "seal_signature"),
        (lambda p: p.update(signature="không"), "seal_signature"),
        (lambda p: p.update(key="0" * 32), "seal_key"),
        (lambda p: p.update(number=2), "seal_unreadable"),
        (lambda p: p.update(book="khác"), "seal_unreadable"),
        (lambda p: p.pop("heads"), "seal_unreadable"),
        (lambda p: p.update(heads=[["a"]]), "seal_unreadable"),
    ],
    ids=[
        "head",
        "missing head",
        "signature",
        "no signature",
        "key",
        "number",
        "book",
        "no heads",
        "bad heads",
    ],
)
def test_a_forged_seal_is_found_even_if_its_chain_was_made_to_hold(ledger, change, code):
    payload = raw(*SEAL).get().payload
    change(payload)
    raw(*SEAL).update(payload=payload)
    rehash(SEAL[0], 1)
    assert broken_at(SEAL[0]) is None
    assert found() == [("seals:thu/2024#1", code)]


def test_seals_cannot_change_places(ledger):
    """Each is signed with its number and its predecessor."""
    seal(book=BOOK, subject="lần hai", by="system", at=LATER)
    raw(*SEAL).update(position=99)
    raw(SEAL[0], 2).update(position=1)
    raw(SEAL[0], 99).update(position=2)
    rehash(SEAL[0], 1)
    assert found() == [("seals:thu/2024#1", "seal_unreadable")]
    assert list(seals(BOOK)) == []


def test_changed_lost_added_and_silently_redacted_texts_are_found(ledger):
    """At the entry they lie beside."""
    texts = {p: QuerySet(LedgerText).filter(chain=CHAINS[p % 3], position=p) for p in range(1, 5)}
    texts[1].update(text="khác")
    texts[2].delete()
    texts[3].update(text="", salt="", redacted_by="b", redacted_at=AT)
    act("round:chữ", texts={"lý do": "vì"})
    act("round:lạ")
    for chain in ("round:chữ", "round:lạ"):
        LedgerText.objects.create(chain=chain, position=1, name="thêm", salt="", text="x")
    assert [(f.place, f.code, f.data) for f in verify().faults] == [
        ("round:chữ#1", "text_unknown", {"text": "thêm"}),
        ("round:lạ#1", "text_unknown", {"text": "thêm"}),
        ("round:thu/2024#3", "text_redacted", {"text": "lý do"}),
        ("sheet:thu/2024:a#1", "text_changed", {"text": "lý do"}),
        ("sheet:thu/2024:b#2", "text_missing", {"text": "lý do"}),
    ]
    assert [place for place, _ in found()] == ["round:thu/2024#3", "sheet:thu/2024:a#1", "sheet:thu/2024:b#2"]


def test_a_redaction_that_is_told_is_no_fault(ledger):
    redact(entry=raw().get(), name="lý do", ground="luật", by="a", at=LATER)
    assert found() == []


def test_only_the_first_fault_of_each_chain_is_named(ledger):
    """What follows from it would hide it."""
    for position in (2, 3, 4):
        raw(position=position).update(by="b")
        raw(CHAINS[2], position).update(by="b")
    assert found() == [("sheet:thu/2024:a#2", "entry_changed"), ("sheet:thu/2024:b#2", "entry_changed")]


def test_progress_is_told(monkeypatch):
    """Entries read, and to read."""
    monkeypatch.setattr("parindex.apps.audit.verify.CHUNK", 2)
    for n in range(5):
        act(n=n)
    told = []
    assert verify(BOOK, progress=lambda *so_far: told.append(so_far)).entries == 5
    assert told == [(2, 5), (4, 5)]
