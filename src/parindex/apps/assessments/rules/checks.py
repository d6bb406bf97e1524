"""What makes an answer worth a second look before a person accepts it. Never refusals.

A denominator smaller than its numerator is refused by the rule itself when it is typed. Documents are looked
at by `parindex.apps.evidence.findings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from parindex.apps.assessments.rules.measured import Proposal
from parindex.apps.evidence.findings import Expected, metadata_findings
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.refusals import Finding
from parindex.apps.evidence.rules import Metadata
from parindex.apps.indicators.models import Value
from parindex.core.kernel.answers import Input
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.reading import read_answer
from parindex.core.kernel.rules import Deadline
from parindex.core.wording.notation import answer_text
from parindex.data.indicators import source_name


BIG_JUMP = Fraction(3, 10)  # of the maximum, from one year to the next
LONG_NOTE = 60
ABOUT_DATES = frozenset({"dated_outside", "dated_after_deadline", "issued_by_other"})


@dataclass(frozen=True, slots=True)
class Cut:
    """A leaf of the round before on which a unit was given fewer points than it gave itself."""

    year: int
    leaf: str
    lost: Fraction


def contradicts(answer: str, measured: str) -> list[Finding]:
    """The unit says something else than what was measured or supplied for it."""
    if not answer or not measured or answer == measured:
        return []
    return [Finding("contradicts_measured", {"said": answer, "measured": measured})]


def differs_from_value(answer: str, points: Fraction, proposed: Proposal | None) -> list[Finding]:
    """The unit says something else than the value of the leaf's indicator, and what each gives."""
    if proposed is None or not proposed.differs(answer):
        return []
    data = {
        "said": answer_text(answer),
        "measured": answer_text(proposed.answer),
        "points": points,
        "gives": proposed.points,
        "source": source_name(proposed.value.source),
        "day": proposed.value.as_of,
    }
    return [Finding("differs_from_value", data)]


def value_changed(was: Value | None, proposed: Proposal | None) -> list[Finding]:
    """The source says something else by now than when the unit handed in."""
    if was is None or proposed is None or was.written == proposed.value.written:
        return []
    data = {"was": answer_text(was.written), "now": answer_text(proposed.value.written)}
    return [Finding("value_changed", {**data, "day": proposed.value.as_of})]


def jumped(share: Fraction, before: Fraction | None) -> list[Finding]:
    """A far larger share of the maximum than the year before, where the two compare."""
    if before is None or share - before < BIG_JUMP:
        return []
    return [Finding("big_jump", {"before": before * 100, "now": share * 100})]


def without_documents(leaf: Node, points: Fraction, maximum: Fraction, *, documents: int) -> list[Finding]:
    """All points claimed on a leaf that asks for evidence, and none attached."""
    if documents or not leaf.evidence or not maximum or points < maximum:
        return []
    return [Finding("maximum_without_documents")]


def no_case_now(answer: str, leaf: Node, *, before: str, leaf_before: Node | None) -> list[Finding]:
    """Nothing arose this year, where the unit had cases the year before."""
    if answer.casefold() != "no-case" or leaf_before is None or not before:
        return []
    had = isinstance(read_answer(leaf_before, before), Input)
    return [Finding("no_case_now", {"leaf": leaf.code})] if had else []


def rejected_before(
    documents: Iterable[Document], cut: Mapping[tuple[int, str], Cut], unit: int
) -> list[Finding]:
    """Documents that the unit showed the year before on leaves whose points were cut. `cut`: by unit and hash
    or key."""
    found = []
    for document in documents:
        sha = document.content.sha256 if document.content else ""
        was = cut.get((unit, sha)) or cut.get((unit, document.key))
        found += cut_before(document.label, was)
    return found


def cut_before(label: str, was: Cut | None) -> list[Finding]:
    """One document, called `label`, and where its unit showed it the year before in vain, if it did."""
    if was is None:
        return []
    data = {"document": label, "year": str(was.year), "leaf": was.leaf, "lost": was.lost}
    return [Finding("rejected_before", data)]


def same_file_elsewhere(
    hashes: Iterable[str], owners: Mapping[str, Sequence[str]], unit: str
) -> list[Finding]:
    """The very same file shown by other units. `owners`: who shows which hash, by name."""
    others = {name for sha in hashes for name in owners.get(sha, ()) if name != unit}
    return [Finding("same_file_elsewhere", {"units": tuple(sorted(others))})] if others else []


def same_note_elsewhere(note: str, owners: Mapping[str, Sequence[str]], unit: str) -> list[Finding]:
    """The same long explanation, letter for letter, at other units. `owners`: by `note_key`."""
    others = sorted(
        {name for name in owners.get(note_key(note), ()) if name != unit} if note_key(note) else ()
    )
    return [Finding("same_note_elsewhere", {"units": tuple(others)})] if others else []


def note_key(note: str) -> str:
    """What two notes have in common that differ in blanks and capitals only; empty for a short one."""
    folded = " ".join(note.casefold().split())
    return folded if len(folded) >= LONG_NOTE else ""


def doubtful_documents(
    framework: Framework, leaf: Node, documents: Iterable[Document], *, unit: str, today: date
) -> list[Finding]:
    """Documents dated outside the leaf's window or after its deadline, or issued by another unit."""
    window = leaf.window or framework.period
    expected = Expected(
        start=window.start if window else None,
        end=window.end if window else None,
        deadline=leaf.rule.due if isinstance(leaf.rule, Deadline) else None,
        issuers=(unit,),
    )
    found = []
    for document in documents:
        told = Metadata(document.number, document.issued_on, document.issuer)
        found += [
            Finding(f.code, {**f.data, "document": document.label})
            for f in metadata_findings(told, expected, today=today)
            if f.code in ABOUT_DATES
        ]
    return found
