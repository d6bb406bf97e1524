"""Every check in its order. None of them changes anything, and one that fails does not stop the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping

from parindex.apps.watch.at_rest import check_encryption
from parindex.apps.watch.databases import (
    check_clock,
    check_database,
    check_ledger,
    check_migrations,
    is_there,
)
from parindex.apps.watch.files import check_disk, check_files, check_fonts
from parindex.apps.watch.findings import Checked, Finding, Look, error
from parindex.apps.watch.keys import check_certificates, check_keys
from parindex.apps.watch.running import (
    check_backup,
    check_jobs,
    check_mail,
    check_scanner,
    check_single_sign_on,
    check_tick,
    check_workers,
)
from parindex.apps.watch.set_up import check_settings


LOG = logging.getLogger("parindex.watch")
Check = Callable[[Look], Iterator[Finding]]
WITHOUT_DATABASE: Mapping[str, Check] = {
    "settings": check_settings,
    "files": check_files,
    "disk": check_disk,
    "encryption": check_encryption,
    "fonts": check_fonts,
    "certificates": check_certificates,
    "scanner": check_scanner,
    "single_sign_on": check_single_sign_on,
    "workers": check_workers,
    "database": check_database,
}
WITH_DATABASE: Mapping[str, Check] = {
    "migrations": check_migrations,
    "clock": check_clock,
    "keys": check_keys,
    "tick": check_tick,
    "jobs": check_jobs,
    "backup": check_backup,
    "mail": check_mail,
    "ledger": check_ledger,
}


def examine(look: Look) -> Iterator[Checked]:
    """Each check with its findings. Where the database does not answer, what needs it is not asked."""
    for name, check in WITHOUT_DATABASE.items():
        yield Checked(name, _found(check, look))
    if not is_there():
        return
    for name, check in WITH_DATABASE.items():
        checked = Checked(name, _found(check, look))
        yield checked
        if name == "migrations" and checked.findings:
            return  # tables may be missing


def _found(check: Check, look: Look) -> tuple[Finding, ...]:
    try:
        return tuple(check(look))
    except Exception as fault:
        LOG.exception("a check failed")
        return (error("check_failed", kind=type(fault).__name__),)
