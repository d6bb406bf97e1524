"""How the ledger names what happens at the door."""

from __future__ import annotations

from parindex.apps.organisations.models import Person


NOBODY = "access:0"
"""The chain of what concerns no person that is known: an address, a name that is nobody's."""


def chain_of(person: Person | None) -> str:
    """The chain of a person's entries here."""
    return f"access:{person.pk}" if person else NOBODY
