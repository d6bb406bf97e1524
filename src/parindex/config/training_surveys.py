"""The demonstration's surveys: one of citizens, closed and counted, and one of officials, open."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction

from parindex.apps.indicators.common import define_common
from parindex.apps.indicators.models import Indicator
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.surveys import actions
from parindex.apps.surveys.asking import about
from parindex.apps.surveys.models import Questionnaire, RespondentGroup, Survey
from parindex.core.formats.framework_file import parse_framework
from parindex.core.kernel.time import LEGAL_ZONE, legal_date
from parindex.core.surveys.questionnaire import Questionnaire as Form
from parindex.core.surveys.questionnaire_file import from_mapping, load_questionnaire
from parindex.data import minhhoa
from parindex.data.minhhoa import surveys as sample
from parindex.data.minhhoa.measures import percent_of
from parindex.data.surveys import questionnaire_path


WHO = "thuong-truc"
FIRST, LAST = date(2025, 10, 1), date(2025, 11, 30)


@dataclass(frozen=True, slots=True)
class World:
    """Who and what there is, and when the demonstration begins."""

    territory: Unit
    units: Mapping[str, Unit]
    by: str
    at: datetime

    def unit(self, code: str) -> Unit:
        """One of its units, or the territory itself."""
        return self.territory if code == self.territory.code else self.units[code]

    def fixed(self, form: Form, at: datetime) -> Questionnaire:
        """A questionnaire that surveys may use."""
        kept = actions.keep_questionnaire(territory=self.territory, form=form, by=self.by, at=at)
        return actions.fix_questionnaire(questionnaire=kept, by=self.by, at=at)


@transaction.atomic
def surveys(at: datetime) -> bool:
    """Both surveys, through the same actions as any other."""
    territory = Unit.objects.get(parent=None, code=minhhoa.CODE)
    if Survey.objects.filter(territory=territory).exists():
        return False
    units = {u.code: u for u in Unit.objects.filter(parent=territory).select_related("parent")}
    define_common(at, by="demo")
    world = World(territory, units, Person.objects.get(username=WHO).ref, at)
    _citizens(world)
    _officials(world)
    return True


def _at(day: date) -> datetime:
    """Nine o'clock of a day."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=LEGAL_ZONE)


def _citizens(world: World) -> None:
    """Asked in the autumn of 2025 by enumerators, counted after."""
    begun: dict[str, Any] = {"by": world.by, "at": _at(FIRST)}
    ended: dict[str, Any] = {"by": world.by, "at": _at(LAST + timedelta(days=3))}
    form = load_questionnaire(questionnaire_path(sample.CITIZENS))
    written = actions.SurveyWritten(
        title_vi=sample.CITIZENS_TITLE[0],
        title_en=sample.CITIZENS_TITLE[1],
        year=2025,
        body=sample.BODY,
        kind=Survey.Kind.CITIZENS,
        opens=FIRST,
        closes=LAST,
        indicator=Indicator.objects.get(code="hai-long-nguoi-dan"),
        rules=sample.RULES,
    )
    survey = actions.begin_survey(territory=world.territory, written=written, key="demo-citizens", **begun)
    questionnaire = world.fixed(form, _at(FIRST))
    people = actions.GroupWritten("Người dân, tổ chức", questionnaire, "Citizens and organisations")
    group = actions.add_group(survey=survey, written=people, **begun)
    rows = [
        actions.StratumWritten(world.unit(s.unit), s.population, s.answers, s.label) for s in sample.STRATA
    ]
    actions.set_strata(group=group, rows=rows, **begun)
    _factors(survey, sample.CITIZENS_FACTORS, begun)
    actions.open_survey(survey=survey, **begun)
    report = actions.Report(sample.BODY, "Phiếu do điều tra viên thu (minh họa)")
    actions.record_answers(group=group, rows=_answers(world, group, form), report=report, **ended)
    post = actions.Report(sample.REPORTED_BY, sample.REPORT)
    actions.record_results(survey=survey, rows=_reported(world), report=post, **ended)
    actions.close_survey(survey=survey, **ended)
    actions.count_survey(survey=survey, **ended)


def _factors(survey: Survey, named: Mapping[str, str], act: Mapping[str, Any]) -> None:
    """Each factor of the questionnaire gives values of an indicator of its own."""
    known = {i.code: i for i in Indicator.objects.filter(code__in=named.values())}
    chosen = {factor: known[code] for factor, code in named.items()}
    actions.set_factor_indicators(survey=survey, chosen=chosen, **act)


def _reported(world: World) -> list[actions.ResultWritten]:
    """The units that another body asked about: what it found is what the units of the year's round have."""
    round_ = next(r for r in minhhoa.ROUNDS if r.code == sample.SURVEYED)
    leaf = parse_framework(minhhoa.framework_file(round_), f"{round_.framework}.yaml").leaves[sample.LEAF]
    own = {s.unit for s in sample.STRATA}
    return [
        actions.ResultWritten(
            world.unit(w.unit), percent_of(leaf, w.text), int(w.n), "Người dân, tổ chức", w.se
        )
        for w in minhhoa.answers_of(round_)[1]
        if w.leaf == sample.LEAF and w.se and w.unit not in own
    ]


def _answers(world: World, group: RespondentGroup, form: Form) -> list[actions.AnswerWritten]:
    """What invented people said, the same at every loading."""
    found: list[actions.AnswerWritten] = []
    strata = {(s.unit_id, s.label): s for s in group.strata.all()}
    for one in sample.STRATA:
        unit = world.unit(one.unit)
        seed = sha256(f"{one.unit} {one.label}".encode()).hexdigest()
        dice = random.Random(seed)  # noqa: S311  invented answers, nothing to guess
        for n in range(one.answers):
            day = FIRST + timedelta(days=dice.randrange((LAST - FIRST).days))
            raw = _raw(form, dice, one=one, person=n)
            stratum = strata[unit.pk, one.label]
            found.append(actions.AnswerWritten(n + 1, unit, day, raw, stratum))
    return found


def _raw(form: Form, dice: random.Random, *, one: sample.SampleStratum, person: int) -> dict[str, object]:
    """Answers to what must be answered; the first of the people are those who are satisfied."""
    place = {f.code: k for k, f in enumerate(form.factors)}
    raw: dict[str, object] = {}
    for q in (q for q in form.questions if q.required):
        codes = [o.code for o in q.options]
        if q.kind == "grid":
            good = [o.code for o in q.options if o.satisfied]
            rest = [o.code for o in q.options if o.satisfied is False]
            raw[q.code] = {
                r.code: dice.choice(good if person < one.of_factor(place[r.factor]) else rest) for r in q.rows
            }
        elif codes:
            raw[q.code] = [dice.choice(codes)] if q.kind == "multiple" else dice.choice(codes)
    return raw


def _officials(world: World) -> None:
    """Open since ten days; some have answered, by links of which nobody knows whose they were."""
    begun = world.at - timedelta(days=10)
    act: dict[str, Any] = {"by": world.by, "at": begun}
    day = legal_date(world.at)
    written = actions.SurveyWritten(
        title_vi=sample.OFFICIALS_TITLE[0],
        title_en=sample.OFFICIALS_TITLE[1],
        year=day.year,
        body=sample.BODY,
        kind=Survey.Kind.OFFICIALS,
        opens=legal_date(begun),
        closes=day + timedelta(days=20),
        indicator=Indicator.objects.get(code="danh-gia-cong-chuc"),
        measure=Survey.Measure.INDEX,
        rules=sample.RULES,
    )
    survey = actions.begin_survey(territory=world.territory, written=written, key="demo-officials", **act)
    questionnaire = world.fixed(from_mapping(sample.OFFICIALS), begun)
    people = actions.GroupWritten("Cán bộ, công chức", questionnaire, "Officials")
    group = actions.add_group(survey=survey, written=people, **act)
    actions.set_rated(group=group, units=[world.units[code] for code in sample.RATED], **act)
    _factors(survey, sample.OFFICIALS_FACTORS, act)
    survey = actions.open_survey(survey=survey, **act)
    group = RespondentGroup.objects.select_related("survey__territory").get(pk=group.pk)
    wanted = [
        actions.Wanted(
            contact=f"Công chức minh họa {n + 1}, {world.units[code].name_vi}", own_unit=world.units[code]
        )
        for code, count in sample.ASKED.items()
        for n in range(count)
    ]
    issued = actions.issue_invitations(group=group, wanted=wanted, **act)
    dice = random.Random(sample.ANSWERED)  # noqa: S311  invented answers, nothing to guess
    for n, one in enumerate(issued[:: len(issued) // sample.ANSWERED][: sample.ANSWERED]):
        fields = {
            about(world.units[code]) + q: [dice.choice(["A", "A", "B", "B", "C", "KR"])]
            for code in sample.RATED
            for q in ("dieu_hanh", "van_ban", "phoi_hop", "cong_nghe")
        }
        sitting = sha256(f"demo {n}".encode()).hexdigest()[:32]
        actions.answer_by_link(
            token=one.token, sitting=sitting, fields=fields, at=world.at - timedelta(days=5)
        )
