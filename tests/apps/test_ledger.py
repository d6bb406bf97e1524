"""The ledger: one act after another, with what people wrote beside it."""

import hashlib
from datetime import timedelta, timezone

import pytest
from django.db import IntegrityError, models, transaction
from site_world import AT

from parindex.apps.audit.models import Entry, LedgerText
from parindex.apps.audit.record import GENESIS, record, redact
from parindex.apps.audit.verify import broken_at, verify
from parindex.core.formats.canonical import canonical


pytestmark = pytest.mark.django_db


def act(chain="thu:chuỗi", **more):
    said = {
        "kind": "test.done",
        "subject": "s",
        "payload": {"v": 1, "tên": "Đà Lạt"},
        "by": "person:1",
        "at": AT,
    }
    return record(chain=chain, **{**said, **more})


def test_entries_follow_each_other():
    """Positions from 1; each names the hash of the one before."""
    entries = [act() for _ in range(3)]
    assert [e.position for e in entries] == [1, 2, 3]
    assert [e.previous for e in entries] == [GENESIS, entries[0].hash, entries[1].hash]
    assert broken_at("thu:chuỗi") is None


def test_an_empty_chain_holds():
    assert broken_at("không có") is None


def test_a_chain_belongs_to_the_book_in_the_middle_of_its_name():
    """All chains of a round are found by it."""
    chains = [
        "round:minh-hoa/2024",
        "sheet:minh-hoa/2024:so-y-te",
        "sheet:minh-hoa/2024:a:b",
        "published-figures",
    ]
    assert [act(chain).book for chain in chains] == ["minh-hoa/2024"] * 3 + [""]


def test_two_chains_do_not_know_each_other():
    """Positions start anew."""
    one, other = act("thu:một"), act("thu:hai")
    act("thu:một")
    assert (one.position, other.position, other.previous) == (1, 1, GENESIS)


def test_entries_are_never_saved_again_nor_deleted():
    """Neither one by one nor by a query, whatever the database would say."""
    entry = act(texts={"lý do": "vì thế"})
    text = LedgerText.objects.get(chain=entry.chain)
    for attempt in (
        entry.save,
        entry.delete,
        lambda: Entry.objects.get(pk=entry.pk).save(update_fields=["by"]),
        lambda: Entry.objects.update(by="b"),
        lambda: Entry.objects.filter(pk=entry.pk).delete(),
        lambda: Entry.objects.bulk_update([entry], ["by"]),
        text.delete,
        lambda: LedgerText.objects.update(text="khác"),
    ):
        with pytest.raises(TypeError, match=r"never|append-only"):
            attempt()
    assert verify().faults == []


def test_a_position_is_taken_once():
    """Two writers at once: the second fails and its act is undone."""
    entry = act()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry(
            chain=entry.chain,
            position=1,
            kind="k",
            subject="s",
            payload={},
            by="b",
            at=AT,
            previous="",
            hash="",
        ).save()
    assert [e.pk for e in Entry.objects.filter(chain=entry.chain)] == [entry.pk]


def test_a_moment_in_another_zone_is_the_same_moment():
    """Hanoi's 09:30 is 02:30 UTC, in the hash as well."""
    entry = act(at=AT.astimezone(timezone(timedelta(hours=7))))
    assert Entry.objects.get(pk=entry.pk).at == AT
    assert broken_at(entry.chain) is None


@pytest.mark.parametrize(
    ("payload", "error"),
    [
        ({"tên": "a"}, ValueError),
        ({"v": "1"}, ValueError),
        ({"v": 1, "điểm": 0.1}, TypeError),
        ({"v": 1, "rows": [{"điểm": 0.1}]}, TypeError),
        ({"v": 1, "at": AT}, TypeError),
        ({"v": 1, "by": {1: "một"}}, TypeError),
        ({"v": 1, "n": 2**53}, ValueError),
        ({"v": 1, "tên": "a\0b"}, ValueError),
    ],
    ids=[
        "no version",
        "version as text",
        "a fraction",
        "a fraction within",
        "a moment",
        "key",
        "too great",
        "NUL",
    ],
)
def test_what_would_not_come_back_the_same_is_refused(payload, error):
    """Numbers other than small whole ones are kept as text; a payload says its version."""
    with pytest.raises(error):
        act(payload=payload)
    assert not Entry.objects.filter(chain="thu:chuỗi").exists()


def test_the_text_that_is_hashed_is_the_same_in_every_language():
    """As RFC 8785 writes it: sorted keys, no spaces, only the escapes that JSON needs."""
    said = canonical({"b": ['é\n\u001f"\\', None, True, -7], "a": {"ẩ": "Đ", "z": ""}})
    assert said.decode() == '{"a":{"z":"","ẩ":"Đ"},"b":["é\\n\\u001f\\"\\\\",null,true,-7]}'


def test_an_entry_can_be_hashed_by_hand():
    """What docs/ledger.md tells an auditor to do."""
    entry = act("thu:tay", payload={"v": 1, "a": "Đ"})
    said = (
        '["thu:tay",1,"test.done","s",{"a":"Đ","v":1},{},"person:1","2026-01-05T02:30:15.250000+00:00","'
        + "0" * 64
        + '"]'
    )
    assert entry.hash == hashlib.sha256(said.encode()).hexdigest()


def test_free_text_lies_beside_the_entry():
    """The entry has only salted hashes: the same text twice gives two; empty texts are left out."""
    first, second = (act(texts={"lý do": "Nộp muộn vì mất điện", "ghi chú": ""}) for _ in range(2))
    assert list(first.texts) == list(second.texts) == ["lý do"]
    assert first.texts != second.texts
    assert "mất điện" not in str(Entry.objects.filter(chain=first.chain).values_list())
    assert [t.text for t in LedgerText.objects.filter(chain=first.chain)] == ["Nộp muộn vì mất điện"] * 2
    assert verify().faults == []


def test_a_redacted_text_is_gone_and_the_chain_holds():
    """Text and salt go; who, when and why stay, and the ledger tells of it."""
    entry = act(texts={"lý do": "Ông A ốm", "khác": "giữ lại"})
    later = AT + timedelta(days=1)
    told = redact(entry=entry, name="lý do", ground="Điều 16 Luật Bảo vệ dữ liệu", by="person:9", at=later)
    kept = LedgerText.objects.get(chain=entry.chain, position=1, name="lý do")
    assert (kept.text, kept.salt, kept.redacted_by, kept.redacted_at) == ("", "", "person:9", later)
    assert (told.kind, told.position, told.payload) == (
        "text.redacted",
        2,
        {"v": 1, "position": 1, "name": "lý do"},
    )
    texts = LedgerText.objects.filter(chain=entry.chain, redacted_at__isnull=True).values_list(
        "position", "name", "text"
    )
    assert set(texts) == {(1, "khác", "giữ lại"), (2, "ground", "Điều 16 Luật Bảo vệ dữ liệu")}
    assert verify().faults == []


def test_redacting_needs_a_ground_and_a_text_that_stands():
    """Nothing else is changed or told."""
    entry = act(texts={"lý do": "Ông A ốm"})
    with pytest.raises(ValueError, match="ground"):
        redact(entry=entry, name="lý do", ground=" ", by="a", at=AT)
    with pytest.raises(LookupError):
        redact(entry=entry, name="khác", ground="luật", by="a", at=AT)
    redact(entry=entry, name="lý do", ground="luật", by="a", at=AT)
    with pytest.raises(LookupError):
        redact(entry=entry, name="lý do", ground="luật", by="a", at=AT)
    assert Entry.objects.filter(chain=entry.chain).count() == 2


def test_an_act_undone_leaves_neither_entry_nor_text():
    with transaction.atomic():
        act(texts={"lý do": "không có gì"})
        transaction.set_rollback(True)
    assert not LedgerText.objects.filter(chain="thu:chuỗi").exists()
    assert act().position == 1


def test_no_table_of_the_ledger_points_to_another():
    """Its rows outlive what they speak of."""
    for model in (Entry, LedgerText):
        assert [f.name for f in model._meta.get_fields() if isinstance(f, models.ForeignKey)] == []


def test_every_chain_of_the_demonstration_holds(world):
    """As loaded."""
    found = verify()
    assert found.chains > 15
    assert found.faults == []
