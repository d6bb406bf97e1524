"""Penalties entered case by case: the points follow from what stands, and the ledger gives them again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from small_round import ACT, small_set

from parindex.apps.assessments.actions import (
    PlannedPhase,
    Said,
    Verdict,
    accept_reply,
    appraise,
    council_rule,
    enter_penalty,
    explain,
    reply,
    sign_off,
    withdraw_penalty,
)
from parindex.apps.assessments.ledger import sheet_chain
from parindex.apps.assessments.models import Penalty, Phase
from parindex.apps.assessments.queries.explanations import disputes
from parindex.apps.assessments.queries.sheets import sheet_view
from parindex.apps.assessments.rules.penalties import NewPenalty
from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
from parindex.apps.organisations.roles import Role
from parindex.apps.results.actions import compute_result
from parindex.apps.results.rebuild import rebuild
from parindex.core.kernel.problems import Refused


DAY = timedelta(days=1)
OPENS = datetime(2026, 1, 10, 1, 0, tzinfo=UTC)
PHASES = [
    PlannedPhase(Phase.Kind.SELF, OPENS, OPENS + 10 * DAY),
    PlannedPhase(Phase.Kind.APPRAISAL, OPENS + 11 * DAY, OPENS + 20 * DAY),
    PlannedPhase(Phase.Kind.EXPLANATION, OPENS + 21 * DAY, OPENS + 30 * DAY),
    PlannedPhase(Phase.Kind.APPRAISAL, OPENS + 31 * DAY, OPENS + 40 * DAY, turn=2),
    PlannedPhase(Phase.Kind.COUNCIL, OPENS + 41 * DAY, OPENS + 50 * DAY),
]
PENALTIES = """penalty:
  max: 3
  items:
    - {code: P1, name: Vi phạm, max: 2, rule: {kind: count, each: {points: 0.5}, cap: 2}}
    - {code: P2, name: Báo cáo, max: 1, rule: {kind: all_or_nothing, conditions: [{id: a, name: Có}]}}
    - code: P3
      name: Mức độ
      max: 2
      rule: {kind: choice, options: [{id: nhe, name: Nhẹ, points: 1}, {id: nang, name: Nặng, points: 2}]}
    - {code: P4, name: Cho loại khác, max: {xa: 1}, rule: {kind: count, each: {points: 1}}}
"""
BY = {"by": "person:7", "at": OPENS + DAY}


@pytest.fixture
def unit(small):
    """A unit of an open round whose set has penalties."""
    act = {"by": "demo", "at": OPENS}
    content = small_set("phat", more="unit_types: [{code: so, name: Sở}, {code: xa, name: Xã}]\n" + PENALTIES)
    framework = store_framework(content=content, file="s.yaml", **act)
    round_ = small.open("2025", 2025, framework=framework, phases=PHASES)
    return round_.participants.get(unit__code="so-mot")


def case(leaf="P1", *, number="12/KL-TTT", **more):
    """What a body would enter."""
    said = {"matter": "Gây phiền hà khi giải quyết hồ sơ", "issued_on": date(2025, 11, 3)}
    return NewPenalty(leaf=leaf, number=number, **{**said, **more})


def enter(unit, new=None, **more):
    """By the neighbour, who holds it."""
    body = unit.round.participants.get(unit__code="so-hai").unit
    return enter_penalty(participant=unit, new=new or case(), body=body, **{**BY, **more})


def points(unit, leaf="P1"):
    """What the item counts off on the sheet as it stands."""
    return sheet_view(unit).nodes[leaf].points


def test_the_points_follow_from_the_cases_that_stand(unit):
    """By the set's own rule: half a point each, two at most; a withdrawn case counts no more."""
    first = enter(unit)
    assert points(unit) == -0.5
    enter(unit, case(number="13/KL-TTT", times=4))
    assert points(unit) == -2
    withdraw_penalty(penalty=first, reason="Kết luận được hủy", **BY)
    assert unit.rulings.filter(leaf="P1").latest("id").answer == "4"
    withdraw_penalty(penalty=Penalty.objects.latest("pk"), reason="Nhầm đơn vị", **BY)
    assert points(unit) == 0


def test_one_case_meets_a_single_condition(unit):
    """More of them do not count twice."""
    for number in ("1/TB", "2/TB"):
        enter(unit, case("P2", number=number))
    assert points(unit, "P2") == -1


def test_where_cases_are_not_counted_the_newest_that_stands_decides(unit):
    """Its answer is what the rule reads."""
    enter(unit, case("P3", answer="nhe"))
    heavy = enter(unit, case("P3", number="14/KL", answer="nang"))
    assert points(unit, "P3") == -2
    withdraw_penalty(penalty=heavy, reason="Xét lại", **BY)
    assert points(unit, "P3") == -1


def test_the_round_is_rebuilt_from_its_ledger_with_its_penalties(unit):
    """Each act is one entry with the case; the words stand beside."""
    made = enter(unit)
    enter(unit, case("P3", answer="nang"))
    withdraw_penalty(penalty=made, reason="Kết luận được hủy", **BY)
    compute_result(round_=unit.round, **ACT)
    found = rebuild(unit.round)
    assert (found.computed, found.differences) == (True, [])
    assert verify("tinh-thu/2025").faults == []
    kinds = Entry.objects.filter(chain=sheet_chain(unit)).order_by("position").values_list("kind", flat=True)
    assert list(kinds) == ["penalty.recorded", "penalty.recorded", "penalty.withdrawn"]
    told = Entry.objects.filter(kind="penalty.recorded").earliest("id").payload
    assert (told["case"], told["number"], told["date"], told["body"]) == (
        1,
        "12/KL-TTT",
        "2025-11-03",
        "so-hai",
    )
    assert "phiền hà" not in str(told)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (case("A1"), "leaf_no_penalty"),
        (case("X9"), "leaf_unknown"),
        (case("P4"), "leaf_not_assessed"),
        (case(matter=" \n"), "penalty_matter_needed"),
        (case(number=" "), "number_needed"),
        (case(issued_on=date(2026, 1, 12)), "penalty_date_ahead"),
        (case(times=0), "penalty_times"),
        (case(times=100), "penalty_times"),
        (case("P3"), "penalty_answer_needed"),
        (case("P3", answer="points:1"), "points_are_ruled"),
        (case("P3", answer="n/a"), "points_are_ruled"),
        (case("P3", answer="khong-co"), "option_unknown"),
    ],
)
def test_what_is_no_case_is_refused_and_nothing_kept(unit, new, code):
    """Neither a case nor a ruling nor an entry."""
    with pytest.raises(Refused) as refusal:
        enter(unit, new)
    assert refusal.value.code == code
    assert not Penalty.objects.exists()
    assert not unit.rulings.exists()
    assert not Entry.objects.filter(chain=sheet_chain(unit)).exists()


def test_a_form_sent_twice_enters_one_case(unit):
    """Another case of the same document has other words."""
    enter(unit)
    with pytest.raises(Refused, match="penalty_twice"):
        enter(unit)
    enter(unit, case(matter="Vụ thứ hai trong cùng kết luận"))
    assert Penalty.objects.count() == 2


def test_a_case_is_withdrawn_once_with_a_reason(unit):
    """It stays with who, when and why."""
    made = enter(unit)
    with pytest.raises(Refused, match="reason_needed"):
        withdraw_penalty(penalty=made, reason=" ", **BY)
    kept = withdraw_penalty(penalty=made, reason="Nhầm đơn vị", **BY)
    assert (kept.withdrawn_by, kept.withdrawn_because) == ("person:7", "Nhầm đơn vị")
    with pytest.raises(Refused, match="penalty_withdrawn"):
        withdraw_penalty(penalty=made, reason="Nhầm đơn vị", **BY)


def test_the_unit_is_told_of_each_act(unit):
    """With the item and the document, and without what somebody wrote."""
    person = add_person(new=NewPerson("dau-moi", "Đầu Mối"), **ACT)
    grant_role(person=person, role=Role.FOCAL, unit=unit.unit, **ACT)
    withdraw_penalty(penalty=enter(unit), reason="Nhầm đơn vị", **BY)
    told = list(Notice.objects.filter(to=person.ref).order_by("id"))
    assert [n.kind for n in told] == ["penalty_recorded", "penalty_withdrawn"]
    assert told[0].data["number"] == "12/KL-TTT"
    assert "phiền hà" not in str(told[0].data)


def test_an_appraiser_cannot_give_other_points_than_the_cases_do(unit):
    """Neither more nor fewer; keeping what the cases give is a reply."""
    enter(unit)
    at = {"by": "person:7", "at": OPENS + 12 * DAY}
    for answer in ("0", "3", "points:0.25", "n/a"):
        verdict = Verdict(unit.pk, "P1", answer, "Xét thấy")
        with pytest.raises(Refused, match="penalty_by_case"):
            appraise(round_=unit.round, verdicts=[verdict], **at)
    appraise(round_=unit.round, verdicts=[Verdict(unit.pk, "P1", "1", "Giữ nguyên")], **at)
    assert points(unit) == -0.5


def test_a_case_of_the_second_turn_stands_after_the_first(unit):
    """Whatever turn it is entered in, all that stand are counted."""
    enter(unit)
    enter(unit, case(number="20/KL-TTT"), at=OPENS + 32 * DAY)
    last = unit.rulings.get(leaf="P1", stage="explained")
    assert (last.answer, points(unit)) == ("2", -1)


def test_what_the_council_ruled_only_the_council_changes(unit):
    """A later case is refused, and so is withdrawing an earlier one."""
    made, late = enter(unit), {"by": "person:8", "at": OPENS + 42 * DAY}
    council_rule(round_=unit.round, verdict=Verdict(unit.pk, "P1", "0", "Không có lỗi"), **late)
    with pytest.raises(Refused, match="penalty_council_ruled"):
        enter(unit, case(number="30/KL"), at=late["at"])
    with pytest.raises(Refused, match="penalty_council_ruled"):
        withdraw_penalty(penalty=made, reason="Hủy", **late)
    assert points(unit) == 0


def test_a_department_that_signed_off_enters_nothing_more_in_that_turn(unit):
    """It does so again in the next."""
    body = unit.round.participants.get(unit__code="so-hai").unit
    sign_off(round_=unit.round, lead=body, turn=1, number="1/SH", on=date(2026, 1, 25), **BY)
    with pytest.raises(Refused, match="part_signed_off"):
        enter(unit, at=OPENS + 22 * DAY)
    enter(unit, at=OPENS + 32 * DAY)


def test_a_penalty_stands_among_what_the_unit_may_explain(unit):
    """With all its points."""
    enter(unit)
    assert [(d.leaf.code, d.lost) for d in disputes(unit)] == [("P1", 0.5)]


def test_the_unit_explains_and_the_body_replies_by_keeping_or_withdrawing(unit):
    """A reply gives no points of its own: it says what the cases give by now."""
    made = enter(unit)
    said, then = Said("Đã khắc phục trước khi kết luận"), OPENS + 32 * DAY
    explained = explain(participant=unit, leaf="P1", said=said, by="person:1", at=OPENS + 22 * DAY)
    with pytest.raises(Refused, match="penalty_by_case"):
        reply(explanation=explained, verdict=Verdict(unit.pk, "P1", "0", "Xét lại"), by="person:7", at=then)
    withdraw_penalty(penalty=made, reason="Chấp nhận giải trình", by="person:7", at=then)
    verdict = Verdict(unit.pk, "P1", "", "Đã rút vụ việc")
    replied = reply(explanation=explained, verdict=verdict, by="person:7", at=then)
    assert (replied.state, points(unit)) == ("replied", 0)
    assert accept_reply(explanation=replied, by="person:1", at=then).state == "closed"
    compute_result(round_=unit.round, **ACT)
    assert rebuild(unit.round).differences == []
