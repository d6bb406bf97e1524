"""Codes by the book, and tries that are counted together by whoever counts."""

from datetime import UTC, datetime, timedelta

import pytest
from processes import finished

from parindex.apps.access.actions import clear_old, count_try, wait_after_miss
from parindex.apps.access.actions.guessing import Side
from parindex.apps.access.models import Guesses
from parindex.apps.access.rules import GuessedTooOften
from parindex.apps.access.totp import code_of, enrolment_address, matching_step, step_at


AT = datetime(2026, 1, 5, 2, 0, 30, tzinfo=UTC)
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the ASCII text 12345678901234567890
# RFC 6238, appendix B, SHA-1, the last six digits
VECTORS = {
    59: "287082",
    1111111109: "081804",
    1111111111: "050471",
    1234567890: "005924",
    2000000000: "279037",
    20000000000: "353130",
}


@pytest.mark.parametrize("second", VECTORS)
def test_codes_are_those_of_the_standard(second):
    """So that any authenticator shows the same."""
    assert code_of(SECRET, second // 30) == VECTORS[second]


@pytest.mark.parametrize(("off", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_telephones_clock_may_be_off_by_one_period(off, taken):
    """Not by more."""
    step = step_at(AT) + off
    assert matching_step(SECRET, code_of(SECRET, step), AT) == (step if taken else None)


@pytest.mark.parametrize("code", ["", "1", "abcdef", "１２３４５６", "0" * 50])
def test_what_is_no_code_matches_nothing(code):
    """And raises nothing."""
    assert matching_step(SECRET, code, AT) is None


def test_the_picture_says_whose_it_is():
    """With accents and signs escaped."""
    said = enrolment_address(SECRET, issuer="CCHC máy chủ", account="an:nv")
    assert said == (
        "otpauth://totp/CCHC%20m%C3%A1y%20ch%E1%BB%A7%3Aan%3Anv?"
        f"secret={SECRET}&issuer=CCHC%20m%C3%A1y%20ch%E1%BB%A7"
    )


@pytest.mark.django_db
def test_a_side_opens_by_the_minute_it_names():
    """The instant is said to the minute, so it is rounded up; tries from before no longer count."""
    sides = [Side("code", "17")]
    for _ in range(5):
        count_try(sides=sides, at=AT)
    until = wait_after_miss(sides=sides, person=None, address="", by="unknown", at=AT)
    assert until == AT + timedelta(minutes=15, seconds=30)
    with pytest.raises(GuessedTooOften):
        count_try(sides=sides, at=AT + timedelta(minutes=14, seconds=59))
    count_try(sides=sides, at=AT + timedelta(minutes=15))
    assert Guesses.objects.get().tries == 1


@pytest.mark.django_db
def test_a_refused_try_counts_nowhere():
    """Waiting does not get longer by trying, nor does it use up the tries of others at the same address."""
    closed, shared = Side("code", "17"), Side("address", "192.0.2.1")
    for _ in range(5):
        count_try(sides=[closed], at=AT)
    with pytest.raises(GuessedTooOften):
        count_try(sides=[closed, shared], at=AT)
    assert not Guesses.objects.filter(key=shared.key).exists()


GUESS = """
from parindex.apps.access.actions import count_try
from parindex.apps.access.actions.guessing import Side
from parindex.apps.access.rules import GuessedTooOften
at = datetime(2026, 1, 5, tzinfo=UTC)
sys.stdin.read()
for _ in range(10):
    try:
        count_try(sides=[Side("code", "17"), Side("address", "192.0.2.1")], at=at)
        print("taken")
    except GuessedTooOften:
        pass
"""


@pytest.mark.slow
@pytest.mark.django_db
def test_processes_count_together(site):
    """Three workers of one site: five tries in all, not five each, and none waits for ever."""
    workers = [site.start(GUESS) for _ in range(3)]
    assert sum(finished(worker).count("taken") for worker in workers) == 5


@pytest.mark.django_db
def test_old_tries_are_cleared_away():
    """By the daily job."""
    count_try(sides=[Side("code", "17")], at=AT)
    assert clear_old(at=AT + timedelta(hours=23)) == 0
    assert clear_old(at=AT + timedelta(hours=25)) == 1
