"""How the ledger names what happens to criteria sets."""

from __future__ import annotations

from parindex.apps.frameworks.models import SetDraft


def draft_chain(draft: SetDraft) -> str:
    """The chain of a set while it is made."""
    return f"set-draft:{draft.pk}"


def set_chain(identifier: str) -> str:
    """The chain of the stored versions of a set."""
    return f"framework:{identifier}"
