"""What must be running: the tick, its jobs, the server's processes; and where mail goes."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection

from parindex.apps.access.single_sign_on import SignOnRefused, discover, provider
from parindex.apps.evidence.scanning import ACCEPT, is_listening
from parindex.apps.notices.models import Notice
from parindex.apps.schedule.models import JobRun
from parindex.apps.schedule.noting import BACKUP
from parindex.apps.schedule.queries import job_runs, last_tick
from parindex.apps.schedule.tick import LEASE
from parindex.apps.watch.counters import living
from parindex.apps.watch.findings import Finding, Look, error, warning


LATE = timedelta(minutes=5)
BACKUP_OLD = timedelta(hours=50)  # two nights and a little
OF_THEIR_OWN = {"ledger.verify", BACKUP}
"""Of whose failure a check of its own tells."""
WAITS_LONG = timedelta(hours=25)  # a daily mail waits for a day
LATELY = timedelta(days=7)
CONNECT_SECONDS = 5


def check_tick(look: Look) -> Iterator[Finding]:
    """It ran within the last minutes."""
    last = last_tick(job_runs())
    if last is None:
        yield error("tick_never")
    elif look.at - last > LATE:
        yield error("tick_stopped", since=last.isoformat(timespec="seconds"))


def check_jobs(look: Look) -> Iterator[Finding]:
    """None failed the last time, none is stuck."""
    for run in job_runs():
        if run.outcome == JobRun.Outcome.FAILED and run.name not in OF_THEIR_OWN:
            yield error("job_failed", job=run.name, said=run.error[:300])
        if run.running_since is not None and look.at - run.running_since > LEASE:
            yield warning("job_stuck", job=run.name, since=run.running_since.isoformat(timespec="seconds"))


def check_backup(look: Look) -> Iterator[Finding]:
    """One was made in the last two nights, and all was in it."""
    run = JobRun.objects.filter(name=BACKUP).first()
    if run is None or run.last_run_at is None:
        yield warning("backup_never")
    elif run.outcome == JobRun.Outcome.FAILED:
        said = run.error[:300].rstrip(".")
        yield error("backup_failed", at=run.last_run_at.isoformat(timespec="seconds"), said=said)
    elif look.at - run.last_run_at > BACKUP_OLD:
        yield error("backup_old", at=run.last_run_at.isoformat(timespec="seconds"))


def check_single_sign_on(look: Look) -> Iterator[Finding]:
    """The identity provider answers, where one is named, and is the one that is meant."""
    found = provider()
    if found is None or not look.deep:
        return
    try:
        discover(found)
    except SignOnRefused as refused:
        kind = type(refused.__cause__).__name__ if refused.__cause__ else "issuer"
        yield error(
            "provider_silent" if refused.__cause__ else "provider_other", issuer=found.issuer, kind=kind
        )


def check_workers(look: Look) -> Iterator[Finding]:
    """A process that answers runs on this machine."""
    if not living():
        yield warning("workers_none")


def check_scanner(look: Look) -> Iterator[Finding]:
    """The virus scanner answers, where one is named; what is done without it is known."""
    if not settings.PARINDEX_CLAMD:
        return
    if settings.PARINDEX_CLAMD_SILENT == ACCEPT:
        yield warning("scanner_accept")
    if look.deep and not is_listening():
        yield error("scanner_silent")


def check_mail(look: Look) -> Iterator[Finding]:
    """There is a server, it answers, and nothing lies there for long."""
    if not settings.EMAIL_HOST:
        yield warning("mail_none")
        return
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield warning("mail_sender", sender=settings.DEFAULT_FROM_EMAIL)
    waiting = Notice.objects.filter(
        mail__in=(Notice.Mail.NOW, Notice.Mail.DAILY), at__lt=look.at - WAITS_LONG
    )
    if count := waiting.count():
        yield warning("mail_waiting", count=count)
    refused = Notice.objects.filter(mail=Notice.Mail.REFUSED, at__gt=look.at - LATELY)
    if count := refused.values("to").distinct().count():
        yield warning("mail_refused", count=count)
    if look.deep:
        try:
            with get_connection(timeout=CONNECT_SECONDS):
                pass
        except (OSError, smtplib.SMTPException) as fault:
            yield error(_of_mail(fault), host=settings.EMAIL_HOST, kind=type(fault).__name__)


def _of_mail(fault: Exception) -> str:
    """What is the matter with the mail server, so that what to do about it can be said."""
    if isinstance(fault, ssl.SSLCertVerificationError):
        return "mail_certificate"
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        return "mail_password"
    if isinstance(fault, smtplib.SMTPNotSupportedError | ssl.SSLError):
        return "mail_encryption"
    return "mail_silent"
