"""The closed set of scoring rules. `KINDS` maps the file's `kind` to its type."""

from __future__ import annotations

from parindex.core.kernel.rules import branching
from parindex.core.kernel.rules.base import Rule as Rule
from parindex.core.kernel.rules.base import SurveyRule as SurveyRule
from parindex.core.kernel.rules.base import Terms as Terms
from parindex.core.kernel.rules.base import Value as Value
from parindex.core.kernel.rules.branching import Branch as Branch
from parindex.core.kernel.rules.choices import AllOrNothing as AllOrNothing
from parindex.core.kernel.rules.choices import Choice as Choice
from parindex.core.kernel.rules.choices import Conditions as Conditions
from parindex.core.kernel.rules.choices import LevelRange as LevelRange
from parindex.core.kernel.rules.choices import Points as Points
from parindex.core.kernel.rules.counts import Count as Count
from parindex.core.kernel.rules.counts import Deduct as Deduct
from parindex.core.kernel.rules.dates import DaysAfter as DaysAfter
from parindex.core.kernel.rules.dates import Deadline as Deadline
from parindex.core.kernel.rules.dates import PerDayLate as PerDayLate
from parindex.core.kernel.rules.formula import Formula as Formula
from parindex.core.kernel.rules.ratios import Linear as Linear
from parindex.core.kernel.rules.ratios import Proportional as Proportional
from parindex.core.kernel.rules.ratios import Steps as Steps
from parindex.core.kernel.rules.surveys import Satisfaction as Satisfaction
from parindex.core.kernel.rules.surveys import SurveyOptions as SurveyOptions


AnyRule = (
    Points
    | Choice
    | LevelRange
    | AllOrNothing
    | Conditions
    | Deadline
    | DaysAfter
    | PerDayLate
    | Steps
    | Proportional
    | Linear
    | Count
    | Deduct
    | SurveyOptions
    | Satisfaction
    | Branch
    | Formula
)

KINDS: dict[str, type] = {kind.kind: kind for kind in AnyRule.__args__}

# a branch holds rules of any kind, itself among them; its hint is resolved against this name
branching.AnyRule = AnyRule  # type: ignore[attr-defined]
