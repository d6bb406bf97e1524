"""A sample's frame out of the kept dossiers: those who came to a unit with a procedure in a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from parindex.apps.indicators.handled import Cases, cases_of, each_case
from parindex.apps.organisations.models import Unit
from parindex.apps.surveys.actions.planning import StratumWritten
from parindex.apps.surveys.actions.sampling import Wanted
from parindex.apps.surveys.models import RespondentGroup
from parindex.core.formats.folded import folded
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused
from parindex.core.surveys.sampling import allocate, sample_size


By = Literal["procedure", "field", "unit"]
REST = "Thủ tục khác"
"""The stratum of what is too rare for one of its own."""
LONGEST = 250


@dataclass(frozen=True, slots=True)
class Asked:
    """How strata are made.

    Attributes:
        first, last: the days in which the dossiers were resolved.
        by: what a stratum of a unit has in common.
        error: e of n = N / (1 + N e²), for each unit; n is shared out over its strata by their populations.
        least: how many of every stratum are asked at least, or all of it.
        smallest: what has fewer dossiers is put together with the unit's other rare ones.
    """

    first: date
    last: date
    by: By = "procedure"
    error: Fraction = Fraction(1, 20)
    least: int = 1
    smallest: int = 30


@dataclass(frozen=True, slots=True)
class Framed:
    """Strata that dossiers propose. `left`: dossiers of none of the units."""

    rows: Sequence[StratumWritten]
    left: int


def check_asked(asked: Asked) -> None:
    """Raises Refused ``survey_days_order``, ``survey_error_range``, ``choice_unknown``, ``survey_least``."""
    if asked.last < asked.first:
        raise Refused("survey_days_order", opens=asked.first, closes=asked.last)
    if not Fraction(1, 200) <= asked.error <= Fraction(1, 5):
        raise Refused("survey_error_range")
    if asked.by not in ("procedure", "field", "unit"):
        raise Refused("choice_unknown", text=asked.by[:40])
    if not (0 <= asked.least <= 1000 and 0 <= asked.smallest <= 100_000):
        raise Refused("survey_least", limit=1000)


def framed(group: RespondentGroup, units: Sequence[Unit], asked: Asked, *, day: date) -> Framed:
    """Strata of a group's sample, by unit and name; nothing is kept.

    Raises:
        Refused: as `check_asked`; ``dossiers_missing``; ``survey_frame_empty``: nothing was resolved then.
        DossiersRefused: `store_broken`, `store_format`.
    """
    check_asked(asked)
    found, left = cases_of(group.survey.territory, units, first=asked.first, last=asked.last, day=day)
    by_unit: dict[int, dict[str, int]] = {}
    for one in found:
        label = _label(one, asked.by)
        sizes = by_unit.setdefault(one.unit.pk, {})
        sizes[label] = sizes.get(label, 0) + one.count
    if not by_unit:
        raise Refused("survey_frame_empty")
    rows = [
        StratumWritten(unit, size, quota, label)
        for unit in units
        if unit.pk in by_unit
        for label, size, quota in _shared(by_unit[unit.pk], asked)
    ]
    return Framed(rows, left)


def _label(one: Cases, by: By) -> str:
    said = {"procedure": one.procedure, "field": one.field, "unit": ""}[by]
    return one_line(said)[:LONGEST]


def _shared(sizes: Mapping[str, int], asked: Asked) -> list[tuple[str, int, int]]:
    """Label, population and quota of each stratum of a unit, the rare ones together and last."""
    rare = {label for label, size in sizes.items() if size < asked.smallest} if len(sizes) > 1 else set()
    kept = {label: size for label, size in sizes.items() if label not in rare}
    if rare:
        kept[REST] = kept.get(REST, 0) + sum(sizes[label] for label in rare)
    wanted = sample_size(sum(kept.values()), asked.error)
    quotas = allocate(wanted, kept, least=asked.least)
    order = sorted(kept, key=lambda label: (label == REST, label))
    return [(label, kept[label], quotas[label]) for label in order]


def wanted_of_dossiers(
    group: RespondentGroup, units: Sequence[Unit], *, first: date, last: date, day: date
) -> list[Wanted]:
    """Whom a sample of a group can be drawn from: dossiers that were resolved in a period, each in its
    stratum, known by their codes; those of no stratum are left out.

    Raises:
        Refused: ``survey_days_order``, ``dossiers_missing``, ``survey_frame_many``.
        DossiersRefused: `store_broken`, `store_format`.
    """
    if last < first:
        raise Refused("survey_days_order", opens=first, closes=last)
    layers = {(s.unit_id, folded(s.label)): s for s in group.strata.all()}
    found: list[Wanted] = []
    for one in each_case(group.survey.territory, units, first=first, last=last, day=day):
        labels = (one.procedure, one.field, REST, "")
        keys = ((one.unit.pk, folded(one_line(label)[:LONGEST])) for label in labels)
        stratum = next((layers[key] for key in keys if key in layers), None)
        if stratum is not None:
            found.append(Wanted(one.code[:LONGEST], stratum=stratum))
    return found
