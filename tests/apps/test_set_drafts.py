"""A criteria set being made: every change a version, nobody writes over another, locked with its decision."""

from datetime import UTC, date, datetime

import pytest

from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.apps.frameworks.actions import (
    Decision,
    NewDraft,
    change_draft,
    drop_draft,
    go_back,
    lock_draft,
    open_draft,
    store_framework,
)
from parindex.apps.frameworks.actions.drafting import check_unseen
from parindex.apps.frameworks.models import FrameworkVersion, SetDraft
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.frameworks.rules import data_hash
from parindex.apps.organisations.models import Unit
from parindex.core.formats.framework_file import framework_hash, parse_framework
from parindex.core.formats.framework_rows import (
    ORIGIN,
    PROPOSED,
    find_row,
    originating,
    own,
    remove_row,
    rows_of,
)
from parindex.core.formats.framework_writer import plain_of
from parindex.core.kernel.comparing import comparable_codes
from parindex.core.kernel.problems import Refused
from parindex.data import framework_path


AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
DECISION = Decision("12/QĐ-UBND", date(2026, 2, 27), "UBND tỉnh Minh Họa")
WHO = {"by": "person:1", "at": AT}

pytestmark = pytest.mark.django_db


@pytest.fixture
def base():
    return store_framework(content=framework_path("qd766").read_bytes(), file="qd766.yaml", by="test", at=AT)


@pytest.fixture
def draft(base):
    territory = Unit.objects.create(code="tinh-thu", name_vi="Tỉnh Thử", type="tinh")
    content = originating(plain_of(by_hash(base.content_hash)))
    content |= {"id": "thu-2026", "version": "1"}
    return open_draft(new=NewDraft(territory, base, content, "copy"), **WHO)


def _key(draft, code):
    return next(r.key for r in rows_of(draft.content) if r.code == code)


def _rename(key, code):
    def edit(content):
        find_row(content, key).node["code"] = code
        return code

    return edit


def test_every_change_is_a_version_and_an_entry_and_can_be_gone_back_to(draft):
    """What came between stays."""
    key = next(r.key for r in rows_of(draft.content) if r.is_leaf)
    before = draft.content
    changed = change_draft(draft=draft, change="row", edit=_rename(key, "X1"), **WHO)
    again = go_back(draft=changed, number=1, **WHO)
    assert (changed.number, again.number) == (2, 3)
    assert again.content == before
    assert [v.change for v in draft.versions.all()] == ["back", "row", "copy"]
    entries = Entry.objects.filter(chain=f"set-draft:{draft.pk}")
    assert [e.payload["number"] for e in entries] == [1, 2, 3]
    assert entries.last().payload["hash"] == data_hash(again.content)
    assert not verify().faults


def test_an_edit_that_changes_nothing_leaves_no_version(draft):
    """Nor an entry."""
    assert change_draft(draft=draft, change="row", edit=lambda content: None, **WHO).number == 1
    assert Entry.objects.filter(chain=f"set-draft:{draft.pk}").count() == 1


def test_who_saves_over_what_they_have_not_seen_is_refused(draft):
    """And nothing is changed."""
    key = next(r.key for r in rows_of(draft.content) if r.is_leaf)
    seen = data_hash(own(find_row(draft.content, key).node))
    change_draft(draft=draft, change="row", edit=_rename(key, "X1"), **WHO)

    def edit(content):
        node = find_row(content, key).node
        check_unseen(seen, own(node))
        node["code"] = "X2"

    with pytest.raises(Refused, match="row_changed_meanwhile"):
        change_draft(draft=draft, change="row", edit=edit, **WHO)
    assert find_row(SetDraft.objects.get(pk=draft.pk).content, key).code == "X1"


def test_a_locked_set_is_stored_with_its_decision_and_its_code_map(draft, base):
    """The file reads back; what was renamed, dropped and added is in the map; the ledger names both."""
    leaves = [r for r in rows_of(draft.content) if r.is_leaf]
    renamed, dropped = leaves[0], leaves[1]

    def edit(content):
        find_row(content, renamed.key).node["code"] = "X1"
        find_row(content, leaves[2].key).node.pop(ORIGIN)
        remove_row(content, dropped.key)

    change_draft(draft=draft, change="row", edit=edit, **WHO)
    stored = lock_draft(draft=draft, decision=DECISION, **WHO)
    found = by_hash(stored.content_hash)
    assert framework_hash(parse_framework(stored.source.encode())) == stored.content_hash
    assert found.legal_basis[0].document == "12/QĐ-UBND"
    (code_map,) = [m for m in found.code_maps if m.id == "qd766"]
    relations = {link.relation for link in code_map.codes}
    assert {"same", "renamed", "dropped", "new"} <= relations
    kept = comparable_codes(found, by_hash(base.content_hash))
    assert kept["X1"] == renamed.code
    assert leaves[2].code not in kept
    kinds = list(Entry.objects.filter(chain="framework:thu-2026").values_list("kind", flat=True))
    assert kinds == ["framework.stored", "framework.locked"]
    assert not verify().faults


def test_a_locked_set_does_not_change_any_more(draft):
    """Neither edited, gone back, locked again nor given up."""
    lock_draft(draft=draft, decision=DECISION, **WHO)
    for act in (
        lambda: change_draft(draft=draft, change="row", edit=lambda content: "x", **WHO),
        lambda: go_back(draft=draft, number=1, **WHO),
        lambda: lock_draft(draft=draft, decision=DECISION, **WHO),
        lambda: drop_draft(draft=draft, **WHO),
    ):
        with pytest.raises(Refused, match="draft_locked"):
            act()


def test_an_unfinished_set_is_not_locked(draft):
    """With problems, with rules that nobody confirmed, without a decision, under a name that is taken."""
    key = next(r.key for r in rows_of(draft.content) if r.is_leaf)

    def put(**more):
        def edit(content):
            find_row(content, key).node.update(more)

        change_draft(draft=draft, change="row", edit=edit, **WHO)

    with pytest.raises(Refused, match="decision_needed"):
        lock_draft(draft=draft, decision=Decision(" ", date(2026, 1, 1), ""), **WHO)
    put(**{PROPOSED: "1"})
    with pytest.raises(Refused, match="rules_unconfirmed"):
        lock_draft(draft=draft, decision=DECISION, **WHO)
    put(max="-1")
    with pytest.raises(Refused, match="draft_has_problems"):
        lock_draft(draft=draft, decision=DECISION, **WHO)
    go_back(draft=draft, number=1, **WHO)

    def same_name(content):
        content.update(id="qd766", version="1")

    change_draft(draft=draft, change="head", edit=same_name, **WHO)
    with pytest.raises(Refused, match="set_version_taken"):
        lock_draft(draft=draft, decision=DECISION, **WHO)
    assert not FrameworkVersion.objects.filter(identifier="thu-2026").exists()


def test_a_set_given_up_is_not_changed(draft):
    """It can still be read."""
    drop_draft(draft=draft, **WHO)
    with pytest.raises(Refused, match="draft_dropped"):
        go_back(draft=draft, number=1, **WHO)
    with pytest.raises(Refused, match="version_unknown"):
        go_back(draft=draft, number=7, **WHO)
