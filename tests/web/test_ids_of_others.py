"""A form of one's own in which an id was exchanged for one of somebody else does nothing to what is theirs.

Nothing here names a form: pages are reached by walking, fields are read from the pages, and what is another's
is made for every table. A new form is tried by being there.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress

import pytest
from django.db import models
from django.urls import NoReverseMatch, ResolverMatch, reverse
from of_others import Others, others
from walks import Found, Walk

from parindex.apps.indicators.models import Indicator
from parindex.apps.organisations.models import Person, Unit


UNITS_OWN = {"focal", "officer", "head", "neighbour"}
"""Who acts for one unit only: for them, another unit of the same territory is somebody else too."""
NEAR, FAR = 900001, 900003
NOBODYS = 905005
ROOMS = {
    "unit",
    "appraise",
    "council",
    "steer",
    "papers",
    "plans",
    "news",
    "inspections",
    "surveys",
    "briefings",
}
ROOMS |= {"dossiers", "emulation", "indicators", "manage", "sets"}
"""Where something is done by forms that name something."""
THEIRS = (NEAR, FAR, NEAR + 500, FAR + 500, NOBODYS)
EVERYBODYS = {Indicator}
"""Tables of the whole installation, whoever answers for a row."""
ANYBODY = {
    ("manage:grant", "username"): "somebody may hold roles in two territories",
    ("manage:lend", "to"): "and stand in for somebody there",
}
"""Where whoever is named may be anybody's."""
NEIGHBOURS_TOO = {
    ("emulation:step", "pk"): "every unit of a territory joins its movement",
    ("emulation:initiative_begin", "pk"): "and hands in initiatives there",
}
"""What another unit of the same territory has there is everybody's of that territory."""
UNREAD = {("plans:marking", "person")}
"""Choices that only one of a form's buttons reads; with the others they may say anything."""
CODE = re.compile(r"[A-Z]?\d*(\.\d+)+")
CUT = re.compile(r"([:|])")


class Strangers:
    """What others have, by the form in which fields speak of it."""

    def __init__(self, near: Others, far: Others) -> None:
        self.rows = {
            whose: {**o.rows, Unit: o.unit, Person: o.person} for whose, o in (("near", near), ("far", far))
        }
        self.columns: dict[str, set[tuple[type[models.Model], str]]] = defaultdict(set)
        for model in (*near.rows, Unit, Person):
            if model not in EVERYBODYS:
                self._index(model)

    def _index(self, model: type[models.Model]) -> None:
        for one in model._meta.concrete_fields:
            alone = one.unique or (model, one.name) == (Unit, "code")
            if alone and isinstance(one, models.CharField) and not one.choices:
                for value in model._base_manager.values_list(one.name, flat=True):
                    self.columns[value].add((model, one.name))

    def instead_of(self, offered: set[str], who: str, *, neighbours_too: bool = False) -> Iterator[str]:
        """Ids of others of the kind that is offered; none where no ids are."""
        values = [v for v in offered if v]
        if not values:
            return
        for whose in ("near", "far") if who in UNITS_OWN and not neighbours_too else ("far",):
            yield from self._of(values, whose)
        if all(v.isdigit() for v in values):
            yield str(NOBODYS)
        elif all(CODE.fullmatch(v) for v in values):
            yield "9.9.9"

    def _of(self, values: Sequence[str], whose: str) -> Iterator[str]:
        rows, first = self.rows[whose], values[0]
        unit, person = rows[Unit], rows[Person]
        if all(v.isdigit() for v in values):
            yield str(person.pk)  # and of every other row of theirs
        elif all(v.startswith("person:") for v in values):
            yield person.ref
        elif CUT.search(first) and CUT.split(first)[0].isdigit():
            yield re.sub(r"^\d+", str(person.pk), first)
        elif all(v.partition(".")[0] == "minh-hoa" for v in values):
            yield f"{unit.parent.code}.{unit.code}" if any("." in v for v in values) else unit.parent.code
        else:
            for model, column in set.intersection(*(self.columns.get(v, set()) for v in values)):
                row = rows.get(model)
                if row is not None and getattr(row, column) not in ("", *values):
                    yield str(getattr(row, column))


def _elsewhere(to: ResolverMatch, strangers: Strangers, who: str) -> Iterator[tuple[str, str, str]]:
    """The address with one of its parts exchanged: which part, by what, and the address."""
    for name, value in to.kwargs.items():
        if (to.view_name, name) in ANYBODY:
            continue
        theirs_too = (to.view_name, name) in NEIGHBOURS_TOO
        for other in strangers.instead_of({str(value)}, who, neighbours_too=theirs_too):
            with suppress(NoReverseMatch):  # where the address itself takes none of that kind
                yield name, other, reverse(to.view_name, kwargs={**to.kwargs, name: other})


def _wrong(walk: Walk, found: Found, *, name: str, other: str, to: str = "") -> str:
    """What came of it; "" where it came to nothing."""
    form = found.form
    sent = form.sent if to else {**form.sent, name: [other]}
    chosen = not to and name in form.selects and (found.to.view_name, name) not in UNREAD
    for bare in (False, True) if form.files and chosen else (False,):
        response, written = walk.send(found.who, form, sent, to=to, bare=bare)
        theirs = any(written.speaks_of(str(pk)) for pk in THEIRS) or written.speaks_of(f"'{other}'")
        instead = chosen and written.tables and (bare or not form.files)  # a file may stand for a choice
        if response.status_code >= 500 or theirs or instead:
            return (
                f"{found.to.view_name} {dict(form.buttons)} by {found.who}: {name}={other}: {written.tables}"
            )
    return ""


@pytest.mark.slow
@pytest.mark.long
def test_an_id_of_somebody_else_within_a_form_of_ones_own_does_nothing(visitors, clocked):
    """Hidden fields, choices, ticks, parts of the address, each exchanged alone in a form else taken."""
    near, far = others(NEAR, of_the_territory=True), others(FAR, of_the_territory=False)
    walk = Walk(visitors).all()
    strangers = Strangers(near.fill(), far.fill())
    wrong, tried = [], 0
    for found in walk.taken:
        for name, offered in found.form.offered.items():
            words = name in found.form.typed and all(v.isdigit() for v in offered)
            if words or (found.to.view_name, name) in ANYBODY:
                continue
            for other in strangers.instead_of(offered, found.who):
                tried += 1
                wrong.append(_wrong(walk, found, name=name, other=other))
        for name, other, to in _elsewhere(found.to, strangers, found.who):
            tried += 1
            wrong.append(_wrong(walk, found, name=name, other=other, to=to))
    assert [said for said in wrong if said] == []
    assert tried > 200
    assert ROOMS - {found.to.namespace for found in walk.taken} == set()
