"""The installation's signing key (Ed25519), and the public keys by which its seals are checked.

The private key is a file of its own in PARINDEX_HOME, readable by its owner alone, never in the database:
whoever can only write to the database cannot sign. The public keys, old ones included, stand in one file
beside it, to be handed to whoever wants to verify.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from parindex.core.formats.signatures import (
    fingerprint,
    leaked_in,
    leaked_line,
    public_keys_in,
    public_pem,
)


Keys = Mapping[str, Ed25519PublicKey]


class KeyRing(dict[str, Ed25519PublicKey]):
    """Public keys by their names; and which of them were declared leaked, with the day of it."""

    leaked: Mapping[str, str] = {}


class KeysUnreadable(Exception):  # noqa: N818  says what is the matter, as the refusals do
    """A file does not hold what it should: a private key, or public keys."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def private_path() -> Path:
    """Where the private key lies."""
    return Path(settings.PARINDEX_HOME) / "signing-key"


def public_path() -> Path:
    """Where all public keys lie, the present one last."""
    return Path(settings.PARINDEX_HOME) / "signing-key.pub"


def signing_key() -> Ed25519PrivateKey:
    """The present key; the first one is made here, by whichever process comes first.

    Raises:
        KeysUnreadable: its file holds something else.
    """
    path = private_path()
    if not path.exists():
        made = _written(Ed25519PrivateKey.generate())
        try:
            os.link(made, path)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as fault:
        raise KeysUnreadable(path) from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise KeysUnreadable(path)
    if fingerprint(key.public_key()) not in public_keys():
        _publish(key.public_key())
    return key


def public_keys(path: Path | None = None) -> KeyRing:
    """Every public key of this installation, or of a file, by fingerprint, the present one last.

    Raises:
        KeysUnreadable: the file is not there or holds something else than Ed25519 keys.
    """
    source = path or public_path()
    if path is None and not source.exists():
        return KeyRing()
    try:
        text = source.read_bytes()
    except OSError as fault:
        raise KeysUnreadable(source) from fault
    keys = KeyRing({fingerprint(k): k for k in public_keys_in(text)})
    keys.leaked = leaked_in(text)
    if not keys:
        raise KeysUnreadable(source)
    return keys


def published_keys() -> str:
    """All public keys as text, as the site may show and an auditor keep it."""
    path = public_path()
    return path.read_text() if path.exists() else ""


def new_key() -> str:
    """Make a key and sign with it from now on; old public keys go on to verify. Returns its fingerprint."""
    key = Ed25519PrivateKey.generate()
    _publish(key.public_key())
    os.replace(_written(key), private_path())
    return fingerprint(key.public_key())


def publish_leak(name: str, day: str) -> None:
    """Say in the file of public keys that a key was leaked: whoever has the file knows."""
    with public_path().open("ab") as stream:
        stream.write(leaked_line(name, day))
        stream.flush()
        os.fsync(stream.fileno())


def _written(key: Ed25519PrivateKey) -> Path:
    """The key in a file of its own that nobody else may read."""
    path = private_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(pem)
        stream.flush()
        os.fsync(stream.fileno())
    return made


def _publish(key: Ed25519PublicKey) -> None:
    """Add a public key at the end of the file, in one write."""
    pem = public_pem(key)
    path = public_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as stream:
        stream.write(f"{fingerprint(key)}\n".encode() + pem)
