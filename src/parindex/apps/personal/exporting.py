"""Everything the site holds of one person, for that person: as data, and to be read."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models

from parindex.apps.audit.models import Entry, LedgerText
from parindex.apps.organisations.models import Person
from parindex.apps.personal.inventory import KEPT, Holding, Sort, holdings
from parindex.apps.personal.mentions import mentions, words_of


FORMAT, VERSION = "parindex-person", 1
ACCOUNT = ("username", "full_name", "position", "email", "phone", "is_active", "last_login")


def export_person(person: Person, at: datetime) -> dict[str, Any]:
    """All of it as plain data: the account; rows about them; how much they did, by table; where they are
    named; their part of the ledger. No secret is in it, and no data of another person but what stands in
    these rows."""
    told = [_told(h, person) for h in holdings() if h.model not in ("organisations.Person", "audit.Entry")]
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": at.isoformat(),
        "account": {name: _plain(getattr(person, name)) for name in ACCOUNT},
        "tables": [one for one in told if one["about"] or one["done"]],
        "named_in": dict(Counter(m.model._meta.label for m in mentions(words_of(person)))),
        "ledger": _ledger(person),
        "acts": dict(
            Entry.objects.filter(by=person.ref)
            .order_by("kind")
            .values_list("kind")
            .annotate(count=models.Count("pk"))
        ),
    }


def _told(held: Holding, person: Person) -> dict[str, Any]:
    """One table: rows that are about the person whole, and how many they made."""
    model = apps.get_model(held.model)
    refs = [name for name, sort in held.sorts.items() if sort == Sort.REF]
    relations = [n for n in refs if model._meta.get_field(n).is_relation]
    about = relations + [n for n in refs if n == "to" and n not in relations]
    done = [n for n in refs if n not in about]
    return {
        "table": held.model,
        "purpose": {"vi": held.purpose.vi, "en": held.purpose.en},
        "kept": {"vi": KEPT[held.kept].vi, "en": KEPT[held.kept].en},
        "about": _about(held, about, person),
        "done": models.QuerySet[Any](model).filter(_any(done, person.ref)).count() if done else 0,
    }


def _about(held: Holding, names: list[str], person: Person) -> list[dict[str, Any]]:
    """Rows that are about the person, without what opens something."""
    if not names:
        return []
    model = apps.get_model(held.model)
    wanted = models.Q()
    for name in names:
        relation = model._meta.get_field(name).is_relation
        wanted |= models.Q(**{name: person.pk if relation else person.ref})
    hidden = {n for n, sort in held.sorts.items() if sort == Sort.TRACE} | {"token_hash"}
    shown = [f.attname for f in model._meta.concrete_fields if f.name not in hidden]
    rows = models.QuerySet[Any](model).filter(wanted).order_by("pk").values(*shown)
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _any(names: list[str], ref: str) -> models.Q:
    wanted = models.Q()
    for name in names:
        wanted |= models.Q(**{name: ref})
    return wanted


def _ledger(person: Person) -> list[dict[str, Any]]:
    """The entries about the account and its sign-ins, with the texts beside them."""
    chains = (f"person:{person.pk}", f"access:{person.pk}")
    texts: dict[tuple[str, int], dict[str, str]] = {}
    for text in LedgerText.objects.filter(chain__in=chains, redacted_at=None):
        texts.setdefault((text.chain, text.position), {})[text.name] = text.text
    return [
        {
            "at": e.at.isoformat(),
            "chain": e.chain,
            "position": e.position,
            "kind": e.kind,
            "by": e.by,
            "payload": e.payload,
            "texts": texts.get((e.chain, e.position), {}),
        }
        for e in Entry.objects.filter(chain__in=chains).order_by("chain", "position")
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
