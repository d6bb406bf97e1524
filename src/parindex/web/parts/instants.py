"""Instants as forms send them."""

from __future__ import annotations

from datetime import datetime

from django.utils.dateparse import parse_datetime

from parindex.core.kernel.time import LEGAL_ZONE


def read_instant(text: str) -> datetime | None:
    """A day and a time in Việt Nam, as the browser's field sends them; None where it is none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found.replace(tzinfo=LEGAL_ZONE) if found and found.tzinfo is None else found
