"""Secrets at rest: keyed hashes of what is only compared, encryption of what must be read again."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def keyed_hash(purpose: str, value: str) -> str:
    """SHA-256 of a value under the site's secret key, in hexadecimal."""
    return salted_hmac(f"parindex.access.{purpose}", value, algorithm="sha256").hexdigest()


def seal(secret: str) -> str:
    """Encrypt under the site's secret key."""
    return _fernet().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str | None:
    """What was sealed; None where the secret key is no longer the one it was sealed with."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(str(key)))) for key in keys])


def _derived(key: str) -> bytes:
    return hashlib.sha256(b"parindex.access.seal\0" + key.encode()).digest()
