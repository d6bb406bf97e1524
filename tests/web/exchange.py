"""A leaf of a training round on its way from the sheet to the council, each step in its own phase."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from parindex.apps.assessments.actions import (
    Said,
    Typing,
    Verdict,
    appraise,
    ask_explanation,
    explain,
    reply,
    save_drafts,
    submit_sheet,
)
from parindex.apps.assessments.models import Explanation, Participant, Round, Ruling, Statement


LEAF = "3.2.2"
WHY = "Số liệu công khai thấp hơn nhiều so với báo cáo"
QUESTION = "Vì sao số liệu khác báo cáo?"
GROUND = "Đã đối chiếu sổ theo dõi, kèm danh sách"
KEPT = "Giữ nguyên: danh sách chưa đủ"


@dataclass
class Exchange:
    """One unit's leaf; every method does one party's part at noon of a day of its phase."""

    round: Round
    participant: Participant

    @property
    def cases(self) -> QuerySet[Explanation]:
        """The round's explanations."""
        return Explanation.objects.filter(participant__round=self.round)

    @property
    def said(self) -> QuerySet[Statement]:
        """All that was said in them."""
        return Statement.objects.filter(explanation__participant__round=self.round)

    @property
    def ruled(self) -> QuerySet[Ruling]:
        """The council's rulings."""
        return Ruling.objects.filter(participant__round=self.round, stage="council")

    def at(self, kind: str, turn: int = 1) -> datetime:
        """An hour after a phase opens."""
        return self.round.phases.get(kind=kind, turn=turn).opens_at + timedelta(hours=1)

    def _act(self, kind: str, turn: int = 1) -> dict:
        return {"by": "person:1", "at": self.at(kind, turn)}

    def submit(self, answer: str = "9/10") -> None:
        """The unit's own answer."""
        act = self._act("self")
        save_drafts(participant=self.participant, typed=[Typing(LEAF, answer)], **act)
        submit_sheet(participant=self.participant, **act)
        self.participant = Participant.objects.select_related("round", "unit", "sheet").get(
            pk=self.participant.pk
        )

    def _verdict(self, points: str, reason: str) -> Verdict:
        return Verdict(self.participant.pk, LEAF, points, reason)

    def lower(self, points: str = "points:0.25") -> None:
        """The lead department gives less, and asks why."""
        act = self._act("appraisal")
        appraise(round_=self.round, verdicts=[self._verdict(points, WHY)], **act)

    def ask(self) -> Explanation:
        """It asks for an explanation."""
        return ask_explanation(
            participant=self.participant, leaf=LEAF, question=QUESTION, **self._act("appraisal")
        )

    def answer(self, claimed: str = "0,75") -> Explanation:
        """The unit explains and claims points."""
        said = Said(GROUND, claimed)
        return explain(participant=self.participant, leaf=LEAF, said=said, **self._act("explanation"))

    def keep(self, points: str = "points:0.25") -> Explanation:
        """The lead department keeps its points."""
        case = self.participant.explanations.get(leaf=LEAF)
        return reply(explanation=case, verdict=self._verdict(points, KEPT), **self._act("appraisal", 2))


def exchange_in(code: str, unit: str = "so-y-te") -> Exchange:
    """Nothing is done yet."""
    round_ = Round.objects.select_related("framework", "territory").get(code=code)
    return Exchange(round_, round_.participants.select_related("round", "unit", "sheet").get(unit__code=unit))
