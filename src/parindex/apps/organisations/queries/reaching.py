"""Whom something reaches: holders of roles over many units, and their addresses."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from parindex.apps.organisations.models import Delegation, Grant, Person
from parindex.apps.organisations.roles import Role
from parindex.core.kernel.time import legal_date


def holding_in(
    units: Collection[int], roles: Collection[Role], at: datetime
) -> dict[tuple[int, Role], list[str]]:
    """Who holds which role in some units on the legal date of `at`, own or lent, by unit and role.

    Persons are named as the ledger does. Two queries, however many units.
    """
    day, codes = legal_date(at), [r.value for r in roles]
    since = Q(valid_from=None) | Q(valid_from__lte=day)
    until = Q(valid_to=None) | Q(valid_to__gte=day)
    own = Grant.objects.filter(since, until, unit__in=units, role__in=codes, person__is_active=True)
    lent = Delegation.objects.filter(
        Q(grant__valid_from=None) | Q(grant__valid_from__lte=day),
        Q(grant__valid_to=None) | Q(grant__valid_to__gte=day),
        valid_from__lte=day,
        valid_to__gte=day,
        grant__unit__in=units,
        grant__role__in=codes,
        grant__person__is_active=True,
        to__is_active=True,
    )
    found: dict[tuple[int, Role], list[str]] = {}
    rows = [
        *own.order_by("person_id").values_list("unit_id", "role", "person_id"),
        *lent.order_by("to_id").values_list("grant__unit_id", "grant__role", "to_id"),
    ]
    for unit, role, person in rows:
        found.setdefault((unit, Role(role)), []).append(f"person:{person}")
    return found


def addresses_of(refs: Collection[str]) -> dict[str, str]:
    """E-mail addresses of persons who may sign in, by reference; who has none is left out. One query."""
    keys = {int(ref.partition(":")[2]) for ref in refs if ref.startswith("person:")}
    found = Person.objects.filter(pk__in=keys, is_active=True).exclude(email="")
    return {f"person:{pk}": email for pk, email in found.values_list("pk", "email")}
