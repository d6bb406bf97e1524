"""Papers of a round (quyết định, tờ trình, biên bản, báo cáo, thông báo, kế hoạch) from plain data.

Each builder is a pure function from `RoundFacts` to a `Paper`; `PAPERS` is the shelf of them all. What the
system does not know stays open for the office to write in: numbers, dates, names of signers.
"""

from parindex.core.papers.rounds.facts import (
    Appraised,
    Change,
    Course,
    Ground,
    Group,
    Issued,
    Line,
    Member,
    Office,
    RoundFacts,
    Ruled,
    Stage,
    Standing,
)
from parindex.core.papers.rounds.kinds import PAPERS, STAGES, Progress


__all__ = [
    "PAPERS",
    "STAGES",
    "Appraised",
    "Change",
    "Course",
    "Ground",
    "Group",
    "Issued",
    "Line",
    "Member",
    "Office",
    "Progress",
    "RoundFacts",
    "Ruled",
    "Stage",
    "Standing",
]
