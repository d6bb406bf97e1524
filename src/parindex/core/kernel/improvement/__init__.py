"""Why a unit stands where it stands, and what would move it: the same arithmetic, asked backwards."""

from __future__ import annotations

from parindex.core.kernel.improvement.cheapest import Plan as Plan
from parindex.core.kernel.improvement.cheapest import alternatives as alternatives
from parindex.core.kernel.improvement.cheapest import cheapest as cheapest
from parindex.core.kernel.improvement.contributions import Gap as Gap
from parindex.core.kernel.improvement.contributions import by_area as by_area
from parindex.core.kernel.improvement.contributions import contributions as contributions
from parindex.core.kernel.improvement.contributions import gaps as gaps
from parindex.core.kernel.improvement.contributions import index_per_point as index_per_point
from parindex.core.kernel.improvement.goals import Goal as Goal
from parindex.core.kernel.improvement.goals import is_reached as is_reached
from parindex.core.kernel.improvement.goals import needed as needed
from parindex.core.kernel.improvement.losses import Cause as Cause
from parindex.core.kernel.improvement.losses import Loss as Loss
from parindex.core.kernel.improvement.losses import cause_of as cause_of
from parindex.core.kernel.improvement.losses import losses_of as losses_of
from parindex.core.kernel.improvement.moves import Move as Move
from parindex.core.kernel.improvement.moves import falls_of as falls_of
from parindex.core.kernel.improvement.moves import moves_of as moves_of
from parindex.core.kernel.improvement.moves import what_if as what_if
from parindex.core.kernel.improvement.outlook import Measure as Measure
from parindex.core.kernel.improvement.outlook import Outlook as Outlook
from parindex.core.kernel.improvement.outlook import outlook as outlook
from parindex.core.kernel.improvement.years import Kind as Kind
from parindex.core.kernel.improvement.years import YearChange as YearChange
from parindex.core.kernel.improvement.years import YearComparison as YearComparison
from parindex.core.kernel.improvement.years import compare_years as compare_years
