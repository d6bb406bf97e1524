"""A round in which anybody does anything in any order: refused or done, but never broken.

Whatever came before, the ledger verifies, every row is as it says, and the round is rebuilt from it.
"""

from datetime import timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test
from played_round import PlayedRound, bounded
from site_world import AT
from small_round import open_small

from parindex.apps.assessments.actions import (
    MoreTime,
    PlannedPhase,
    Shown,
    Typing,
    attach_evidence,
    extend_phase,
    save_draft,
    submit_sheet,
)
from parindex.apps.assessments.models import Draft, Phase, Round
from parindex.apps.audit.verify import verify
from parindex.apps.evidence.actions import cite_document
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.rules import Metadata
from parindex.apps.results.actions import compute_result
from parindex.apps.results.rebuild import rebuild
from parindex.config.held import TABLES, compare_rows


HOUR = timedelta(hours=1)
UNITS = st.sampled_from(["so-mot", "so-hai"])
LEAVES = st.sampled_from(["A1", "A2", "A2", "A9"])
PERSONS = st.sampled_from(["person:1", "person:2", "person:3"])
ANSWERS = st.sampled_from(["3/4", "4", "5,5", "3/4", "", "-1", "0/0", "=1+1"])
WATCHED = [
    table for table in TABLES if table.name.startswith(("assessments.", "evidence.", "organisations."))
]


class RoundMachine(PlayedRound):
    """Two units and one phase."""

    done: ClassVar[set[str]] = set()

    def __init__(self):
        super().__init__()
        small = open_small()
        phases = [PlannedPhase(Phase.Kind.SELF, AT, AT + 8 * HOUR)]
        self.round, self.units, self.at = small.open("2025", 2025, phases=phases), small.units, AT

    def _sheet(self, unit):
        return self.round.participants.get(unit__code=unit)

    @rule(unit=UNITS, leaf=LEAVES, answer=ANSWERS, by=PERSONS, old=st.booleans())
    def types(self, unit, leaf, answer, by, old):
        """An officer types an answer, perhaps on an old page."""
        sheet = self._sheet(unit)
        kept = Draft.objects.filter(participant=sheet, leaf=leaf).first()
        typed = Typing(leaf, answer, "ghi chú", kept.version if kept and not old else 0)
        self.attempt(save_draft, participant=sheet, typed=typed, by=by)

    @rule(unit=UNITS, by=PERSONS)
    def submits(self, unit, by):
        """The head hands the sheet in, perhaps again."""
        self.attempt(submit_sheet, participant=self._sheet(unit), by=by)

    @rule(unit=UNITS, leaf=LEAVES, of=UNITS, by=PERSONS)
    def shows(self, unit, leaf, of, by):
        """A document of this unit, or of the other one, for a leaf."""
        told = Metadata("1/BC", AT.date(), "Sở", "", f"Báo cáo {self.at:%H}")
        self.attempt(cite_document, unit=self.units[of], metadata=told, where="Tủ 1", by=by)
        document = Document.objects.filter(unit=self.units[of]).last()
        if document is not None:
            shown = [Shown(leaf, document, "trang 3")]
            self.attempt(attach_evidence, participant=self._sheet(unit), shown=shown, by=by)

    @rule(unit=UNITS, hours=st.integers(-5, 40))
    def extends(self, unit, hours):
        """The secretariat gives more time, or tries to."""
        more = MoreTime(self.at + hours * HOUR, "bão")
        phase = self.round.phases.get()
        self.attempt(extend_phase, phase=phase, participants=[self._sheet(unit)], more=more, by="person:9")

    @rule()
    def computes(self):
        """A result is asked for, whether or not the round allows it."""
        self.attempt(compute_result, round_=Round.objects.get(pk=self.round.pk), by="person:9")

    @invariant()
    def everything_holds(self):
        """Ledger, rows and round."""
        assert verify().faults == []
        assert compare_rows(WATCHED).faults == []
        assert list(rebuild(Round.objects.get(pk=self.round.pk)).differences) == []


def test_whatever_anybody_does_the_ledger_tells_it_and_the_round_is_rebuilt(alone, db):
    """Refused or done, but never broken."""
    run_state_machine_as_test(RoundMachine, settings=bounded(examples=10, steps=12))
    wanted = {"save_draft", "submit_sheet", "close_phases"}
    assert wanted - RoundMachine.done == set()
