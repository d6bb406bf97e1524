"""What looks as if forms had been stuffed: a person decides, nothing is removed.

Three signs: many forms on one day of one counter, forms that give every line of a grid the same option, and
forms that are the same in everything. Each sign also has honest causes (a busy morning, a satisfied citizen),
so it only counts where it is far beyond what the rest of the survey does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log
from statistics import median
from typing import Literal

from parindex.core.surveys.answering import Kept
from parindex.core.surveys.questionnaire import Questionnaire


RARE = 1e-6
"""How improbable a number must be under what is usual before it is told."""
LEAST_FORMS, LEAST_LINES = 5, 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A form to be looked at: its id, where it came from (such as counter and day), its answers."""

    id: str
    source: str
    answers: Mapping[str, Kept]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One sign.

    Attributes:
        sign: ``burst``, ``straight_line`` or ``identical``.
        source: where; slot: which day (or hour), of a burst.
        forms: ids, sorted; empty for a burst, which is told of by its source and slot.
        count: forms of the sign; of: all forms of the source; usual: what is usual (a number, or a share).
    """

    sign: Literal["burst", "straight_line", "identical"]
    source: str
    forms: tuple[str, ...]
    count: int
    of: int
    usual: float
    slot: str = ""


def bursts(tallies: Mapping[tuple[str, str], int]) -> list[Suspicion]:
    """Days (or hours) with far more forms than the median busy one of all counters.

    Args:
        tallies: (source, day) -> forms taken; days without any need not stand.

    Told where a Poisson number around the median reaches the count less often than once in a million.
    """
    busy = [n for n in tallies.values() if n > 0]
    usual = float(median(busy)) if busy else 0.0
    totals: dict[str, int] = defaultdict(int)
    for (source, _), n in tallies.items():
        totals[source] += n
    return [
        Suspicion("burst", source, (), n, totals[source], usual, slot)
        for (source, slot), n in sorted(tallies.items())
        if n >= LEAST_FORMS and poisson_tail(n, usual) < RARE
    ]


def poisson_tail(count: int, mean: float) -> float:
    """P(X >= count) of a Poisson number."""
    if count <= 0 or mean <= 0:
        return 1.0 if count <= 0 else 0.0
    if count <= mean:
        return 1.0  # not rare, and not worth the sum
    term = total = exp(count * log(mean) - mean - lgamma(count + 1))
    for k in range(count + 1, count + 400):
        term *= mean / k
        total += term
    return min(total, 1.0)


def binomial_tail(count: int, trials: int, chance: float) -> float:
    """P(X >= count) of a binomial number."""
    if count <= 0 or chance >= 1:
        return 1.0
    if chance <= 0:
        return 0.0
    return min(sum(exp(_log_binomial(k, trials, chance)) for k in range(count, trials + 1)), 1.0)


def _log_binomial(k: int, n: int, p: float) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log(1 - p)


def straight_lines(questionnaire: Questionnaire, entries: Sequence[Entry]) -> list[Suspicion]:
    """Sources with far more forms of one option throughout than the other sources have.

    A form counts where its grids have at least five lines answered, all with the same option.
    """
    grids = [q.code for q in questionnaire.questions if q.kind == "grid"]
    forms: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for entry in entries:
        lines = [v for g in grids for v in _rows(entry.answers.get(g))]
        if len(lines) >= LEAST_LINES:
            forms[entry.source].append((entry.id, len(set(lines)) == 1))
    straight = {source: sorted(i for i, s in given if s) for source, given in forms.items()}
    every, all_straight = sum(map(len, forms.values())), sum(map(len, straight.values()))
    found = []
    for source, given in sorted(forms.items()):
        others = every - len(given)
        usual = (all_straight - len(straight[source]) + 1) / (others + 2)  # Laplace: none of few is not never
        count = len(straight[source])
        if count >= LEAST_FORMS and others and binomial_tail(count, len(given), usual) < RARE:
            found.append(
                Suspicion("straight_line", source, tuple(straight[source]), count, len(given), usual)
            )
    return found


def identical(entries: Iterable[Entry], *, least: int = LEAST_FORMS) -> list[Suspicion]:
    """Groups of forms of one source that agree in every answer, texts included, far more often than forms of
    the other sources say the same; of a single source, where they are more than half of it.

    Args:
        least: forms of a group.

    Only forms with at least five answers are compared: short ones agree by chance.
    """
    groups: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    totals: dict[str, int] = defaultdict(int)
    for entry in entries:
        totals[entry.source] += 1
        flat = _flat(entry.answers)
        if len(flat) >= LEAST_LINES and len({value for _, value in flat}) > 1:
            groups[repr(flat)][entry.source].append(entry.id)
    every = sum(totals.values())
    found = []
    for sources in groups.values():
        alike = sum(map(len, sources.values()))
        for source, ids in sources.items():
            others = every - totals[source]
            usual = (alike - len(ids) + 1) / (others + 2)  # Laplace: none of few is not never
            if len(ids) >= least and _far_beyond(len(ids), totals[source], usual, others=others):
                found.append(
                    Suspicion("identical", source, tuple(sorted(ids)), len(ids), totals[source], usual)
                )
    return sorted(found, key=lambda s: (s.source, s.forms))


def _far_beyond(count: int, trials: int, usual: float, *, others: int) -> bool:
    """Whether so many are no accident beside what the others do; without others: more than half."""
    return binomial_tail(count, trials, usual) < RARE if others else 2 * count > trials


def _rows(given: Kept | None) -> list[str]:
    return list(given.values()) if isinstance(given, dict) else []


def _flat(answers: Mapping[str, Kept]) -> list[tuple[str, str]]:
    """Every answer with its place, in one order."""
    found: list[tuple[str, str]] = []
    for code, given in sorted(answers.items()):
        if isinstance(given, dict):
            found += [(f"{code}.{row}", option) for row, option in sorted(given.items())]
        else:
            found.append((code, given if isinstance(given, str) else ",".join(given)))
    return found
