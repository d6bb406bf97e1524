"""Who is told at each turn of a round, in how many queries, and how it comes by mail."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from small_round import open_small, small_set

from parindex.apps.assessments.actions import (
    Handed,
    MoreTime,
    Part,
    PlannedPhase,
    Said,
    SignedReport,
    Typing,
    Verdict,
    accept_reply,
    appraise,
    ask_explanation,
    assign_parts,
    attach_report,
    close_extensions,
    close_phases,
    council_rule,
    explain,
    extend_phase,
    finish_handout,
    grant_not_applicable,
    hand_out,
    open_phases,
    publish_round,
    remind,
    reopen_round,
    reply,
    return_leaf,
    return_sheet,
    save_drafts,
    sign_off,
    submit_sheet,
    to_council,
    withdraw_sheet,
)
from parindex.apps.assessments.models import Phase, Round, Share, Statement
from parindex.apps.audit.models import Entry
from parindex.apps.audit.seals import seals
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.notices.actions import choose_mail, mark_read, tell
from parindex.apps.notices.mailing import send_mail_due
from parindex.apps.notices.models import MailChoice, Notice
from parindex.apps.notices.queries import unread
from parindex.apps.organisations.actions import NewPerson, NewUnit, add_person, delegate, grant_role
from parindex.apps.organisations.models import Grant
from parindex.apps.organisations.queries import addresses_of
from parindex.apps.organisations.roles import Role
from parindex.apps.results.actions import conclude_round
from parindex.core.kernel.text import Text
from parindex.core.wording.notices import notice_sentence


START = datetime(2026, 1, 10, 1, 0, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
KINDS = [("self", 1), ("appraisal", 1), ("explanation", 1), ("appraisal", 2), ("council", 1)]
PHASES = [
    PlannedPhase(Phase.Kind(kind), START + DAY * k, START + DAY * (k + 1) - MINUTE, turn)
    for k, (kind, turn) in enumerate(KINDS)
]
SELF, FIRST, EXPLAINING, SECOND, COUNCIL = (START + DAY * k + DAY / 2 for k in range(5))
PEOPLE = {
    "focal": (Role.FOCAL, "so-mot"),
    "head": (Role.HEAD, "so-mot"),
    "officer": (Role.OFFICER, "so-mot"),
    "other": (Role.FOCAL, "so-hai"),
    "appraiser": (Role.APPRAISER, "so-hai"),
    "lead_head": (Role.LEAD_HEAD, "so-hai"),
    "secretariat": (Role.SECRETARIAT, ""),
    "chair": (Role.CHAIR, ""),
    "leader": (Role.LEADER, ""),
    "auditor": (Role.AUDITOR, ""),
}


class Turns:
    """A round of five phases, two units, one person for each role; Sở Hai appraises Sở Một."""

    def __init__(self, small):
        Round.objects.filter(state=Round.State.RUNNING).update(state=Round.State.CONCLUDED)
        framework = store_framework(content=small_set("set-2025"), file="s.yaml", by="demo", at=START)
        self.round = small.open("2025", 2025, framework=framework, phases=PHASES)
        parts = [Part("A", small.units["so-hai"], small.units["so-mot"])]
        assign_parts(round_=self.round, parts=parts, by="demo", at=START)
        self.unit = self.round.participants.get(unit__code="so-mot")
        self.lead = small.units["so-hai"]
        self.people = {}
        for name, (role, unit) in PEOPLE.items():
            new = NewPerson(f"nguoi-{name}", name, email=f"{name}@tinh-thu.example")
            person = self.people[name] = add_person(new=new, by="demo", at=START)
            where = small.units.get(unit, small.territory)
            grant_role(person=person, role=role, unit=where, by="demo", at=START)
        self.names = {p.ref: name for name, p in self.people.items()}

    def ref(self, name):
        return self.people[name].ref

    def told(self, kind):
        """Who was told of a kind, and how often."""
        found = Counter(
            self.names[n.to] for n in Notice.objects.filter(kind=kind, data__at_round__endswith="/2025")
        )
        assert set(found.values()) <= {1}, found
        return set(found)

    def submit(self, by="focal", at=SELF):
        typed = [Typing("A1", "3/4"), Typing("A2", "5")]
        save_drafts(participant=self.unit, typed=typed, by=self.ref(by), at=at)
        made = submit_sheet(participant=self.unit, by=self.ref(by), at=at)
        self.unit = self.round.participants.select_related("sheet", "unit").get(pk=self.unit.pk)
        return made

    def lower(self):
        verdicts = [Verdict(self.unit.pk, "A1", "points:1", "Thiếu tài liệu")]
        appraise(round_=self.round, verdicts=verdicts, by=self.ref("appraiser"), at=FIRST)

    def ask(self):
        return ask_explanation(
            participant=self.unit, leaf="A1", question="Vì sao?", by=self.ref("appraiser"), at=FIRST
        )

    def explain(self):
        said = Said("Đã đủ", "3")
        return explain(participant=self.unit, leaf="A1", said=said, by=self.ref("focal"), at=EXPLAINING)

    def reply(self, case):
        verdict = Verdict(self.unit.pk, "A1", "points:1", "Giữ nguyên")
        return reply(explanation=case, verdict=verdict, by=self.ref("appraiser"), at=SECOND)


@pytest.fixture
def turns(small):
    """See the class."""
    return Turns(small)


STEERING = {"secretariat"}
UNIT = {"focal", "head"}
LEAD = {"appraiser", "lead_head"}


def test_a_submission_is_told_to_the_unit_and_those_who_run_the_round(turns):
    """Not to whoever acted, nor to those who only look on."""
    made = turns.submit()
    assert turns.told("sheet_submitted") == {"head", "secretariat"}
    report = SignedReport("12/BC-SM", date(2026, 1, 10), "Nguyễn Văn A", made.code)
    attach_report(participant=turns.unit, report=report, by=turns.ref("head"), at=SELF)
    assert turns.told("sheet_signed") == {"focal", "secretariat"}
    withdraw_sheet(participant=turns.unit, by=turns.ref("focal"), at=SELF)
    assert turns.told("sheet_withdrawn") == {"head", "secretariat"}


def test_a_returned_sheet_is_told_to_the_unit(turns):
    """With the minute until which it is open, in the reader's language."""
    turns.submit()
    return_sheet(participant=turns.unit, reason="Thiếu", until=FIRST, by=turns.ref("secretariat"), at=SELF)
    assert turns.told("sheet_returned") == UNIT
    data = Notice.objects.filter(kind="sheet_returned").first().data
    assert "20:00 ngày 11/01/2026" in notice_sentence("sheet_returned", data, "vi")
    assert "Department One" in notice_sentence("sheet_returned", data, "en")
    assert "Thiếu" not in str(data)


def test_leaves_handed_out_are_told_to_whoever_gets_them(turns):
    """And their end to whoever handed them out."""
    to = Handed(turns.people["officer"], due_at=SELF + timedelta(hours=2))
    (handout,) = hand_out(participant=turns.unit, leaves=["A1"], to=to, by=turns.ref("focal"), at=SELF)
    assert turns.told("leaves_handed_out_until") == {"officer"}
    finish_handout(handout=handout, by=turns.ref("officer"), at=SELF)
    assert turns.told("leaf_ready") == {"focal"}
    return_leaf(handout=handout, reason="Chưa đủ", by=turns.ref("focal"), at=SELF)
    assert turns.told("leaf_returned") == {"officer"}
    hand_out(
        participant=turns.unit, leaves=["A2"], to=Handed(None, "Phòng Một"), by=turns.ref("focal"), at=SELF
    )
    assert turns.told("leaves_handed_out") == set()


def test_every_turn_of_an_explanation_reaches_the_other_party(turns):
    """Asked, answered, replied to, put before the council, ruled on."""
    turns.submit()
    turns.lower()
    case = turns.ask()
    assert turns.told("explanation_asked_until") == UNIT
    turns.explain()
    assert turns.told("explanation_answered") == {"head"} | LEAD
    case = turns.reply(case)
    assert turns.told("explanation_replied") == UNIT
    party = Statement.Party.UNIT
    to_council(explanation=case, party=party, text="Không đồng ý", by=turns.ref("head"), at=SECOND)
    assert turns.told("explanation_to_council") == {"focal"} | LEAD | STEERING
    verdict = Verdict(turns.unit.pk, "A1", "points:3", "Đủ tài liệu")
    council_rule(round_=turns.round, verdict=verdict, by=turns.ref("secretariat"), at=COUNCIL)
    assert turns.told("council_ruled") == UNIT | LEAD


def test_an_accepted_reply_is_told_to_whoever_replied(turns):
    turns.submit()
    turns.lower()
    turns.ask()
    case = turns.reply(turns.explain())
    accept_reply(explanation=case, by=turns.ref("head"), at=SECOND)
    assert turns.told("explanation_accepted") == {"focal"} | LEAD


def test_where_a_part_is_shared_out_only_its_appraiser_is_told(turns):
    """And the department's head; the colleague who has another leaf is not."""
    new = NewPerson("nguoi-khac", "Người khác")
    colleague = add_person(new=new, by="demo", at=START)
    turns.people["colleague"], turns.names[colleague.ref] = colleague, "colleague"
    grant_role(person=colleague, role=Role.APPRAISER, unit=turns.lead, by="demo", at=START)
    part = turns.round.assignments.get()
    Share.objects.create(assignment=part, person=turns.people["appraiser"], node="A2")
    Share.objects.create(assignment=part, person=colleague, node="A1")
    turns.submit()
    turns.lower()
    turns.ask()
    turns.explain()
    assert turns.told("explanation_answered") == {"head", "lead_head", "colleague"}


def test_a_lent_role_is_told_too_and_an_ended_one_is_not(turns):
    stand_in = add_person(new=NewPerson("nguoi-thay", "Người thay"), by="demo", at=START)
    turns.names[stand_in.ref] = "stand_in"
    grant = Grant.objects.get(person=turns.people["head"])
    day = SELF.date()
    delegate(grant=grant, to=stand_in, valid_from=day, valid_to=day + DAY, by="demo", at=START)
    Grant.objects.filter(person=turns.people["secretariat"]).update(valid_to=day - DAY)
    turns.submit()
    assert turns.told("sheet_submitted") == {"head", "stand_in"}


def test_signing_off_and_ruling_out_are_told(turns):
    on = FIRST.date()
    sign_off(
        round_=turns.round, lead=turns.lead, turn=1, number="5/SH", on=on, by=turns.ref("lead_head"), at=FIRST
    )
    assert turns.told("part_signed_off") == {"appraiser", "secretariat"}
    leaves, by = ["A1"], turns.ref("secretariat")
    grant_not_applicable(
        participant=turns.unit, leaves=leaves, ground="Không có", document="12/TB", by=by, at=SELF
    )
    assert turns.told("not_applicable") == UNIT


def test_the_end_of_a_round_is_told_to_all_parties(turns):
    """Once each, whatever roles they hold; those without a part in it are not told."""
    all_ = UNIT | LEAD | {"other", "secretariat", "chair"}
    conclude_round(round_=turns.round, by=turns.ref("chair"), at=COUNCIL)
    assert turns.told("round_concluded") == all_ - {"chair"}
    reopen_round(round_=turns.round, reason="Sửa", by=turns.ref("secretariat"), at=COUNCIL)
    assert turns.told("round_reopened") == all_ - {"secretariat"}
    turns.round.refresh_from_db()
    conclude_round(round_=turns.round, by="system", at=COUNCIL + MINUTE)
    publish_round(round_=turns.round, by=turns.ref("secretariat"), at=COUNCIL)
    assert turns.told("round_published") == all_ - {"secretariat"}


@pytest.mark.parametrize(
    ("position", "whose"),
    [(1, UNIT | {"other"}), (2, LEAD), (3, UNIT | {"other"}), (4, LEAD), (5, {"secretariat", "chair"})],
)
def test_a_phase_that_begins_is_told_once_to_those_whose_it_is(turns, position, whose):
    """However often the tick comes; what is over before anybody looked is passed over."""
    at = PHASES[position - 1].opens_at + MINUTE
    assert open_phases(by="system", at=at) == position
    assert open_phases(by="system", at=at + MINUTE) == 0
    assert turns.told("phase_opened") == whose


def test_a_phase_that_ends_is_told_to_its_people_and_those_who_run_the_round(turns):
    close_phases(by="system", at=PHASES[0].closes_at + MINUTE)
    close_phases(by="system", at=PHASES[0].closes_at + MINUTE)
    assert turns.told("phase_closed") == UNIT | {"other", "secretariat"}


def test_an_extension_ends_on_its_own_tick_and_is_sealed(turns):
    """The newest counts; a second tick and a killed one change nothing."""
    phase, ends = turns.round.phases.get(position=1), START + 2 * DAY
    for until in (ends - timedelta(hours=2), ends):
        more = MoreTime(until, "Mất điện")
        extend_phase(phase=phase, participants=[turns.unit], more=more, by=turns.ref("secretariat"), at=SELF)
    assert close_extensions(by="system", at=ends) == 0
    before = len(list(seals("tinh-thu/2025")))
    assert close_extensions(by="system", at=ends + MINUTE) == 1
    assert close_extensions(by="system", at=ends + 2 * MINUTE) == 0
    assert turns.told("extension_closed") == UNIT | STEERING
    entry = Entry.objects.get(kind="extension.closed")
    assert entry.payload["units"] == [["so-mot", ends.isoformat()]]
    assert len(list(seals("tinh-thu/2025"))) == before + 1
    assert turns.unit.extensions.filter(closed_at=None).count() == 0


def test_an_act_that_fails_tells_nobody(turns, monkeypatch):
    """The notice lies in the same transaction."""
    from parindex.apps.assessments.actions import sheets

    def fail(*_, **__):
        raise OSError("notices")

    monkeypatch.setattr(sheets, "_tell", fail)
    with pytest.raises(OSError, match="notices"):
        turns.submit()
    assert not turns.told("sheet_submitted")
    turns.unit.sheet.refresh_from_db()
    assert turns.unit.sheet.state == "draft"


def test_telling_142_units_takes_few_queries(db, django_assert_max_num_queries):
    """Two for the holders, one for their choices, one to write (in parts on SQLite)."""
    units = [NewUnit(f"dv-{k}", Text(f"Đơn vị {k}"), "xa") for k in range(142)]
    Round.objects.filter(state=Round.State.RUNNING).update(state=Round.State.CONCLUDED)
    small = open_small(units, phases=PHASES)
    for k, unit in enumerate(small.units.values()):
        person = add_person(new=NewPerson(f"dm-{k}", f"Người {k}"), by="demo", at=START)
        grant_role(person=person, role=Role.FOCAL, unit=unit, by="demo", at=START)
    phase = small.round.phases.get(position=1)
    participants = list(small.round.participants.select_related("unit"))
    with django_assert_max_num_queries(16):
        told = remind(phase=phase, participants=participants, text="", by="demo", at=SELF)
    assert told == 142
    with django_assert_max_num_queries(20):
        open_phases(by="system", at=SELF)
    assert Notice.objects.filter(kind="phase_opened").count() == 142


# ---- by mail


@pytest.fixture
def reader(db, settings):
    """Somebody with an address, on a site with a mail server."""
    settings.EMAIL_HOST = "mail.example"
    Notice.objects.all().delete()
    return add_person(new=NewPerson("nguoi-doc", "Người đọc", email="doc@example.vn"), by="demo", at=START)


def _tell(person, at, text="Gấp"):
    data = {"round": "Kỳ 2025", "unit": "Sở Một", "phase": "self", "until": SELF.isoformat(), "more": text}
    tell(to=[person.ref], kind="reminder", data=data, at=at)


def _send(at):
    return send_mail_due(at=at, address_of=addresses_of, link_of=lambda _: "/x/")


def test_mail_goes_out_with_the_next_tick_once(reader):
    """No act waits for a mail server."""
    _tell(reader, SELF)
    assert mail.outbox == []
    assert [_send(SELF), _send(SELF + MINUTE)] == [1, 0]
    (sent,) = mail.outbox
    assert sent.to == ["doc@example.vn"]
    assert "Tự đánh giá" in sent.subject
    assert "/x/" in sent.body


def test_a_daily_mail_gathers_what_is_unread_at_seven(reader):
    """Once a day, however often the tick comes; what was told since waits for the next."""
    choose_mail(to=reader.ref, mail=MailChoice.Mail.DAILY)
    noon = datetime(2026, 1, 10, 5, 0, tzinfo=UTC)
    seven = datetime(2026, 1, 11, 0, 0, tzinfo=UTC)
    for k in range(3):
        _tell(reader, noon + k * MINUTE, text=f"việc {k}")
    mark_read(to=reader.ref, at=noon, only=[Notice.objects.earliest("id").pk])
    assert _send(seven - MINUTE) == 0
    _tell(reader, seven + MINUTE, text="muộn hơn")
    assert [_send(seven + k * MINUTE) for k in range(4)] == [1, 0, 0, 0]
    (sent,) = mail.outbox
    assert [f"việc {k}" in sent.body for k in range(3)] == [False, True, True]
    assert "muộn hơn" not in sent.body
    assert _send(seven + DAY) == 1
    assert "muộn hơn" in mail.outbox[1].body


def test_who_wants_no_mail_gets_none(reader):
    """What waits already follows the choice, and so does what comes."""
    _tell(reader, SELF)
    choose_mail(to=reader.ref, mail=MailChoice.Mail.NEVER)
    _tell(reader, SELF)
    assert _send(SELF) == 0
    assert unread(reader.ref) == 2


def test_without_a_mail_server_nothing_waits(reader, settings):
    """So that none goes out years later, when there is one."""
    settings.EMAIL_HOST = ""
    _tell(reader, SELF)
    settings.EMAIL_HOST = "mail.example"
    assert _send(SELF) == 0


def test_who_may_not_sign_in_any_more_gets_no_mail(reader):
    _tell(reader, SELF)
    reader.is_active = False
    reader.save()
    assert [_send(SELF), mail.outbox] == [0, []]


def test_a_tick_killed_in_the_middle_doubles_nothing(reader, monkeypatch):
    """What was handed over before the kill is not sent again; the others are."""
    others = [
        add_person(new=NewPerson(f"n-{k}", f"N {k}", email=f"{k}@x.vn"), by="d", at=START) for k in range(2)
    ]
    for person in (reader, *others):
        _tell(person, SELF)
    real = EmailBackend.send_messages

    def kill_after_one(self, sent):
        if mail.outbox:
            raise KeyboardInterrupt
        return real(self, sent)

    monkeypatch.setattr(EmailBackend, "send_messages", kill_after_one)
    with pytest.raises(KeyboardInterrupt):
        _send(SELF)
    monkeypatch.setattr(EmailBackend, "send_messages", real)
    _send(SELF + MINUTE)
    assert len({m.to[0] for m in mail.outbox}) == len(mail.outbox) == 2


def test_a_mail_server_that_is_away_loses_nothing(reader, monkeypatch):
    """The job fails, is seen, and is tried again."""
    _tell(reader, SELF)

    def away(*_):
        raise SMTPServerDisconnected("away")

    real = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", away)
    with pytest.raises(OSError, match="away"):
        _send(SELF)
    monkeypatch.setattr(EmailBackend, "send_messages", real)
    assert [_send(SELF + MINUTE), _send(SELF + 2 * MINUTE)] == [1, 0]


def test_an_address_that_is_refused_keeps_nobody_else_waiting(reader, monkeypatch):
    other = add_person(new=NewPerson("khac", "Khác", email="khac@example.vn"), by="demo", at=START)
    for person in (reader, other):
        _tell(person, SELF)
    real = EmailBackend.send_messages

    def picky(self, sent):
        if sent[0].to == ["doc@example.vn"]:
            raise SMTPRecipientsRefused({})
        return real(self, sent)

    monkeypatch.setattr(EmailBackend, "send_messages", picky)
    assert [_send(SELF), _send(SELF + MINUTE)] == [1, 0]
    assert [m.to for m in mail.outbox] == [["khac@example.vn"]]
