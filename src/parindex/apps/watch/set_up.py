"""Whether the settings fit each other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from parindex.apps.evidence.types import TYPES
from parindex.apps.organisations.roles import Role
from parindex.apps.watch.findings import Finding, Look, error, warning


HERE = {"localhost", "127.0.0.1", "[::1]", "::1", ""}
SHORTEST_KEY = 40


def check_settings(look: Look) -> Iterator[Finding]:
    """What opens a door, or what would not work as its administrator believes."""
    hosts = [h.strip() for h in settings.ALLOWED_HOSTS]
    is_public = any(h not in HERE for h in hosts)
    address = urlsplit(settings.PARINDEX_ADDRESS)
    if "*" in hosts:
        yield warning("hosts_any")
    if is_public:
        yield from _of_a_public_site(address.scheme, address.hostname or "")
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield error("secret_key_short", least=SHORTEST_KEY)
    yield from _unknown_words()
    oidc = settings.PARINDEX_OIDC
    if bool(oidc["issuer"]) != bool(oidc["client_id"]):
        yield warning("oidc_half")


def _of_a_public_site(scheme: str, host: str) -> Iterator[Finding]:
    """What must not be so, or must be, where others than this machine come in."""
    if settings.DEBUG:
        yield error("debug_public")
    if settings.PARINDEX_DEMO:
        yield error("demo_public")
    if not settings.SESSION_COOKIE_SECURE:
        yield warning("https_off")
    elif not settings.PARINDEX_PROXIES:
        yield warning("proxies_none")
    if host in HERE:
        yield warning("address_local", address=settings.PARINDEX_ADDRESS)
    elif settings.SESSION_COOKIE_SECURE and scheme != "https":
        yield warning("address_plain", address=settings.PARINDEX_ADDRESS)


def _unknown_words() -> Iterator[Finding]:
    """Words of lists that stand for nothing, so that what they were to say is not in force."""
    for word in settings.PARINDEX_REQUIRE_TOTP:
        if word not in set(Role):
            yield error("role_unknown", name="PARINDEX_REQUIRE_TOTP", word=word)
    for word in settings.PARINDEX_EVIDENCE_TYPES:
        if word not in TYPES:
            yield error("type_unknown", name="PARINDEX_EVIDENCE_TYPES", word=word)
    if settings.PARINDEX_OIDC["field"] not in ("username", "email"):
        yield error("type_unknown", name="PARINDEX_OIDC_FIELD", word=settings.PARINDEX_OIDC["field"])


def runs_as_root() -> bool:
    """Whether this process may do everything: then what it sees says little of what the site may do."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
