"""What one row of measures says: integers as counted, rates exactly made from them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction


def _rate(part: int, whole: int) -> Fraction | None:
    """A share; None where there is nothing to have a share of."""
    return Fraction(part, whole) if whole else None


@dataclass(frozen=True, slots=True)
class Counts:
    """Counters of the dossiers received in a period, as they stood at the moment asked for.

    Attributes:
        registered: all; refused: of them not received (state 3); received: all but those and the new ones.
        online_full, online_part, in_person, post: received, by the way in.
        resolved: with a result; early: on a day before the deadline; on_time: on its day, to the minute;
            late; undated: resolved without any deadline.
        by_extension: resolved in time, but only because the deadline was extended (once).
        withdrawn, stopped: ended without a result.
        open_in_time, open_overdue: the clock runs; paused_in_time, paused_overdue: it stands, and stood still
            before or after the deadline.
        extended, extended_again: deadline asked for again once or more, more than once.
        apologies: late or overdue ones with an apology.
        with_fee: received ones that cost something; paid_online: of them paid online.
        fee, fee_online: đồng; digitised_known: where the system says whether it was digitised.
        days: working days that the resolved took, pauses apart; minutes: by the clock, pauses included.
    """

    registered: int = 0
    received: int = 0
    refused: int = 0
    online_full: int = 0
    online_part: int = 0
    in_person: int = 0
    post: int = 0
    resolved: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    undated: int = 0
    by_extension: int = 0
    withdrawn: int = 0
    stopped: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    paused_in_time: int = 0
    paused_overdue: int = 0
    extended: int = 0
    extended_again: int = 0
    apologies: int = 0
    with_fee: int = 0
    paid_online: int = 0
    digitised: int = 0
    digitised_known: int = 0
    fee: int = 0
    fee_online: int = 0
    days: int = 0
    minutes: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Two periods or units together."""
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Counts)))

    @property
    def overdue(self) -> int:
        """Unresolved and past the deadline."""
        return self.open_overdue + self.paused_overdue

    @property
    def on_time_rate(self) -> Fraction | None:
        """Resolved by the deadline, of all resolved that had one (Decision 766/QĐ-TTg, group 2)."""
        return _rate(self.early + self.on_time, self.early + self.on_time + self.late)

    @property
    def on_time_rate_unextended(self) -> Fraction | None:
        """The same where an extension does not count."""
        whole = self.early + self.on_time + self.late
        return _rate(self.early + self.on_time - self.by_extension, whole)

    @property
    def on_time_rate_strict(self) -> Fraction | None:
        """The same where what lies overdue counts as late already."""
        return _rate(self.early + self.on_time, self.early + self.on_time + self.late + self.overdue)

    @property
    def online_rate(self) -> Fraction | None:
        """Received online, in full or in part, of all received."""
        return _rate(self.online_full + self.online_part, self.received)

    @property
    def payment_rate(self) -> Fraction | None:
        """Paid online, of the received ones that cost something."""
        return _rate(self.paid_online, self.with_fee)

    @property
    def payment_share(self) -> Fraction | None:
        """Đồng paid online, of all đồng due."""
        return _rate(self.fee_online, self.fee)

    @property
    def digitisation_rate(self) -> Fraction | None:
        """Digitised, of those where the system says so or not."""
        return _rate(self.digitised, self.digitised_known)

    @property
    def mean_days(self) -> Fraction | None:
        """Working days that a resolved dossier took on average."""
        return _rate(self.days, self.resolved)


RATES = (
    "on_time_rate",
    "on_time_rate_unextended",
    "on_time_rate_strict",
    "online_rate",
    "payment_rate",
    "payment_share",
    "digitisation_rate",
    "mean_days",
)
