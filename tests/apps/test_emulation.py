"""Emulation movements: conditions stated before, initiatives used by others, a list that people decide on."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pypdfium2
import pytest

from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.apps.briefings.candidates import candidates_of
from parindex.apps.briefings.commendation_paper import paper_of
from parindex.apps.briefings.commending import Decision, draft_list, issue_list, newest_of, save_list
from parindex.apps.briefings.counting import record_all_initiatives, record_initiatives
from parindex.apps.briefings.emulation import (
    CampaignWritten,
    InitiativeWritten,
    begin_campaign,
    change_campaign,
    change_initiative,
    close_campaign,
    hand_in_initiative,
    launch_campaign,
    record_reuse,
    register_for,
    withdraw_registration,
)
from parindex.apps.briefings.models import Campaign, Commendation, Initiative, Registration
from parindex.apps.indicators.models import Value
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
from parindex.apps.organisations.roles import Role
from parindex.apps.results.actions import compute_result
from parindex.config.jobs import jobs
from parindex.core.kernel.problems import Refused
from parindex.core.papers import docx_file, pdf_file
from parindex.data.indicators import EMULATION_COUNT
from parindex.web.manage.operating import words_of_jobs


AT = datetime(2026, 3, 2, 3, tzinfo=UTC)
ACT = {"by": "person:71", "at": AT}
TOLD = {
    "name": "Một cửa không chờ",
    "start": date(2026, 1, 1),
    "end": date(2026, 12, 31),
    "criteria": "Không hồ sơ quá hạn\n\nMỗi đơn vị một sáng kiến",
}
IDEA = InitiativeWritten("Sổ hẹn giờ", "Nguyễn A; Trần B", "Hẹn giờ qua mạng.", "Giảm một nửa thời gian chờ.")
KNOWN = InitiativeWritten(
    **{f: getattr(IDEA, f) for f in ("title", "authors", "description", "effect")},
    recognised_by="Chủ tịch UBND tỉnh",
    decision="12/QĐ-UBND",
    recognised_on=date(2026, 2, 20),
)


def _refused(act, **arguments):
    with pytest.raises(Refused) as refusal:
        act(**{**ACT, **arguments})
    return refusal.value.code


def _begun(small, **more):
    return begin_campaign(unit=small.territory, written=CampaignWritten(**TOLD | more), **ACT)


def _running(small, **more):
    return launch_campaign(campaign=_begun(small, **more), **ACT)


def _registered(campaign, unit, kind="unit", name=""):
    return register_for(
        campaign=campaign, unit=unit, kind=kind, name=name, pledge="Không hồ sơ quá hạn", **ACT
    )


@pytest.fixture
def ranked(small):
    """The small round with a published result: Sở Một first with 90, Sở Hai second with 50."""
    small.answer(
        ("so-mot", "A1", "9/10"), ("so-mot", "A2", "5.4"), ("so-hai", "A1", "5/10"), ("so-hai", "A2", "3")
    )
    compute_result(round_=small.round, **ACT)
    return small


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": " "}, "campaign_name_missing"),
        ({"name": "x" * 301}, "text_too_long"),
        ({"criteria": " \n "}, "campaign_criteria_missing"),
        ({"criteria": "x\n" * 31}, "campaign_criteria_many"),
        ({"end": date(2025, 12, 31)}, "campaign_days_reversed"),
        ({"rank": "3"}, "campaign_rank_without_round"),
        ({"index": "80"}, "campaign_rank_without_round"),
        ({"rank": "0"}, "campaign_condition_unreadable"),
        ({"initiatives": "hai"}, "campaign_condition_unreadable"),
        ({"index": "-1"}, "campaign_condition_unreadable"),
        ({"reuse": "²"}, "campaign_condition_unreadable"),
    ],
)
def test_what_a_movement_asks_must_be_sound(small, more, code):
    """Nothing is kept of it."""
    written = CampaignWritten(**TOLD | more)
    assert _refused(begin_campaign, unit=small.territory, written=written) == code
    assert not Campaign.objects.filter(unit=small.territory).exists()


def test_a_round_without_a_published_result_gives_no_condition(small):
    """Nobody knows who stands where."""
    written = CampaignWritten(**TOLD, round=small.round, rank="1")
    assert _refused(begin_campaign, unit=small.territory, written=written) == "campaign_round_unknown"


def test_what_is_asked_stays_once_it_is_running(small):
    """Units below are told of it."""
    reader = add_person(new=NewPerson("mot", "Người Một", ""), **ACT)
    grant_role(person=reader, role=Role.FOCAL, unit=small.units["so-mot"], **ACT)
    found = _begun(small)
    change_campaign(campaign=found, written=CampaignWritten(**TOLD | {"slogan": "Việc hôm nay"}), **ACT)
    launch_campaign(campaign=found, **ACT)
    assert [n.to for n in Notice.objects.filter(kind="campaign_launched", data__unit="Tỉnh Thử")] == [
        reader.ref
    ]
    written = CampaignWritten(**TOLD)
    assert _refused(change_campaign, campaign=found, written=written) == "campaign_not_now"
    assert _refused(launch_campaign, campaign=found) == "campaign_not_now"
    kinds = list(Entry.objects.filter(chain=f"emulation:{found.pk}").values_list("kind", flat=True))
    assert kinds == ["campaign.begun", "campaign.changed", "campaign.launched"]


def test_units_divisions_and_persons_register_while_it_runs(small):
    """Each once; who takes it back may come again."""
    draft = _begun(small)
    one = {"unit": small.units["so-mot"], "kind": "unit", "name": "", "pledge": "x"}
    assert _refused(register_for, campaign=draft, **one) == "campaign_not_now"
    found = launch_campaign(campaign=draft, **ACT)
    made = _registered(found, small.units["so-mot"])
    _registered(found, small.units["so-mot"], "person", "Nguyễn A")
    assert _refused(register_for, campaign=found, **one) == "registration_twice"
    assert (
        _refused(register_for, campaign=found, **{**one, "kind": "division"}) == "registration_name_missing"
    )
    assert _refused(register_for, campaign=found, **{**one, "kind": "xa"}) == "choice_unknown"
    assert _refused(register_for, campaign=found, **{**one, "pledge": ""}) == "registration_pledge_missing"
    over = datetime(2027, 1, 1, 3, tzinfo=UTC)
    assert _refused(register_for, campaign=found, **{**one, "at": over}) == "campaign_over"
    assert _refused(withdraw_registration, registration=made, reason="") == "emulation_reason_missing"
    withdraw_registration(registration=made, reason="Nhầm", **ACT)
    assert _refused(withdraw_registration, registration=made, reason="x") == "registration_withdrawn"
    _registered(found, small.units["so-mot"])
    assert Registration.objects.filter(campaign=found, withdrawn="").count() == 2


def test_a_unit_outside_takes_no_part(small):
    """In a movement of another unit."""
    found = launch_campaign(
        campaign=begin_campaign(unit=small.units["so-mot"], written=CampaignWritten(**TOLD), **ACT), **ACT
    )
    one = {"unit": small.units["so-hai"], "kind": "unit", "name": "", "pledge": "x"}
    assert _refused(register_for, campaign=found, **one) == "campaign_elsewhere"
    assert (
        _refused(hand_in_initiative, campaign=found, unit=small.units["so-hai"], written=IDEA)
        == "campaign_elsewhere"
    )


def test_an_initiative_is_whole_and_its_recognition_too(small):
    """A decision to come recognises nothing yet."""
    found, unit = _running(small), small.units["so-mot"]
    one = {"campaign": found, "unit": unit}
    for wrong, code in (
        (InitiativeWritten("", "A", "x", "y"), "initiative_unfinished"),
        (InitiativeWritten("T", "A", "x", " \n "), "initiative_unfinished"),
        (InitiativeWritten("T", "A", "x" * 10_001, "y"), "text_too_long"),
        (InitiativeWritten("T", "A", "x", "y", decision="1/QĐ"), "initiative_recognition"),
        (InitiativeWritten("T", "A", "x", "y", "B", "1", date(2026, 3, 3)), "initiative_day"),
    ):
        assert _refused(hand_in_initiative, **one, written=wrong) == code
    assert not Initiative.objects.filter(campaign=found).exists()
    made = hand_in_initiative(**one, written=IDEA, **ACT)
    assert not made.recognised
    assert change_initiative(initiative=made, written=KNOWN, **ACT).recognised
    close_campaign(campaign=found, **ACT)
    assert _refused(change_initiative, initiative=made, written=IDEA) == "campaign_not_now"


def test_use_is_said_by_the_unit_that_uses_it(small):
    """Not by the one whose it is, and once."""
    found = _running(small)
    made = hand_in_initiative(campaign=found, unit=small.units["so-mot"], written=IDEA, **ACT)
    own, other = small.units["so-mot"], small.units["so-hai"]
    assert _refused(record_reuse, initiative=made, unit=own, note="x") == "reuse_own"
    assert _refused(record_reuse, initiative=made, unit=other, note=" ") == "reuse_note_missing"
    record_reuse(initiative=made, unit=other, note="Một cửa, từ tháng 2", **ACT)
    assert _refused(record_reuse, initiative=made, unit=other, note="x") == "reuse_twice"


@pytest.fixture
def lively(ranked):
    """A movement with every kind of condition, both units registered, one with a recognised initiative."""
    found = _running(ranked, round=ranked.round, rank="1", index="80", initiatives="1", reuse="1")
    for unit in ranked.units.values():
        _registered(found, unit)
    made = hand_in_initiative(campaign=found, unit=ranked.units["so-mot"], written=KNOWN, **ACT)
    record_reuse(initiative=made, unit=ranked.units["so-hai"], note="Một cửa", **ACT)
    return found


def test_who_meets_which_condition_is_told_of_each(lively):
    """Ranks and indexes are those that were published."""
    found = {c.key: c for c in candidates_of(lively)}
    first, second = found["unit:tinh-thu.so-mot"], found["unit:tinh-thu.so-hai"]
    assert (first.fits, second.fits) == (True, False)
    assert [(c.code, c.met, c.said) for c in second.conditions] == [
        ("registered", True, "đã đăng ký"),
        ("rank", False, "hạng 2/2"),
        ("index", False, "chỉ số 50,00"),
        ("initiatives", False, "chưa có sáng kiến được công nhận"),
    ]
    assert [c.key for c in found.values() if c.kind == "person"] == ["person:1:Nguyễn A", "person:1:Trần B"]


def test_nobody_is_proposed_by_the_system(lively):
    """Even who meets every condition is chosen by people, with the commendation named; then it is frozen."""
    made = draft_list(campaign=lively, **ACT)
    newest = newest_of(made)
    assert [row["taken"] for row in newest.rows] == [False] * 4
    issue = {"commendation": made, "number": "5", "on": date(2026, 3, 2)}
    assert _refused(issue_list, **issue) == "commendation_none"
    key = "unit:tinh-thu.so-mot"
    save = {"commendation": made, "base": 1}
    without = {key: Decision(True, "", "Hạng nhất")}
    assert _refused(save_list, **save, decisions=without) == "commendation_without_form"
    decisions = {key: Decision(True, "Bằng khen", "Hạng nhất, một sáng kiến")}
    save_list(**save, decisions=decisions, **ACT)
    assert _refused(save_list, **save, decisions=decisions) == "briefing_changed"
    draft_list(campaign=lively, **ACT)  # anew: what was decided stays
    taken = [(row["key"], row["form"]) for row in newest_of(made).rows if row["taken"]]
    assert taken == [(key, "Bằng khen")]
    assert _refused(issue_list, **{**issue, "number": ""}) == "briefing_number_missing"
    assert _refused(issue_list, **{**issue, "on": date(2026, 3, 3)}) == "briefing_issue_day"
    issue_list(**issue, signer="Nguyễn Văn A", **ACT)
    assert _refused(issue_list, **issue) == "commendation_issued"
    assert _refused(draft_list, campaign=lively) == "commendation_issued"
    assert _refused(save_list, commendation=made, base=2, decisions={}) == "commendation_issued"
    assert Commendation.objects.get(campaign=lively).number == "5"
    assert verify().faults == []


def test_the_paper_names_those_who_were_chosen_and_no_other(lively):
    """Read back from both kinds of file."""
    made = draft_list(campaign=lively, **ACT)
    decisions = {"person:1:Trần B": Decision(True, "Giấy khen", "Sáng kiến được một sở áp dụng")}
    save_list(commendation=made, decisions=decisions, base=1, **ACT)
    made = issue_list(commendation=made, number="5", on=date(2026, 3, 2), **ACT)
    paper = paper_of(lively, made, newest_of(made))
    pages = pypdfium2.PdfDocument(pdf_file(paper))
    pdf = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
    book = docx.Document(io.BytesIO(docx_file(paper)))
    cells = [c.text for table in book.tables for row in table.rows for c in row.cells]
    word = " ".join([*(p.text for p in book.paragraphs), *cells])
    for text in (word, pdf):
        assert "Trần B (Sở Một)" in text
        assert "Giấy khen" in text
        assert "Nguyễn A" not in text
    assert paper.numbered == "Số: 05/TTr-UBND"


def test_a_draft_movement_has_no_list(small):
    """Nobody takes part yet."""
    assert _refused(draft_list, campaign=_begun(small)) == "campaign_not_now"


# as measured values


def _counted(year=2026):
    """Standing values of the source, by unit."""
    found = Value.objects.filter(source=EMULATION_COUNT, start__year=year).standing().select_related("unit")
    return {v.unit.code: int(v.value) for v in found if v.unit.code in {"tinh-thu", "so-mot", "so-hai"}}


def test_recognised_initiatives_are_counted_by_unit_and_year(small):
    """By the date of the decision; the same again records nothing; what is taken back counts no more."""
    campaign, (one, two) = _running(small), (small.units[c] for c in ("so-mot", "so-hai"))
    known = hand_in_initiative(campaign=campaign, unit=one, written=KNOWN, **ACT)
    hand_in_initiative(campaign=campaign, unit=one, written=replace(KNOWN, title="Khác"), **ACT)
    before = replace(KNOWN, title="Năm trước", recognised_on=date(2025, 12, 31))
    hand_in_initiative(campaign=campaign, unit=one, written=before, **ACT)
    hand_in_initiative(campaign=campaign, unit=two, written=IDEA, **ACT)
    assert record_initiatives(territory=small.territory, by="system", at=AT) == 5
    assert _counted() == {"tinh-thu": 2, "so-mot": 2, "so-hai": 0}
    assert _counted(2025) == {"tinh-thu": 1, "so-mot": 1}
    assert record_initiatives(territory=small.territory, by="system", at=AT) == 0
    change_initiative(initiative=known, written=IDEA, **ACT)
    record_all_initiatives(AT, by="system")
    assert _counted() == {"tinh-thu": 1, "so-mot": 1, "so-hai": 0}


def test_an_initiative_that_was_handed_in_to_two_movements_is_one(small):
    for campaign in (_running(small), _running(small)):
        hand_in_initiative(campaign=campaign, unit=small.units["so-mot"], written=KNOWN, **ACT)
    record_initiatives(territory=small.territory, by="system", at=AT)
    assert _counted() == {"tinh-thu": 1, "so-mot": 1}
    assert "emulation.record" in {job.name for job in jobs()}
    assert words_of_jobs()["emulation.record"]
