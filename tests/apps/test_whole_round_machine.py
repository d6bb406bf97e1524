"""A round from self-assessment to publication in which anybody does anything in any order, as time goes on.

After every act the ledger verifies, the round is rebuilt from it, nothing was ruled outside its time or on
the own unit, and the points that are shown are those the kernel gives; at the end every row is as the ledger
says.
"""

from datetime import timedelta
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test
from played_round import PlayedRound, bounded
from site_world import AT
from small_round import open_small

from parindex.apps.assessments.actions import (
    Part,
    PlannedPhase,
    Said,
    Typing,
    Verdict,
    accept_reply,
    appraise,
    ask_explanation,
    assign_parts,
    council_rule,
    explain,
    reply,
    save_drafts,
    submit_sheet,
    to_council,
)
from parindex.apps.assessments.models import Explanation, Phase, Round, Ruling, Statement
from parindex.apps.assessments.permissions import assignment_of, check_appraise
from parindex.apps.assessments.queries.explanations import open_cases
from parindex.apps.assessments.queries.sheets import standing_of
from parindex.apps.audit.verify import verify
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
from parindex.apps.organisations.permissions import rights_of
from parindex.apps.organisations.roles import Act, Role
from parindex.apps.publications.actions import publish
from parindex.apps.publications.models import Publication
from parindex.apps.results.actions import compute_result, conclude_round
from parindex.apps.results.models import UnitResult
from parindex.apps.results.rebuild import rebuild
from parindex.config.held import TABLES, compare_rows
from parindex.core.kernel.reading import read_answer, score_answer


DAY, HOUR = timedelta(days=1), timedelta(hours=1)
KINDS = [("self", 1, 1), ("appraisal", 1, 1), ("explanation", 1, 1), ("appraisal", 2, 1), ("council", 1, 9)]
STAGE_IN = {Ruling.Stage.SELF: "self", Ruling.Stage.COUNCIL: "council"}
UNITS = st.sampled_from(["so-mot", "so-hai"])
LEAVES = st.sampled_from(["A1", "A2", "A2", "A9"])
ANSWERS = st.sampled_from(["3/4", "4", "5,5", "points:2", "n/a", "", "=1+1"])
REASONS = st.sampled_from(["Thiếu tài liệu", ""])
WATCHED = [t for t in TABLES if t.name.startswith(("assessments.", "results.", "publications."))]


class WholeRound(PlayedRound):
    """Two units through five phases."""

    done: ClassVar[set[str]] = set()
    pace = 6 * HOUR

    @initialize()
    def opens(self):
        """Four phases of a day and the council's nine; each unit is appraised by the other one."""
        small = open_small()
        phases = [
            PlannedPhase(Phase.Kind(kind), AT + DAY * k, AT + DAY * (k + days) - timedelta(minutes=1), turn)
            for k, (kind, turn, days) in enumerate(KINDS)
        ]
        self.round, self.at = small.open("2025", 2025, phases=phases), AT + HOUR
        parts = [Part("A", small.units["so-hai"], small.units["so-mot"])]
        assign_parts(round_=self.round, parts=parts, by="demo", at=AT)
        self.people = {}
        for code, unit in small.units.items():
            person = self.people[code] = add_person(new=NewPerson(f"td-{code}", code), by="demo", at=AT)
            grant_role(person=person, role=Role.APPRAISER, unit=unit, by="demo", at=AT)
        for sheet in self.round.participants.all():
            typed = [Typing("A1", "3/4"), Typing("A2", "5")]
            save_drafts(participant=sheet, typed=typed, by="demo", at=self.at)
        submit_sheet(participant=self._sheet("so-mot"), by="demo", at=self.at)

    def teardown(self):
        """However far it came, the council ends it; nothing of it stays for the next."""
        try:
            self.at = max(self.at, AT + 4 * DAY)
            for _ in range(9):
                self._finishes("3/4")
            self.what_is_told_holds()
            assert verify().faults == []
            assert compare_rows(WATCHED).faults == []
            self.nobody_goes_beyond_their_right()
        finally:
            super().teardown()

    def _sheet(self, unit):
        return self.round.participants.select_related("round__framework", "unit").get(unit__code=unit)

    def _case(self, unit, leaf):
        return Explanation.objects.filter(participant=self._sheet(unit), leaf=leaf).first()

    @rule(unit=UNITS, leaf=st.sampled_from(["A1", "A2"]), answer=st.sampled_from(["3/4", "points:2"]))
    def what_is_due(self, unit, leaf, answer):
        """What somebody does who knows the day and their part."""
        other = {"so-mot": "so-hai", "so-hai": "so-mot"}[unit]
        answer = answer if leaf == "A1" or answer.startswith("points") else "4"
        due = {
            0: lambda: self.submits(unit),
            1: lambda: self.appraises(unit, other, leaf, answer, "Thiếu tài liệu", replies=False),
            2: lambda: self.explains(unit, leaf, "3"),
            3: lambda: self.appraises(unit, other, leaf, answer, "Thiếu tài liệu", replies=True),
        }
        due.get((self.at + 6 * HOUR - AT) // DAY, lambda: self._finishes(answer))()

    def _finishes(self, answer):
        """What the council has left, then the end, then the publication."""
        left = open_cases(self.round)
        if left:
            sheet, leaf = left[0].participant, left[0].leaf.code
            self.council(sheet.unit.code, leaf, answer if leaf == "A1" else "4", "Đủ tài liệu")
        else:
            running = Round.objects.get(pk=self.round.pk).state == Round.State.RUNNING
            self.ends(conclude_round if running else publish)

    @rule(unit=UNITS)
    def submits(self, unit):
        """Perhaps again, perhaps late."""
        self.attempt(submit_sheet, participant=self._sheet(unit), by="person:1")

    @rule(unit=UNITS, by=UNITS, leaf=LEAVES, answer=ANSWERS, reason=REASONS, replies=st.booleans())
    def appraises(self, unit, by, leaf, answer, reason, replies):
        """An appraiser of either unit rules, or answers a case; the right is asked as the page asks it."""
        sheet, person = self._sheet(unit), self.people[by]
        verdict = Verdict(sheet.pk, leaf, answer, reason)

        def ruled(*, by, at):
            framework, parts = by_hash(self.round.framework.content_hash), list(self.round.assignments.all())
            part = assignment_of(parts, framework, participant=sheet, leaf=leaf)
            check_appraise(rights_of(person, at), Act.APPRAISAL_RULE, participant=sheet, assignment=part)
            if replies and (case := self._case(unit, leaf)) is not None:
                reply(explanation=case, verdict=verdict, by=by, at=at)
            else:
                appraise(round_=self.round, verdicts=[verdict], by=by, at=at)

        self.attempt(ruled, by=person.ref)

    @rule(unit=UNITS, leaf=LEAVES)
    def asks(self, unit, leaf):
        """The appraiser asks."""
        sheet = self._sheet(unit)
        self.attempt(ask_explanation, participant=sheet, leaf=leaf, question="Vì sao?", by="person:2")

    @rule(unit=UNITS, leaf=LEAVES, claimed=st.sampled_from(["", "3", "99"]))
    def explains(self, unit, leaf, claimed):
        """The unit answers or claims."""
        said = Said("Đã công khai", claimed)
        self.attempt(explain, participant=self._sheet(unit), leaf=leaf, said=said, by="person:1")

    @rule(unit=UNITS, leaf=LEAVES, accepts=st.booleans())
    def goes_on(self, unit, leaf, accepts):
        """The unit accepts the reply or goes to the council."""
        case = self._case(unit, leaf)
        if case is not None and accepts:
            self.attempt(accept_reply, explanation=case, by="person:1")
        elif case is not None:
            self.attempt(to_council, explanation=case, party=Statement.Party.UNIT, text="Chưa đúng", by="p")

    @rule(unit=UNITS, leaf=LEAVES, answer=ANSWERS, reason=REASONS)
    def council(self, unit, leaf, answer, reason):
        """The council rules."""
        verdict = Verdict(self._sheet(unit).pk, leaf, answer, reason)
        self.attempt(council_rule, round_=self.round, verdict=verdict, by="person:5")

    @rule(act=st.sampled_from([compute_result, conclude_round, publish]))
    def ends(self, act):
        """A result is asked for, the round is ended, or published."""
        self.attempt(act, round_=Round.objects.get(pk=self.round.pk), by="person:9")

    @invariant()
    def what_is_told_holds(self):
        """The round's ledger, and the round rebuilt from it."""
        assert verify(f"{self.round.territory.code}/{self.round.code}").faults == []
        assert list(rebuild(Round.objects.get(pk=self.round.pk)).differences) == []

    @invariant()
    def nobody_goes_beyond_their_right(self):
        """Every ruling was made in its stage's phase, and none of an appraiser's on the own unit."""
        phases = list(self.round.phases.all())
        for ruling in Ruling.objects.filter(participant__round=self.round).select_related(
            "participant__unit"
        ):
            kind = STAGE_IN.get(ruling.stage, "appraisal")
            assert any(p.kind == kind and p.opens_at <= ruling.at <= p.closes_at for p in phases)
            own = self.people[ruling.participant.unit.code].ref
            assert kind != "appraisal" or ruling.by != own

    @invariant()
    def shown_points_are_the_kernels(self):
        """Of the newest result, and once it is public nothing stands but what it was made of."""
        newest = self.round.results.order_by("-id").first()
        if newest is None or newest.computed_at != self.at:
            return
        framework = by_hash(self.round.framework.content_hash)
        for line in UnitResult.objects.filter(result=newest).select_related("participant"):
            stands = standing_of(line.participant)
            points = 0
            for code, leaf in framework.leaves.items():
                if code in stands:
                    answer = read_answer(leaf, stands[code].answer)
                    points += score_answer(leaf, answer, leaf.max_for(""), calendar=framework.calendar)[0]
            assert line.points == points
        public = Publication.objects.filter(round=self.round).count()
        assert public == 0 or Round.objects.get(pk=self.round.pk).state == Round.State.PUBLISHED


@pytest.mark.django_db
def test_from_self_assessment_to_publication_every_order_of_acts_holds():
    """The same orders each time: a failure is the same on every machine."""
    run_state_machine_as_test(WholeRound, settings=bounded(examples=6, steps=20))
    wanted = {"ruled", "explain", "council_rule", "conclude_round", "publish"}
    assert wanted - WholeRound.done == set()
