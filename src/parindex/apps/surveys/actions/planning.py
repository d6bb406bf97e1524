"""Surveys as they are prepared, opened and closed: days, groups of respondents, units, strata."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from parindex.apps.indicators.models import Indicator
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.rules import check_living
from parindex.apps.surveys import rules
from parindex.apps.surveys.chains import lock_survey, tell
from parindex.apps.surveys.models import (
    Answer,
    Invitation,
    Questionnaire,
    RatedUnit,
    Reserve,
    RespondentGroup,
    Stratum,
    Survey,
    Tally,
)
from parindex.core.formats.slugs import slug
from parindex.core.formats.typed import lines, one_line
from parindex.core.kernel.numbers import exact_text
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


@dataclass(frozen=True, slots=True)
class SurveyWritten:
    """A survey as somebody typed it; see `parindex.apps.surveys.models.Survey`."""

    title_vi: str
    year: int
    body: str
    kind: str
    opens: date | None
    closes: date | None
    title_en: str = ""
    small: int = 5
    small_public: int = 10
    indicator: Indicator | None = None
    measure: str = Survey.Measure.SATISFIED.value
    rules: str = ""


@dataclass(frozen=True, slots=True)
class GroupWritten:
    """A group of respondents as somebody typed it."""

    title_vi: str
    questionnaire: Questionnaire
    title_en: str = ""
    weight: str = "1"


@dataclass(frozen=True, slots=True)
class StratumWritten:
    """A stratum as somebody typed it. `population`: N, `quota`: n."""

    unit: Unit
    population: int
    quota: int
    label: str = ""


@transaction.atomic
def begin_survey(*, territory: Unit, written: SurveyWritten, key: str, by: str, at: datetime) -> Survey:
    """Begin a survey; the same form again gives the same survey.

    Raises:
        Refused: ``survey_key_missing``, ``unit_ended``; as `change_survey`.
    """
    rules.check_key(key)
    check_living(territory)
    said = _said(written, legal_date(at))
    held = Unit.objects.select_for_update().get(pk=territory.pk)
    standing = Survey.objects.filter(territory=held, key=key).first()
    if standing is not None:
        return standing
    made = Survey(territory=held, key=key, by=by, at=at, slug=_free_slug(written), **said)
    made.seed = secrets.token_hex(8)
    made.save()
    tell(made, "survey.begun", _told(made), by=by, at=at, title=made.title_vi, rules=made.rules)
    return made


def _free_slug(written: SurveyWritten) -> str:
    """An address that no other survey has."""
    said = f"{slug(written.title_vi)}-{written.year}"
    taken = set(Survey.objects.filter(slug__startswith=said).values_list("slug", flat=True))
    return next(s for n in range(1, len(taken) + 2) if (s := said if n == 1 else f"{said}-{n}") not in taken)


def _said(written: SurveyWritten, today: date) -> dict[str, Any]:
    title, body, ruled = one_line(written.title_vi), one_line(written.body), lines(written.rules)
    rules.check_text(title, rules.LONGEST_TITLE, "survey_title_missing")
    rules.check_text(one_line(written.title_en), rules.LONGEST_TITLE)
    rules.check_text(body, rules.LONGEST_BODY, "survey_body_missing")
    rules.check_text(ruled, rules.LONGEST_RULES)
    rules.check_year(written.year, today)
    opens, closes = rules.check_days(written.opens, written.closes)
    rules.check_limits(written.small, written.small_public)
    for text, known in ((written.kind, Survey.Kind.values), (written.measure, Survey.Measure.values)):
        if text not in known:
            raise Refused("choice_unknown", text=text[:40])
    if written.indicator is not None and written.indicator.kind != Indicator.Kind.NUMBER:
        raise Refused("survey_indicator_kind", indicator=written.indicator.name_vi)
    return {
        "title_vi": title,
        "title_en": one_line(written.title_en),
        "year": written.year,
        "body": body,
        "kind": written.kind,
        "opens": opens,
        "closes": closes,
        "small": written.small,
        "small_public": written.small_public,
        "indicator": written.indicator,
        "measure": written.measure,
        "rules": ruled,
    }


def _told(one: Survey) -> dict[str, object]:
    """What the ledger keeps of a survey as it is planned."""
    return {
        "year": one.year,
        "kind": one.kind,
        "body": one.body,
        "opens": one.opens.isoformat(),
        "closes": one.closes.isoformat(),
        "small": one.small,
        "small_public": one.small_public,
        "indicator": one.indicator.code if one.indicator else "",
        "measure": one.measure,
        "seed": one.seed,
    }


@transaction.atomic
def change_survey(*, survey: Survey, written: SurveyWritten, by: str, at: datetime) -> Survey:
    """Change what a draft says; of an open survey only its last day can be moved, by `extend_survey`.

    Raises:
        Refused: ``survey_not_now``, ``survey_title_missing``, ``survey_body_missing``, ``text_too_long``,
            ``survey_year``, ``survey_days_missing``, ``survey_days_order``, ``survey_limit``,
            ``survey_limit_public``, ``choice_unknown``; ``survey_indicator_kind``: it is no number.
    """
    locked = lock_survey(survey)
    rules.check_step(locked, "change")
    said = _said(written, legal_date(at))
    if all(getattr(locked, name) == value for name, value in said.items()):
        return locked
    for name, value in said.items():
        setattr(locked, name, value)
    locked.save()
    tell(locked, "survey.changed", _told(locked), by=by, at=at, title=locked.title_vi, rules=locked.rules)
    return locked


@transaction.atomic
def add_group(*, survey: Survey, written: GroupWritten, by: str, at: datetime) -> RespondentGroup:
    """Add a group of respondents; one of the same name is changed.

    Raises:
        Refused: ``survey_not_now``, ``survey_group_missing``, ``text_too_long``, ``survey_group_weight``,
            ``survey_questionnaire_elsewhere``.
    """
    locked = lock_survey(survey)
    rules.check_step(locked, "change")
    title = one_line(written.title_vi)
    rules.check_text(title, rules.LONGEST_LABEL, "survey_group_missing")
    rules.check_text(one_line(written.title_en), rules.LONGEST_LABEL)
    weight = exact_text(rules.check_weight(written.weight))
    if written.questionnaire.territory_id != locked.territory_id:
        raise Refused("survey_questionnaire_elsewhere")
    last = locked.groups.aggregate(last=Max("position"))["last"] or 0
    made, _ = RespondentGroup.objects.update_or_create(
        survey=locked,
        code=slug(title),
        defaults={
            "title_vi": title,
            "title_en": one_line(written.title_en),
            "questionnaire": written.questionnaire,
            "weight": weight,
        },
        create_defaults={
            "title_vi": title,
            "title_en": one_line(written.title_en),
            "questionnaire": written.questionnaire,
            "weight": weight,
            "position": last + 1,
        },
    )
    Tally.objects.get_or_create(survey=locked, group=made, stratum=None)
    told = {"group": made.code, "weight": weight, "questionnaire": _name_of(written.questionnaire)}
    tell(locked, "survey.group_set", told, by=by, at=at, group=title)
    return made


def _name_of(one: Questionnaire) -> str:
    return f"{one.code}/{one.version}"


@transaction.atomic
def remove_group(*, group: RespondentGroup, by: str, at: datetime) -> None:
    """Take a group out of a draft. Raises Refused ``survey_not_now``."""
    locked = lock_survey(group.survey)
    rules.check_step(locked, "change")
    code = group.code
    group.invitations.all().delete()
    group.tallies.all().delete()
    group.counters.all().delete()
    group.draws.all().delete()
    group.strata.all().delete()
    group.delete()
    tell(locked, "survey.group_removed", {"group": code}, by=by, at=at)


@transaction.atomic
def set_rated(*, group: RespondentGroup, units: Sequence[Unit], by: str, at: datetime) -> int:
    """Say which units a group rates, in which order; how many.

    Raises:
        Refused: ``survey_not_now``, ``survey_units_many``, ``survey_unit_elsewhere``.
    """
    locked = lock_survey(group.survey)
    rules.check_step(locked, "change")
    chosen = list(dict.fromkeys(units))
    if len(chosen) > rules.MOST_UNITS:
        raise Refused("survey_units_many", limit=rules.MOST_UNITS)
    for unit in chosen:
        check_here(locked, unit)
    group.rated.all().delete()
    RatedUnit.objects.bulk_create(
        RatedUnit(group=group, unit=unit, position=k) for k, unit in enumerate(chosen, start=1)
    )
    told = {"group": group.code, "units": [u.code for u in chosen]}
    tell(locked, "survey.rated_set", told, by=by, at=at)
    return len(chosen)


def check_here(survey: Survey, unit: Unit) -> None:
    """A unit lies in the survey's territory, or is it. Raises Refused ``survey_unit_elsewhere``."""
    if survey.territory_id not in {one.pk for one in way_up(unit)}:
        raise Refused("survey_unit_elsewhere", unit=unit.name_vi)


@transaction.atomic
def set_strata(*, group: RespondentGroup, rows: Sequence[StratumWritten], by: str, at: datetime) -> int:
    """Say which strata the sample of a group has, in place of those that stand; how many.

    Raises:
        Refused: ``survey_not_now``, ``survey_strata_many``, ``survey_unit_elsewhere``, ``text_too_long``,
            ``survey_stratum_twice``, ``survey_quota``; ``survey_strata_used``: somebody was invited by them.
    """
    locked = lock_survey(group.survey)
    rules.check_step(locked, "change")
    if len(rows) > rules.MOST_STRATA:
        raise Refused("survey_strata_many", limit=rules.MOST_STRATA)
    if group.invitations.filter(stratum__isnull=False).exists() or group.counters.exists():
        raise Refused("survey_strata_used")
    made = [_stratum(locked, group, row, position=k) for k, row in enumerate(rows, start=1)]
    seen: set[tuple[int, str]] = set()
    for one in made:
        if (one.unit_id, one.label) in seen:
            raise Refused("survey_stratum_twice", unit=one.unit.name_vi, label=one.label)
        seen.add((one.unit_id, one.label))
    group.tallies.filter(stratum__isnull=False).delete()
    group.strata.all().delete()
    Stratum.objects.bulk_create(made, batch_size=500)
    Tally.objects.bulk_create((Tally(survey=locked, group=group, stratum=s) for s in made), batch_size=500)
    told = [[s.unit.code, s.label, s.population, s.quota] for s in made]
    tell(locked, "survey.strata_set", {"group": group.code, "strata": told}, by=by, at=at)
    return len(made)


def _stratum(survey: Survey, group: RespondentGroup, row: StratumWritten, *, position: int) -> Stratum:
    label = one_line(row.label)
    rules.check_text(label, 250)
    check_here(survey, row.unit)
    if not 0 <= row.quota <= row.population or row.population > 10**8:
        raise Refused("survey_quota", unit=row.unit.name_vi, population=row.population, quota=row.quota)
    return Stratum(
        group=group,
        unit=row.unit,
        label=label,
        population=row.population,
        quota=row.quota,
        position=position,
    )


@transaction.atomic
def open_survey(*, survey: Survey, by: str, at: datetime) -> Survey:
    """Open a survey: from its first day on answers are taken, and what is asked stays as it is.

    Raises:
        Refused: ``survey_not_now``, ``survey_groups_missing``, ``survey_questionnaire_draft``,
            ``survey_closes_past``.
    """
    locked = lock_survey(survey)
    rules.check_step(locked, "open")
    groups = list(locked.groups.select_related("questionnaire"))
    if not groups and locked.kind != Survey.Kind.OUTSIDE:
        raise Refused("survey_groups_missing")
    for group in groups:
        if group.questionnaire.state != Questionnaire.State.FIXED:
            raise Refused("survey_questionnaire_draft", title=group.questionnaire.title_vi)
    if locked.closes < legal_date(at) and locked.kind != Survey.Kind.OUTSIDE:
        raise Refused("survey_closes_past", closes=locked.closes)
    locked.state = Survey.State.OPEN
    locked.save(update_fields=["state"])
    told = {g.code: [_name_of(g.questionnaire), g.questionnaire.sha256] for g in groups}
    tell(locked, "survey.opened", {"questionnaires": told}, by=by, at=at)
    return locked


@transaction.atomic
def extend_survey(*, survey: Survey, closes: date | None, by: str, at: datetime) -> Survey:
    """Move the last day of an open survey. Raises Refused ``survey_not_now``, ``survey_days_missing``,
    ``survey_days_order``, ``survey_closes_past``."""
    locked = lock_survey(survey)
    rules.check_step(locked, "close")
    _, day = rules.check_days(locked.opens, closes)
    if day < legal_date(at):
        raise Refused("survey_closes_past", closes=day)
    if day != locked.closes:
        before, locked.closes = locked.closes, day
        locked.save(update_fields=["closes"])
        told = {"before": before.isoformat(), "closes": day.isoformat()}
        tell(locked, "survey.extended", told, by=by, at=at)
    return locked


@transaction.atomic
def close_survey(*, survey: Survey, by: str, at: datetime) -> Survey:
    """Close a survey: links and counters take nothing more, what was not used is deleted.

    Raises:
        Refused: ``survey_not_now``.
    """
    locked = lock_survey(survey)
    rules.check_step(locked, "close")
    locked.state = Survey.State.CLOSED
    locked.save(update_fields=["state"])
    unused, _ = Invitation.objects.filter(group__survey=locked).delete()
    Reserve.objects.filter(group__survey=locked).delete()
    forget_order()
    tell(locked, "survey.closed", {"unused": unused}, by=by, at=at)
    return locked


def forget_order() -> None:
    """Rewrite the answers in the order of their random numbers.

    SQLite keeps them so in any case; PostgreSQL keeps rows, and copies them into a dump, as they came in.
    """
    if connection.vendor == "postgresql":
        connection.check_constraints()  # no table is rewritten while a check of its rows is put off
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(Answer._meta.db_table)
            cursor.execute(
                "SELECT indexrelid::regclass::text FROM pg_index "
                "WHERE indrelid = %s::regclass AND indisprimary",
                [Answer._meta.db_table],
            )
            (index,) = cursor.fetchone()
            cursor.execute(f"CLUSTER {table} USING {index}")
