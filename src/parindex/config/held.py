"""Every table that is compared with the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from parindex.apps.assessments import held as assessments
from parindex.apps.audit.held import Compared, Table, compare
from parindex.apps.audit.models import Entry
from parindex.apps.briefings import held as briefings
from parindex.apps.evidence import held as evidence
from parindex.apps.frameworks import held as frameworks
from parindex.apps.improvement import held as improvement
from parindex.apps.indicators import held as indicators
from parindex.apps.inspections import held as inspections
from parindex.apps.news import held as news
from parindex.apps.organisations import held as organisations
from parindex.apps.papers import held as papers
from parindex.apps.personal.erasing import INSTEAD
from parindex.apps.plans import held as plans
from parindex.apps.publications import held as publications
from parindex.apps.schedule import held as schedule
from parindex.apps.surveys import held as surveys


ROOMS = (
    schedule,
    organisations,
    frameworks,
    evidence,
    indicators,
    plans,
    news,
    inspections,
    surveys,
    briefings,
    assessments,
    papers,
    publications,
    improvement,
)
TABLES: tuple[Table, ...] = tuple(table for room in ROOMS for table in room.HELD)


def compare_rows(tables: Sequence[Table] = TABLES) -> Compared:
    """Lay the rows of tables beside what the ledger says of them, names that were erased left aside."""
    erased = Entry.objects.filter(kind="person.erased").exists()
    return compare(tables, instead=INSTEAD if erased else "")
