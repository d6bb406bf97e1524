"""A unit's periodic report on administrative reform, filled in as far as the system knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from parindex.apps.assessments.models import Participant
from parindex.apps.assessments.queries import published
from parindex.apps.assessments.queries.projection import projection, running_participations
from parindex.apps.indicators.goals import Goals, Standing, forecasts
from parindex.apps.indicators.models import Indicator, Value
from parindex.apps.indicators.reporting import values_for
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.plans.models import Plan, Task
from parindex.apps.plans.queries import due_between, tasks_of
from parindex.apps.plans.rules import Progress, progress_of
from parindex.apps.results import ahead
from parindex.apps.results.queries import group_table_of, unit_nodes
from parindex.apps.results.rows import GroupTable, NodeLine, UnitLine
from parindex.core.kernel.forecast import Light
from parindex.core.kernel.framework import Framework, Node
from parindex.core.papers import (
    Appendix,
    Block,
    Column,
    Paper,
    Paragraph,
    Row,
    Table,
    abbreviation,
    head_of,
    issuing_body,
    place_of_issue,
)
from parindex.core.papers.paper import Align
from parindex.core.wording import periodic as words
from parindex.core.wording.full_marks import full_mark_words
from parindex.core.wording.notation import answer_text, day, number
from parindex.core.wording.periodic import VI
from parindex.data.reporting_periods import ReportPeriod


HUNDRED = 100
LETTERS = 11  # points, in tables
MENDED, TASKS, DUE_TOLD = 3, 5, 10
QUARTER = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class LastResult:
    """How the unit came out in the last published round."""

    table: GroupTable
    line: UnitLine
    nodes: Mapping[str, NodeLine]


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator in the period, beside the same period a year earlier, its goal and its forecast."""

    indicator: Indicator
    value: Value
    before: Value | None
    standing: Standing

    @property
    def change(self) -> Fraction | None:
        """What it gained on the year before; negative where it is worse."""
        if self.before is None or self.value.exact is None or self.before.exact is None:
            return None
        moved = self.value.exact - self.before.exact
        return moved if self.indicator.direction == Indicator.Direction.UP else -moved

    @property
    def is_short(self) -> bool:
        """Whether its goal is neither reached nor surely going to be."""
        goal = self.standing.target.exact_goal if self.standing.target else None
        if goal is None or self.value.exact is None or self.standing.light is Light.GREEN:
            return False
        up = self.indicator.direction == Indicator.Direction.UP
        return self.value.exact < goal if up else self.value.exact > goal


@dataclass(frozen=True, slots=True)
class Known:
    """All that the system knows of a unit in a period."""

    unit: Unit
    period: ReportPeriod
    today: date
    figures: Sequence[Figure]
    result: LastResult | None
    running: Sequence[tuple[str, str]]
    plans: Sequence[tuple[Plan, Progress]]
    due: Sequence[Task]
    note: str


def known_of(unit: Unit, period: ReportPeriod, today: date) -> Known:
    """Read it. A fixed number of queries, and those of each running round."""
    now = values_for([unit.pk], period)
    before = values_for([unit.pk], period.before)
    goals, ahead_ = Goals.of_unit(unit, year=period.year), forecasts([unit.pk], period.year)
    figures = [
        Figure(
            v.indicator,
            v,
            before.get(code),
            Standing(v.indicator, goals.of(v.indicator, unit, period.year), ahead_.get((code, unit.pk))),
        )
        for code, v in now.items()
    ]
    running = [
        (p.participant.round.title_vi, _index(p.index, p.sheet.framework))
        for p in map(projection, running_participations([unit.pk])[:1])
        if p.index is not None and p.participant.round.year == period.year
    ]
    place = way_up(unit)[-1]
    note = words.invented(place.name_vi) if unit.illustrative else ""
    until = min(today, period.last)
    plans, due = _planned(unit, period, until)
    return Known(unit, period, today, figures, _last_result(unit, period.year), running, plans, due, note)


def _planned(unit: Unit, period: ReportPeriod, until: date) -> tuple[list[tuple[Plan, Progress]], list[Task]]:
    """The unit's issued plans of the year as they stood on a day, and what is due in the quarter after it.
    Two queries."""
    by_plan: dict[Plan, list[Task]] = {}
    for task in tasks_of([unit.pk], period.year):
        if task.done_on is not None and task.done_on > until:
            task.done_on = None  # as it stood then; nothing is saved here
        by_plan.setdefault(task.plan, []).append(task)
    plans = sorted(by_plan, key=lambda plan: (plan.issued_on or period.first, plan.pk))
    due = due_between([unit.pk], until + timedelta(days=1), until + QUARTER)
    told = [(p, progress_of(by_plan[p], until)) for p in plans if p.issued_on and p.issued_on <= until]
    return told, due


def _last_result(unit: Unit, year: int) -> LastResult | None:
    """What is published of the newest round of that year or earlier. A fixed number of queries."""
    found = Participant.objects.filter(
        published("round__"), unit=unit, round__year__lte=year, round__results__isnull=False
    )
    related = ("round__framework", "round__territory", "unit", "group")
    one = found.select_related(*related).order_by("-round__year", "-round_id").first()
    table = group_table_of(one.round, one.group.code, told=True) if one else None
    if one is None or table is None:
        return None
    line = next((u for u in table.lines if u.code == unit.code), None)
    return LastResult(table, line, unit_nodes(table, unit.code)) if line else None


def report_of(known: Known) -> Paper:
    """The paper. Pure: the same knowledge, the same paper."""
    unit, period = known.unit, known.period
    name, above = unit.name_vi, unit.parent
    place = way_up(unit)[-1]
    body = issuing_body(above.name_vi) if above else ""
    return Paper(
        issuer=issuing_body(name),
        parent=body,
        notation=f"BC-{abbreviation(name)}",
        place=place_of_issue(place.name_vi),
        as_of=min(known.today, period.due),
        kind=words.KIND,
        about=words.about(period.name.vi),
        to=[body] if body else (),
        body=list(_body(known)),
        recipients=[*([f"{body};"] if body else ()), words.ARCHIVE],
        signatures=[head_of(name)],
        appendices=[Appendix(*words.APPENDIX, body=[_all_figures(known)], landscape=True, attached=True)]
        if known.figures
        else (),
        notice=known.note,
    )


def _body(known: Known) -> Iterator[Block]:
    leading, contents, judged, next_, asked = words.HEADINGS
    period = known.period
    yield Paragraph(words.opening(known.unit.name_vi, period.name.vi, first=period.first, last=period.last))
    if known.today < period.last:
        yield Paragraph(words.running(known.today))
    yield Paragraph(leading, "heading")
    first, *rest = words.STEERING
    yield Paragraph(first)
    for plan, done in known.plans:
        yield Paragraph(
            words.promised(
                plan.number,
                on=plan.issued_on or plan.start,
                theme=plan.theme,
                counts=(done.done, done.in_time, done.overdue, done.total),
            )
        )
    for line in rest:
        yield Paragraph(line)
    yield from _results(known)
    yield Paragraph(contents, "heading")
    yield from _contents(known)
    yield Paragraph(judged, "heading")
    yield from _judged(known)
    yield Paragraph(next_, "heading")
    yield from _tasks(known)
    yield Paragraph(asked, "heading")
    yield Paragraph(words.BLANK)


def _results(known: Known) -> Iterator[Block]:
    """The last published round, and what the running one gives so far."""
    last = known.result
    if last is None or last.line.index is None:
        yield Paragraph(words.NO_RESULT)
    else:
        grade = last.line.grade.name.vi if last.line.grade else ""
        place = f"{last.line.rank}/{last.table.ranked}" if last.line.rank else ""
        index = _index(last.line.index, last.table.framework)
        yield Paragraph(words.last_result(last.table.year, index, grade=grade, place=place))
        for area in last.table.framework.areas:
            if _is_of(area, words.LEADING):
                yield from _area(last, area)
    for title, index in known.running:
        yield Paragraph(words.projected(title, index))


def _index(index: Fraction, framework: Framework) -> str:
    return words.index(index, percent=framework.index.policy != "total")


def _is_of(area: Node, keys: Sequence[str]) -> bool:
    return any(key in area.name.vi.casefold() for key in keys)


def _contents(known: Known) -> Iterator[Block]:
    """The six contents: what the last round says of each, its figures, room for what was done."""
    placed = _placed(known)
    for k, (name, keys) in enumerate(words.CONTENTS):
        yield Paragraph("", lead=f"{k + 1}. {name}")
        if known.result is not None:
            for area in known.result.table.framework.areas:
                if _is_of(area, keys) and not _is_of(area, words.LEADING):
                    yield from _area(known.result, area)
        if placed.get(k):
            yield _figures(placed[k])
        elif k == words.DOSSIERS and not known.figures:
            yield Paragraph(words.NO_FIGURES)
        yield Paragraph(words.DONE)


def _placed(known: Known) -> dict[int, list[Figure]]:
    """Figures by content: of the area whose criterion asks for them, else the one on procedures."""
    asked: dict[str, int] = {}
    if known.result is not None:
        for area in known.result.table.framework.areas:
            k = next((k for k, (_, keys) in enumerate(words.CONTENTS) if _is_of(area, keys)), None)
            for node in area.walk():
                if node.indicator and k is not None:
                    asked.setdefault(node.indicator, k)
    found: dict[int, list[Figure]] = {}
    for figure in known.figures:
        found.setdefault(asked.get(figure.indicator.code, words.DOSSIERS), []).append(figure)
    return found


def _area(last: LastResult, area: Node) -> Iterator[Block]:
    """What an area had, and the criteria in it that lack most."""
    node = last.nodes[area.code]
    if node.index is None:
        return
    median = last.table.medians.get(area.code)
    shown = "–" if median is None else f"{words.points(median)}%"
    yield Paragraph(
        words.area(area.name.vi, last.table.year, index=f"{words.points(node.index)}%", median=shown)
    )
    lost = sorted(
        ((last.nodes[n.code].lost, n) for n in area.walk() if n.is_leaf and last.nodes[n.code].lost),
        key=lambda pair: -pair[0],
    )
    if lost:
        yield Paragraph(words.to_mend([words.loss(n.code, n.name.vi, points) for points, n in lost[:MENDED]]))


def _columns(heads: Sequence[str], *widths: tuple[int, Align]) -> list[Column]:
    return [Column(head, width, align) for head, (width, align) in zip(heads, widths, strict=True)]


def _figures(figures: Sequence[Figure]) -> Table:
    columns = _columns(
        words.HEADS, (30, "left"), (24, "right"), (17, "right"), (15, "right"), (20, "right"), (26, "left")
    )
    return Table(columns, [_figure(f) for f in figures], LETTERS)


def _figure(one: Figure) -> Row:
    goal = one.standing.target
    aim = "≥ " if one.indicator.direction == Indicator.Direction.UP else "≤ "
    return Row(
        [
            one.indicator.name_vi,
            _written(one.value),
            _said(one.indicator, one.before.exact) if one.before else words.BLANK,
            f"{aim}{_said(one.indicator, goal.exact_goal)}" if goal else words.BLANK,
            _ahead(one),
            words.from_source(one.value.source, one.value.as_of),
        ]
    )


def _ahead(one: Figure) -> str:
    """The year's end by the forecast, with its interval where there is one; dots once all is measured."""
    found = one.standing.forecast
    if found is None or found.error == 0:
        return words.BLANK
    end = _said(one.indicator, found.end)
    if found.low is None or found.high is None:
        return end
    return words.spread(end, low=_said(one.indicator, found.low), high=_said(one.indicator, found.high))


def _written(value: Value) -> str:
    """A share with its counts, else the number."""
    return (
        answer_text(value.written).vi
        if value.denominator is not None
        else _said(value.indicator, value.exact)
    )


def _said(indicator: Indicator, value: Fraction | None) -> str:
    if value is None:
        return words.BLANK
    if indicator.kind == Indicator.Kind.SHARE:
        return f"{words.points(value * HUNDRED)}%"
    return number(value, VI)


def _all_figures(known: Known) -> Table:
    """Every figure with its own days, its counts and its source."""
    columns = _columns(
        words.FULL_HEADS,
        *((6, "centre"), (40, "left"), (30, "centre"), (16, "right"), (16, "right"), (16, "right")),
        *((36, "left"), (18, "centre")),
    )
    rows = []
    for k, one in enumerate(known.figures, start=1):
        value = one.value
        counts = [number(n, VI) if n is not None else "" for n in (value.numerator, value.denominator)]
        rows.append(
            Row(
                [
                    str(k),
                    one.indicator.name_vi,
                    words.span(value.start, value.end),
                    *counts,
                    _said(one.indicator, value.exact),
                    value.source,
                    day(value.as_of, VI),
                ]
            )
        )
    return Table(columns, rows, LETTERS)


def _judged(known: Known) -> Iterator[Block]:
    """What stands out, what falls short, as far as figures say it."""
    good, bad, causes = words.JUDGED
    named = {
        light: [f.indicator.name_vi for f in known.figures if f.standing.light is light] for light in Light
    }
    up = [f.indicator.name_vi for f in known.figures if f.change is not None and f.change > 0]
    down = [f.indicator.name_vi for f in known.figures if f.change is not None and f.change < 0]
    yield Paragraph(f"{good}: {words.BLANK}")
    if named[Light.GREEN]:
        yield Paragraph(words.met(named[Light.GREEN]))
    if up:
        yield Paragraph(words.better(up))
    yield Paragraph(f"{bad}: {words.BLANK}")
    if named[Light.RED]:
        yield Paragraph(words.missed(named[Light.RED]))
    if down:
        yield Paragraph(words.worse(down))
    yield Paragraph(causes)


def _tasks(known: Known) -> Iterator[Block]:
    """What its plans have next, goals still to be reached, criteria that would give most, room for the
    rest."""
    for planned in known.due[:DUE_TOLD]:
        if planned.due is not None:
            yield Paragraph(words.next_task(planned.content, planned.due, planned.plan.number))
    for one in known.figures:
        goal = one.standing.target
        if goal is not None and one.is_short:
            aim = "≥ " if one.indicator.direction == Indicator.Direction.UP else "≤ "
            shown = f"{aim}{_said(one.indicator, goal.exact_goal)}"
            yield Paragraph(
                words.to_reach(one.indicator.name_vi, shown, _said(one.indicator, one.value.exact))
            )
    if known.result is not None and known.result.line.index is not None:
        framework = known.result.table.framework
        for code, lost in ahead.appraised_losses(framework, known.result.nodes)[:TASKS]:
            node = framework.nodes[code]
            yield Paragraph(words.task(f"{code} {node.name.vi}", full_mark_words(node.rule, VI), lost))
    yield Paragraph(words.BLANK)
