"""Keys that sign, and certificates that vouch."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

from parindex.apps.audit.seals import seal_entries
from parindex.apps.audit.signing import KeysUnreadable, private_path, public_keys, public_path
from parindex.apps.evidence.verifying import ENDINGS
from parindex.apps.watch.findings import Finding, Look, error, warning
from parindex.core.formats.signatures import fingerprint


SOON = timedelta(days=30)
CONNECT_SECONDS = 5


def check_keys(look: Look) -> Iterator[Finding]:
    """The signing key can be read and is among the public keys; once something was sealed it is there."""
    try:
        known = public_keys()
    except KeysUnreadable as fault:
        yield error("keys_unreadable", path=fault.path)
        return
    private = private_path()
    if not private.exists():
        if seal_entries().exists():
            yield warning("signing_key_gone", path=private)
            if not known:
                yield error("public_keys_gone", path=public_path())
        return
    try:
        key = load_pem_private_key(private.read_bytes(), password=None)
        name = fingerprint(key.public_key())  # type: ignore[arg-type]
    except (OSError, ValueError, TypeError):
        yield error("keys_unreadable", path=private)
        return
    if name in known.leaked:
        yield error("signing_key_leaked", key=name, day=known.leaked[name])
    if name not in known:
        yield error("signing_key_unlisted", key=name, path=public_path())


def check_certificates(look: Look) -> Iterator[Finding]:
    """Those that are trusted for signatures on documents can be read and hold; so does the site's own."""
    folder = Path(settings.PARINDEX_HOME) / "trust"
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.suffix.lower() in ENDINGS:
            yield from _certificate_file(path, look)
    if look.deep:
        yield from _of_the_address(look)


def _certificate_file(path: Path, look: Look) -> Iterator[Finding]:
    try:
        content = path.read_bytes()
        found = (
            x509.load_pem_x509_certificates(content)
            if b"-----BEGIN" in content
            else [x509.load_der_x509_certificate(content)]
        )
    except (OSError, ValueError):
        yield warning("certificate_unreadable", path=path)
        return
    for one in found:
        if one.not_valid_after_utc < look.at:
            yield warning("certificate_over", path=path, until=_day(one.not_valid_after_utc))
        elif one.not_valid_after_utc < look.at + SOON:
            yield warning("certificate_ends", path=path, until=_day(one.not_valid_after_utc))


def _of_the_address(look: Look) -> Iterator[Finding]:
    """The certificate that visitors are shown, by whichever proxy stands before the site."""
    address = urlsplit(settings.PARINDEX_ADDRESS)
    if address.scheme != "https" or not address.hostname:
        return
    # only its dates are read, so that one of an office's own authority is read too
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    place = (address.hostname, address.port or 443)
    try:
        with (
            socket.create_connection(place, timeout=CONNECT_SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=address.hostname) as secure,
        ):
            shown = secure.getpeercert(binary_form=True)
    except OSError as fault:
        yield warning("address_silent", address=settings.PARINDEX_ADDRESS, kind=type(fault).__name__)
        return
    until = x509.load_der_x509_certificate(shown or b"").not_valid_after_utc
    if until < look.at:
        yield error("tls_over", address=settings.PARINDEX_ADDRESS, until=_day(until))
    elif until < look.at + SOON:
        yield warning("tls_ends", address=settings.PARINDEX_ADDRESS, until=_day(until))


def _day(instant: datetime) -> str:
    return instant.astimezone(UTC).date().isoformat()
