"""What opens, changes and locks a criteria set that is being made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.frameworks.actions.storing import store_framework
from parindex.apps.frameworks.chains import draft_chain, set_chain
from parindex.apps.frameworks.codemaps import with_code_map
from parindex.apps.frameworks.models import FrameworkVersion, SetDraft
from parindex.apps.frameworks.rules import check_lock, check_open, data_hash
from parindex.apps.organisations.models import Unit
from parindex.core.formats.framework_rows import with_keys
from parindex.core.formats.framework_writer import write_plain
from parindex.core.kernel.problems import Refused


Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NewDraft:
    """A set as it is begun: whose, from which stored one, and what it holds so far."""

    territory: Unit
    base: FrameworkVersion | None
    content: Plain
    change: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The document by which a set is issued."""

    document: str
    issued: date
    issuer: str


@transaction.atomic
def open_draft(*, new: NewDraft, by: str, at: datetime) -> SetDraft:
    """Begin a set."""
    content = with_keys(new.content)
    draft = SetDraft.objects.create(
        territory=new.territory, base=new.base, content=content, opened_at=at, changed_at=at, changed_by=by
    )
    _keep(draft, new.change, place="", by=by, at=at)
    return draft


@transaction.atomic
def change_draft(
    *,
    draft: SetDraft,
    change: str,
    edit: Callable[[Plain], str | None],
    by: str,
    at: datetime,
) -> SetDraft:
    """Change a set: `edit` changes the newest content in place and may return the place it changed.

    Whoever edits checks what was seen before inside `edit`, where nobody else can write. An edit that changes
    nothing leaves no version.

    Raises:
        Refused: ``draft_locked``, ``draft_dropped``, and whatever the edit refuses; nothing is changed then.
    """
    locked = SetDraft.objects.select_for_update().get(pk=draft.pk)
    check_open(locked)
    before = data_hash(locked.content)
    place = edit(locked.content) or ""
    with_keys(locked.content)
    if data_hash(locked.content) == before:
        return locked
    locked.number += 1
    locked.changed_at, locked.changed_by = at, by
    locked.save(update_fields=["number", "content", "changed_at", "changed_by"])
    _keep(locked, change, place=place, by=by, at=at)
    return locked


def check_unseen(seen: str, now: Mapping[str, Any]) -> None:
    """What is about to be replaced is what was seen. Raises Refused ``row_changed_meanwhile``."""
    if seen != data_hash(now):
        raise Refused("row_changed_meanwhile")


@transaction.atomic
def go_back(*, draft: SetDraft, number: int, by: str, at: datetime) -> SetDraft:
    """Make an earlier state the newest one; what came between stays in the list.

    Raises:
        Refused: ``draft_locked``, ``draft_dropped``, ``version_unknown``.
    """
    earlier = draft.versions.filter(number=number).first()
    if earlier is None:
        raise Refused("version_unknown", number=number)

    def edit(content: Plain) -> str:
        content.clear()
        content.update(earlier.content)
        return str(number)

    return change_draft(draft=draft, change="back", edit=edit, by=by, at=at)


@transaction.atomic
def drop_draft(*, draft: SetDraft, by: str, at: datetime) -> SetDraft:
    """Give a set up; it stays readable. Raises Refused ``draft_locked``, ``draft_dropped``."""
    locked = SetDraft.objects.select_for_update().get(pk=draft.pk)
    check_open(locked)
    locked.dropped = True
    locked.save(update_fields=["dropped"])
    _tell(locked, "drop", by=by, at=at)
    return locked


@transaction.atomic
def lock_draft(*, draft: SetDraft, decision: Decision, by: str, at: datetime) -> FrameworkVersion:
    """Lock a finished set with the decision that issues it: its file is written, stored and never changed.

    Raises:
        Refused: ``decision_needed``, and what `check_lock` refuses.
        FileRefused: the file that was written is not sound; nothing is stored.
    """
    document = " ".join(decision.document.split())
    if not document or not decision.issuer.strip():
        raise Refused("decision_needed")
    locked = SetDraft.objects.select_for_update(of=("self",)).select_related("base").get(pk=draft.pk)
    check_lock(locked)
    basis = {"document": document, "issued": decision.issued.isoformat(), "issuer": decision.issuer.strip()}
    content = {**locked.content, "legal_basis": [basis, *locked.content.get("legal_basis", ())]}
    content = with_code_map(content, locked.base)
    file = f"{content['id']}.yaml"
    stored = store_framework(content=write_plain(content).encode(), file=file, by=by, at=at)
    locked.content, locked.locked = content, stored
    locked.save(update_fields=["content", "locked"])
    record(
        chain=set_chain(stored.identifier),
        kind="framework.locked",
        subject=f"{stored.identifier}@{stored.version}",
        payload={"v": 1, "hash": stored.content_hash, "document": document, "issued": basis["issued"]},
        by=by,
        at=at,
    )
    return stored


def _keep(draft: SetDraft, change: str, *, place: str, by: str, at: datetime) -> None:
    """The newest content as a version, with its entry."""
    draft.versions.create(
        number=draft.number,
        content=draft.content,
        change=change,
        place=place[:200],
        by=by,
        at=at,
    )
    _tell(draft, change, by=by, at=at)


def _tell(draft: SetDraft, change: str, *, by: str, at: datetime) -> None:
    payload = {"v": 1, "number": draft.number, "change": change, "hash": data_hash(draft.content)}
    record(
        chain=draft_chain(draft),
        kind="set.drafted",
        subject=str(draft.pk),
        payload=payload,
        by=by,
        at=at,
    )
