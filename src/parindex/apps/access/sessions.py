"""Django's sessions in the database, each row with its person, since when, from where, with what browser."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.utils import timezone

from parindex.apps.access.models import OpenSession


DOOR = "door"  # what sign-in notes in a session: since, address, agent, way, needs_factor
TELL_APART = timedelta(minutes=5)


class SessionStore(InDatabase):
    """Keeps a session and remembers the row that it was read from."""

    row: OpenSession | None = None

    @classmethod
    def get_model_class(cls) -> type[OpenSession]:
        """The table of sessions."""
        return OpenSession

    def _get_session_from_db(self) -> OpenSession | None:
        self.row = super()._get_session_from_db()  # type: ignore[misc]
        return self.row

    def create_model_instance(self, data: Mapping[str, Any]) -> OpenSession:
        """The row of this session's data as they are now."""
        row: OpenSession = super().create_model_instance(data)  # type: ignore[assignment, arg-type]
        door = data.get(DOOR) or {}
        key = data.get("_auth_user_id")
        row.person_id = int(key) if key else None
        row.seen_at = timezone.now() if key else None
        row.since = datetime.fromisoformat(door["since"]) if "since" in door else row.seen_at
        row.address, row.agent = door.get("address", ""), door.get("agent", "")
        return row

    def idle_since(self) -> datetime | None:
        """When its person was last seen; None for a session that is new or nobody's."""
        return self.row.seen_at if self.row else None

    def note_seen(self, at: datetime) -> None:
        """Keep that its person is here, at most once in a few minutes."""
        seen = self.idle_since()
        if self.row is not None and seen is not None and at - seen >= TELL_APART:
            OpenSession.objects.filter(pk=self.row.pk).update(seen_at=at)
            self.row.seen_at = at
