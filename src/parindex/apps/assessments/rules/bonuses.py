"""A bonus is claimed with the decision that recognises it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from parindex.apps.assessments.models import EvidenceLink
from parindex.apps.evidence.models import Document
from parindex.core.kernel.framework import Framework


def is_bonus(framework: Framework, leaf: str) -> bool:
    """Whether a leaf is a bonus item of the criteria set."""
    return framework.bonus is not None and any(item.code == leaf for item in framework.bonus.items)


def is_decision(document: Document) -> bool:
    """Whether a document can stand for a recognition decision: its file is there, or it is cited so that
    anybody finds it, by number, date and issuing body (a state secret by number and date)."""
    if document.has_file:
        return True
    said = bool(document.number) and document.issued_on is not None
    return said and (bool(document.issuer) or document.kind == Document.Kind.SECRET)


def undecided(
    framework: Framework,
    points: Mapping[str, Fraction],
    shown: Mapping[str, Sequence[EvidenceLink]],
) -> list[str]:
    """The bonus items that would give points and have no decision attached.

    Args:
        points: what each answered leaf gives. `shown`: the documents attached to each leaf.
    """
    items: Iterable[str] = (item.code for item in framework.bonus.items) if framework.bonus else ()
    return [
        code
        for code in items
        if points.get(code, 0) and not any(is_decision(link.document) for link in shown.get(code, ()))
    ]
