"""What the office behind a territory's papers says once: kept, and read for each paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.models import Round
from parindex.apps.audit.record import record
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import units_below
from parindex.apps.papers.models import Office
from parindex.apps.papers.rules import check_lines
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.papers import rounds
from parindex.core.papers.paper import clean


@transaction.atomic
def describe_office(
    *, territory: Unit, standing: str, grounds: str, copies: str, by: str, at: datetime
) -> Office:
    """Say what stands in all papers of a territory's rounds from now on.

    Args:
        standing: code of the unit that is the council's standing body; empty: it is called by its office.
        grounds, copies: one a line; empty lines are left out.

    Raises:
        Refused: ``standing_unknown``, ``office_too_many_lines``, ``office_line_too_long``.
    """
    locked = Unit.objects.select_for_update(of=("self",)).get(pk=territory.pk)
    unit = next((u for u in standing_choices(locked, at) if u.code == standing), None)
    if standing and unit is None:
        raise Refused("standing_unknown", unit=standing)
    said = {"grounds": lines_of(grounds), "copies": lines_of(copies)}
    for lines in said.values():
        check_lines(lines)
    texts = {name: "\n".join(lines) for name, lines in said.items()}
    made, _ = Office.objects.update_or_create(
        territory=locked, defaults={"standing": unit, **texts, "by": by, "at": at}
    )
    payload = {"v": 1, "standing": standing}
    chain = office_chain(locked)
    record(
        chain=chain, kind="office.described", subject=locked.code, payload=payload, texts=texts, by=by, at=at
    )
    return made


def office_chain(territory: Unit) -> str:
    """The chain that tells what an office said for its papers."""
    return f"papers:{territory.pk}"


def lines_of(text: str) -> Sequence[str]:
    """The lines of a text that say anything."""
    return [line for line in (" ".join(one.split()) for one in clean(text).splitlines()) if line]


def standing_choices(territory: Unit, at: datetime) -> Sequence[Unit]:
    """The units that may be the standing body: those right below the territory. One query."""
    return units_below(territory, legal_date(at))


def find_office(territory: Unit) -> Office | None:
    """What the office said; None where it said nothing yet. One query."""
    return Office.objects.select_related("standing").filter(territory=territory).first()


def office_of(round_: Round) -> rounds.Office:
    """The same as papers read it. One query."""
    found = find_office(round_.territory)
    if found is None:
        return rounds.Office()
    standing = found.standing.name_vi if found.standing else ""
    return rounds.Office(standing, found.grounds.splitlines(), found.copies.splitlines())
