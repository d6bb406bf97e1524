"""How many are asked, how they are shared out over strata, and who is drawn: the same on every machine.

A draw orders the frame by SHA-256 of seed, stratum and member, and takes the first ones: each member has the
same chance, the order in which the frame is given does not matter, anybody can repeat it with the seed, and a
member that is added later moves nobody else (permanent random numbers).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from parindex.core.surveys.problems import SurveyRefused


@dataclass(frozen=True, slots=True)
class Draw:
    """Who of one stratum is asked.

    Attributes:
        drawn: the official list (danh sách chính thức), in the order of the draw.
        reserve: who takes their place, in this order (danh sách dự phòng).
        short: by how many the frame is smaller than the quota.
    """

    drawn: tuple[str, ...]
    reserve: tuple[str, ...]
    short: int


def sample_size(population: int, error: Fraction) -> int:
    """n = N / (1 + N e²), rounded up: the formula of the ministry's survey decision of 2012, with e = 5 %.

    It is the size at which a share of one half has about the error e at 95 %, with the finite-population
    correction. 10,000 at 1/20: 385; 100: 80; 0: 0.

    Raises:
        SurveyRefused: ``count_below_zero``, ``sample_error_range``: e is not between 0 and 1.
    """
    if population < 0:
        raise SurveyRefused("count_below_zero", count=population)
    if not 0 < error < 1:
        raise SurveyRefused("sample_error_range")
    return ceil(population / (1 + population * error**2))


def allocate(total: int, populations: Mapping[str, int], *, least: int = 0) -> dict[str, int]:
    """Share out a sample over strata in proportion to their populations, by largest remainders.

    Args:
        least: every stratum gets at least so many, or its whole population where that is smaller.

    No stratum gets more than its population; what one cannot take goes to the others. Ties go to the earlier
    code, so that the order of the mapping does not matter. The sum is `total`, unless the least numbers need
    more or the populations have less.

    Raises:
        SurveyRefused: ``count_below_zero``.
    """
    for count in (total, least, *populations.values()):
        if count < 0:
            raise SurveyRefused("count_below_zero", count=count)
    found = {code: min(least, size) for code, size in sorted(populations.items())}
    left = min(total, sum(populations.values())) - sum(found.values())
    while left > 0:
        room = {code: populations[code] - n for code, n in found.items() if n < populations[code]}
        wanted = {code: _wanted(populations, code, (total, found)) for code in room}
        scale = sum(wanted.values(), Fraction(0))
        share = {
            code: min(Fraction(room[code]), left * w / scale if scale else Fraction(left, len(room)))
            for code, w in wanted.items()
        }
        whole = {code: int(s) for code, s in share.items()}
        if not any(whole.values()):
            for code in sorted(room, key=lambda c: (-share[c], c))[:left]:
                whole[code] = 1
        for code, n in whole.items():
            found[code] += n
            left -= n
    return found


def _wanted(populations: Mapping[str, int], code: str, so_far: tuple[int, Mapping[str, int]]) -> Fraction:
    """What a stratum still lacks of its proportional part."""
    total, found = so_far
    part = Fraction(total * populations[code], sum(populations.values()))
    return max(part - found[code], Fraction(0))


def draw(
    frame: Mapping[str, Sequence[str]],
    quotas: Mapping[str, int],
    *,
    seed: str,
    reserve: int = 0,
) -> dict[str, Draw]:
    """Draw each stratum's quota and a reserve list.

    Args:
        frame: stratum -> its members' codes; a code that stands twice is one member.
        quotas: stratum -> how many; a stratum without a quota is not asked.
        seed: kept with the survey, so that the draw can be repeated.
        reserve: members of the reserve list of every stratum.

    Raises:
        SurveyRefused: ``count_below_zero``, ``stratum_unknown``: a quota of a stratum that the frame lacks.
    """
    unknown = sorted(set(quotas) - set(frame))
    if unknown:
        raise SurveyRefused("stratum_unknown", stratum=unknown[0])
    found: dict[str, Draw] = {}
    for stratum, quota in sorted(quotas.items()):
        if min(quota, reserve) < 0:
            raise SurveyRefused("count_below_zero", count=min(quota, reserve))
        order = sorted(set(frame[stratum]), key=lambda member: (_lot(seed, stratum, member), member))
        drawn, rest = order[:quota], order[quota : quota + reserve]
        found[stratum] = Draw(tuple(drawn), tuple(rest), max(quota - len(order), 0))
    return found


def _lot(seed: str, stratum: str, member: str) -> bytes:
    """The number drawn for a member; lengths keep (ab, c) and (a, bc) apart."""
    text = "".join(f"{len(part)}:{part}" for part in (seed, stratum, member))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
