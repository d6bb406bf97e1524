"""Warnings about a document: what is in it, and how it fits what it is to prove. Never refusals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from parindex.apps.evidence.marks import citizen_ids, secrecy_mark
from parindex.apps.evidence.reading import READABLE, Reading
from parindex.apps.evidence.refusals import Finding
from parindex.apps.evidence.rules import Metadata
from parindex.apps.search.folding import fold


_GENERAL = re.compile(
    r"\b(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd"
    r"|thanh pho|tp|tinh|huyen|quan|thi xa|xa|phuong|dac khu|va|cua)\b"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a document is measured by: each may be left out.

    Attributes:
        start, end: the period it must be dated in, both days included.
        deadline: the last day on which it is in time.
        issuers: names that the unit itself goes by; empty: anybody may have issued it.
    """

    start: date | None = None
    end: date | None = None
    deadline: date | None = None
    issuers: Sequence[str] = ()


def content_findings(reading: Reading, kind: str) -> list[Finding]:
    """What the text itself gives reason to ask before the file is stored."""
    found = []
    mark, numbers = secrecy_mark(reading.text), citizen_ids(reading.text)
    if mark:
        found.append(Finding("secrecy_mark", {"mark": mark}))
    if numbers:
        found.append(Finding("citizen_ids", {"count": len(numbers), "example": numbers[0][:4] + "…"}))
    if reading.waits:
        found.append(Finding("text_later", {}))
    elif kind not in {"mp3", "mp4", "zip"} and not reading.source:
        found.append(
            Finding("text_unread", {}) if kind in READABLE else Finding("text_unreadable", {"type": kind})
        )
    elif reading.source and not reading.whole:
        found.append(Finding("text_in_part", {}))
    return found


def metadata_findings(metadata: Metadata, expected: Expected, *, today: date) -> list[Finding]:
    """What number, date and issuing body give reason to look at again."""
    found = [] if metadata.number else [Finding("number_missing", {})]
    day = metadata.issued_on
    if day is None:
        found.append(Finding("date_missing", {}))
    else:
        found += _dated(day, expected, today)
    if metadata.issuer and expected.issuers and not any(_same(metadata.issuer, n) for n in expected.issuers):
        found.append(Finding("issued_by_other", {"issuer": metadata.issuer, "unit": expected.issuers[0]}))
    return found


def _dated(day: date, expected: Expected, today: date) -> list[Finding]:
    found = []
    early = expected.start is not None and day < expected.start
    late = expected.end is not None and day > expected.end
    if early or late:
        found.append(Finding("dated_outside", {"day": day, "start": expected.start, "end": expected.end}))
    if expected.deadline is not None and day > expected.deadline:
        found.append(Finding("dated_after_deadline", {"day": day, "deadline": expected.deadline}))
    if day > today:
        found.append(Finding("dated_in_future", {"day": day}))
    return found


def _same(one: str, other: str) -> bool:
    """Two names of one body: what is particular in the shorter stands in the longer."""
    first, second = _particular(one), _particular(other)
    return bool(first and second) and (first <= second or second <= first)


def _particular(name: str) -> set[str]:
    return set(re.findall(r"\w+", _GENERAL.sub(" ", fold(name))))
