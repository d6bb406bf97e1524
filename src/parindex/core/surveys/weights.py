"""What an answer stands for: design weights, and weights that make up for those who did not answer.

A design weight is population over drawn; a non-response weight within a stratum is population over answered
(the strata are the weighting classes: Cochran, Sampling Techniques, chapter 13). A stratum without any answer
has nobody to speak for it: the others of its class (usually the unit) take its population over in proportion,
and that is told, since it assumes that the silent stratum is like the others. Exact rationals throughout.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.core.surveys.problems import SurveyRefused


ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of strata.

    Attributes:
        weight: of each answer of the stratum; 0 in a stratum without answers.
        silent: positions of strata with a population and no answer.
        unheard: classes in which no stratum has an answer: they have no survey.
    """

    weight: tuple[Fraction, ...]
    silent: tuple[int, ...]
    unheard: tuple[Hashable, ...]


def design_weights(population: Sequence[int], drawn: Sequence[int]) -> tuple[Fraction, ...]:
    """N/n of every stratum; 0 where nobody was drawn.

    Raises:
        SurveyRefused: ``counts_unlike``, ``count_below_zero``.
    """
    _check(population, drawn)
    return tuple(Fraction(n, k) if k else ZERO for n, k in zip(population, drawn, strict=True))


def response_weights(
    population: Sequence[int], answered: Sequence[int], classes: Sequence[Hashable]
) -> Weights:
    """Population over answered in every stratum, lifted where a stratum of the same class is silent.

    Args:
        classes: of every stratum, whose silent strata the others speak for; usually the rated unit.

    The weights of a class add up to its population: sum of answered x weight.

    Raises:
        SurveyRefused: ``counts_unlike``, ``count_below_zero``.
    """
    _check(population, answered)
    if len(classes) != len(population):
        raise SurveyRefused("counts_unlike", first=len(population), second=len(classes))
    whole: dict[Hashable, int] = {}
    heard: dict[Hashable, int] = {}
    for size, count, of in zip(population, answered, classes, strict=True):
        whole[of] = whole.get(of, 0) + size
        heard[of] = heard.get(of, 0) + (size if count else 0)
    weight = [
        Fraction(size, count) * Fraction(whole[of], heard[of]) if count and heard[of] else ZERO
        for size, count, of in zip(population, answered, classes, strict=True)
    ]
    silent = [
        k for k, (size, count) in enumerate(zip(population, answered, strict=True)) if size and not count
    ]
    return Weights(tuple(weight), tuple(silent), tuple(of for of, n in heard.items() if whole[of] and not n))


def response_rate(answered: int, asked: int) -> Fraction | None:
    """Answered over asked (invitations issued, forms handed out); None where nobody was asked."""
    return Fraction(answered, asked) if asked else None


def kish_effect(weights: Sequence[Fraction], answered: Sequence[int]) -> Fraction | None:
    """By how much unequal weights alone raise a variance: n Σ w² / (Σ w)² (Kish); 1 where they are equal."""
    n = sum(answered)
    total = sum((w * k for w, k in zip(weights, answered, strict=True)), ZERO)
    return (
        n * sum((w * w * k for w, k in zip(weights, answered, strict=True)), ZERO) / total**2
        if total
        else None
    )


def _check(first: Sequence[int], second: Sequence[int]) -> None:
    if len(first) != len(second):
        raise SurveyRefused("counts_unlike", first=len(first), second=len(second))
    for count in (*first, *second):
        if count < 0:
            raise SurveyRefused("count_below_zero", count=count)
