"""Fetching a feed from another site: http and https, public addresses only, bounded in size and time.

The name is looked up once and the connection made to that very address, so that it cannot lead elsewhere
between the check and the visit; every redirect is checked as the first address was.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from urllib.parse import urljoin, urlsplit

from parindex.apps.news.feeds import LARGEST
from parindex.apps.news.rules import plain_url
from parindex.core.kernel.problems import Refused


SECONDS = 20.0
SECONDS_A_STEP = 8.0
MOST_REDIRECTS = 3
PORTS = frozenset({80, 443})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BLOCK = 1 << 16
AGENT = "parindex (reads feeds of the units that it lists)"


def fetch(url: str) -> bytes:
    """The content at an address.

    Raises:
        Refused: ``news_url_unusable``; ``fetch_private``: it leads into a network that is not public;
            ``fetch_port``; ``fetch_unknown_host``; ``fetch_failed`` (`status` where there is one);
            ``fetch_redirects``; ``fetch_slow``; ``feed_heavy``.
    """
    deadline = time.monotonic() + SECONDS
    here = plain_url(url)
    for _ in range(MOST_REDIRECTS + 1):
        status, content, location = _visit(here, deadline)
        if status in REDIRECTS and location:
            here = plain_url(urljoin(here, location))
        elif status == http.client.OK:
            return content
        else:
            raise Refused("fetch_failed", detail=str(status))
    raise Refused("fetch_redirects", limit=MOST_REDIRECTS)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, also one that is written within IPv6."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        nat64 = int(found) & 0xFFFFFFFF if found in ipaddress.ip_network("64:ff9b::/96") else None
        if nat64 is not None:
            inner = ipaddress.IPv4Address(nat64)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def _visit(url: str, deadline: float) -> tuple[int, bytes, str]:
    """Status, content and where it redirects to, of one address."""
    parts = urlsplit(url)
    host, is_tls = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_tls else 80)
    if port not in PORTS:
        raise Refused("fetch_port", port=str(port))
    address = _looked_up(host, port)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    headers = {"User-Agent": AGENT, "Accept-Encoding": "identity", "Accept": "application/xml, text/xml, */*"}
    connection = _Pinned(host, port, address=address, is_tls=is_tls, timeout=_left(deadline))
    try:
        connection.request("GET", target.encode("ascii", "xmlcharrefreplace").decode(), headers=headers)
        with connection.getresponse() as response:
            content = _read(connection, response, deadline) if response.status == http.client.OK else b""
            return response.status, content, response.headers.get("Location", "")
    except TimeoutError:
        raise Refused("fetch_slow") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Refused("fetch_failed", detail=type(error).__name__) from None
    finally:
        connection.close()


def _looked_up(host: str, port: int) -> str:
    """The address behind a name; every one that it has must be public. Raises Refused."""
    try:
        found = [str(a[4][0]) for a in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise Refused("fetch_unknown_host", host=host[:80]) from None
    if not found or not all(map(is_public, found)):
        raise Refused("fetch_private", host=host[:80])
    return found[0]


def _left(deadline: float) -> float:
    """Seconds that a step may still take. Raises Refused ``fetch_slow``."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise Refused("fetch_slow")
    return min(left, SECONDS_A_STEP)


def _read(connection: _Pinned, response: http.client.HTTPResponse, deadline: float) -> bytes:
    """Content up to the bound, in the time that is left. Raises Refused, IncompleteRead."""
    found = bytearray()
    while True:
        if connection.sock is not None:
            connection.sock.settimeout(_left(deadline))
        block = response.read1(BLOCK)
        _left(deadline)
        if not block:
            if response.length:
                raise http.client.IncompleteRead(bytes(found), response.length)
            return bytes(found)
        found += block
        if len(found) > LARGEST:
            raise Refused("feed_heavy", limit=LARGEST // 1_000_000)


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked up before; the name is for the certificate and the site."""

    def __init__(self, host: str, port: int, *, address: str, is_tls: bool, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address, self._is_tls = address, is_tls
        if is_tls:
            self.default_port = 443  # so that the name is sent without its port

    def connect(self) -> None:
        """To the address, and by TLS with the name where it is https."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(plain, server_hostname=self.host) if self._is_tls else plain
