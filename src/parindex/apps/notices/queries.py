"""What pages read of notices."""

from __future__ import annotations

from parindex.apps.notices.models import Notice


def newest(to: str, *, limit: int = 50) -> list[Notice]:
    """A person's newest notices. One query."""
    return list(Notice.objects.filter(to=to)[:limit])


def unread(to: str) -> int:
    """How many a person has not read. One query."""
    return Notice.objects.filter(to=to, read_at=None).count()
