"""Which phase is open for whom, by the clock; the stated minute counts, extensions count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from parindex.apps.assessments.models import Extension, Participant, Phase, Round
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import has_passed, is_within


class NotNow(Refused):
    """The phase is not open for this participant."""


@dataclass(frozen=True, slots=True)
class Window:
    """A phase as it holds for one participant: the later of its own deadline and the newest extension."""

    phase: Phase
    closes_at: datetime
    extended: bool

    def is_open(self, at: datetime) -> bool:
        """Whether the phase is open at that instant."""
        return is_within(at, self.phase.opens_at, self.closes_at)

    def is_over(self, at: datetime) -> bool:
        """Whether its last minute has passed."""
        return has_passed(at, self.closes_at)


def window(phase: Phase, extensions: Iterable[Extension]) -> Window:
    """The window of one phase; `extensions` are those of one participant, in any order."""
    mine = [e for e in extensions if e.phase_id == phase.pk]
    newest = max(mine, key=lambda e: e.pk, default=None)
    closes = phase.closes_at if newest is None else newest.closes_at
    return Window(phase, closes, newest is not None)


def windows(participant: Participant) -> list[Window]:
    """Every phase as it holds for a participant, in order. Two queries unless prefetched."""
    extensions = list(participant.extensions.all())
    return [window(phase, extensions) for phase in participant.round.phases.all()]


def open_window(participant: Participant, kind: Phase.Kind, at: datetime) -> Window | None:
    """The open phase of a kind, None where there is none or the round is not running."""
    if participant.round.state != Round.State.RUNNING:
        return None
    found = (w for w in windows(participant) if w.phase.kind == kind and w.is_open(at))
    return next(found, None)


def check_open(participant: Participant, kind: Phase.Kind, at: datetime) -> Window:
    """The open phase of a kind.

    Raises:
        NotNow: ``phase_not_yet`` (`opens`), ``phase_over`` (`closed`) or ``phase_absent``.
    """
    found = open_window(participant, kind, at)
    if found is not None:
        return found
    if participant.round.state == Round.State.RUNNING:
        same = [w for w in windows(participant) if w.phase.kind == kind]
        coming = [w.phase.opens_at for w in same if at < w.phase.opens_at]
        if coming:
            raise NotNow("phase_not_yet", kind=str(kind), opens=min(coming))
        if same:
            raise NotNow("phase_over", kind=str(kind), closed=max(w.closes_at for w in same))
    raise NotNow("phase_absent", kind=str(kind))
