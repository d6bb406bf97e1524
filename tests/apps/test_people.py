"""Roles held in units: own, lent, for a time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from site_world import AT
from small_round import ACT

from parindex.apps.organisations.actions import NewPerson, add_person, delegate, grant_role
from parindex.apps.organisations.permissions import NotAllowed, rights_of
from parindex.apps.organisations.roles import ROLES, Act, Role
from parindex.core.kernel.problems import Refused


DAY = date(2026, 1, 5)


@pytest.fixture
def officer(small):
    """Somebody with one role in Sở Một."""
    person = add_person(new=NewPerson("an.nv", "Nguyễn Văn An"), **ACT)
    grant = grant_role(person=person, role=Role.OFFICER, unit=small.units["so-mot"], **ACT)
    return person, grant


def test_a_role_counts_in_its_unit_only(small, officer):
    """And only for the acts it holds."""
    rights = rights_of(officer[0], AT)
    mine, other = small.units["so-mot"].pk, small.units["so-hai"].pk
    assert rights.may(Act.SHEET_FILL, mine)
    assert not rights.may(Act.SHEET_FILL, other)
    assert not rights.may(Act.SHEET_SUBMIT, mine)
    with pytest.raises(NotAllowed):
        rights.check(Act.SHEET_FILL, other)


@pytest.mark.parametrize(
    ("start", "end", "holds"), [(0, 0, True), (1, 9, False), (-9, -1, False), (-9, 9, True)]
)
def test_a_role_counts_from_its_first_to_its_last_day(small, start, end, holds):
    """Both inclusive, by the legal date."""
    person = add_person(new=NewPerson("binh", "Bình"), **ACT)
    days = {"valid_from": DAY + timedelta(start), "valid_to": DAY + timedelta(end)}
    grant_role(person=person, role=Role.HEAD, unit=small.units["so-mot"], **days, **ACT)
    assert rights_of(person, AT).may(Act.SHEET_SIGN, small.units["so-mot"].pk) is holds


def test_the_legal_day_begins_at_midnight_in_viet_nam(small):
    """17:00 UTC is the next day there."""
    person = add_person(new=NewPerson("chi", "Chi"), **ACT)
    grant_role(person=person, role=Role.HEAD, unit=small.units["so-mot"], valid_from=date(2026, 1, 6), **ACT)
    unit = small.units["so-mot"].pk
    assert not rights_of(person, datetime(2026, 1, 5, 16, 59, tzinfo=UTC)).may(Act.SHEET_SIGN, unit)
    assert rights_of(person, datetime(2026, 1, 5, 17, 0, tzinfo=UTC)).may(Act.SHEET_SIGN, unit)


def test_a_lent_role_ends_with_its_period(small, officer):
    """And says who lent it."""
    to = add_person(new=NewPerson("dung", "Dũng"), **ACT)
    delegate(grant=officer[1], to=to, valid_from=DAY, valid_to=DAY + timedelta(2), **ACT)
    assert [h.lent_by for h in rights_of(to, AT).held] == ["Nguyễn Văn An"]
    assert rights_of(to, AT + timedelta(days=3)).held == ()


def test_whoever_left_holds_nothing_and_lends_nothing(small, officer):
    """From the moment the account is closed."""
    person, grant = officer
    to = add_person(new=NewPerson("dung", "Dũng"), **ACT)
    delegate(grant=grant, to=to, valid_from=DAY, valid_to=DAY, **ACT)
    person.is_active = False
    person.save()
    assert rights_of(person, AT).held == rights_of(to, AT).held == ()


def test_a_sign_in_name_is_taken_whatever_its_case(officer):
    """AN.NV is an.nv."""
    with pytest.raises(Refused, match="username_taken"):
        add_person(new=NewPerson("AN.NV", "Ai Nữa"), **ACT)


def test_every_role_is_described_and_every_act_is_somebodys():
    """The matrix is whole."""
    assert set(ROLES) == set(Role)
    assert set(Act) == {act for info in ROLES.values() for act in info.acts}
    assert all(info.name.en and info.description.vi and info.description.en for info in ROLES.values())
