"""Phases close when their stated minute is over, each once, and the round is sealed as it stands then."""

from datetime import UTC, datetime, timedelta

import pytest
from small_round import ACT

from parindex.apps.assessments.actions import PlannedPhase, close_phases
from parindex.apps.assessments.ledger import round_chain, round_name
from parindex.apps.assessments.models import Phase, Round
from parindex.apps.audit.models import Entry
from parindex.apps.audit.seals import seals
from parindex.apps.audit.verify import verify
from parindex.apps.results.actions import conclude_round
from parindex.apps.results.rebuild import rebuild


OPENS = datetime(2026, 1, 10, 1, 0, tzinfo=UTC)
CLOSES = datetime(2026, 1, 20, 10, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SYSTEM = "system"


@pytest.fixture
def running(small):
    """A round in self-assessment for ten days, then in appraisal for five; no other one runs."""
    Round.objects.filter(state=Round.State.RUNNING).update(state=Round.State.CONCLUDED)
    phases = [
        PlannedPhase(Phase.Kind.SELF, OPENS, CLOSES),
        PlannedPhase(Phase.Kind.APPRAISAL, CLOSES + DAY, CLOSES + 5 * DAY),
    ]
    return small.open("2025", 2025, phases=phases)


def _closed(round_):
    return [p.closed_at for p in round_.phases.order_by("position")]


def test_a_phase_closes_when_its_stated_minute_is_over(running):
    """17:00 is the last minute; at 17:01 it is over, and the round is sealed."""
    assert close_phases(by=SYSTEM, at=CLOSES + timedelta(seconds=59)) == 0
    assert close_phases(by=SYSTEM, at=CLOSES + MINUTE) == 1
    assert _closed(running) == [CLOSES + MINUTE, None]
    entry = Entry.objects.get(chain=round_chain(running), kind="phase.closed")
    assert (entry.payload["kind"], entry.payload["turn"], entry.by) == ("self", 1, SYSTEM)
    (found,) = seals(round_name(running))
    assert [(h.chain, h.position) for h in found.heads] == [(round_chain(running), entry.position)]


def test_a_phase_closes_once(running):
    """However often the tick comes."""
    assert [close_phases(by=SYSTEM, at=CLOSES + n * MINUTE) for n in (1, 2, 3)] == [1, 0, 0]
    assert _closed(running) == [CLOSES + MINUTE, None]


def test_two_processes_that_both_see_a_phase_due_close_it_once(running, monkeypatch):
    """The second looks again when the first lets it."""
    from parindex.apps.assessments.actions import closing

    real, calls = closing._close, []

    def twice(pk, **said):
        calls.append(real(pk, **said))
        calls.append(real(pk, **said))
        return calls[0]

    monkeypatch.setattr(closing, "_close", twice)
    assert close_phases(by=SYSTEM, at=CLOSES + MINUTE) == 1
    assert calls == [True, False]
    assert len(list(seals(round_name(running)))) == 1


def test_a_tick_that_comes_late_closes_all_that_is_over(running):
    """After a night without the server; in the order of their deadlines."""
    at = CLOSES + 6 * DAY
    assert close_phases(by=SYSTEM, at=at) == 2
    assert _closed(running) == [at, at]
    kinds = [e.payload["kind"] for e in Entry.objects.filter(kind="phase.closed").order_by("id")]
    assert kinds == ["self", "appraisal"]
    assert verify(round_name(running)).faults == []


def test_rounds_that_do_not_run_are_left_alone(running):
    Round.objects.filter(pk=running.pk).update(state=Round.State.CONCLUDED)
    assert close_phases(by=SYSTEM, at=CLOSES + 6 * DAY) == 0
    assert _closed(running) == [None, None]


def test_a_phase_that_cannot_be_sealed_stays_open(running, monkeypatch):
    """All or nothing; the next tick tries again."""
    from parindex.apps.assessments.actions import closing

    def refuse(**_):
        raise OSError("no key")

    monkeypatch.setattr(closing, "seal", refuse)
    with pytest.raises(OSError, match="no key"):
        close_phases(by=SYSTEM, at=CLOSES + MINUTE)
    assert _closed(running) == [None, None]
    assert not Entry.objects.filter(chain=round_chain(running), kind="phase.closed").exists()


def test_a_concluded_round_is_sealed_with_its_result(running):
    """And is rebuilt from its ledger."""
    conclude_round(round_=running, **ACT)
    (found,) = seals(round_name(running))
    last = Entry.objects.filter(chain=round_chain(running)).latest("position")
    assert (last.kind, found.heads[-1].hash) == ("round.concluded", last.hash)
    assert verify(round_name(running)).faults == []
    assert rebuild(running).differences == []
