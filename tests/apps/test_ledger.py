"""The ledger: one act after another, and whatever was changed afterwards is found."""

from datetime import timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction
from site_world import AT

from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import GENESIS, broken_at, record


pytestmark = pytest.mark.django_db


def _act(chain="chuỗi", **more):
    said = {"kind": "test.done", "subject": "s", "payload": {"v": 1, "tên": "Đà Lạt"}, "by": "a", "at": AT}
    return record(chain=chain, **{**said, **more})


def test_entries_follow_each_other():
    """Positions from 1; each names the hash of the one before."""
    entries = [_act() for _ in range(3)]
    assert [e.position for e in entries] == [1, 2, 3]
    assert [e.previous for e in entries] == [GENESIS, entries[0].hash, entries[1].hash]
    assert broken_at("chuỗi") is None


def test_an_empty_chain_holds():
    assert broken_at("không có") is None


@pytest.mark.parametrize(
    "change",
    [
        {"payload": {"v": 1, "tên": "Đà Lạc"}},
        {"payload": {"v": 1, "tên": "Đà Lạt", "n": None}},
        {"by": "b"},
        {"at": AT + timedelta(microseconds=1)},
        {"kind": "test.donE"},
        {"subject": "S"},
        {"previous": "1" * 64},
        {"hash": "f" * 64},
        {"position": 9},
    ],
    ids=lambda change: next(iter(change)),
)
def test_one_changed_byte_is_found_at_its_position(change):
    """Whatever column it is in."""
    for _ in range(4):
        _act()
    Entry.objects.filter(chain="chuỗi", position=3).update(**change)
    assert broken_at("chuỗi") == 3


def test_a_removed_entry_is_found_at_its_position():
    for _ in range(3):
        _act()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE chain = 'chuỗi' AND position = 2")
    assert broken_at("chuỗi") == 2


def test_an_entry_rewritten_with_its_own_right_hash_breaks_the_next():
    """Whoever forges one entry must forge all that follow."""
    first, _ = _act(), _act()
    Entry.objects.filter(pk=first.pk).update(hash=_act("khác", by="b").hash, by="b")
    assert broken_at("chuỗi") == 1


def test_entries_are_never_saved_again_nor_deleted():
    entry = _act()
    with pytest.raises(TypeError, match="never changed"):
        entry.save()
    with pytest.raises(TypeError, match="never deleted"):
        entry.delete()
    with pytest.raises(TypeError, match="never changed"):
        Entry.objects.get(pk=entry.pk).save(update_fields=["by"])
    assert Entry.objects.filter(pk=entry.pk, by="a").exists()


def test_two_chains_do_not_know_each_other():
    """One broken chain says nothing about the other, and positions start anew."""
    one, other = _act("một"), _act("hai")
    _act("một")
    assert (one.position, other.position, other.previous) == (1, 1, GENESIS)
    Entry.objects.filter(chain="một", position=1).update(by="b")
    assert (broken_at("một"), broken_at("hai")) == (1, None)


def test_a_position_is_taken_once():
    """Two writers at once: the second fails and its act is undone."""
    entry = _act()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry(
            chain="chuỗi", position=1, kind="k", subject="s", payload={}, by="b", at=AT, previous="", hash=""
        ).save()
    assert [e.pk for e in Entry.objects.filter(chain="chuỗi")] == [entry.pk]


def test_a_moment_in_another_zone_is_the_same_moment():
    """Hanoi's 09:30 is 02:30 UTC, in the hash as well."""
    _act(at=AT.astimezone(timezone(timedelta(hours=7))))
    assert Entry.objects.get(chain="chuỗi").at == AT
    assert broken_at("chuỗi") is None


def test_every_chain_of_the_demonstration_holds(world):
    """As loaded."""
    chains = sorted(set(Entry.objects.values_list("chain", flat=True)))
    assert len(chains) > 15
    assert {chain: found for chain in chains if (found := broken_at(chain)) is not None} == {}
