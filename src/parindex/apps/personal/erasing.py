"""Erasing what is known of a person who has left, so that the ledger still verifies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from parindex.apps.access.models import Guesses, OpenSession, SecondFactor
from parindex.apps.access.rules import named
from parindex.apps.access.sealing import keyed_hash
from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import hold, record, redact
from parindex.apps.evidence.actions import erase_document
from parindex.apps.notices.models import MailChoice, Notice
from parindex.apps.organisations.chains import person_chain
from parindex.apps.organisations.models import Delegation, Grant, Person
from parindex.apps.personal.hanging import open_heaps
from parindex.apps.personal.mentions import (
    Words,
    fixed_entries,
    folded,
    ledger_texts,
    mentions,
    naming_documents,
    without,
    words_of,
)
from parindex.apps.plans.models import CalendarFeed
from parindex.apps.search.models import Findable
from parindex.core.kernel.problems import Refused


INSTEAD = "(đã xóa)"
NAME = "Người dùng đã xóa dữ liệu"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What erasing will touch, and what it will not.

    Attributes:
        rows: how many rows name the person, by table.
        texts: texts beside the ledger that will be redacted.
        documents: documents whose text names the person; erased only where that is asked for.
        fixed: entries of old whose content has the words, and cannot be changed.
        shared: another account has the same full name: texts that were typed stay as they are.
    """

    rows: dict[str, int]
    texts: int
    documents: list[Any]
    fixed: int
    shared: bool


def outlook(person: Person) -> Outlook:
    """What erasing this person's data would do."""
    words = words_of(person)
    return Outlook(
        dict(Counter(m.model._meta.label for m in mentions(words))),
        ledger_texts(person, words).count(),
        naming_documents(words),
        fixed_entries(words),
        not words.name,
    )


@transaction.atomic
def erase_person(
    *, person: Person, ground: str, by: str, at: datetime, documents: Collection[int] = ()
) -> Outlook:
    """Take away name, contact, traces of access and every mention of somebody who has left.

    What they did stays, under the number of the account. Texts beside the ledger are redacted, each with its
    entry, so every chain still verifies; signed papers and published bundles are what they were.

    Args:
        documents: keys of documents of evidence that name them, to be erased too.

    Returns:
        what was there before.

    Raises:
        Refused: ``erased_already``, ``erase_active``, ``erase_work_open``, ``reason_needed``,
            ``ground_names_person``.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    words = words_of(person)
    _check(person, ground, at)
    before = outlook(person)
    for document in before.documents:
        if document.pk in documents:
            erase_document(document=document, reason=ground, by=by, at=at)
    _replace(words)
    _redact(person, words, ground, by=by, at=at)
    _clear(person, at)
    counts = {"v": 1, "rows": sum(before.rows.values()), "texts": before.texts, "documents": len(documents)}
    record(
        chain=person_chain(person),
        kind="person.erased",
        subject=person.ref,
        payload=counts,
        texts={"ground": ground.strip()},
        by=by,
        at=at,
    )
    return before


def _check(person: Person, ground: str, at: datetime) -> None:
    words = words_of(person)
    if person.erased_at is not None:
        raise Refused("erased_already")
    if person.is_active:
        raise Refused("erase_active", person=person.full_name)
    if open_heaps(person):
        raise Refused("erase_work_open", person=person.full_name)
    if not ground.strip():
        raise Refused("reason_needed")
    if words.forms and words.pattern.search(ground):
        raise Refused("ground_names_person")


def _replace(words: Words) -> None:
    """Every mention in the tables, and in the index for searching."""
    if not words.forms:
        return
    pattern = words.pattern
    for mention in list(mentions(words)):
        fields = {name: without(value, pattern, INSTEAD) for name, value in mention.fields.items()}
        for name, value in fields.items():
            longest = getattr(mention.model._meta.get_field(name), "max_length", None)
            fields[name] = value[:longest] if longest and isinstance(value, str) else value
        models.QuerySet[Any](mention.model).filter(pk=mention.pk).update(**fields)
    for said in folded(words):
        for row in Findable.objects.filter(words__contains=said):
            row.words = " ".join(row.words.replace(said, " ").split())
            row.save(update_fields=["words"])
    named = models.Q()
    for form in words.forms:
        named |= models.Q(title__contains=form) | models.Q(head__contains=form)
    for row in Findable.objects.filter(named):
        row.title, row.head = pattern.sub(INSTEAD, row.title), pattern.sub(INSTEAD, row.head)
        row.save(update_fields=["title", "head"])


def _redact(person: Person, words: Words, ground: str, *, by: str, at: datetime) -> None:
    """Every text beside the ledger that is about the person or names them."""
    texts = list(ledger_texts(person, words).order_by("chain", "position", "name"))
    hold(person_chain(person), *(t.chain for t in texts))
    for text in texts:
        entry = Entry.objects.get(chain=text.chain, position=text.position)
        redact(entry=entry, name=text.name, ground=ground.strip(), by=by, at=at)


def _clear(person: Person, at: datetime) -> None:
    """The account itself, and whatever is the person's alone."""
    Guesses.objects.filter(account=keyed_hash("account", named(person.username))).delete()
    SecondFactor.objects.filter(person=person).delete()
    OpenSession.objects.filter(person=person).delete()
    CalendarFeed.objects.filter(person=person).delete()
    Notice.objects.filter(to=person.ref).delete()
    MailChoice.objects.filter(to=person.ref).delete()
    Grant.objects.filter(person=person).update(document="")
    Delegation.objects.filter(grant__person=person).update(ground="")
    person.username, person.full_name = f"da-xoa-{person.pk}", f"{NAME} {person.pk}"
    person.position = person.email = person.phone = ""
    person.set_unusable_password()
    person.one_time_until = person.last_login = None
    person.erased_at = at
    person.save()
