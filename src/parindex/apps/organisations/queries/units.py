"""Units as a tree, read whole in as many queries as it has levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import Rights
from parindex.apps.organisations.roles import Act
from parindex.apps.organisations.rules import in_force_during


@dataclass
class Tree:
    """A unit and everything below it, ended units included."""

    root: Unit
    prefix: str
    below: dict[int, list[Unit]] = field(default_factory=dict)
    parents: dict[int, Unit] = field(default_factory=dict)

    def walk(self) -> Iterator[Unit]:
        """Depth first, siblings by type and name; the root first."""
        stack = [self.root]
        while stack:
            unit = stack.pop()
            yield unit
            stack += reversed(self.below.get(unit.pk, []))

    def address(self, unit: Unit) -> str:
        """The way to a unit by codes, without a query."""
        codes, here = [], unit
        while here.pk != self.root.pk:
            codes.append(here.code)
            here = self.parents[here.pk]
        return ".".join([self.prefix, *reversed(codes)])

    def depth(self, unit: Unit) -> int:
        """0 at the root."""
        return self.address(unit).count(".") - self.prefix.count(".")


def tree_of(root: Unit) -> Tree:
    """The tree below a unit. One query for each level."""
    tree = Tree(root, _address(root))
    level = {root.pk: root}
    while level:
        children = list(
            Unit.objects.filter(parent__in=level).order_by("type", "name_vi", "id")
            if len(level) > 1
            else Unit.objects.filter(parent=next(iter(level))).order_by("type", "name_vi", "id")
        )
        for child in children:
            parent = level[child.parent_id or 0]
            tree.below.setdefault(parent.pk, []).append(child)
            tree.parents[child.pk] = parent
        level = {c.pk: c for c in children}
    return tree


def _address(unit: Unit) -> str:
    return unit.code if unit.parent is None else f"{_address(unit.parent)}.{unit.code}"


def units_below(territory: Unit, day: date, last: date | None = None) -> list[Unit]:
    """The units right below a territory that are in force on a day, by type and name; `last`: on any day from
    that one to the last. One query."""
    found = Unit.objects.filter(in_force_during(day, last or day), parent=territory)
    return list(found.order_by("type", "name_vi", "id"))


def heirs_of(unit: Unit) -> list[Unit]:
    """The living units of what a unit was merged into or split into, however many steps later, by name. One
    query for each step."""
    found: dict[int, Unit] = {}
    seen, waiting = {unit.pk}, {unit.pk}
    while waiting:
        rows = Unit.objects.filter(origins__earlier__in=waiting).exclude(pk__in=seen)
        later = {u.pk: u for u in rows.select_related("parent__parent__parent")}
        found |= {pk: u for pk, u in later.items() if u.valid_to is None}
        seen |= later.keys()
        waiting = later.keys() - found.keys()
    return sorted(found.values(), key=lambda u: u.name_vi)


def find_unit(address: str) -> Unit | None:
    """The unit at the end of a way of codes (``minh-hoa.so-y-te``). One query for each step."""
    unit: Unit | None = None
    for code in address.split("."):
        unit = Unit.objects.filter(parent=unit, code=code).select_related("parent__parent__parent").first()
        if unit is None:
            return None
    return unit


def managed_units(rights: Rights, act: Act) -> list[Unit]:
    """The units in which the person holds an act, by name: each with all that is below it. One query."""
    found = Unit.objects.filter(pk__in=rights.units(act)).select_related("parent__parent__parent")
    return list(found.order_by("name_vi", "id"))
