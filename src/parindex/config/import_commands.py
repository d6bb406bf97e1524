"""`parindex import units`, `parindex import people` and `parindex import values`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from parindex.config.site import REFUSED, ready
from parindex.core.formats.grids import read_grid
from parindex.core.formats.registers import Outcome, Planned, RegisterRow, read_register
from parindex.core.kernel.problems import Refused
from parindex.core.wording.refusals import refusal_sentence


if TYPE_CHECKING:
    from parindex.apps.organisations.models import Unit

BY = "command-line"
DONE = 0
WORDS = {
    Outcome.ADDED: ("thêm", "added"),
    Outcome.CHANGED: ("thay đổi", "changed"),
    Outcome.SAME: ("giữ nguyên", "same"),
    Outcome.REFUSED: ("phải sửa", "refused"),
}
Rows = Sequence[RegisterRow]


def bring_in(what: str, file: Path, *, territory: str | None, dry_run: bool, language: str) -> int:
    """Bring in a table; each row that is not the same is told of on standard output.

    Returns:
        0; 2 where a row is refused or the territory is not there: nothing is kept then.

    Raises:
        FileRefused: the file cannot be used; nothing is kept.
    """
    ready(language)
    from parindex.apps.indicators.planning import COLUMNS
    from parindex.apps.organisations.imports import PEOPLE_COLUMNS, UNIT_COLUMNS, digest_of

    place = territory_named(territory, language)
    if place is None:
        return REFUSED
    at = datetime.now(UTC)
    columns = {"units": UNIT_COLUMNS, "people": PEOPLE_COLUMNS, "values": COLUMNS}[what]
    rows = read_register(read_grid(file), columns)
    plan, keep = _values(place, at, file) if what == "values" else _acts(what, place, at)
    planned = plan(rows)
    for one in planned:
        if one.outcome is not Outcome.SAME:
            print(_line(one, file, language))
    print(_sum(planned, language))
    if any(one.outcome is Outcome.REFUSED for one in planned):
        return REFUSED
    if not dry_run:
        try:
            keep(rows, digest_of(planned))
        except Refused as refusal:
            print(f"parindex: {refusal_sentence(refusal.code, refusal.data, language)}", file=sys.stderr)
            return REFUSED
    return DONE


def _acts(
    what: str, place: Unit, at: datetime
) -> tuple[Callable[[Rows], Sequence[Planned]], Callable[[Rows, str], object]]:
    """What plans the rows, and what keeps them."""
    from parindex.apps.organisations import actions, imports
    from parindex.apps.organisations.models import Person
    from parindex.apps.organisations.queries import tree_of

    def nobody_refuses(person: Person) -> None:
        """Whoever works on the machine manages everybody."""

    if what == "units":
        return (
            lambda rows: imports.plan_units(tree_of(place), rows).rows,
            lambda rows, shown: actions.import_units(territory=place, rows=rows, shown=shown, by=BY, at=at),
        )
    return (
        lambda rows: imports.plan_people(tree_of(place), rows, at=at, may_change=nobody_refuses).rows,
        lambda rows, shown: actions.import_people(
            territory=place, rows=rows, shown=shown, may_change=nobody_refuses, by=BY, at=at
        ),
    )


def _values(
    place: Unit, at: datetime, file: Path
) -> tuple[Callable[[Rows], Sequence[Planned]], Callable[[Rows, str], object]]:
    """The same for measured values, which keep the file's name."""
    from parindex.apps.indicators.actions import record_values
    from parindex.apps.indicators.planning import plan_values
    from parindex.apps.organisations.queries import tree_of

    return (
        lambda rows: plan_values(tree_of(place), rows, at=at).rows,
        lambda rows, shown: record_values(
            territory=place, rows=rows, origin=file.name, shown=shown, by=BY, at=at
        ),
    )


def territory_named(code: str | None, language: str) -> Unit | None:
    """The territory that is named, or the only one; says which ones there are otherwise."""
    from parindex.apps.organisations.models import Unit

    found = list(Unit.objects.filter(parent=None).order_by("code"))
    chosen = [u for u in found if u.code == code] if code else found
    if len(chosen) == 1:
        return chosen[0]
    known = ", ".join(u.code for u in found) or "–"
    said = "hãy chọn địa bàn bằng --territory:" if language == "vi" else "choose one by --territory:"
    print(f"parindex: {said} {known}", file=sys.stderr)
    return None


def _line(one: Planned, file: Path, language: str) -> str:
    """``file:line: added: key name``; for a refused row the cell and why."""
    word = WORDS[one.outcome][0 if language == "vi" else 1]
    if one.why is not None:
        return f"{file}:{one.line}: {one.cell}: {refusal_sentence(one.why.code, one.why.data, language)}"
    changes = "; ".join(f"{key}: {before or '–'} → {after}" for key, before, after in one.changes)
    return f"{file}:{one.line}: {word}: {one.key} {one.name}{f' ({changes})' if changes else ''}"


def _sum(planned: Sequence[Planned], language: str) -> str:
    counts = {outcome: sum(one.outcome is outcome for one in planned) for outcome in Outcome}
    return ", ".join(f"{WORDS[o][0 if language == 'vi' else 1]} {n}" for o, n in counts.items())
