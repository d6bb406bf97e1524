"""What hangs on one person in rounds that are running."""

from __future__ import annotations

from dataclasses import dataclass

from parindex.apps.assessments.models import Handout, Round, Share
from parindex.apps.organisations.models import Person


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Leaves handed to somebody and not ready yet, and parts of the appraisal that are theirs."""

    handouts: list[Handout]
    shares: list[Share]


def open_work_of(person: Person) -> OpenWork:
    """Everything that waits for one person. Two queries."""
    handouts = Handout.objects.filter(
        person=person, done_at=None, participant__round__state=Round.State.RUNNING
    ).select_related("participant__round__territory__parent", "participant__unit", "participant__group")
    shares = Share.objects.filter(person=person, assignment__round__state=Round.State.RUNNING).select_related(
        "assignment__round__territory__parent", "assignment__lead"
    )
    return OpenWork(list(handouts.order_by("participant_id", "leaf")), list(shares.order_by("id")))
