"""What must hold of questionnaires, surveys, samples and answers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from fractions import Fraction

from parindex.apps.surveys.models import Counter, Questionnaire, Survey
from parindex.core.kernel.numbers import exact
from parindex.core.kernel.problems import Refused
from parindex.core.wording.terms import TERMS


LONGEST_TITLE, LONGEST_BODY, LONGEST_LABEL, LONGEST_CONTACT = 300, 250, 200, 250
LONGEST_RULES, LONGEST_REASON, LONGEST_KEY, LONGEST_REPORT = 4000, 600, 40, 250
FIRST_YEAR = 2000
MOST_STRATA, MOST_INVITED, MOST_FORMS, MOST_UNITS = 5000, 20_000, 500, 200
FEWEST_TOGETHER = 5
"""Of how many people of one unit a sitting must be one, for its answers to stay joined: of fewer, the one
unit that is not rated would tell whose sitting it is."""
SMALLEST_LIMIT, LARGEST_LIMIT = 3, 100
STEPS: dict[str, Collection[str]] = {
    "change": (Survey.State.DRAFT,),
    "open": (Survey.State.DRAFT,),
    "invite": (Survey.State.DRAFT, Survey.State.OPEN),
    "close": (Survey.State.OPEN,),
    "enter": (Survey.State.OPEN, Survey.State.CLOSED),
    "judge": (Survey.State.OPEN, Survey.State.CLOSED),
    "report": (Survey.State.DRAFT, Survey.State.OPEN, Survey.State.CLOSED, Survey.State.COUNTED),
    "count": (Survey.State.CLOSED, Survey.State.COUNTED),
    "read": (Survey.State.CLOSED, Survey.State.COUNTED),
}
"""From which states of a survey each step may be taken."""


def check_step(survey: Survey, step: str) -> None:
    """Raises Refused ``survey_not_now``."""
    if survey.state not in STEPS[step]:
        raise Refused("survey_not_now", now=TERMS["survey"][survey.state])


def check_key(key: str) -> None:
    """A form carries its key. Raises Refused ``survey_key_missing``."""
    if not key or len(key) > LONGEST_KEY:
        raise Refused("survey_key_missing")


def check_text(text: str, limit: int, missing: str = "") -> None:
    """Raises Refused: the code `missing` where nothing is written, ``text_too_long``."""
    if missing and not text:
        raise Refused(missing)
    if len(text) > limit:
        raise Refused("text_too_long", limit=limit)


def check_year(year: int, today: date) -> None:
    """Raises Refused ``survey_year``."""
    if not FIRST_YEAR <= year <= today.year + 1:
        raise Refused("survey_year", year=str(year), first=str(FIRST_YEAR), last=str(today.year + 1))


def check_days(opens: date | None, closes: date | None) -> tuple[date, date]:
    """Raises Refused ``survey_days_missing``, ``survey_days_order``."""
    if opens is None or closes is None:
        raise Refused("survey_days_missing")
    if closes < opens:
        raise Refused("survey_days_order", opens=opens, closes=closes)
    return opens, closes


def check_limits(small: int, small_public: int) -> None:
    """Raises Refused ``survey_limit``, ``survey_limit_public``."""
    for limit in (small, small_public):
        if not SMALLEST_LIMIT <= limit <= LARGEST_LIMIT:
            raise Refused("survey_limit", first=SMALLEST_LIMIT, last=LARGEST_LIMIT)
    if small_public < small:
        raise Refused("survey_limit_public", small=small)


def check_weight(text: str) -> Fraction:
    """What a group counts. Raises Refused ``survey_group_weight``."""
    try:
        found = exact(text.strip().replace(",", "."))
    except (ValueError, ZeroDivisionError, Refused):
        found = Fraction(0)
    if not 0 < found <= 1000:
        raise Refused("survey_group_weight", text=text[:40])
    return found


def check_draft(one: Questionnaire) -> None:
    """A fixed version stays as it is. Raises Refused ``questionnaire_fixed``."""
    if one.state == Questionnaire.State.FIXED:
        raise Refused("questionnaire_fixed", title=one.title_vi, version=one.version)


def check_taking(survey: Survey, day: date) -> None:
    """Answers are taken on a day, both ends inclusive.

    Raises:
        Refused: ``survey_early`` {opens}, ``survey_over``.
    """
    if survey.state == Survey.State.DRAFT or (survey.state == Survey.State.OPEN and day < survey.opens):
        raise Refused("survey_early", opens=survey.opens)
    if survey.state != Survey.State.OPEN or day > survey.closes:
        raise Refused("survey_over")


def check_counter(counter: Counter, at: datetime) -> None:
    """The counter takes another answer in this hour.

    Raises:
        Refused: ``survey_counter_closed``; ``survey_counter_full`` {limit, minutes}: until the next hour.
    """
    if counter.closed:
        raise Refused("survey_counter_closed")
    if counter.hour == hour_of(at) and counter.taken >= counter.hourly:
        raise Refused("survey_counter_full", limit=counter.hourly, minutes=60 - at.minute)


def hour_of(at: datetime) -> datetime:
    """The hour that an instant lies in."""
    return at.replace(minute=0, second=0, microsecond=0)
