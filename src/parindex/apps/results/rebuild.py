"""The result of a round computed again from its ledger alone, compared with what is kept (invariant 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parindex.apps.assessments.ledger import round_name
from parindex.apps.assessments.models import Round
from parindex.apps.audit.models import Entry
from parindex.apps.audit.snapshot import one_snapshot
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.results import cells
from parindex.apps.results.cells import Cells, Difference, differences
from parindex.apps.results.models import Result
from parindex.apps.results.replay import LedgerUnreadable, Replay, replay
from parindex.core.formats.answers_hash import answers_hash
from parindex.core.formats.framework_file import framework_hash, parse_framework
from parindex.core.formats.problems import FileRefused
from parindex.core.kernel.assess import Assessment, assess
from parindex.core.kernel.assessment import TableRefused
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.robustness import Robustness, simulate


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of it.

    Attributes:
        units, rulings, cells: how many participants, rulings and cells were compared.
        computed: whether the ledger knows of a result at all.
        differences: none where everything is identical.
    """

    units: int
    rulings: int
    cells: int
    computed: bool
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a round, what its ledger tells, and the text of its criteria set, all of one moment."""

    told: Replay
    source: str | None
    tables: Mapping[str, Cells]


def rebuild(round_: Round) -> Rebuilt:
    """Compute a round's standing result again from its ledger alone, and compare every cell with what is
    kept.

    Only the criteria set's text is taken from elsewhere, and only if its hash is the one that the ledger
    names.

    Raises:
        LedgerUnreadable: an entry that the round cannot be read from, or a criteria set other than the named.
    """
    with one_snapshot():
        kept = _read(round_)
    told, opening = kept.told, kept.told.opening()
    again: dict[str, Cells] = {
        "participants": cells.told_participants(opening),
        "rulings": cells.told_rulings(told.rulings),
        "result": {},
    }
    if told.computed:
        again |= _compute(told, told.computed, kept.source)
    both = kept.tables["result"] and again["result"]  # where one is missing, that says enough
    compared = [table for table in again if both or table not in ("groups", "units")]
    return Rebuilt(
        units=len(opening.units) if opening else 0,
        rulings=len(told.rulings),
        cells=sum(len(again[table]) for table in compared),
        computed=told.computed is not None,
        differences=[d for table in compared for d in differences(table, kept.tables[table], again[table])],
    )


def _read(round_: Round) -> _Kept:
    """Everything that is compared."""
    told = replay(round_name(round_))
    named = told.computed.payload.get("framework") if told.computed else None
    stored = FrameworkVersion.objects.filter(content_hash=named).first()
    result = Result.objects.filter(round=round_).order_by("-id").first()
    tables = {
        "participants": cells.kept_participants(round_),
        "rulings": cells.kept_rulings(round_),
        "result": _head(result) if result else {},
        "groups": cells.kept_groups(result) if result else {},
        "units": cells.kept_units(result) if result else {},
    }
    return _Kept(told, stored.source if stored else None, tables)


def _head(result: Result) -> Cells:
    return {
        ("stage",): result.stage,
        ("framework",): result.framework_hash,
        ("answers",): result.answers_hash,
        ("robustness",): result.robustness,
        ("at",): result.computed_at.isoformat(),
    }


def _compute(told: Replay, computed: Entry, source: str | None) -> dict[str, Cells]:
    """The result that the entry speaks of."""
    try:
        said = computed.payload
        opening = told.opening(said["heads"])
        if opening is None:
            raise ValueError("the round had not been opened")
        framework = _framework(said["framework"], source)
        table = told.table(opening, framework, said["heads"])
        assessment = assess(framework, table)
        spread = _spread(assessment, said["robustness"])
    except (KeyError, TypeError, ValueError, FileRefused, AnswerRefused, TableRefused) as fault:
        raise LedgerUnreadable(computed.place, computed.kind) from fault
    return {
        "result": {
            ("stage",): said["stage"],
            ("framework",): said["framework"],
            ("answers",): answers_hash(table),
            ("robustness",): spread.recipe() if spread else None,
            ("at",): computed.at.isoformat(),
        },
        "groups": cells.computed_groups(assessment),
        "units": cells.computed_units(assessment, spread, [u.code for u in opening.units]),
    }


def _framework(named: str, source: str | None) -> Framework:
    """The criteria set that the ledger names, read anew from its text.

    Raises:
        ValueError: there is none, or its text says something else.
    """
    if source is None:
        raise ValueError(f"no criteria set has the hash {named}")
    framework = parse_framework(source.encode(), "framework.yaml")
    if framework_hash(framework) != named:
        raise ValueError(f"the stored criteria set has not the hash {named}")
    return framework


def _spread(assessment: Assessment, recipe: Mapping[str, str] | None) -> Robustness | None:
    """The rank bands by the recipe that the ledger holds."""
    if recipe is None:
        return None
    return simulate(
        assessment, draws=int(recipe["draws"]), weights=float(recipe["weights"]), seed=int(recipe["seed"])
    )
