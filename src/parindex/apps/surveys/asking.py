"""What a respondent is asked: which form, about which units. The door to the questionnaires of the core."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Q

from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.surveys import rules
from parindex.apps.surveys.models import (
    Answer,
    Counter,
    Invitation,
    Questionnaire,
    RatedUnit,
    RespondentGroup,
    Stratum,
    Survey,
)
from parindex.apps.surveys.sittings import is_sitting, mark_of, row_of
from parindex.apps.surveys.tokens import digest_of, is_genuine
from parindex.core.kernel.problems import Problem, Refused
from parindex.core.kernel.time import legal_date
from parindex.core.surveys.answering import Kept, check_answers, from_form
from parindex.core.surveys.questionnaire import Factor
from parindex.core.surveys.questionnaire import Questionnaire as Form
from parindex.core.surveys.questionnaire_file import from_mapping


Fields = Mapping[str, Sequence[str]]
ABOUT_ALL = "q-"
"""What the names of fields begin with that are asked once a sitting; of a unit's own see `about`."""
NAMED = re.compile(r"u([0-9]{1,12})-")


def about(unit: Unit) -> str:
    """What the names of the fields about one unit of several begin with."""
    return f"u{unit.pk}-"


@dataclass(frozen=True, slots=True)
class Asked:
    """A form as one respondent gets it.

    Attributes:
        units: which it is about, in order. several: each unit has the questions of its own.
    """

    group: RespondentGroup
    form: Form
    units: Sequence[Unit]
    several: bool


class AnswersRefused(Refused):
    """Answers that cannot be kept, so none was. `found`: by the beginning of the names of fields, what is
    wrong with each question."""

    def __init__(self, found: Mapping[str, Sequence[Problem]]) -> None:
        super().__init__("survey_answers_wrong", count=sum(map(len, found.values())))
        self.found = found


def form_of(one: Questionnaire) -> Form:
    """The questionnaire as the core reads it. No query for one that was read before."""
    return _form(one.sha256, one.pk)


@lru_cache(maxsize=64)
def _form(_sha256: str, pk: int) -> Form:
    return from_mapping(Questionnaire.objects.values_list("content", flat=True).get(pk=pk))


def factors_of(survey: Survey) -> list[Factor]:
    """The factors of a survey's questionnaires, each once. One query."""
    asked = survey.groups.select_related("questionnaire").defer("questionnaire__content")
    found = [f for g in asked.order_by("position") for f in form_of(g.questionnaire).factors]
    return list({f.code: f for f in reversed(found)}.values())[::-1]


WHOLE = Invitation.objects.select_related(
    "group__survey__territory", "group__questionnaire", "stratum__unit", "own_unit__parent__parent"
).defer("group__questionnaire__content")
"""An invitation with all that its page shows."""
LEAN = Invitation.objects.select_related("group__survey", "group__questionnaire", "stratum").only(
    "digest",
    "apart",
    "own_unit",
    "stratum__unit",
    "group__survey__state",
    "group__survey__opens",
    "group__survey__closes",
    "group__survey__seed",
    "group__survey__territory",
    "group__questionnaire__sha256",
)
"""An invitation with what it takes to accept its answers, and no more: on a survey's last day that is what
the site does all the time."""


def right_of(token: str, *, sent: bool = False) -> Invitation:
    """The invitation behind a one-time link. One query, none for a forged one.

    Args:
        sent: answers have come, so that names are not needed.

    Raises:
        Refused: ``survey_link_unknown``: not one of ours; ``survey_link_used``: answered already, or taken
            back.
    """
    if not is_genuine(token):
        raise Refused("survey_link_unknown")
    one = (LEAN if sent else WHOLE).filter(digest=digest_of(token)).order_by().first()
    if one is None:
        raise Refused("survey_link_used")
    return one


@lru_cache(maxsize=256)
def _rates(group: int, _seed: str) -> bool:
    """Whether a group of an open survey rates several units; once it is open that stays. `_seed`: of the
    survey, which no other has."""
    return RatedUnit.objects.filter(group=group).exists()


def counter_of(code: str) -> Counter:
    """The counter of a code. One query. Raises Refused ``survey_link_unknown``."""
    found = Counter.objects.select_related(
        "group__survey__territory__parent", "group__questionnaire", "stratum", "unit"
    ).defer("group__questionnaire__content")
    one = found.filter(code=code).order_by("pk").first()
    if one is None:
        raise Refused("survey_link_unknown")
    return one


def check_now(group: RespondentGroup, at: datetime) -> None:
    """The survey takes answers now. Raises Refused ``survey_early``, ``survey_over``."""
    rules.check_taking(group.survey, legal_date(at))


def asked_of(right: Invitation | Counter) -> Asked:
    """What whoever holds the right to an open survey is asked. One query where a group rates several units.

    Raises:
        Refused: ``survey_nothing_to_rate``: every unit of the list is their own.
    """
    group = right.group
    if isinstance(right, Counter):
        return Asked(group, form_of(group.questionnaire), [right.unit], several=False)
    if not _rates(group.pk, group.survey.seed):
        unit = _unit_of(right)
        return Asked(group, form_of(group.questionnaire), [unit], several=False)
    found = RatedUnit.objects.filter(group=group).order_by("position").select_related("unit")
    rated = [r.unit for r in found]
    own = {u.pk for u in way_up(right.own_unit)} if right.own_unit else set()
    units = [u for u in rated if u.pk not in own]
    if not units:
        raise Refused("survey_nothing_to_rate")
    return Asked(group, form_of(group.questionnaire), units, several=True)


def _unit_of(right: Invitation) -> Unit:
    """The unit that an invitation's form is about; known by its key alone where its names were not read."""
    stratum, survey = right.stratum, right.group.survey
    if stratum is not None:
        return stratum.unit if Stratum.unit.is_cached(stratum) else Unit(pk=stratum.unit_id)
    return survey.territory if Survey.territory.is_cached(survey) else Unit(pk=survey.territory_id)


def read_answers(asked: Asked, fields: Fields) -> dict[int, dict[str, Kept]]:
    """The answers of a form that was sent, by unit's key. What is asked once stands with every unit. A unit
    about which nothing was said is left out.

    Raises:
        AnswersRefused: what is wrong with which question. Refused ``survey_nothing_answered``.
    """
    once = from_form(asked.form, fields, ABOUT_ALL)
    if not asked.several:
        checked = check_answers(asked.form, once)
        return _kept({ABOUT_ALL: checked.problems}, {asked.units[0].pk: checked.answers})
    of_all = check_answers(asked.form, once, once=True)
    problems: dict[str, Sequence[Problem]] = {ABOUT_ALL: of_all.problems}
    found: dict[int, dict[str, Kept]] = {}
    for unit in asked.units:
        own = from_form(asked.form, fields, about(unit))
        if not any(own.values()):
            continue
        checked = check_answers(asked.form, {**once, **own}, once=False)
        problems[about(unit)] = checked.problems
        found[unit.pk] = {**of_all.answers, **checked.answers}
    return _kept(problems, found)


def _kept(
    problems: Mapping[str, Sequence[Problem]], found: dict[int, dict[str, Kept]]
) -> dict[int, dict[str, Kept]]:
    wrong = {prefix: some for prefix, some in problems.items() if some}
    if wrong:
        raise AnswersRefused(wrong)
    if not any(found.values()):
        raise Refused("survey_nothing_answered")
    return found


def was_sent(sitting: str, fields: Fields, units: Sequence[int] = ()) -> bool:
    """Whether a sitting's answers came in before: the line broke before the device heard of it. One query.

    Args:
        fields: what is sent again; it names the units where nothing else does any more, as the link is used.
    """
    if not is_sitting(sitting):
        return False
    named = {int(m[1]) for name in fields if (m := NAMED.match(name))}
    rows = [row_of(sitting, unit) for unit in sorted({*units, *named})[: rules.MOST_UNITS]]
    whole = mark_of(sitting, 0, apart=False)
    return Answer.objects.filter(Q(sitting=whole) | Q(pk__in=rows)).exists()
