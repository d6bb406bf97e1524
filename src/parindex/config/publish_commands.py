"""`parindex publish`."""

from __future__ import annotations

import sys
from pathlib import Path

from parindex.config.ledger_commands import round_named
from parindex.config.site import REFUSED, ready


def publish(name: str, *, output: Path, language: str) -> int:
    """Publish a concluded round, or freeze what is public already, and write its bundle into a directory.

    Returns:
        0; 2 where there is no such round, or it cannot be published, which is told.

    Raises:
        FileRefused: the bundle cannot be written.
    """
    ready(language)
    from django.utils import timezone

    from parindex.apps.audit.signing import KeysUnreadable
    from parindex.apps.publications import actions, store
    from parindex.core.formats.results_file import write_whole
    from parindex.core.kernel.problems import Refused
    from parindex.core.wording.refusals import refusal_sentence

    round_ = round_named(name, language)
    if round_ is None:
        return REFUSED
    try:
        made = actions.publish(round_=round_, by="system", at=timezone.now())
    except KeysUnreadable as unreadable:
        print(f"parindex: {unreadable.path}", file=sys.stderr)
        return REFUSED
    except Refused as refusal:
        print(f"parindex: {refusal_sentence(refusal.code, refusal.data, language)}", file=sys.stderr)
        return REFUSED
    output.mkdir(parents=True, exist_ok=True)
    target = output / made.file_name
    write_whole(target, store.path_of(made.sha256).read_bytes())
    print(f"{target}\nSHA-256 {made.sha256}")
    return 0
