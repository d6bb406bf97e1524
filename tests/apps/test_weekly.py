"""The weekly digest: on Monday at 7, once, to those who answer for a unit and want mail, of what there is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from small_round import open_small

from parindex.apps.assessments.actions.weekly import tell_weekly
from parindex.apps.indicators.actions import NewIndicator, define_indicator, record_values
from parindex.apps.indicators.targets import set_targets
from parindex.apps.notices.actions import choose_mail
from parindex.apps.notices.mailing import send_mail_due
from parindex.apps.notices.models import MailChoice, Notice
from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
from parindex.apps.organisations.queries import addresses_of
from parindex.apps.organisations.roles import Role
from parindex.core.formats.registers import RegisterRow
from parindex.core.wording.notices import notice_sentence


MONDAY = datetime(2026, 6, 8, 0, 0, tzinfo=UTC)  # 7 o'clock in Việt Nam
MINUTE = timedelta(minutes=1)
PEOPLE = {
    "mot.focal": (Role.FOCAL, "so-mot"),
    "mot.head": (Role.HEAD, "so-mot"),
    "mot.officer": (Role.OFFICER, "so-mot"),
    "hai.focal": (Role.FOCAL, "so-hai"),
}


@pytest.fixture
def people(db, settings):
    """Those of two units; one unit has new values and a target, nothing is told of the other."""
    settings.EMAIL_HOST = "mail.test"
    small = open_small()
    act = {"by": "person:1", "at": MONDAY - timedelta(days=3)}
    made = {}
    for name, (role, unit) in PEOPLE.items():
        made[name] = add_person(new=NewPerson(name, name, email=f"{name}@example.vn"), **act)
        grant_role(person=made[name], role=role, unit=small.units[unit], **act)
    define_indicator(new=NewIndicator("dung-han", "Đúng hạn", "On time", "share", "%", "Hệ thống"), **act)
    rows = [
        {"period": f"{m:02}/2026", "numerator": "90", "denominator": "100", "as_of": f"28/{m:02}/2026"}
        for m in range(1, 6)
    ]
    cells = {"indicator": "dung-han", "unit": "so-mot"}
    found = [RegisterRow(n, {**cells, **row}, {}) for n, row in enumerate(rows, start=2)]
    record_values(territory=small.territory, rows=found, origin="tep", **act)
    goal = RegisterRow(2, {**cells, "year": "2026", "goal": "99", "document": "1/KH"}, {})
    set_targets(territory=small.territory, rows=[goal], **act)
    Notice.objects.all().delete()
    mail.outbox.clear()
    return made


def _tick(at):
    told = tell_weekly(at=at, link=lambda unit: f"/chi-so/don-vi/{unit}/")
    sent = send_mail_due(at=at, address_of=addresses_of, link_of=lambda n: n.url)
    return told, sent


def test_two_ticks_on_monday_send_one_digest_to_each(people):
    """Not a minute before 7, and not again that day or the next."""
    assert _tick(MONDAY - MINUTE) == (0, 0)
    assert _tick(MONDAY) == (2, 2)
    for later in (MONDAY, MONDAY + MINUTE, MONDAY + timedelta(hours=9), MONDAY + timedelta(days=1)):
        assert _tick(later) == (0, 0)
    assert sorted(m.to[0] for m in mail.outbox) == ["mot.focal@example.vn", "mot.head@example.vn"]
    body = mail.outbox[0].body
    for words in ("số liệu mới của 1 chỉ tiêu (Đúng hạn)", "1 không đạt (Đúng hạn)", "/chi-so/don-vi/"):
        assert words in body
    notice = Notice.objects.first()
    assert "1 off target (On time)" in notice_sentence(notice.kind, notice.data, "en")


def test_who_wants_no_mail_gets_none_and_a_daily_one_does_not_wait(people):
    """By the person's choice."""
    choose_mail(to=people["mot.head"].ref, mail=MailChoice.Mail.NEVER)
    choose_mail(to=people["mot.focal"].ref, mail=MailChoice.Mail.DAILY)
    assert _tick(MONDAY + MINUTE) == (1, 1)
    assert mail.outbox[0].to == ["mot.focal@example.vn"]
    assert not Notice.objects.filter(to=people["mot.head"].ref).exists()


def test_the_next_week_tells_of_the_target_without_new_values(people):
    """Old values are not told of as new."""
    _tick(MONDAY)
    assert _tick(MONDAY + timedelta(days=7)) == (2, 2)
    assert "số liệu mới của 0 chỉ tiêu." in mail.outbox[-1].body


def test_without_a_mail_server_nothing_is_told(people, settings):
    """The digest is a mail."""
    settings.EMAIL_HOST = ""
    assert _tick(MONDAY) == (0, 0)
    assert not Notice.objects.exists()
