"""The units of a territory as a tree, and one unit with everything that hangs on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from parindex.apps.assessments.models import Participant
from parindex.apps.organisations.actions import address_of
from parindex.apps.organisations.imports import UNIT_COLUMNS
from parindex.apps.organisations.models import Grant, Unit
from parindex.apps.organisations.permissions import check_over, way_up
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.apps.organisations.queries.people import holds_on
from parindex.apps.organisations.roles import Act
from parindex.apps.organisations.types import type_name
from parindex.apps.results.models import PublishedFigure
from parindex.core.formats.results_file import rows_as_xlsx
from parindex.core.kernel.time import legal_date
from parindex.web.manage.frame import finder, frame, known_unit, paged
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import managed
from parindex.web.parts.gates import gate
from parindex.web.parts.templatetags.parts import said
from parindex.web.parts.workbooks import XLSX


ENDED, ALL = "het", "tat-ca"


def units(request: Desk) -> HttpResponse:
    """Every unit of the territory, filtered; the tree's order, so that a division follows its office."""
    territory, territories = managed(request, Act.UNITS_MANAGE)
    tree = tree_of(territory)
    every = list(tree.walk())[1:]
    shown, page = paged(request, _filtered(request, every))
    context = {
        **frame(request, "units", territory),
        "root": tree.prefix,
        "territories": territories,
        "rows": _rows(tree, shown, legal_date(request.at)),
        "page": page,
        "types": [(t, said(type_name(t))) for t in sorted({u.type for u in every})],
        "groups": sorted({u.ranking_group for u in every if u.ranking_group}),
        "counts": {"living": sum(u.valid_to is None for u in every), "all": len(every)},
        "asked": {k: request.GET.get(k, "") for k in ("tim", "loai", "khoi", "tinh-trang")},
        "state": request.GET.get("tinh-trang", ""),
    }
    return render(request, "manage/units.html", context)


def _filtered(request: Desk, every: Sequence[Unit]) -> list[Unit]:
    """By words without accents, type, group, and whether they go on."""
    holds = finder(request)
    type_, group = request.GET.get("loai", ""), request.GET.get("khoi", "")
    state = request.GET.get("tinh-trang", "")
    return [
        u
        for u in every
        if (state == ALL or (u.valid_to is not None) == (state == ENDED))
        and (not type_ or u.type == type_)
        and (not group or u.ranking_group == group)
        and holds(f"{u.name_vi} {u.name_en} {u.code}")
    ]


def _rows(tree: Tree, shown: Sequence[Unit], day: date) -> list[dict[str, Any]]:
    """What the table says of each. One query for the numbers of people."""
    grants = Grant.objects.filter(unit__in=[u.pk for u in shown], person__is_active=True)
    people = Counter(
        unit for unit, _ in {(g.unit_id, g.person_id) for g in grants.order_by() if holds_on(g, day)}
    )
    return [
        {
            "unit": u,
            "address": tree.address(u),
            "type": type_name(u.type),
            "parent": tree.parents[u.pk] if tree.parents[u.pk].pk != tree.root.pk else None,
            "people": people[u.pk],
        }
        for u in shown
    ]


def units_file(request: Desk) -> HttpResponse:
    """The same list, whole, as a workbook with the columns that can be imported again."""
    territory, _ = managed(request, Act.UNITS_MANAGE)
    tree = tree_of(territory)
    rows = [unit_cells(tree, u) for u in _filtered(request, list(tree.walk())[1:])]
    answer = HttpResponse(
        rows_as_xlsx([said(c.name) for c in UNIT_COLUMNS], rows, title=gettext("Đơn vị")), content_type=XLSX
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="don-vi-{territory.code}.xlsx"'
    return answer


def unit_cells(tree: Tree, unit: Unit) -> list[str | int | Fraction | None]:
    """One unit as a row."""
    parent = tree.parents[unit.pk]
    return [
        unit.code,
        unit.name_vi,
        unit.name_en,
        said(type_name(unit.type)),
        unit.ranking_group,
        "" if parent.pk == tree.root.pk else parent.code,
        typed_day(unit.valid_from),
        typed_day(unit.valid_to),
    ]


def typed_day(day: date | None) -> str:
    """A day as it is typed in a table, whatever the page's language: what leaves can come back."""
    return f"{day:%d/%m/%Y}" if day else ""


def unit(request: Desk, *, unit: str) -> HttpResponse:
    """One unit: facts, what is above and below it, what came before and after, people, rounds."""
    found = known_unit(request, unit)
    above = way_up(found)
    day = legal_date(request.at)
    grants = [
        g
        for g in found.grants.select_related("person").order_by("role", "person__full_name")
        if holds_on(g, day) and g.person.is_active
    ]
    children = (
        list(found.children.order_by("valid_to", "type", "name_vi", "id")[:500]) if found.parent else []
    )
    context = {
        **frame(request, "units", above[-1]),
        "unit": found,
        "address": unit,
        "type": type_name(found.type),
        "above": [(".".join(unit.split(".")[: -k or None]), u) for k, u in enumerate(above) if k],
        "children": [(f"{unit}.{c.code}", c, type_name(c.type)) for c in children],
        "grants": grants,
        "reads_ledger": request.rights.may(Act.LEDGER_READ, above[-1].pk),
        "may_change": gate(lambda: check_over(request.rights, Act.UNITS_MANAGE, found)).is_open,
        "runs": request.rights.units(Act.ROUND_RUN),
        "may_people": bool(request.rights.units(Act.PEOPLE_MANAGE)),
        **_history(found),
        "figures": list(PublishedFigure.objects.filter(about=found).order_by("-year", "index", "id")),
        "participations": list(
            Participant.objects.filter(unit=found)
            .select_related("round__territory__parent__parent", "group")
            .order_by("-round__year", "-round_id")[:50]
        ),
    }
    return render(request, "manage/unit.html", context)


def _history(unit: Unit) -> dict[str, Any]:
    """Predecessors, successors, and what changed of it."""
    origins = unit.origins.select_related("earlier__parent__parent__parent").order_by("on", "id")
    successions = unit.successions.select_related("later__parent__parent__parent").order_by("on", "id")
    return {
        "origins": [(s, s.earlier, address_of(s.earlier)) for s in origins],
        "successions": [(s, s.later, address_of(s.later)) for s in successions],
        "changes": list(unit.changes.all()),
    }
