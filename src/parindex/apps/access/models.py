"""What the door keeps: counted guesses, second factors, and the sessions that are open."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from parindex.apps.organisations.models import Person


class Guesses(models.Model):
    """How often something was tried from one side, within the period that counts.

    Attributes:
        key: what is counted, as a keyed hash: what was typed as a name may be a password in the wrong field,
            so it is not kept.
        account: the keyed hash of the account that was tried, "" where the key is about an address alone.
        until: before this instant every further try is refused, a right one too.
    """

    key = models.CharField(max_length=64, unique=True)
    account = models.CharField(max_length=64, blank=True, db_index=True)
    tries = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.tries}"


class SecondFactor(models.Model):
    """A person's generator of one-time codes.

    Attributes:
        secret: the shared secret, sealed with the site's secret key.
        last_step: the newest time step whose code was used; no code is taken twice.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="second_factor")
    secret = models.TextField()
    since = models.DateTimeField()
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.person}"


class RecoveryCode(models.Model):
    """A code that stands in once for a lost telephone; only its keyed hash is kept."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="codes")
    hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["factor", "hash"], name="access_recovery_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.factor_id}: {self.hash[:8]}"


class OpenSession(AbstractBaseSession):
    """A session, with what its owner needs to recognise it. Without a person: nobody has signed in yet.

    `address` and `agent` are those of the sign-in; `seen_at` is right to within a few minutes.
    """

    person: models.ForeignKey[Any, Any] = models.ForeignKey(
        Person, models.CASCADE, null=True, related_name="sessions"
    )
    since = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=300, blank=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = "session"
        verbose_name_plural = "sessions"

    def __str__(self) -> str:
        return f"{self.person_id}: {self.since}"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The engine that keeps it."""
        from parindex.apps.access.sessions import SessionStore

        return SessionStore

    @property
    def name(self) -> str:
        """What a page may call it: its key opens the account, so that stays unsaid."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:16]
