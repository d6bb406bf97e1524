"""One-time codes from a shared secret and the time: RFC 6238 with SHA-1, 30 seconds and six digits, as every
authenticator application understands it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode


PERIOD = 30
DIGITS = 6
DRIFT = 1  # steps that a telephone's clock may be off, either way


def new_secret() -> str:
    """160 random bits in Base32, as authenticators read them."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step_at(at: datetime) -> int:
    """The number of the period an instant lies in."""
    return int(at.timestamp()) // PERIOD


def code_of(secret: str, step: int) -> str:
    """The code of a step."""
    mac = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = mac[-1] & 0xF
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matching_step(secret: str, code: str, at: datetime) -> int | None:
    """The step near an instant whose code this is."""
    now = step_at(at)
    found = [
        step
        for step in range(now - DRIFT, now + DRIFT + 1)
        if hmac.compare_digest(code_of(secret, step).encode(), code.encode())
    ]
    return found[-1] if found else None


def enrolment_address(secret: str, *, issuer: str, account: str) -> str:
    """What the picture says to an authenticator: ``otpauth://totp/…``."""
    label = quote(f"{issuer}:{account}", safe="")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"
