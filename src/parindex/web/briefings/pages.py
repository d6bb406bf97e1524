"""A briefing as it is read: issued, or as it would be; its revisions and files."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from parindex.apps.briefings.actions import addresses_below, newest_of
from parindex.apps.briefings.drafting import state_words
from parindex.apps.briefings.facts import followed
from parindex.apps.briefings.models import Briefing, BriefingRevision
from parindex.apps.briefings.paper import known_of, paper_of
from parindex.apps.briefings.permissions import can_edit, check_edit
from parindex.apps.briefings.queries import plans_for
from parindex.apps.organisations.queries import names_of
from parindex.apps.plans.models import Task
from parindex.apps.plans.permissions import can_edit as can_edit_plan
from parindex.apps.plans.rules import Status, status_of
from parindex.core.kernel.time import legal_date
from parindex.core.wording.briefings import SECTIONS
from parindex.core.wording.notation import day
from parindex.web.briefings.frame import figures_shown, frame, known_briefing
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.papers import paper_file


STATUS = {
    Status.NOT_STARTED: "",
    Status.IN_PROGRESS: "waiting",
    Status.DONE: "done",
    Status.DONE_LATE: "done",
    Status.OVERDUE: "back",
    Status.CANCELLED: "",
}
MOVED = {"better": "gained", "worse": "lost", "same": "", "": ""}


def briefing(request: Desk, *, unit: str, year: int, month: int) -> HttpResponse:
    """The newest revision; of an issued one what became of its conclusions."""
    found = known_briefing(request, unit, year=year, month=month)
    newest = newest_of(found)
    edits = can_edit(request.rights, found)
    issued = found.state == Briefing.State.ISSUED
    plans = [p for p in plans_for(found) if can_edit_plan(request.rights, p)] if issued and edits else []
    rows = _followed(found, legal_date(request.at)) if issued else _concluded(found, newest)
    context = {
        **frame(found),
        **shown_revision(newest),
        "edits": edits,
        "issued": issued,
        "conclusions": rows,
        "plans": plans,
        "left": sum(row["task"] is None for row in rows),
    }
    return render(request, "briefings/briefing.html", context)


def shown_revision(revision: BriefingRevision) -> dict[str, Any]:
    """Sections as paragraphs and lists, the table below its section."""
    return {
        "revision": revision,
        "sections": [
            {"code": one["code"], "name": SECTIONS[one["code"]], "blocks": list(_blocks(one["text"]))}
            for one in revision.sections
            if one["text"]
        ],
        "figures": [{**row, "moved_as": MOVED[row["moved"]]} for row in figures_shown(revision.figures)],
    }


def _blocks(text: str) -> Iterator[tuple[str, Sequence[str]]]:
    """``p`` with one line, or ``ul`` with the items that follow each other."""
    items: list[str] = []
    for line in text.split("\n"):
        if line.startswith("- "):
            items.append(line[2:])
            continue
        if items:
            yield "ul", items
            items = []
        if line:
            yield "p", [line]
    if items:
        yield "ul", items


def _followed(found: Briefing, today: date) -> list[dict[str, Any]]:
    return [
        {
            "number": row.number,
            "content": row.content,
            "unit": row.unit.name if row.unit else "",
            "due": row.due,
            "task": task,
            "state": state_words(task, today, language()),
            "badge": _badge(task, today),
        }
        for row, task in followed(found)
    ]


def _badge(task: Task | None, today: date) -> str:
    return STATUS[status_of(task, today)] if task is not None else ""


def _concluded(found: Briefing, revision: BriefingRevision) -> list[dict[str, Any]]:
    known = addresses_below(found.unit)
    return [
        {
            "number": k,
            "content": row["content"],
            "unit": known[row["unit"]].name if row["unit"] in known else row["unit"],
            "due": date.fromisoformat(row["due"]) if row["due"] else None,
            "task": None,
            "state": "",
            "badge": "",
        }
        for k, row in enumerate(revision.conclusions, start=1)
    ]


def revision(request: Desk, *, unit: str, year: int, month: int, number: int) -> HttpResponse:
    """One revision, and what it changed; for those who edit."""
    found = known_briefing(request, unit, year=year, month=month)
    check_edit(request.rights, found)
    kept = {r.number: r for r in found.revisions.filter(number__in=(number, number - 1))}
    if number not in kept:
        raise Http404(str(number))
    this = kept[number]
    context = {
        **frame(found),
        "revision": this,
        "by": names_of({this.by}).get(this.by, ""),
        "lines": list(_changes(kept.get(number - 1), this)),
        "last": found.revisions.count(),
    }
    return render(request, "briefings/revision.html", context)


def _changes(before: BriefingRevision | None, now: BriefingRevision) -> Iterator[tuple[str, str]]:
    """Lines of a revision: ``+`` came, ``-`` went, empty stayed."""
    for line in difflib.ndiff(_said(before) if before else [], _said(now)):
        if line[:1] != "?":
            yield line[:1].strip(), line[2:]


def _said(revision: BriefingRevision) -> list[str]:
    found: list[str] = []
    for one in revision.sections:
        found += [SECTIONS[one["code"]].vi.upper(), *one["text"].split("\n")]
    found += [_line(("name", "now", "before", "goal"), row) for row in revision.figures]
    found += [
        f"{k}. {row['content']} ({row['unit']}; {_day(row['due'])})"
        for k, row in enumerate(revision.conclusions, start=1)
    ]
    return [line for line in found if line]


def _line(names: Sequence[str], row: Mapping[str, str]) -> str:
    return " | ".join(row[name] for name in names)


def _day(text: str) -> str:
    return day(date.fromisoformat(text), language()) if text else "–"


def file(request: Desk, *, unit: str, year: int, month: int, form: str) -> HttpResponse:
    """The paper as ``docx`` or ``pdf``; of a draft without number. Raises Http404, NotAllowed."""
    found = known_briefing(request, unit, year=year, month=month)
    name = f"giao-ban-{found.unit.code}-{found.month:%Y-%m}"
    return paper_file(paper_of(known_of(found, newest_of(found))), name, form)
