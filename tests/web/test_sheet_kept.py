"""A sheet's page is kept until anything that it shows changes, and never for another person's eyes."""

import re
from datetime import timedelta

import pytest
from addresses import address
from django.db import connection
from django.test.utils import CaptureQueriesContext
from site_world import AT

from parindex.apps.assessments.actions import submit_sheet, withdraw_sheet
from parindex.apps.assessments.actions.handing import Handed, hand_out
from parindex.apps.assessments.actions.steering import MoreTime, extend_phase
from parindex.apps.assessments.models import Phase, Round
from parindex.apps.organisations.models import Person
from parindex.config.training import ROUNDS
from parindex.web.parts import doors
from parindex.web.unit.sheet import kept


OPEN = f"minh-hoa/{ROUNDS[0].code}"
UNIT = "so-y-te"
NOW = AT + timedelta(hours=1)
SHEET = address("unit:sheet", (OPEN, UNIT))


@pytest.fixture(autouse=True)
def now(settings, monkeypatch):
    """The cache is on and empty, the round takes sheets; the instant may be put to another."""
    instant = [NOW]
    monkeypatch.setattr(doors.timezone, "now", lambda: instant[0])
    settings.PARINDEX_CACHE = True
    kept.clear()
    yield instant
    kept.clear()


@pytest.fixture
def participant(world):
    """The health department in the round that takes sheets."""
    return Round.objects.get(code=ROUNDS[0].code).participants.get(unit__code=UNIT)


def _main(page):
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page.content[page.content.index("<main") :])


def _draft(client, code, part):
    sent = {"a.part": part, "a.whole": "10", "version": "0"}
    assert client.post(address("unit:leaf", (OPEN, UNIT, code)), sent).status_code == 302


def test_the_second_view_asks_little_and_says_the_same(visitors, read):
    """Who, what, with which right, and whether anything changed."""
    first = read(SHEET, by=visitors["officer"])
    with CaptureQueriesContext(connection) as asked:
        second = read(SHEET, by=visitors["officer"])
    assert _main(second) == _main(first)
    assert len(asked) <= 9


def test_every_change_is_seen_at_once(visitors, read, participant):
    """A draft, a handout, more time, a submission, its withdrawal."""
    by, seen = visitors["focal"], []

    def look(what):
        seen.append((what, _main(read(SHEET, by=by))))

    look("as it was")
    _draft(visitors["officer"], "3.2.2", "9")
    look("a draft")
    officer = Person.objects.get(username="chuyen-vien.so-y-te")
    person, at = visitors.person("focal").ref, NOW
    hand_out(participant=participant, leaves=["3.2.4"], to=Handed(officer), by=person, at=at)
    look("a handout")
    phase = participant.round.phases.get(kind=Phase.Kind.SELF)
    more = MoreTime(phase.closes_at + timedelta(days=1), "Bão", "12/UBND-NC")
    extend_phase(phase=phase, participants=[participant], more=more, by=person, at=at)
    look("more time")
    submit_sheet(participant=participant, by=person, at=at)
    look("submitted")
    withdraw_sheet(participant=participant, by=person, at=at)
    look("withdrawn")
    assert [a for (a, x), (_, y) in zip(seen[1:], seen, strict=False) if x == y] == []


def test_the_clock_alone_changes_it(visitors, read, now, participant):
    """What was open at the stated minute is over after it, though nobody did anything."""
    closes = participant.round.phases.get(kind=Phase.Kind.SELF).closes_at
    now[0] = closes
    before = _main(read(SHEET, by=visitors["focal"]))
    now[0] = closes + timedelta(minutes=1)
    assert _main(read(SHEET, by=visitors["focal"])) != before


def test_nobody_is_shown_what_another_may_do(visitors, read, participant):
    """The head may submit, the officer may not; each form has the token of its own request."""
    submit_sheet(participant=participant, by=visitors.person("focal").ref, at=NOW)
    focal = read(SHEET, by=visitors["focal"]).content
    leader = read(SHEET, by=visitors["leader"]).content
    assert "Rút lại" in focal
    assert "Rút lại" not in leader
    tokens = [re.findall(r'csrfmiddlewaretoken" value="([^"]+)"', text) for text in (focal, leader)]
    assert len(tokens[0]) > len(tokens[1]) > 0
    assert not set(tokens[0]) & set(tokens[1])
    again = visitors["focal"].post(address("unit:withdraw", (OPEN, UNIT)))
    assert again.status_code == 302
    participant.sheet.refresh_from_db()
    assert participant.sheet.state == "draft"
