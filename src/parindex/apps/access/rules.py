"""What makes a password good, and how often anything may be guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from parindex.apps.organisations.models import Person
from parindex.apps.search.folding import fold
from parindex.core.kernel.problems import Refused


SHORTEST, LONGEST = 10, 128
TOO_SIMILAR = 0.7
WORN_OUT = frozenset(
    {
        "abc",
        "admin",
        "administrator",
        "anhyeuem",
        "baocao",
        "caicachhanhchinh",
        "cchc",
        "chiso",
        "congchuc",
        "emyeuanh",
        "hanhchinh",
        "matkhau",
        "matkhaumoi",
        "parindex",
        "pass",
        "password",
        "passw",
        "qwerty",
        "quantri",
        "sonoivu",
        "tinh",
        "user",
        "ubnd",
        "vietnam",
        "welcome",
        "xinchao",
    }
)
"""Words that, with any digits and signs around them, are the first that anybody tries here."""


class PasswordRefused(Refused):
    """The password is not good enough; the old one stands."""


class GuessedTooOften(Refused):
    """Tried too often; nothing was looked at."""


@dataclass(frozen=True, slots=True)
class Limit:
    """After `most` tries within a period, further ones wait."""

    most: int
    within: timedelta = timedelta(minutes=15)
    wait: timedelta = timedelta(minutes=15)


LIMITS = {
    "pair": Limit(5),  # one account from one address
    "account": Limit(20),  # one account, wherever from
    "address": Limit(60),  # one address, whatever account: an office shares one
    "code": Limit(5),  # codes of one person's second factor
    "guest": Limit(30),  # guest links that do not exist, asked for from one address
    "mail": Limit(3, timedelta(hours=1), timedelta(hours=1)),  # letters to one account
    "letters": Limit(20, timedelta(hours=1), timedelta(hours=1)),  # letters asked for from one address
    "token": Limit(30),  # tokens that are none, from one address
    "requests": Limit(300, timedelta(minutes=5), timedelta(minutes=5)),  # requests of one system
}


def typed(password: str) -> str:
    """A password in one spelling: keyboards write the same Vietnamese letter in several ways."""
    return unicodedata.normalize("NFC", password)


def named(name: str) -> str:
    """A sign-in name as it is looked for and counted, however it was typed."""
    return unicodedata.normalize("NFC", name).replace("\0", "").strip()[:150].casefold()


def check_password_good(password: str, person: Person) -> None:
    """Long enough, not among the common ones, not the person's own name.

    Raises:
        PasswordRefused: ``password_short``, ``password_long``, ``password_common``, ``password_similar``,
            ``password_same``.
    """
    if len(password) < SHORTEST:
        raise PasswordRefused("password_short", least=SHORTEST)
    if len(password) > LONGEST:
        raise PasswordRefused("password_long", most=LONGEST)
    if _common(password):
        raise PasswordRefused("password_common")
    if _similar(password, person):
        raise PasswordRefused("password_similar")
    if person.check_password(password):
        raise PasswordRefused("password_same")


def _common(password: str) -> bool:
    stem = re.sub(r"[^a-z]", "", fold(password))
    if len(stem) < 3 and len(set(password)) < SHORTEST:
        return True
    if stem in WORN_OUT:
        return True
    try:
        _listed().validate(password)
    except ValidationError:
        return True
    return False


def _similar(password: str, person: Person) -> bool:
    """Whether most of it is the sign-in name, the person's name, or the name of their mailbox."""
    plain = _letters(password)
    own = (person.username, person.full_name, person.email.partition("@")[0], person.email)
    return any(
        SequenceMatcher(None, plain, word).ratio() >= TOO_SIMILAR for word in map(_letters, own) if word
    )


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


@cache
def _listed() -> CommonPasswordValidator:
    return CommonPasswordValidator()
