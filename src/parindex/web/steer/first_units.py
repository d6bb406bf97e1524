"""Who takes part in a round that is opened: ticked one by one, or a whole type in three fields.

A form holds a limited number of fields, so only so many units stand in it one by one; a type of more units is
taken as a whole, without those listed, or those listed alone, a unit a line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import gettext

from parindex.apps.organisations.models import Unit
from parindex.core.kernel.text import name_key


ONE_BY_ONE = 150
"""Units that the form shows one by one, all types together."""
SHOWN = 5


class Take(StrEnum):
    """Which units of a type take part."""

    ALL = "all"
    BUT = "but"
    ONLY = "only"
    NONE = "none"


def one_by_one(units: Sequence[Unit]) -> frozenset[str]:
    """The types whose units stand in the form one by one: the smallest first, as long as there is room."""
    room, found = ONE_BY_ONE, set[str]()
    sizes = Counter(u.type for u in units)
    for kind, size in sorted(sizes.items(), key=lambda item: (item[1], item[0])):
        if size <= room:
            found.add(kind)
            room -= size
    return frozenset(found)


def propose_taken(typed: QueryDict, units: Sequence[Unit], wanted: Iterable[Unit]) -> None:
    """Fill in that these units take part and no others."""
    chosen = {u.pk for u in wanted}
    shown = one_by_one(units)
    typed.setlist("unit", [str(u.pk) for u in units if u.type in shown and u.pk in chosen])
    for kind in {u.type for u in units} - shown:
        inside = [u for u in units if u.type == kind and u.pk in chosen]
        outside = [u for u in units if u.type == kind and u.pk not in chosen]
        take, listed = Take.BUT, outside
        if not outside:
            take, listed = Take.ALL, []
        elif not inside:
            take, listed = Take.NONE, []
        elif len(inside) < len(outside):
            take, listed = Take.ONLY, inside
        typed[f"take-{kind}"] = take.value
        typed[f"list-{kind}"] = "\n".join(u.name_vi for u in listed)


def read_taken(
    typed: QueryDict, units: Sequence[Unit], own: Mapping[int, str]
) -> tuple[dict[int, str], dict[str, str]]:
    """Who takes part: the name of the ranking group by unit ("" where none is said); a sentence by type that
    cannot be read.

    Args:
        own: the group that each unit has without anything being typed, where it has one.
    """
    shown = one_by_one(units)
    ticked = set(typed.getlist("unit"))
    found: dict[int, str] = {}
    wrong: dict[str, str] = {}
    by_type: dict[str, list[Unit]] = {}
    for unit in units:
        by_type.setdefault(unit.type, []).append(unit)
    for kind, members in by_type.items():
        of_type = _plain(typed.get(f"type-{kind}", ""))
        if kind in shown:
            taken = {u.pk: _plain(typed.get(f"group-{u.pk}", "")) for u in members if str(u.pk) in ticked}
        else:
            listed, unknown = _listed(typed.get(f"list-{kind}", ""), members)
            if unknown:
                words = gettext("Không tìm thấy trong loại này: %(lines)s.")
                wrong[kind] = words % {"lines": "; ".join(unknown[:SHOWN])}
            groups = _taken(typed.get(f"take-{kind}", ""), members, listed)
            taken = {pk: group or of_type or own.get(pk, "") for pk, group in groups.items()}
        found |= {pk: group or of_type for pk, group in taken.items()}
    return found, wrong


def _plain(text: str) -> str:
    return " ".join(text.split())[:250]


def _taken(take: str, members: Sequence[Unit], listed: Mapping[int, str]) -> dict[int, str]:
    """Those of a type that take part, with the group that their line names."""
    if take == Take.ONLY:
        return dict(listed)
    if take == Take.ALL:
        return {u.pk: listed.get(u.pk, "") for u in members}
    return {u.pk: "" for u in members if u.pk not in listed} if take == Take.BUT else {}


def _listed(text: str, members: Sequence[Unit]) -> tuple[dict[int, str], list[str]]:
    """Units named a line each, by code or name, and its group after ; or a tab; lines that name none."""
    known = {name_key(u.name_vi): u.pk for u in members} | {u.code: u.pk for u in members}
    found: dict[int, str] = {}
    unknown = []
    for number, line in enumerate(text.splitlines(), start=1):
        said, _, group = line.replace("\t", ";").partition(";")
        name = " ".join(said.split())
        if not name:
            continue
        pk = known.get(name) or known.get(name_key(name))
        if pk is None:
            unknown.append(gettext("dòng %(n)s “%(name)s”") % {"n": number, "name": name[:60]})
        else:
            found[pk] = _plain(group)
    return found, unknown
