"""An explanation's turns: asked or claimed, answered, replied to, put before the council, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.actions.appraising import Verdict, appraise, keep_rulings
from parindex.apps.assessments.actions.evidence import Shown, attach_evidence
from parindex.apps.assessments.actions.telling import (
    Circle,
    tell_circles,
    the_appraisers,
    the_secretariat,
    the_unit,
)
from parindex.apps.assessments.ledger import sheet_chain
from parindex.apps.assessments.models import Explanation, Participant, Phase, Round, Ruling, Statement
from parindex.apps.assessments.queries.sheets import standing_of
from parindex.apps.assessments.rules.appraising import check_ruling
from parindex.apps.assessments.rules.explanations import (
    check_accept,
    check_claim,
    check_explain,
    check_to_council,
    last_close,
)
from parindex.apps.assessments.rules.sheets import applicable_max, leaf_of
from parindex.apps.assessments.rules.time import check_open
from parindex.apps.assessments.states import EXPLANATION_STEPS, ExplanationStep, after
from parindex.apps.audit.record import hold, record
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.problems import Refused


@dataclass(frozen=True, slots=True)
class Said:
    """One turn: the text, the points claimed (as written, or none), and ``[sha-256, number, page]`` rows."""

    text: str
    claimed: str = ""
    evidence: Sequence[Sequence[str]] = field(default_factory=tuple)


@transaction.atomic
def ask_explanation(
    *, participant: Participant, leaf: str, question: str, by: str, at: datetime
) -> Explanation:
    """The appraiser asks the unit to explain a leaf, while an appraisal phase is open.

    Raises:
        NotNow. Refused: ``text_needed``. WrongState: it is being explained already.
    """
    check_open(participant, Phase.Kind.APPRAISAL, at)
    leaf_of(by_hash(participant.round.framework.content_hash), leaf)
    hold(sheet_chain(participant))
    open_ = participant.explanations.filter(leaf=leaf).first()
    asked, state = open_, Explanation.State.ASKED
    if asked is not None:
        state = after(EXPLANATION_STEPS, ExplanationStep.ASK_AGAIN, asked.state)
    else:
        asked = Explanation(participant=participant, leaf=leaf, opened_by=by, opened_at=at)
        asked.due_at = last_close(participant, Phase.Kind.EXPLANATION)
    _turn(asked, state, Statement.Party.APPRAISER, said=Said(question), by=by, at=at)
    kind = "explanation_asked_until" if asked.due_at else "explanation_asked"
    _tell(asked, kind, [the_unit(participant)], by=by, at=at)
    return asked


@transaction.atomic
def explain(
    *, participant: Participant, leaf: str, said: Said, by: str, at: datetime, shown: Sequence[Shown] = ()
) -> Explanation:
    """The unit answers what was asked, or claims points on a leaf of its own accord.

    Args:
        shown: documents attached to the leaf with it; they join those that `said` names.

    Raises:
        NotNow: the explanation phase is not open for the unit.
        WrongState: it is not the unit's turn.
        Refused: ``text_needed``, ``claim_unreadable``, ``claim_above_maximum``, ``leaf_not_assessed``, and
            what `attach_evidence` refuses; nothing is kept.
    """
    hold(sheet_chain(participant))
    found = participant.explanations.filter(leaf=leaf).first()
    state = check_explain(participant, found, at)
    framework = by_hash(participant.round.framework.content_hash)
    node = leaf_of(framework, leaf)
    if not applicable_max(framework, participant, node):
        raise Refused("leaf_not_assessed", leaf=leaf)
    check_claim(node, participant, said.claimed)
    if shown:
        attach_evidence(participant=participant, shown=shown, by=by, at=at)
        rows = [[one.document.sha256, one.document.key, one.page.strip()] for one in shown]
        said = replace(said, evidence=[*said.evidence, *rows])
    if found is None:
        found = Explanation(participant=participant, leaf=leaf, opened_by=by, opened_at=at)
        found.due_at = last_close(participant, Phase.Kind.EXPLANATION)
    _turn(found, state, Statement.Party.UNIT, said=said, by=by, at=at)
    circles = [the_appraisers(participant, leaf), the_unit(participant)]
    _tell(found, "explanation_answered", circles, by=by, at=at)
    return found


@transaction.atomic
def reply(*, explanation: Explanation, verdict: Verdict, by: str, at: datetime) -> Explanation:
    """The appraiser rules again on the leaf, with the reason as the reply.

    Raises:
        WrongState, NotNow, and what `appraise` raises; ``text_needed`` where no reason is given.
    """
    explanation = _held(explanation)
    state = after(EXPLANATION_STEPS, ExplanationStep.REPLY, explanation.state)
    appraise(round_=explanation.participant.round, verdicts=[verdict], by=by, at=at)
    said = Said(verdict.reason)
    _turn(explanation, state, Statement.Party.APPRAISER, said=said, by=by, at=at)
    _tell(explanation, "explanation_replied", [the_unit(explanation.participant)], by=by, at=at)
    return explanation


@transaction.atomic
def to_council(
    *, explanation: Explanation, party: Statement.Party, text: str, by: str, at: datetime
) -> Explanation:
    """Put a case before the council; the unit does so when it does not accept the reply.

    Raises:
        WrongState; NotNow: the council does not sit any more; ``text_needed``.
    """
    explanation = _held(explanation)
    state = check_to_council(explanation.participant, explanation, at)
    _turn(explanation, state, party, said=Said(text), by=by, at=at)
    _tell(
        explanation,
        "explanation_to_council",
        _all_parties(explanation.participant, explanation.leaf),
        by=by,
        at=at,
    )
    return explanation


@transaction.atomic
def bring_before_council(
    *, participant: Participant, leaf: str, text: str, by: str, at: datetime
) -> Explanation:
    """Put a leaf before the council that nobody explains, or whose case is closed.

    Raises:
        WrongState: its case is open already. Refused: ``text_needed``, ``leaf_not_assessed``.
    """
    framework = by_hash(participant.round.framework.content_hash)
    if not applicable_max(framework, participant, leaf_of(framework, leaf)):
        raise Refused("leaf_not_assessed", leaf=leaf)
    hold(sheet_chain(participant))
    case = participant.explanations.filter(leaf=leaf).first()
    state = Explanation.State.COUNCIL
    if case is None:
        case = Explanation(participant=participant, leaf=leaf, opened_by=by, opened_at=at)
    else:
        state = after(EXPLANATION_STEPS, ExplanationStep.BRING_UP, case.state)
        case.closed_by, case.closed_at = "", None
    _turn(case, state, Statement.Party.COUNCIL, said=Said(text), by=by, at=at)
    _tell(case, "explanation_to_council", _all_parties(participant, leaf), by=by, at=at)
    return case


@transaction.atomic
def accept_reply(*, explanation: Explanation, by: str, at: datetime) -> Explanation:
    """The unit accepts the reply, and the case is closed.

    Raises:
        WrongState: there is no reply yet.
    """
    explanation = _held(explanation)
    explanation.state = check_accept(explanation)
    explanation.closed_by, explanation.closed_at = by, at
    explanation.save()
    _record(explanation, "explanation.accepted", {}, by=by, at=at)
    participant = explanation.participant
    circles = [the_appraisers(participant, explanation.leaf), the_unit(participant)]
    _tell(explanation, "explanation_accepted", circles, by=by, at=at)
    return explanation


@transaction.atomic
def council_rule(
    *, round_: Round, verdict: Verdict, by: str, at: datetime, seen: int | None = None
) -> Ruling:
    """The council rules on a leaf while its phase is open; the case, if there is one, is closed.

    Args:
        seen: the key of the ruling that stood when the council looked at the case, 0 where none did.

    Raises:
        NotNow. Refused: ``reason_needed``, ``ruling_not_chosen``: every ruling of the council has a reason
            and says something; ``case_moved``: another ruling stands than was seen; what `check_ruling`
            raises.
    """
    found = Participant.objects.select_related("round__framework", "round__territory__parent", "unit")
    participant = found.get(pk=verdict.participant, round=round_)
    check_open(participant, Phase.Kind.COUNCIL, at)
    framework = by_hash(round_.framework.content_hash)
    leaf = leaf_of(framework, verdict.leaf)
    if not applicable_max(framework, participant, leaf):
        raise Refused("leaf_not_assessed", leaf=verdict.leaf)
    if not verdict.answer:
        raise Refused("ruling_not_chosen")
    if not verdict.reason.strip():
        raise Refused("reason_needed")
    hold(sheet_chain(participant))
    stood = standing_of(participant).get(verdict.leaf)
    if seen is not None and seen != (stood.pk if stood else 0):
        raise Refused("case_moved", leaf=verdict.leaf)
    before = stood.answer if stood else ""
    check_ruling(framework, participant, leaf, answer=verdict.answer, before=before, reason=verdict.reason)
    ruling = Ruling(
        participant=participant,
        leaf=verdict.leaf,
        stage=Ruling.Stage.COUNCIL,
        answer=verdict.answer,
        reason=verdict.reason.strip(),
        framework_hash=round_.framework.content_hash,
        by=by,
        at=at,
    )
    kept = keep_rulings(participant, [ruling], kind="council.ruled", by=by, at=at)[0]
    _close(participant, verdict, by=by, at=at)
    said, circles = {"leaf": verdict.leaf}, _all_parties(participant, verdict.leaf)
    tell_circles("council_ruled", round_=participant.round, circles=circles, said=said, by=by, at=at)
    return kept


def _close(participant: Participant, verdict: Verdict, *, by: str, at: datetime) -> None:
    """Close the case that the council ruled on, if there is an open one."""
    case = participant.explanations.filter(leaf=verdict.leaf).exclude(state=Explanation.State.CLOSED).first()
    if case is not None:
        state = after(EXPLANATION_STEPS, ExplanationStep.RULE, case.state)
        case.closed_by, case.closed_at = by, at
        _turn(case, state, Statement.Party.COUNCIL, said=Said(verdict.reason), by=by, at=at)


def _all_parties(participant: Participant, leaf: str) -> list[Circle]:
    """The unit, who appraised the leaf, and the secretariat."""
    return [
        the_unit(participant),
        the_appraisers(participant, leaf),
        the_secretariat(participant.round, participant),
    ]


def _tell(explanation: Explanation, kind: str, circles: Sequence[Circle], *, by: str, at: datetime) -> None:
    """Tell the parties of a case of its turn."""
    said = {"leaf": explanation.leaf}
    if explanation.due_at is not None:
        said["until"] = explanation.due_at.isoformat()
    round_ = explanation.participant.round
    tell_circles(kind, round_=round_, circles=circles, said=said, by=by, at=at)


def _held(explanation: Explanation) -> Explanation:
    """The case read again, which others wait for until this act ends."""
    hold(sheet_chain(explanation.participant))
    found = Explanation.objects.select_related(
        "participant__unit", "participant__round__framework", "participant__round__territory__parent"
    )
    return found.get(pk=explanation.pk)


def _turn(
    explanation: Explanation,
    state: Explanation.State | str,
    party: Statement.Party,
    *,
    said: Said,
    by: str,
    at: datetime,
) -> Explanation:
    """Keep one statement and the state it leads to."""
    if not said.text.strip():
        raise Refused("text_needed")
    explanation.state = state
    explanation.save()
    position = explanation.statements.count() + 1
    Statement.objects.create(
        explanation=explanation,
        position=position,
        party=party,
        text=said.text.strip(),
        claimed=said.claimed,
        evidence=[list(row) for row in said.evidence],
        by=by,
        at=at,
    )
    more = {
        "position": position,
        "party": str(party),
        "state": str(state),
        "claimed": said.claimed,
        "evidence": [list(row) for row in said.evidence],
    }
    _record(explanation, "explanation.said", more, text=said.text.strip(), by=by, at=at)
    return explanation


def _record(
    explanation: Explanation,
    kind: str,
    more: Mapping[str, object],
    *,
    by: str,
    at: datetime,
    text: str = "",
) -> None:
    participant = explanation.participant
    record(
        chain=sheet_chain(participant),
        kind=kind,
        subject=f"{participant.unit.code}/{explanation.leaf}",
        payload={"v": 1, "leaf": explanation.leaf, **more},
        texts={"text": text},
        by=by,
        at=at,
    )
