"""What a period held, in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Activity:
    """Counts of one period.

    Attributes:
        carried: received before it and not ended before it.
        came_…: received in it, by the way in.
        early, on_time, late: resolved in it; what had no deadline is on time.
        dropped: ended in it without a result.
        open_…, paused_…: at its end.
        with_fee, paid_online, digitised, digitised_known: of what came.
        handled_digitised, handled_digitised_known: of what was resolved in it.
    """

    carried: int = 0
    came_online: int = 0
    came_in_person: int = 0
    came_by_post: int = 0
    came_otherwise: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    dropped: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    paused_in_time: int = 0
    paused_overdue: int = 0
    with_fee: int = 0
    paid_online: int = 0
    digitised: int = 0
    digitised_known: int = 0
    handled_digitised: int = 0
    handled_digitised_known: int = 0

    def __add__(self, other: Activity) -> Activity:
        """Two units or procedures together, over one period."""
        return Activity(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Activity)))

    @property
    def came(self) -> int:
        """Received in the period."""
        return self.came_online + self.came_in_person + self.came_by_post + self.came_otherwise

    @property
    def handled(self) -> int:
        """Resolved in the period."""
        return self.early + self.on_time + self.late
