"""Tells those who keep the installation that something is wrong with it, before they look."""

from __future__ import annotations

from datetime import datetime

from parindex.apps.notices.actions import Message, tell_all
from parindex.apps.organisations.queries import keepers
from parindex.apps.watch.doctor import examine
from parindex.apps.watch.findings import Finding, Level, Look
from parindex.core.wording.doctor import check_name


def tell_condition(*, at: datetime, link: str) -> int:
    """Tell them what wants somebody now, by the names of the checks; nothing where all is well.

    Args:
        link: the page that says what to do.

    Returns:
        how many were told.
    """
    found = {checked.check: _errors(checked.findings) for checked in examine(Look(at))}
    wrong = {check: count for check, count in found.items() if count}
    if not wrong:
        return 0
    names = {language: ", ".join(check_name(c, language) for c in wrong) for language in ("vi", "en")}
    data = {"count": str(sum(wrong.values())), "checks": names["vi"], "checks_en": names["en"]}
    to = [person.ref for person in keepers(at)]
    return len(tell_all([Message(to, "condition", data, url=link, at_once=True)], at=at))


def _errors(findings: tuple[Finding, ...]) -> int:
    return sum(f.level is Level.ERROR for f in findings)
