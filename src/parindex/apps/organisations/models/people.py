"""Persons, the roles they hold in units, and roles lent for a time. Nobody shares an account."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from parindex.apps.organisations.models.units import Unit
from parindex.apps.organisations.roles import Role


ROLE_CHOICES = [(role.value, role.value) for role in Role]


class People(BaseUserManager["Person"]):
    """Finds persons by the name they sign in with, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person who signs in by that name."""
        return self.get(username__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who acts in the system. What they may do stands in their grants.

    Attributes:
        position: office held, as official papers write it (Phó Giám đốc Sở).
        illustrative: made up for the demonstration.
        one_time_until: the password was given by somebody else: it opens the door until then, and only to
            choose one's own.
        erased_at: since when nothing of the person is kept here but what they did, under a number.
    """

    username = models.CharField(max_length=150, unique=True)
    full_name = models.CharField(max_length=200)
    position = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    illustrative = models.BooleanField(default=False)
    one_time_until = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    objects: ClassVar = People()

    class Meta:
        ordering: ClassVar = ["full_name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("username"),
                name="organisations_username_once",
                violation_error_message="Tên đăng nhập này đã có.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def ref(self) -> str:
        """How the ledger names this person."""
        return f"person:{self.pk}"


class Grant(models.Model):
    """A role held in a unit, from a day to a day (both inclusive; open where empty)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering: ClassVar = ["unit_id", "role", "person_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "role", "unit", "valid_from"],
                name="organisations_grant_once",
                violation_error_message="Người này đã có vai trò đó tại đơn vị.",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="organisations_grant_validity",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}, {self.unit}"


class Guest(models.Model):
    """Somebody without an account who came in by a unit's guest link, by the name that they gave."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="guests")
    name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"Khách của {self.unit}: {self.name}"

    @property
    def ref(self) -> str:
        """How the ledger names this guest."""
        return f"guest:{self.pk}"


class Delegation(models.Model):
    """A grant lent to another person for a period (ủy quyền), both days inclusive."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="delegations")
    to = models.ForeignKey(Person, models.PROTECT, related_name="borrowed")
    valid_from = models.DateField()
    valid_to = models.DateField()
    ground = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-valid_from", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from")),
                name="organisations_delegation_validity",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant} → {self.to}"
