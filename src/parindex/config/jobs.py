"""What the minute tick does: every job of every room, in the order in which they have their turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse

from parindex.apps.access.actions import clear_old
from parindex.apps.assessments.actions import close_extensions, close_phases, open_phases
from parindex.apps.assessments.actions.weekly import tell_weekly
from parindex.apps.audit.verify import verify
from parindex.apps.briefings.counting import record_all_initiatives
from parindex.apps.evidence.actions import recognise_scans
from parindex.apps.indicators.counting import record_all_counts
from parindex.apps.indicators.tokens import clear_old_pushes
from parindex.apps.inspections.counting import record_all_inspections
from parindex.apps.inspections.telling import remind_due as remind_remedies
from parindex.apps.news.actions import publish_due
from parindex.apps.news.counting import record_all_communication
from parindex.apps.news.reading import forget_readers
from parindex.apps.news.registering import fetch_due
from parindex.apps.notices.mailing import send_mail_due
from parindex.apps.organisations.queries import addresses_of
from parindex.apps.plans.counting import record_all_plans
from parindex.apps.plans.reminding import remind_due as remind_tasks
from parindex.apps.schedule.tick import Job
from parindex.apps.watch.telling import tell_condition
from parindex.config.held import compare_rows
from parindex.web.account.notice_links import link_of


MOST_NAMED = 5
"""Rows that are named where many are otherwise than the ledger says."""


class LedgerBrokenError(Exception):
    """The daily check of the ledger found something; `parindex ledger verify` says it in words."""


def jobs() -> Sequence[Job]:
    """Every job. A new one is a line here."""
    return [
        Job("phases.close", lambda at: close_phases(by="system", at=at)),
        Job("access.clear", lambda at: clear_old(at=at), every=timedelta(days=1)),
        Job("pushes.clear", lambda at: clear_old_pushes(at=at), every=timedelta(days=1)),
        Job("extensions.close", lambda at: close_extensions(by="system", at=at)),
        Job("phases.open", lambda at: open_phases(by="system", at=at)),
        Job("weekly.tell", lambda at: tell_weekly(at=at, link=values_link)),
        Job("notices.mail", lambda at: send_mail_due(at=at, address_of=addresses_of, link_of=link_of)),
        Job("dossiers.record", lambda at: record_all_counts(at, by="system"), every=timedelta(days=1)),
        Job("news.publish", lambda at: publish_due(by="system", at=at)),
        Job("news.forget", lambda at: forget_readers(at=at)),
        Job("news.fetch", lambda at: fetch_due(at, by="system"), every=timedelta(hours=1)),
        Job("news.record", lambda at: record_all_communication(at, by="system"), every=timedelta(days=1)),
        Job("plans.record", lambda at: record_all_plans(at, by="system"), every=timedelta(days=1)),
        Job("inspections.remind", lambda at: remind_remedies(at=at), every=timedelta(days=1)),
        Job(
            "inspections.record", lambda at: record_all_inspections(at, by="system"), every=timedelta(days=1)
        ),
        Job("emulation.record", lambda at: record_all_initiatives(at, by="system"), every=timedelta(days=1)),
        Job("plans.remind", remind_tasks, every=timedelta(hours=1)),
        Job("scans.recognise", lambda at: recognise_scans(by="system", at=at)),
        Job("ledger.verify", verify_ledger, every=timedelta(days=1)),
        Job("condition.tell", tell_of_condition, every=timedelta(days=1)),
    ]


def values_link(unit: str) -> str:
    """Where a unit's measured values are."""
    return reverse("indicators:unit", args=[unit])


def tell_of_condition(at: datetime) -> int:
    """Tell those who keep the installation what wants somebody now. Returns how many were told."""
    return tell_condition(at=at, link=reverse("manage:condition"))


def verify_ledger(at: datetime) -> int:
    """Read the whole ledger once a day, and compare with it the rows that it speaks of. Returns how many
    entries hold.

    Raises:
        LedgerBrokenError: names the first broken place of each chain, and the first rows that are otherwise.
    """
    found = verify()
    broken = [f"{fault.place} {fault.code}" for fault in found.faults]
    broken += [f"{row.table} {'/'.join(row.row)} {row.code}" for row in compare_rows().faults[:MOST_NAMED]]
    if broken:
        raise LedgerBrokenError("; ".join(broken))
    return found.entries
