"""What is known of a unit's month, gathered from the rooms below: what a draft is made of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from parindex.apps.briefings.figures import Figures, figures_of
from parindex.apps.briefings.models import Briefing, Conclusion
from parindex.apps.briefings.months import after, before, last_day
from parindex.apps.indicators.goals import Goals, Standing, forecasts
from parindex.apps.indicators.models import Indicator
from parindex.apps.inspections.queries import OpenRecommendation, open_recommendations
from parindex.apps.news.fulfilment import fulfilments
from parindex.apps.news.models import Article
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.apps.plans.models import Task
from parindex.apps.plans.queries import due_between, overdue_on, tasks_by_origin
from parindex.core.kernel.forecast import Light
from parindex.core.kernel.time import LEGAL_ZONE, legal_date
from parindex.data.indicators import YEARS_WORK


@dataclass(frozen=True, slots=True)
class Risk:
    """An indicator that will miss its target by the forecast: at which units, of how many with one."""

    indicator: Indicator
    units: Sequence[Unit]
    total: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a draft tells.

    Attributes:
        day: until when things are looked at: the month's end, or today while it runs.
        overdue, soon: tasks; those due in the month after are soon.
        findings: what inspections of the units recommended and is not remedied, overdue ones first.
        articles, articles_before: how many in the month and in the one before; `titles`: the newest.
        behind: units that are behind their communication plan, with how many articles.
        last: the briefing before; `followed`: its conclusions with the task that carries each out.
    """

    unit: Unit
    tree: Tree
    month: date
    day: date
    figures: Figures
    overdue: Sequence[Task]
    soon: Sequence[Task]
    findings: Sequence[OpenRecommendation]
    articles: int
    articles_before: int
    titles: Sequence[str]
    behind: Sequence[tuple[Unit, int]]
    risks: Sequence[Risk]
    last: Briefing | None
    followed: Sequence[tuple[Conclusion, Task | None]]


def facts_of(unit: Unit, month: date, today: date) -> Facts:
    """Read it. A fixed number of queries, however many units and months."""
    tree, day = tree_of(unit), min(last_day(month), today)
    units = {u.pk: u for u in tree.walk()}
    following = after(month)
    last = last_issued(unit, month)
    count, titles = _articles(units, month)
    return Facts(
        unit=unit,
        tree=tree,
        month=month,
        day=day,
        figures=figures_of(tree, month, without=YEARS_WORK),
        overdue=overdue_on(units, day),
        soon=due_between(units, day, last_day(following)),
        findings=[
            one for one in open_recommendations(units, day) if legal_date(one.recommendation.at) <= day
        ],
        articles=count,
        articles_before=_articles(units, before(month))[0],
        titles=titles,
        behind=_behind(units, month.year, day),
        risks=_risks(tree, units, month.year),
        last=last,
        followed=followed(last) if last else (),
    )


def last_issued(unit: Unit, month: date) -> Briefing | None:
    """The last briefing of the unit before a month that was issued. One query."""
    found = Briefing.objects.filter(unit=unit, month__lt=month, state=Briefing.State.ISSUED)
    return found.order_by("-month").first()


def followed(briefing: Briefing) -> list[tuple[Conclusion, Task | None]]:
    """Each conclusion of an issued briefing with the task that carries it out. Two queries."""
    rows = list(briefing.conclusions.select_related("unit"))
    tasks = tasks_by_origin([row.origin for row in rows])
    return [(row, tasks.get(row.origin)) for row in rows]


def _articles(units: Collection[int], month: date) -> tuple[int, list[str]]:
    """How many articles were first published in a month and are public, and the newest titles."""
    ends = last_day(month) + timedelta(days=1)
    found = Article.objects.filter(
        unit__in=list(units),
        live__isnull=False,
        published_at__gte=datetime(month.year, month.month, 1, tzinfo=LEGAL_ZONE),
        published_at__lt=datetime(ends.year, ends.month, ends.day, tzinfo=LEGAL_ZONE),
    )
    titles = list(found.order_by("-published_at", "-pk").values_list("live__title", "unit__name_vi"))
    return len(titles), [f"{title} ({unit})" for title, unit in titles[:TITLES]]


TITLES = 5


def _behind(units: Mapping[int, Unit], year: int, day: date) -> list[tuple[Unit, int]]:
    found = fulfilments(units, year, day)
    rows = [(units[pk], one.short) for pk, one in found.items() if one.short]
    return sorted(rows, key=lambda row: (-row[1], row[0].name_vi))


def _risks(tree: Tree, units: Mapping[int, Unit], year: int) -> list[Risk]:
    """Of each indicator that units have targets of, those that will miss it. Two queries."""
    goals = Goals.of_tree(tree, year=year)
    if not goals.found:
        return []
    ahead = forecasts(units, year)
    known = {t.indicator.code: t.indicator for t in goals.found.values()}
    found = []
    for code in sorted(known):
        standing = {
            pk: Standing(known[code], goals.of(known[code], unit, year), ahead[code, pk])
            for pk, unit in units.items()
            if (code, pk) in ahead
        }
        aimed = {pk: one for pk, one in standing.items() if one.target is not None}
        red = [units[pk] for pk, one in aimed.items() if one.light is Light.RED]
        if red:
            found.append(Risk(known[code], sorted(red, key=lambda u: u.name_vi), len(aimed)))
    return found
