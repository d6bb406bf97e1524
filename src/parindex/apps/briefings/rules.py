"""What must hold of a briefing before it is kept, issued or handed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from parindex.apps.briefings.models import Briefing, Conclusion
from parindex.apps.organisations.models import Unit
from parindex.apps.plans.models import Plan
from parindex.core.formats.typed import lines, one_line
from parindex.core.kernel.problems import Refused
from parindex.core.wording.briefings import SECTIONS


LONGEST_SECTION, LONGEST_CONTENT = 20_000, 1000
LONGEST_NUMBER, LONGEST_SIGNER = 60, 150
MOST_CONCLUSIONS = 60
FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class ConclusionWritten:
    """A conclusion as somebody typed it: `unit` an address by codes or empty, `due` ISO or empty."""

    content: str
    unit: str = ""
    due: str = ""


def check_month(month: date, today: date) -> None:
    """It has begun. Raises Refused ``briefing_ahead``, ``briefing_month_unreadable``."""
    if month.year < FIRST_YEAR:
        raise Refused("briefing_month_unreadable", text=f"{month.month}/{month.year}")
    if month > today:
        raise Refused("briefing_ahead", month=f"{month.month}/{month.year}")


def check_draft(briefing: Briefing) -> None:
    """Raises Refused ``briefing_issued``."""
    if briefing.state != Briefing.State.DRAFT:
        raise Refused("briefing_issued")


def check_issued(briefing: Briefing) -> None:
    """Raises Refused ``briefing_not_issued``."""
    if briefing.state != Briefing.State.ISSUED:
        raise Refused("briefing_not_issued")


def sound_sections(written: Mapping[str, str]) -> dict[str, str]:
    """Texts by section. Raises Refused ``briefing_section_unknown``, ``text_too_long``."""
    found = {}
    for code, text in written.items():
        if code not in SECTIONS:
            raise Refused("briefing_section_unknown", section=code[:40])
        found[code] = lines(text)
        if len(found[code]) > LONGEST_SECTION:
            raise Refused("text_too_long", limit=LONGEST_SECTION)
    return found


def sound_conclusions(
    briefing: Briefing, rows: Sequence[ConclusionWritten], known: Mapping[str, Unit]
) -> list[dict[str, str]]:
    """The rows that say something, as they are kept.

    Args:
        known: the briefing's unit and those below it, by their addresses.

    Raises:
        Refused: ``conclusions_many``, ``conclusion_content_missing``, ``text_too_long``,
            ``conclusion_unit_unknown``, ``conclusion_due_unreadable``, ``conclusion_due_past``.
    """
    found = []
    for place, row in enumerate(rows, start=1):
        content, unit, due = one_line(row.content), row.unit.strip(), row.due.strip()
        if not (content or unit or due):
            continue
        if not content:
            raise Refused("conclusion_content_missing", row=place)
        if len(content) > LONGEST_CONTENT:
            raise Refused("text_too_long", limit=LONGEST_CONTENT)
        if unit and unit not in known:
            raise Refused("conclusion_unit_unknown", row=place, unit=unit[:100])
        _check_due(briefing, due, place)
        found.append({"content": content, "unit": unit, "due": due})
    if len(found) > MOST_CONCLUSIONS:
        raise Refused("conclusions_many", limit=MOST_CONCLUSIONS)
    return found


def _check_due(briefing: Briefing, due: str, place: int) -> None:
    if not due:
        return
    try:
        day = date.fromisoformat(due)
    except ValueError:
        raise Refused("conclusion_due_unreadable", row=place, text=due[:40]) from None
    if day < briefing.month:
        raise Refused("conclusion_due_past", row=place, due=day)


def takes(plan: Plan, conclusion: Conclusion) -> bool:
    """Whether a conclusion may be a task of a plan: its deadline is within its days, or there is none."""
    return conclusion.due is None or plan.start <= conclusion.due <= plan.end


def check_issue(briefing: Briefing, *, number: str, on: date, signer: str, today: date) -> None:
    """What is said of the paper.

    Raises:
        Refused: ``briefing_number_missing``, ``text_too_long``, ``briefing_issue_day``.
    """
    if not number:
        raise Refused("briefing_number_missing")
    for text, limit in ((number, LONGEST_NUMBER), (signer, LONGEST_SIGNER)):
        if len(text) > limit:
            raise Refused("text_too_long", limit=limit)
    if not briefing.month <= on <= today:
        raise Refused("briefing_issue_day", day=on)
