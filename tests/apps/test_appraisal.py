"""From the appraiser's ruling through the explanation to the council, as the real exchange went.

Source: the appraisal of one component of 1150/QĐ-BNV for the year 2019, self 0.75, appraised 0.25 ("số liệu
công khai thấp hơn nhiều so với báo cáo"), claimed again 0.75 (tests/cases/council-exchange-2019.yaml).
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from small_round import small_set

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
    publish_round,
    reply,
    save_drafts,
    sign_off,
    submit_sheet,
    to_council,
)
from parindex.apps.assessments.models import Phase, Ruling, Statement
from parindex.apps.assessments.permissions import assignment_of, check_appraise
from parindex.apps.assessments.queries.sheets import standing_of
from parindex.apps.assessments.rules.time import NotNow
from parindex.apps.assessments.states import WrongState
from parindex.apps.audit.models import Entry
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
from parindex.apps.organisations.permissions import NotAllowed, rights_of
from parindex.apps.organisations.roles import Act, Role
from parindex.apps.results.actions import conclude_round
from parindex.apps.results.queries import places
from parindex.core.kernel.problems import Refused


START = datetime(2026, 1, 10, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KINDS = [("self", 1), ("appraisal", 1), ("explanation", 1), ("appraisal", 2), ("council", 1)]
SELF, FIRST, EXPLAINING, SECOND, COUNCIL = (
    {"by": "person:1", "at": START + DAY * k + DAY / 2} for k in range(5)
)


@pytest.fixture
def round_(small):
    """A round of five phases, a day each; Sở Hai appraises everything, Sở Một appraises Sở Hai."""
    framework = store_framework(content=small_set("set-2025"), file="s.yaml", by="demo", at=START)
    phases = [
        PlannedPhase(Phase.Kind(kind), START + DAY * k, START + DAY * (k + 1) - timedelta(minutes=1), turn)
        for k, (kind, turn) in enumerate(KINDS)
    ]
    opened = small.open("2025", 2025, framework=framework, phases=phases)
    parts = [Part("A", small.units["so-hai"], small.units["so-mot"])]
    assign_parts(round_=opened, parts=parts, by="demo", at=START)
    return opened


@pytest.fixture
def unit(round_):
    """Sở Một, which has handed in 3/4 and 5 points."""
    participant = round_.participants.get(unit__code="so-mot")
    typed = [Typing("A1", "3/4", "công khai đầy đủ"), Typing("A2", "5")]
    save_drafts(participant=participant, typed=typed, **SELF)
    submit_sheet(participant=participant, **SELF)
    return participant


def _stands(participant, leaf="A1"):
    ruling = standing_of(participant)[leaf]
    return ruling.stage, ruling.answer


def test_the_exchange_from_claim_to_council(round_, unit):
    """Self, appraised lower with a reason, explained, kept, before the council, ruled; each turn is kept."""
    lower = Verdict(unit.pk, "A1", "points:1", "Số liệu công khai thấp hơn báo cáo")
    appraise(round_=round_, verdicts=[lower], **FIRST)
    ask_explanation(participant=unit, leaf="A1", question="Vì sao số liệu khác báo cáo?", **FIRST)
    case = explain(participant=unit, leaf="A1", said=Said("Đã công khai đủ 3/4", "3"), **EXPLAINING)
    case = reply(explanation=case, verdict=Verdict(unit.pk, "A1", "points:1", "Giữ nguyên"), **SECOND)
    assert _stands(unit) == ("explained", "points:1")
    case = to_council(
        explanation=case, party=Statement.Party.UNIT, text="Đề nghị hội đồng xem xét", **COUNCIL
    )
    with pytest.raises(Refused, match="cases_open"):
        conclude_round(round_=round_, **COUNCIL)
    council_rule(round_=round_, verdict=Verdict(unit.pk, "A1", "3/4", "Đủ tài liệu kiểm chứng"), **COUNCIL)
    assert _stands(unit) == ("council", "3/4")
    case.refresh_from_db()
    assert case.state == "closed"
    assert [s.party for s in case.statements.all()] == ["appraiser", "unit", "appraiser", "unit", "council"]
    result = conclude_round(round_=round_, **COUNCIL)
    assert result.units.get(participant=unit).points == 8


def test_what_is_concluded_is_public_only_when_published(round_, unit, db):
    """And nothing is ruled any more."""
    conclude_round(round_=round_, **COUNCIL)
    assert "tinh-thu" not in {p.code for p in places()}
    with pytest.raises(NotNow):
        council_rule(round_=round_, verdict=Verdict(unit.pk, "A1", "4/4", "Thêm"), **COUNCIL)
    publish_round(round_=round_, **COUNCIL)
    assert "tinh-thu" in {p.code for p in places()}


@pytest.mark.parametrize(
    ("answer", "reason", "code"),
    [
        ("points:1", "", "reason_needed"),
        ("n/a", " ", "reason_needed"),
        ("points:5", "cao hơn", "points_out_of_range"),
        ("5/4", "sai", None),
    ],
)
def test_a_ruling_that_cannot_stand_is_refused(round_, unit, answer, reason, code):
    """Nothing of the same act is kept: the good verdict beside it neither."""
    verdicts = [Verdict(unit.pk, "A2", "5"), Verdict(unit.pk, "A1", answer, reason)]
    with pytest.raises(Refused) as refusal:
        appraise(round_=round_, verdicts=verdicts, **FIRST)
    assert code in (None, refusal.value.code)
    assert not Ruling.objects.filter(participant=unit, stage="appraised").exists()


def test_equal_or_more_points_need_no_reason(round_, unit):
    """Accepting is one act for many leaves, one entry."""
    appraise(round_=round_, verdicts=[Verdict(unit.pk, "A1", "3/4"), Verdict(unit.pk, "A2", "6")], **FIRST)
    assert Entry.objects.filter(kind="leaves.appraised", book="tinh-thu/2025").count() == 1


def test_nothing_is_appraised_before_its_time(round_, unit):
    """Nor while a returned sheet is with the unit."""
    verdict = Verdict(unit.pk, "A1", "3/4")
    for act in (SELF, EXPLAINING, COUNCIL):
        with pytest.raises(NotNow):
            appraise(round_=round_, verdicts=[verdict], **act)
    unit.sheet.state = "returned"
    unit.sheet.save()
    with pytest.raises(NotNow, match="sheet_still_open"):
        appraise(round_=round_, verdicts=[verdict], **FIRST)


def test_a_part_that_is_signed_off_stands(round_, unit, small):
    """Until the next turn."""
    lead = small.units["so-hai"]
    sign_off(round_=round_, lead=lead, turn=1, number="15/SNV-CCHC", on=date(2026, 1, 11), **FIRST)
    verdict = Verdict(unit.pk, "A1", "3/4")
    with pytest.raises(Refused, match="part_signed_off"):
        appraise(round_=round_, verdicts=[verdict], **FIRST)
    appraise(round_=round_, verdicts=[verdict], **SECOND)


def test_the_unit_may_claim_of_its_own_accord_and_accept(round_, unit):
    """In the explanation phase only, and not more than the maximum."""
    with pytest.raises(NotNow):
        explain(participant=unit, leaf="A1", said=Said("Đề nghị", "4"), **FIRST)
    with pytest.raises(Refused, match="claim_above_maximum"):
        explain(participant=unit, leaf="A1", said=Said("Đề nghị", "4,5"), **EXPLAINING)
    case = explain(participant=unit, leaf="A1", said=Said("Đề nghị", "4"), **EXPLAINING)
    with pytest.raises(WrongState):
        accept_reply(explanation=case, **EXPLAINING)
    case = reply(explanation=case, verdict=Verdict(unit.pk, "A1", "4/4", "Chấp nhận"), **SECOND)
    assert accept_reply(explanation=case, **SECOND).state == "closed"


def test_nobody_rules_on_their_own_unit(round_, unit, small):
    """Sở Hai appraises all but itself; whoever belongs to both is barred."""
    framework, assignments = by_hash(round_.framework.content_hash), list(round_.assignments.all())
    person = add_person(new=NewPerson("an", "An"), by="demo", at=START)
    grant_role(person=person, role=Role.APPRAISER, unit=small.units["so-hai"], by="demo", at=START)
    other = round_.participants.get(unit__code="so-hai")

    def check(participant):
        part = assignment_of(assignments, framework, participant=participant, leaf="A1")
        rights = rights_of(person, START)
        check_appraise(rights, Act.APPRAISAL_RULE, participant=participant, assignment=part)

    check(unit)
    with pytest.raises(NotAllowed, match="own_unit"):
        check(other)
    grant_role(person=person, role=Role.OFFICER, unit=small.units["so-mot"], by="demo", at=START)
    with pytest.raises(NotAllowed, match="own_unit"):
        check(unit)
