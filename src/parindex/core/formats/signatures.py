"""Ed25519 signatures of bytes, and public keys as PEM."""

from __future__ import annotations

import hashlib
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key


PUBLIC_KEY = re.compile(rb"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----\n?", re.DOTALL)


LEAKED = re.compile(rb"^declared-leaked ([0-9a-f]{32}) (\d{4}-\d{2}-\d{2})\r?$", re.MULTILINE)
"""A line of a file of public keys: the name of a key that others may have, and the day that was said."""


def is_signed(content: bytes, signature: str, key: Ed25519PublicKey) -> bool:
    """Whether the signature (hexadecimal) of this content was made with this key."""
    try:
        key.verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(key: Ed25519PublicKey) -> str:
    """A public key's short name: the first 32 digits of the SHA-256 of its raw bytes."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:32]


def public_keys_in(text: bytes) -> list[Ed25519PublicKey]:
    """Every key of a PEM text, in its order; none where one of them is no Ed25519 key."""
    try:
        found = [load_pem_public_key(pem) for pem in PUBLIC_KEY.findall(text)]
    except ValueError:
        return []
    keys = [key for key in found if isinstance(key, Ed25519PublicKey)]
    return keys if len(keys) == len(found) else []


def leaked_in(text: bytes) -> dict[str, str]:
    """The keys of a PEM text that were declared leaked, with the day (ISO 8601) of the first declaration."""
    found: dict[str, str] = {}
    for name, day in LEAKED.findall(text):
        found.setdefault(name.decode(), day.decode())
    return found


def leaked_line(name: str, day: str) -> bytes:
    """The line that declares a key leaked."""
    return f"declared-leaked {name} {day}\n".encode()


def public_pem(key: Ed25519PublicKey) -> bytes:
    """A public key as PEM."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
