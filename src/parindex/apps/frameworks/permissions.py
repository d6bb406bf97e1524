"""Who may make criteria sets."""

from __future__ import annotations

from parindex.apps.frameworks.models import SetDraft
from parindex.apps.organisations.permissions import NotAllowed, Rights
from parindex.apps.organisations.roles import Act


def check_edits(rights: Rights) -> frozenset[int]:
    """The territories for which the person makes criteria sets. Raises NotAllowed where there is none."""
    territories = rights.units(Act.FRAMEWORK_EDIT)
    if not territories:
        raise NotAllowed("not_allowed", act=Act.FRAMEWORK_EDIT.value)
    return territories


def check_draft(rights: Rights, draft: SetDraft) -> None:
    """The person makes criteria sets of the draft's territory. Raises NotAllowed."""
    rights.check(Act.FRAMEWORK_EDIT, draft.territory_id)
