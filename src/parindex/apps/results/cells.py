"""A round cell by cell, as kept and as computed again, so that the two can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from parindex.apps.assessments.ledger import Opening
from parindex.apps.assessments.models import Participant, Round, Ruling
from parindex.apps.results.lines import group_lines, unit_lines
from parindex.apps.results.models import GroupResult, Result, UnitResult
from parindex.apps.results.replay import Told
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.robustness import Robustness


Cells = dict[tuple[str, ...], Any]
WHO_FIELDS = ("name_vi", "name_en", "type", "group", "late_days")
RULING_FIELDS = ("answer", "se", "n", "by")
GROUP_FIELDS = ("size", "ranked", "grades", "medians", "measures")
EXACT_FIELDS = ("points", "applicable_max", "index")
UNIT_FIELDS = ("position", "grade", "rank", "areas", "nodes", "remarks", "band")
NODE_FIELDS = ("points", "max", "rank", "reason")


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that is kept otherwise than the ledger gives it.

    Attributes:
        table: ``participants``, ``rulings``, ``result``, ``groups`` or ``units``.
        place: where in it: group, unit, criterion, field, as far as they apply.
        stored, rebuilt: the values; None where one has no such cell.
    """

    table: str
    place: tuple[str, ...]
    stored: Any
    rebuilt: Any


def differences(table: str, stored: Cells, rebuilt: Cells) -> Iterator[Difference]:
    """Every cell that is not the same in both, or missing in one that has a value in the other."""
    for place in dict.fromkeys([*rebuilt, *stored]):
        if stored.get(place) != rebuilt.get(place):
            yield Difference(table, place, stored.get(place), rebuilt.get(place))


def kept_participants(round_: Round) -> Cells:
    """Participants as the table holds them."""
    fields = ("name_vi", "name_en", "type", "group__code", "late_days")
    rows = Participant.objects.filter(round=round_).order_by("id").values_list("unit__code", *fields)
    return {(unit, f): v for unit, *values in rows for f, v in zip(WHO_FIELDS, values, strict=True)}


def told_participants(opening: Opening | None) -> Cells:
    """Participants as the ledger tells them."""
    return {(u.code, f): getattr(u, f) for u in (opening.units if opening else ()) for f in WHO_FIELDS}


def kept_rulings(round_: Round) -> Cells:
    """Every ruling as the table holds it."""
    rows = Ruling.everything.filter(participant__round=round_).order_by("id")
    fields = ("participant__unit__code", "leaf", "stage", "turn", "at", *RULING_FIELDS)
    return {
        (unit, leaf, stage, str(turn)): [*ruled, at.isoformat()]
        for unit, leaf, stage, turn, at, *ruled in rows.values_list(*fields)
    }


def told_rulings(rulings: Iterable[Told]) -> Cells:
    """Every ruling as the ledger tells it, with who ruled and when."""
    return {
        (it.unit, it.leaf, it.stage, str(it.turn)): [it.answer, it.se, it.n, told.by, told.at.isoformat()]
        for told in rulings
        for it in [told.line]
    }


def kept_groups(result: Result) -> Cells:
    """The groups' figures as the table holds them."""
    rows = GroupResult.objects.filter(result=result).order_by("id").values_list("group__code", *GROUP_FIELDS)
    fields = [(code, dict(zip(GROUP_FIELDS, values, strict=True))) for code, *values in rows]
    return {place: v for code, row in fields for place, v in _group_cells(code, row)}


def computed_groups(assessment: Assessment) -> Cells:
    """The groups' figures as just computed."""
    return {p: v for line in group_lines(assessment) for p, v in _group_cells(line.group, line.fields)}


def _group_cells(code: str, fields: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name in ("size", "ranked"):
        yield (code, name), fields[name]
    for name in ("grades", "medians", "measures"):
        for key, value in fields[name].items():
            yield (code, key, name), value


def kept_units(result: Result) -> Cells:
    """The units' lines as the table holds them; exact numbers as the very text that stands there."""
    rows = (
        UnitResult.objects.filter(result=result)
        .annotate(**{f"text_{f}": Cast(f, TextField()) for f in EXACT_FIELDS})
        .order_by("id")
        .values_list(
            "group__code", "participant__unit__code", *(f"text_{f}" for f in EXACT_FIELDS), *UNIT_FIELDS
        )
    )
    names = (*EXACT_FIELDS, *UNIT_FIELDS)
    lines = [(group, unit, dict(zip(names, values, strict=True))) for group, unit, *values in rows]
    return {p: v for group, unit, fields in lines for p, v in _unit_cells((group, unit), fields)}


def computed_units(assessment: Assessment, spread: Robustness | None, units: Sequence[str]) -> Cells:
    """The units' lines as just computed; `units`: their codes in the order of the table of answers."""
    return {
        place: value
        for line in unit_lines(assessment, spread)
        for place, value in _unit_cells((line.group, units[line.unit]), line.fields)
    }


def _unit_cells(who: tuple[str, str], fields: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in fields.items():
        if name != "nodes":
            yield (*who, name), value
    for code, node in fields["nodes"].items():
        if isinstance(node, list) and len(node) == len(NODE_FIELDS):
            yield from (((*who, code, f), v) for f, v in zip(NODE_FIELDS, node, strict=True))
        else:
            yield (*who, code, "points"), node
