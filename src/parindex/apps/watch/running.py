"""What must be running: the tick, its jobs, the server's processes; and where mail goes."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection

from parindex.apps.evidence.scanning import ACCEPT, is_listening
from parindex.apps.notices.models import Notice
from parindex.apps.schedule.models import JobRun
from parindex.apps.schedule.tick import LEASE
from parindex.apps.watch.counters import living
from parindex.apps.watch.findings import Finding, Look, error, warning


LATE = timedelta(minutes=5)
WAITS_LONG = timedelta(hours=25)  # a daily mail waits for a day
LATELY = timedelta(days=7)
CONNECT_SECONDS = 5


def check_tick(look: Look) -> Iterator[Finding]:
    """It ran within the last minutes."""
    last = (
        JobRun.objects.filter(last_run_at__isnull=False)
        .order_by("-last_run_at")
        .values_list("last_run_at", flat=True)
        .first()
    )
    if last is None:
        yield error("tick_never")
    elif look.at - last > LATE:
        yield error("tick_stopped", since=last.isoformat(timespec="seconds"))


def check_jobs(look: Look) -> Iterator[Finding]:
    """None failed the last time, none is stuck."""
    for run in JobRun.objects.order_by("name"):
        if run.outcome == JobRun.Outcome.FAILED and run.name != "ledger.verify":
            yield error("job_failed", job=run.name, said=run.error[:300])
        if run.running_since is not None and look.at - run.running_since > LEASE:
            yield warning("job_stuck", job=run.name, since=run.running_since.isoformat(timespec="seconds"))


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
