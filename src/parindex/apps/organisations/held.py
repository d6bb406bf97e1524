"""What the ledger says of units, persons and roles: see `parindex.apps.audit.held`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from parindex.apps.audit.held import GONE, UNSURE, Act, Key, Table, standing
from parindex.apps.organisations.models import Delegation, Grant, Person, Unit


Said = Iterator[tuple[Key, Mapping[str, object]]]
CONTACT = ("full_name", "position", "email", "phone")
FACTS = {"type": "type", "group": "group"}


def _root(act: Act) -> str:
    return act.chain.removeprefix("unit:")


def _unit(root: str, code: str) -> Key:
    """By its code: within a territory hardly two units share one, and those that do are not compared."""
    return root, code


def _founded(act: Act) -> Said:
    yield _unit(_root(act), act.subject), {"name_vi": act.said["name"], "type": act.said["type"], "last": ""}


def _added(act: Act) -> Said:
    for code, vi, en, kind in act.said["units"]:
        yield _unit(_root(act), code), {"name_vi": vi, "name_en": en, "type": kind, "last": ""}


def _one_added(act: Act) -> Said:
    vi, en = act.said["name"]
    said = {"name_vi": vi, "name_en": en, "type": act.said["type"], "group": act.said["group"]}
    yield _unit(_root(act), _last(act.subject)), {**said, "first": act.said["from"]}


def _changed(act: Act) -> Said:
    vi, en = act.said["name"]
    facts = {FACTS[fact]: after for fact, _, after in act.said["changes"] if fact in FACTS}
    yield _unit(_root(act), _last(act.subject)), {"name_vi": vi, "name_en": en, **facts}


def _imported(act: Act) -> Said:
    """A cell that was left empty changed nothing of what there was, and an empty day neither."""
    for code, _, vi, en, kind, group, _, first, last in act.said["rows"]:
        cells = {"name_vi": vi, "name_en": en, "type": kind, "group": group, "first": first, "last": last}
        yield _unit(_root(act), code), {name: cell for name, cell in cells.items() if cell}


def _ended(act: Act) -> Said:
    yield _unit(_root(act), _last(act.subject)), {"last": act.said["last"]}


def _restored(act: Act) -> Said:
    yield _unit(_root(act), _last(act.subject)), {"last": ""}


def _merged(act: Act) -> Said:
    vi, en = act.said["name"]
    yield _unit(_root(act), _last(act.subject)), {"name_vi": vi, "name_en": en}
    for address in act.said["earlier"]:
        yield _unit(_root(act), _last(address)), {"last": UNSURE}


def _split(act: Act) -> Said:
    for code, vi, en, kind in act.said["later"]:
        yield _unit(_root(act), code), {"name_vi": vi, "name_en": en, "type": kind}
    yield _unit(_root(act), _last(act.subject)), {"last": UNSURE}


def _last(address: str) -> str:
    return address.rpartition(".")[2]


UNITS = {
    "territory.founded": _founded,
    "units.added": _added,
    "unit.added": _one_added,
    "unit.changed": _changed,
    "units.imported": _imported,
    "unit.ended": _ended,
    "unit.restored": _restored,
    "units.merged": _merged,
    "unit.split": _split,
}


def _standing_units() -> Iterator[tuple[Key, Mapping[str, object]]]:
    rows = list(Unit.objects.select_related("parent__parent__parent__parent").order_by("pk"))
    known = Counter((_territory(unit), unit.code) for unit in rows)
    for unit in rows:
        key = _territory(unit), unit.code
        said = {
            "name_vi": unit.name_vi,
            "name_en": unit.name_en,
            "type": unit.type,
            "group": unit.ranking_group,
            "first": unit.valid_from,
            "last": unit.valid_to,
        }
        yield key, said if known[key] == 1 else {}


def _territory(unit: Unit) -> str:
    above = unit
    while above.parent is not None:
        above = above.parent
    return above.code


def _person_added(act: Act) -> Said:
    yield (act.subject,), {"username": act.said["username"], "active": True}


def _person_changed(act: Act) -> Said:
    yield (act.subject,), {name: act.said.get(name, "") for name in act.said["fields"]}


def _people_imported(act: Act) -> Said:
    """Of what was typed of somebody the entry says only which fields it was; the first version said by which
    name they sign in."""
    for row in act.said["rows"]:
        ref, outcome, fields, *_ = _cells(act, row)
        new = {"active": True} if outcome == "added" else {}
        name = {"username": row[1]} if act.said["v"] == 1 else {}
        yield (ref,), {**name, **new, **dict.fromkeys(fields, UNSURE)}


def _cells(act: Act, row: list[Any]) -> list[Any]:
    """A row of imported people as the second version writes it: without the sign-in name."""
    return [row[0], *row[2:]] if act.said["v"] == 1 else row


def _person_erased(act: Act) -> Said:
    yield (act.subject,), {**dict.fromkeys((*CONTACT, "username"), UNSURE), "active": False}


def _deactivated(act: Act) -> Said:
    yield (act.subject,), {"active": False}


def _reactivated(act: Act) -> Said:
    yield (act.subject,), {"active": True}


def _granted(act: Act) -> Said:
    key = act.subject, act.said["role"], act.said["unit"], act.said["from"] or ""
    yield key, {"to": act.said["to"], "document": act.said.get("document", "")}


def _roles_imported(act: Act) -> Said:
    """A role that a row names was given by it, or was held before."""
    for row in act.said["rows"]:
        ref, _, _, role, unit, first, last = _cells(act, row)
        if role:
            yield (ref, role, unit, first or ""), {"to": last}


def _revoked(act: Act) -> Said:
    key = act.subject, act.said["role"], act.said["unit"], act.said.get("from") or ""
    yield key, GONE if act.said.get("never") else {"to": act.said["last"]}


def _lent(act: Act) -> Said:
    said = act.said
    key = act.subject, said["role"], said["unit"], said["to"], said["from"]
    yield key, {"until": said["until"]}


def _taken_back(act: Act) -> Said:
    said = act.said
    key = act.subject, said["role"], said["unit"], said["to"], said.get("from", "")
    yield key, {"until": said["until"]} if said.get("until") else GONE


PEOPLE = {
    "person.added": _person_added,
    "person.changed": _person_changed,
    "people.imported": _people_imported,
    "person.deactivated": _deactivated,
    "person.reactivated": _reactivated,
    "person.erased": _person_erased,
}
ROLES = {"role.granted": _granted, "role.revoked": _revoked, "people.imported": _roles_imported}
LENT = {"role.lent": _lent, "role.taken_back": _taken_back}
OTHERS = frozenset({*PEOPLE, *ROLES, *LENT, "person.left", "access.*", "calendar.*"})


HELD = (
    Table("organisations.Unit", ("unit:",), UNITS, frozenset(), _standing_units),
    Table(
        "organisations.Person",
        ("person:", "people:"),
        PEOPLE,
        OTHERS,
        standing(
            Person.objects.all(),
            ("person:{pk}",),
            {**{name: name for name in CONTACT}, "username": "username", "active": "is_active"},
        ),
    ),
    Table(
        "organisations.Grant",
        ("person:", "people:"),
        ROLES,
        OTHERS,
        standing(
            Grant.objects.all(),
            ("person:{person_id}", "role", "unit__code", "valid_from"),
            {"to": "valid_to", "document": "document"},
        ),
    ),
    Table(
        "organisations.Delegation",
        ("person:",),
        LENT,
        OTHERS,
        standing(
            Delegation.objects.all(),
            ("person:{grant__person_id}", "grant__role", "grant__unit__code", "person:{to_id}", "valid_from"),
            {"until": "valid_to"},
        ),
    ),
)
