"""Which phase is open for whom: the stated minute counts, extensions count, and the door says why not."""

from datetime import UTC, datetime, timedelta

import pytest
from small_round import ACT

from parindex.apps.assessments.actions import PlannedPhase
from parindex.apps.assessments.models import Extension, Phase
from parindex.apps.assessments.rules.time import NotNow, check_open, open_window
from parindex.core.wording.refusals import refusal_sentence


OPENS = datetime(2026, 1, 10, 1, 0, tzinfo=UTC)
CLOSES = datetime(2026, 1, 20, 10, 0, tzinfo=UTC)  # 17:00 in Việt Nam
SELF = Phase.Kind.SELF


@pytest.fixture
def participant(small):
    """A unit of a round whose self-assessment runs for ten days."""
    round_ = small.open("2025", 2025, phases=[PlannedPhase(SELF, OPENS, CLOSES)])
    return round_.participants.select_related("round").get(unit__code="so-mot")


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (OPENS - timedelta(microseconds=1), False),
        (OPENS, True),
        (CLOSES + timedelta(seconds=59), True),
        (CLOSES + timedelta(minutes=1), False),
    ],
)
def test_the_stated_minute_is_the_last(participant, at, is_open):
    """To its end."""
    assert (open_window(participant, SELF, at) is not None) is is_open


def test_an_extension_counts_for_its_unit_alone(participant):
    """The newest of several."""
    late = CLOSES + timedelta(hours=2)
    phase = participant.round.phases.get()
    for hours in (9, 3):
        Extension.objects.create(
            phase=phase,
            participant=participant,
            closes_at=CLOSES + timedelta(hours=hours),
            reason="mất điện",
            **ACT,
        )
    other = participant.round.participants.select_related("round").get(unit__code="so-hai")
    assert open_window(participant, SELF, late).extended
    assert open_window(participant, SELF, CLOSES + timedelta(hours=4)) is None
    assert open_window(other, SELF, late) is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_closed_door_says_when_it_was_open(participant, language):
    """In Việt Nam's time."""
    with pytest.raises(NotNow) as refusal:
        check_open(participant, SELF, CLOSES + timedelta(hours=1))
    said = refusal_sentence(refusal.value.code, refusal.value.data, language)
    assert "17:00" in said
    assert "None" not in said


def test_a_round_of_finished_results_has_no_open_phase(small):
    """It is public at once and has no sheets."""
    participant = small.round.participants.select_related("round").first()
    assert small.round.state == "published"
    assert open_window(participant, SELF, CLOSES) is None
