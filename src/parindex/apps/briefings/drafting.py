"""The text of each section, drafted from facts; pure: the same facts, the same words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from parindex.apps.briefings.facts import Facts
from parindex.apps.briefings.figures import Readings
from parindex.apps.inspections.rules import Status
from parindex.apps.plans.models import Task
from parindex.apps.plans.rules import FINISHED, status_of
from parindex.core.wording import briefings as words
from parindex.core.wording.terms import TERMS


LISTED = 10
OPEN_LATE, IN_TIME = "ho-so-ton-qua-han", "ho-so-dung-han"


def drafted(facts: Facts) -> dict[str, str]:
    """By section, in the order of the paper."""
    return {code: "\n".join(SECTIONS[code](facts)) for code in words.SECTIONS}


def _last(facts: Facts) -> list[str]:
    if facts.last is None:
        return [words.NO_LAST]
    if not facts.followed:
        return [words.NO_LAST_ROWS]
    done = sum(t is not None and status_of(t, facts.day) in FINISHED for _, t in facts.followed)
    lead = words.last_lead(facts.last.month, len(facts.followed), done)
    rows = [
        words.followed(c.content, c.unit.name_vi if c.unit else "", state_words(task, facts.day))
        for c, task in facts.followed
    ]
    return [lead, *rows]


def state_words(task: Task | None, day: date, language: str = words.VI) -> str:
    """How far the task is that carries a conclusion out."""
    if task is None:
        return words.NOT_HANDED if language == words.VI else "not handed on as a task"
    said = TERMS["task"][status_of(task, day)].in_(language)
    return f"{said}, {task.percent}%" if task.done_on is None and task.percent else said


def _figures(facts: Facts) -> list[str]:
    rows = facts.figures.rows
    aimed = [row for row in rows if row.met]
    days = [date.fromisoformat(row.as_of) for row in rows if row.as_of]
    met = sum(row.met == "yes" for row in aimed)
    as_of = max(days, default=None)
    lead = words.figures_lead(len(rows), aimed=len(aimed), met=met, as_of=as_of)
    return [lead, words.NO_NEWS] if as_of and as_of < facts.month else [lead]


def _dossiers(facts: Facts) -> list[str]:
    """What is open and late, by unit; else what was handled late."""
    now, then = _counts(facts.figures.now, OPEN_LATE), _counts(facts.figures.then, OPEN_LATE)
    if now:
        total, as_of = sum(n for n, _ in now.values()), max(day for _, day in now.values())
        was = sum(n for n, _ in then.values()) if then else None
        return [words.overdue_dossiers(total, was, as_of), *_most(facts, {k: n for k, (n, _) in now.items()})]
    late = {
        unit: (value.denominator or 0) - (value.numerator or 0)
        for (code, unit), value in facts.figures.now.items()
        if code == IN_TIME and value.denominator
    }
    if not late:
        return [words.NO_DOSSIERS]
    values = [v for (code, unit), v in facts.figures.now.items() if code == IN_TIME and unit in late]
    handled, as_of = sum(v.denominator or 0 for v in values), max(min(v.end, v.as_of) for v in values)
    if not any(late.values()):
        return [words.NO_LATE]
    return [words.handled_late(sum(late.values()), handled, as_of), *_most(facts, late)]


def _counts(found: Readings, code: str) -> dict[int, tuple[int, date]]:
    return {
        unit: (int(value.exact), min(value.end, value.as_of))
        for (one, unit), value in found.items()
        if one == code and value.exact is not None
    }


def _most(facts: Facts, counts: Mapping[int, int]) -> list[str]:
    """The units with most, where there are several."""
    names = {u.pk: u.name_vi for u in facts.tree.walk()}
    found = sorted(((names[pk], n) for pk, n in counts.items() if n), key=lambda row: (-row[1], row[0]))
    return [words.most_late(found)] if len(counts) > 1 and found else []


def _tasks(facts: Facts) -> list[str]:
    late = [
        words.task_line(t.content, t.unit.name_vi, t.due, late_days=(facts.day - t.due).days)
        for t in facts.overdue
        if t.due
    ]
    soon = [words.task_line(t.content, t.unit.name_vi, t.due) for t in facts.soon]
    return [words.tasks_lead(len(late), len(soon)), *_cut(late), *_cut(soon)]


def _cut(rows: Sequence[str]) -> list[str]:
    more = len(rows) - LISTED
    return [*rows[:LISTED], words.more_lines(more)] if more > 0 else list(rows)


def _findings(facts: Facts) -> list[str]:
    late = sum(one.status is Status.OVERDUE for one in facts.findings)
    rows = [
        words.finding_line(
            one.recommendation.text,
            one.finding.visit.unit.name_vi,
            one.recommendation.due,
            late_days=(facts.day - one.recommendation.due).days if one.status is Status.OVERDUE else 0,
        )
        for one in facts.findings
    ]
    return [words.findings_lead(len(rows), late), *_cut(rows)]


def _news(facts: Facts) -> list[str]:
    lead = words.news_lead(facts.articles, facts.articles_before)
    behind = [words.news_short([(u.name_vi, n) for u, n in facts.behind])] if facts.behind else []
    return [lead, *(f"- {title}." for title in facts.titles), *behind]


def _changes(facts: Facts) -> list[str]:
    by = {
        way: [f"{row.name} ({row.before} → {row.now})" for row in facts.figures.rows if row.moved == way]
        for way in ("better", "worse", "same")
    }
    return words.moved(by["better"], by["worse"], len(by["same"]))


def _risks(facts: Facts) -> list[str]:
    rows = {row.code: row for row in facts.figures.rows}
    found = []
    for one in facts.risks:
        row = rows.get(one.indicator.code)
        if row is not None and one.total == 1 and one.units[0].pk == facts.unit.pk:
            found.append(words.own_risk(one.indicator.name_vi, row.now, row.goal))
        else:
            names = [unit.name_vi for unit in one.units]
            found.append(words.risk(one.indicator.name_vi, names, one.total))
    return found or [words.NO_RISK]


SECTIONS: Mapping[str, Callable[[Facts], list[str]]] = {
    "last": _last,
    "figures": _figures,
    "dossiers": _dossiers,
    "tasks": _tasks,
    "findings": _findings,
    "news": _news,
    "changes": _changes,
    "risks": _risks,
    "proposals": lambda _: [words.BLANK],
}
"""By code: every section of the paper."""
