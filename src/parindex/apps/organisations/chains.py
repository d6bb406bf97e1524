"""How the ledger names what happens to persons and units."""

from __future__ import annotations

from parindex.apps.organisations.models import Person, Unit
from parindex.apps.organisations.permissions import way_up


def person_chain(person: Person) -> str:
    """The chain of a person's account and roles."""
    return f"person:{person.pk}"


def units_chain(unit: Unit) -> str:
    """The chain of a territory's units, whichever of them is given."""
    return f"unit:{way_up(unit)[-1].code}"
