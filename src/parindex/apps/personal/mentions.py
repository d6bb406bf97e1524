"""Where a person's name, sign-in name or contact stands as text, in every table where it may."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast

from parindex.apps.audit.models import Entry, LedgerText
from parindex.apps.evidence.models import Document
from parindex.apps.organisations.models import Person
from parindex.apps.personal.inventory import Kept, holdings, searched
from parindex.apps.search.folding import fold


LEAST = 5
"""A sign-in name or number that is shorter could be anything."""
LEDGER = ("audit.Entry", "audit.LedgerText")


@dataclass(frozen=True)
class Words:
    """What is looked for: the full name, and what else tells of that person alone."""

    name: str
    others: tuple[str, ...]

    @property
    def forms(self) -> list[str]:
        """As they may be written: composed or not, in capitals too."""
        plain = [w for w in (self.name, *self.others) if w]
        written = [f(w) for w in plain for f in (str, str.upper)]
        return list(dict.fromkeys(unicodedata.normalize(n, w) for w in written for n in ("NFC", "NFD")))

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds any of them as whole words, whatever the case."""
        forms = sorted(self.forms, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A row in which somebody is named, and the fields of it."""

    model: type[models.Model]
    pk: Any
    fields: dict[str, Any]


def words_of(person: Person) -> Words:
    """What tells of a person. Without the full name where another account has the same one: nobody could say
    which of the two a text means."""
    same = Person.objects.filter(full_name__iexact=person.full_name).exclude(pk=person.pk).exists()
    others = [w for w in (person.username, person.email, person.phone) if len(w) >= LEAST]
    return Words("" if same else person.full_name, tuple(others))


def mentions(words: Words) -> Iterator[Mention]:
    """Every row that names the person, ledger and accounts apart. One query for each table."""
    if not words.forms:
        return
    skipped = {*LEDGER, "organisations.Person", "search.Findable"}
    skipped |= {h.model for h in holdings() if h.kept == Kept.SITE}
    for label, names in searched():
        if label not in skipped:
            yield from _in_table(apps.get_model(label), names, words)


def _in_table(model: type[models.Model], names: list[str], words: Words) -> Iterator[Mention]:
    rows = models.QuerySet[Any](model)
    wanted = models.Q()
    for name in names:
        rows = rows.annotate(**{f"said_{name}": Cast(name, models.TextField())})
        for form in words.forms:
            wanted |= models.Q(**{f"said_{name}__contains": form})
            wanted |= models.Q(**{f"said_{name}__contains": json.dumps(form)[1:-1]})
    pattern = words.pattern
    for pk, *values in rows.filter(wanted).order_by("pk").values_list("pk", *names):
        found = {n: v for n, v in zip(names, values, strict=True) if v and pattern.search(as_text(v))}
        if found:
            yield Mention(model, pk, found)


def as_text(value: Any) -> str:
    """A value as it is looked through."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def without(value: Any, pattern: re.Pattern[str], instead: str) -> Any:
    """The same value with the words replaced, wherever they stand in it."""
    if isinstance(value, str):
        return pattern.sub(instead, value)
    if isinstance(value, list):
        return [without(v, pattern, instead) for v in value]
    if isinstance(value, dict):
        return {without(k, pattern, instead): without(v, pattern, instead) for k, v in value.items()}
    return value


def ledger_texts(person: Person, words: Words) -> models.QuerySet[Any]:
    """Texts beside the ledger that are about the person, or name them, and are not redacted."""
    wanted = models.Q(chain__in=(f"person:{person.pk}", f"access:{person.pk}"))
    for form in words.forms:
        wanted |= models.Q(text__contains=form) | models.Q(ground__contains=form)
    return models.QuerySet[Any](LedgerText).filter(wanted, redacted_at=None).exclude(name="ground")


def fixed_entries(words: Words) -> int:
    """How many entries of the ledger have the words in their own content, which cannot be changed: such as
    were made before that content stood beside them."""
    if not words.forms:
        return 0
    wanted = models.Q(subject__in=words.forms)
    for form in words.forms:
        for said in (form, json.dumps(form)[1:-1]):
            wanted |= models.Q(said__contains=said)
    return Entry.objects.annotate(said=Cast("payload", models.TextField())).filter(wanted).count()


def naming_documents(words: Words) -> list[Document]:
    """Stored documents whose text names the person; the files themselves are not changed by erasing."""
    if not words.forms:
        return []
    wanted = models.Q()
    for name in ("text", "title", "file_name"):
        for form in words.forms:
            wanted |= models.Q(**{f"{name}__contains": form})
    found = Document.objects.filter(wanted, erased_at=None).select_related("unit")
    return [d for d in found if words.pattern.search(f"{d.text}\n{d.title}\n{d.file_name}")]


def folded(words: Words) -> list[str]:
    """The words as the index for searching keeps them."""
    return [" ".join(fold(w).split()) for w in (words.name, *words.others) if w]
