"""The shelf of a round's papers: what each is for, who issues it, and when it can be made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parindex.core.kernel.text import Text
from parindex.core.papers.registry import Kind
from parindex.core.papers.rounds.facts import RoundFacts
from parindex.core.papers.rounds.publishing import decision


STAGES = ("opening", "appraisal", "council", "publication")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round has got: what decides which of its papers can be made.

    Attributes:
        concluded: the council has ended it, and its result is kept.
    """

    concluded: bool = False


COMMITTEE = Text(
    "Ủy ban nhân dân (hoặc đơn vị mở kỳ đánh giá)", "The people’s committee (or whoever opened the round)"
)


def _concluded(progress: Progress) -> Iterator[str]:
    if not progress.concluded:
        yield "not_concluded"


PAPERS: Sequence[Kind[RoundFacts, Progress]] = (
    Kind(
        code="quyet-dinh-cong-bo",
        abbreviation="QĐ",
        stage="publication",
        name=Text("Quyết định công bố kết quả", "Decision publishing the result"),
        use=Text(
            "Công bố chỉ số, xếp loại, xếp hạng; mỗi khối xếp hạng một phụ lục.",
            "Publishes index, grade and rank; an annex for each ranking group.",
        ),
        issuer=COMMITTEE,
        missing=lambda progress: list(_concluded(progress)),
        build=decision,
    ),
)
