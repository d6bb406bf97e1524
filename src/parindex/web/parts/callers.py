"""Where a request comes from, and with what browser, in plain words."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


BROWSERS = (  # the first whose mark is in the text; each also writes the marks of those below it
    ("Edg", "Edge"),
    ("coc_coc", "Coc Coc"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Zalo", "Zalo"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def address_of(request: HttpRequest) -> str:
    """The caller's address as far as it can be believed: that of the connection, or what the trusted proxies
    added."""
    found: str = request.META.get("REMOTE_ADDR", "")
    added = [a.strip() for a in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if a.strip()]
    if 0 < settings.PARINDEX_PROXIES <= len(added):
        found = added[-settings.PARINDEX_PROXIES]
    try:
        return str(ipaddress.ip_address(found.partition("%")[0]))
    except ValueError:
        return ""


def counted_address(request: HttpRequest) -> str:
    """By what the tries of an address are counted; "" where it tells nobody apart: this machine's own is that
    of a proxy. Whoever has one IPv6 address has its whole network."""
    found = address_of(request)
    if not found or ipaddress.ip_address(found).is_loopback:
        return ""
    network = ipaddress.ip_network(f"{found}/64" if ":" in found else found, strict=False)
    return str(network.network_address)


def agent_of(request: HttpRequest) -> str:
    """What the browser says of itself."""
    return str(request.META.get("HTTP_USER_AGENT", "")).replace("\0", "")[:300]


def browser_words(agent: str) -> str:
    """Browser and system as their owner knows them: ``Chrome, Windows``; "" where neither is known."""
    named = [next((name for mark, name in table if mark in agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, named))
