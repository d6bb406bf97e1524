"""One-time links: what stands in them, and how a forged one is told from one that was used.

A token is ten random bytes and the first five of their HMAC under the site's secret key, in base 32. The HMAC
tells without any row of the database whether the site made it: what it did not make is no link of ours, what
it made and no longer knows was used or taken back. Only SHA-256 of a token is kept, with the invitation,
until it is used.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from hashlib import sha256

from django.utils.crypto import salted_hmac


RANDOM, PROOF = 10, 5
LENGTH = (RANDOM + PROOF) * 8 // 5
SALT = "parindex.surveys.token"


def new_token() -> str:
    """A fresh token: 24 small letters and digits."""
    drawn = secrets.token_bytes(RANDOM)
    return _written(drawn + _proof(drawn))


def is_genuine(token: str) -> bool:
    """Whether this site made it, used or not."""
    if len(token) != LENGTH or not token.isascii():
        return False
    try:
        read = base64.b32decode(token.upper())
    except ValueError:
        return False
    return hmac.compare_digest(read[RANDOM:], _proof(read[:RANDOM])) and _written(read) == token


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def new_code() -> str:
    """The code in a counter's address: nobody comes upon it by trying."""
    return _written(secrets.token_bytes(RANDOM))


def _proof(drawn: bytes) -> bytes:
    return salted_hmac(SALT, drawn, algorithm="sha256").digest()[:PROOF]


def _written(drawn: bytes) -> str:
    return base64.b32encode(drawn).decode().lower()
