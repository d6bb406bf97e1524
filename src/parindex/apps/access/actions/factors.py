"""The second factor: codes of a telephone, and recovery codes for the day it is lost."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from parindex.apps.access.chains import chain_of
from parindex.apps.access.models import RecoveryCode, SecondFactor
from parindex.apps.access.sealing import keyed_hash, seal, unseal
from parindex.apps.access.totp import matching_step
from parindex.apps.audit.record import record
from parindex.apps.organisations.models import Person
from parindex.core.kernel.problems import Refused


RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class FactorRefused(Refused):
    """The code does not fit, or the second factor is not in the state the act needs."""


@transaction.atomic
def turn_on_factor(*, person: Person, secret: str, code: str, by: str, at: datetime) -> list[str]:
    """Ask this person for a code from now on; the code given proves that the telephone has the secret.

    Returns:
        recovery codes, shown once.

    Raises:
        FactorRefused: ``code_wrong``, ``factor_on_already``.
    """
    if SecondFactor.objects.filter(person=person).exists():
        raise FactorRefused("factor_on_already")
    step = matching_step(secret, _digits(code), at)
    if step is None:
        raise FactorRefused("code_wrong")
    factor = SecondFactor.objects.create(person=person, secret=seal(secret), since=at, last_step=step)
    codes = _new_codes(factor)
    _record(person, "access.factor_on", by=by, at=at)
    return codes


@transaction.atomic
def turn_off_factor(*, person: Person, by: str, at: datetime) -> None:
    """Ask for no code any more. Raises FactorRefused ``factor_off_already``."""
    _factor(person).delete()
    _record(person, "access.factor_off", by=by, at=at)


@transaction.atomic
def renew_recovery_codes(*, person: Person, by: str, at: datetime) -> list[str]:
    """New recovery codes; the old ones are void. Raises FactorRefused ``factor_off_already``."""
    factor = _factor(person)
    factor.codes.all().delete()
    codes = _new_codes(factor)
    _record(person, "access.recovery_codes_renewed", by=by, at=at)
    return codes


@transaction.atomic
def confirm_second_step(*, person: Person, code: str, by: str, at: datetime) -> str:
    """Take a code of the telephone, or a recovery code. Each is taken once.

    Returns:
        ``code`` or ``recovery``.

    Raises:
        FactorRefused: ``code_wrong``, ``factor_off_already``, ``factor_unreadable`` (the site's secret key
            was exchanged since; an administrator turns the factor off).
    """
    factor = _factor(person)
    secret = unseal(factor.secret)
    if secret is None:
        raise FactorRefused("factor_unreadable")
    step = matching_step(secret, _digits(code), at)
    mine = SecondFactor.objects.filter(pk=factor.pk)
    if step is not None and mine.filter(last_step__lt=step).update(last_step=step):
        return "code"
    if _use_recovery(factor, code, at):
        _record(person, "access.recovery_code_used", by=by, at=at)
        return "recovery"
    raise FactorRefused("code_wrong")


def _use_recovery(factor: SecondFactor, code: str, at: datetime) -> bool:
    plain = "".join(c for c in code.lower() if c.isalnum())
    fresh = RecoveryCode.objects.filter(factor=factor, hash=_hash(factor, plain), used_at=None)
    return fresh.update(used_at=at) == 1


def _new_codes(factor: SecondFactor) -> list[str]:
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(factor=factor, hash=_hash(factor, c)) for c in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _hash(factor: SecondFactor, code: str) -> str:
    return keyed_hash("recovery", f"{factor.pk}\0{code}")


def _factor(person: Person) -> SecondFactor:
    found = SecondFactor.objects.filter(person=person).first()
    if found is None:
        raise FactorRefused("factor_off_already")
    return found


def _digits(code: str) -> str:
    return "".join(c for c in code if c.isascii() and c.isdigit())


def _record(person: Person, kind: str, *, by: str, at: datetime) -> None:
    record(chain=chain_of(person), kind=kind, subject=person.ref, payload={"v": 1}, by=by, at=at)
