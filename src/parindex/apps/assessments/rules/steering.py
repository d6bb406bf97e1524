"""What a new round's code and calendar must be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from parindex.apps.assessments.models import Phase, Round
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.problems import Refused


CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Planned(Protocol):
    """A phase as it is planned."""

    @property
    def kind(self) -> Phase.Kind:
        """What is done in it."""

    @property
    def opens_at(self) -> datetime:
        """Its first instant."""

    @property
    def closes_at(self) -> datetime:
        """Its deadline."""


def check_code(territory: Unit, code: str) -> None:
    """That a round's code can be part of an address and is free.

    Raises:
        Refused: ``code_unreadable``, ``round_code_taken``.
    """
    if not CODE.fullmatch(code) or len(code) > 60:
        raise Refused("code_unreadable", code=code)
    if Round.objects.filter(territory=territory, code=code).exists():
        raise Refused("round_code_taken", code=code)


def check_calendar(phases: Sequence[Planned]) -> None:
    """That there are phases, each ends after it begins, and none begins before the one before has ended.

    Raises:
        Refused: ``calendar_empty``, ``calendar_overlaps`` with the position of the phase.
    """
    if not phases:
        raise Refused("calendar_empty")
    for position, phase in enumerate(phases, start=1):
        before = phases[position - 2] if position > 1 else None
        if phase.closes_at <= phase.opens_at or (before and phase.opens_at < before.closes_at):
            raise Refused("calendar_overlaps", position=position, kind=str(phase.kind))
