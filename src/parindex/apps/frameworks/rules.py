"""What must hold of criteria sets that are being made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from parindex.apps.frameworks.models import FrameworkVersion, SetDraft
from parindex.core.formats.framework_rows import PROPOSED, RowProblem, check_plain, rows_of
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.problems import Refused


def data_hash(data: Mapping[str, Any]) -> str:
    """What identifies a state of a set, or of a row, to whoever saw it."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def check_open(draft: SetDraft) -> None:
    """It can still be changed. Raises Refused ``draft_locked``, ``draft_dropped``."""
    if draft.locked_id is not None:
        raise Refused("draft_locked")
    if draft.dropped:
        raise Refused("draft_dropped")


def unconfirmed(content: Mapping[str, Any]) -> list[str]:
    """Keys of rows whose rule was proposed from printed words and not confirmed by anybody."""
    return [row.key for row in rows_of(dict(content)) if PROPOSED in row.node]


def draft_problems(draft: SetDraft) -> list[RowProblem]:
    """Everything that stands in the way of locking."""
    _, found = check_plain(draft.content)
    return found


def check_lock(draft: SetDraft) -> Framework:
    """The finished set.

    Raises:
        Refused: ``draft_locked``, ``draft_dropped``, ``draft_has_problems``, ``rules_unconfirmed``,
            ``set_version_taken``.
    """
    check_open(draft)
    framework, problems = check_plain(draft.content)
    if framework is None or problems:
        raise Refused("draft_has_problems", count=len(problems))
    waiting = unconfirmed(draft.content)
    if waiting:
        raise Refused("rules_unconfirmed", count=len(waiting))
    check_name_free(framework.id, framework.version)
    return framework


def check_name_free(identifier: str, version: str) -> None:
    """No stored set is called so. Raises Refused ``set_version_taken``."""
    if FrameworkVersion.objects.filter(identifier=identifier, version=version).exists():
        raise Refused("set_version_taken", id=identifier, version=version)
