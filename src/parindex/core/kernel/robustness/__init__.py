"""How sure ranks and grades are: a seeded, replayable Monte Carlo on weights and survey error."""

from __future__ import annotations

from parindex.core.kernel.robustness.result import Robustness as Robustness
from parindex.core.kernel.robustness.result import UnitSpread as UnitSpread
from parindex.core.kernel.robustness.simulation import simulate as simulate
