"""Signing in at another house: OpenID Connect, authorization code with PKCE and a nonce.

The identity provider says who somebody is; whether that is a person here, and what they may do, is said here.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt
from django.conf import settings

from parindex.apps.organisations.models import Person
from parindex.core.kernel.problems import Refused


ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
SCOPE = "openid profile email"
PATIENCE = 10
LARGEST = 1_000_000
DRIFT = 60
HERE = {"localhost", "127.0.0.1", "::1"}


class SignOnRefused(Refused):
    """Nobody was let in: ``oidc_failed``, ``oidc_denied`` or ``oidc_unknown``. Nothing was made."""


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider as the settings name it.

    Attributes:
        name: what the button says.
        claim: which claim names the person.
        field: what of a person it is compared with: ``username`` or ``email``.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    claim: str
    field: str


@dataclass(frozen=True, slots=True)
class Pending:
    """What this browser's session remembers until the provider sends it back."""

    state: str
    nonce: str
    verifier: str
    next: str


def provider() -> Provider | None:
    """The provider of the settings; None where there is none."""
    found = Provider(**settings.PARINDEX_OIDC)
    return found if found.issuer and found.client_id else None


def begin(at: Provider, *, back: str, next_: str) -> tuple[str, dict[str, str]]:
    """Where to send the browser, and what to remember until it comes back to `back`.

    Raises:
        SignOnRefused: ``oidc_failed``: the provider does not answer.
    """
    pending = Pending(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(64), next_)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(pending.verifier.encode()).digest())
    asked = {
        "response_type": "code",
        "client_id": at.client_id,
        "redirect_uri": back,
        "scope": SCOPE,
        "state": pending.state,
        "nonce": pending.nonce,
        "code_challenge": challenge.decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    endpoint = _address(discover(at), "authorization_endpoint")
    joint = "&" if urlsplit(endpoint).query else "?"
    return f"{endpoint}{joint}{urlencode(asked)}", asdict(pending)


def finish(at: Provider, *, back: str, answer: Mapping[str, str], pending: Pending) -> dict[str, Any]:
    """What the provider vouches for, once it has sent the browser back with `answer`.

    Raises:
        SignOnRefused: ``oidc_denied``: it sent an error; ``oidc_failed``: the answer belongs to another
            browser, or is not signed by the provider for this site, now, and for this very request.
    """
    if not hmac.compare_digest(answer.get("state", "").encode(), pending.state.encode()):
        raise SignOnRefused("oidc_failed")
    if "error" in answer:
        raise SignOnRefused("oidc_denied")
    known = discover(at)
    tokens = _exchange(at, known, back=back, code=answer.get("code", ""), verifier=pending.verifier)
    claims = _verified(at, known, str(tokens.get("id_token", "")))
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), pending.nonce.encode()):
        raise SignOnRefused("oidc_failed")
    if at.claim not in claims and "userinfo_endpoint" in known:
        more = _fetch(
            _address(known, "userinfo_endpoint"),
            headers={"Authorization": f"Bearer {tokens.get('access_token')}"},
        )
        if more.get("sub") != claims["sub"]:
            raise SignOnRefused("oidc_failed")
        claims = {**more, **claims}
    return claims


def person_of(at: Provider, claims: Mapping[str, Any]) -> Person:
    """The person who is meant.

    Raises:
        SignOnRefused: ``oidc_unknown``: nobody here, more than one, or an address that the provider says
            is not verified.
    """
    value = claims.get(at.claim)
    named = value if isinstance(value, str) else ""
    unsure = at.field == "email" and claims.get("email_verified") in (False, "false")
    found = Person.objects.filter(**{f"{at.field}__iexact": named}, is_active=True)[:2]
    if not named or "\0" in named or unsure or len(found) != 1:
        raise SignOnRefused("oidc_unknown", name=named[:100])
    return found[0]


def _exchange(at: Provider, known: dict[str, Any], *, back: str, code: str, verifier: str) -> dict[str, Any]:
    """The tokens that a code stands for."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    ways = known.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if at.client_secret and "client_secret_basic" in ways:
        pair = f"{quote(at.client_id, safe='')}:{quote(at.client_secret, safe='')}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    else:
        form |= {"client_id": at.client_id} | (
            {"client_secret": at.client_secret} if at.client_secret else {}
        )
    return _fetch(_address(known, "token_endpoint"), headers=headers, data=urlencode(form).encode())


def _verified(at: Provider, known: dict[str, Any], token: str) -> dict[str, Any]:
    """The claims of an identity token that this provider signed for this site."""
    keys = _fetch(_address(known, "jwks_uri"))
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        usable = [
            k
            for k in jwt.PyJWKSet.from_dict(keys).keys
            if k.public_key_use in (None, "sig") and kid in (None, k.key_id)
        ]
        if len(usable) != 1:
            raise SignOnRefused("oidc_failed")
        claims: dict[str, Any] = jwt.decode(
            token,
            usable[0],
            algorithms=ALGORITHMS,
            audience=at.client_id,
            issuer=known["issuer"],
            leeway=DRIFT,
            options={"require": ["exp", "iat", "aud", "iss", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise SignOnRefused("oidc_failed") from error
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != at.client_id:
        raise SignOnRefused("oidc_failed")
    return claims


def discover(at: Provider) -> dict[str, Any]:
    """What the provider says of itself.

    Raises:
        SignOnRefused: ``oidc_failed``: it does not answer, which the cause says, or calls itself otherwise.
    """
    known = _fetch(at.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if str(known.get("issuer", "")).rstrip("/") != at.issuer.rstrip("/"):
        raise SignOnRefused("oidc_failed")
    return known


def _address(known: Mapping[str, Any], name: str) -> str:
    """One of its addresses: over TLS, or on this machine."""
    address = known.get(name)
    parts = urlsplit(address if isinstance(address, str) else "")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in HERE):
        raise SignOnRefused("oidc_failed")
    return str(address)


class _Stay(HTTPRedirectHandler):
    """Secrets are sent to no other place than the one that is named."""

    def redirect_request(self, *_: Any) -> None:
        """Not followed."""


def _fetch(
    address: str, *, headers: Mapping[str, str] | None = None, data: bytes | None = None
) -> dict[str, Any]:
    """A JSON object from the provider."""
    request = Request(  # noqa: S310  only https, or this machine
        _address({"it": address}, "it"), data=data, headers={"Accept": "application/json", **(headers or {})}
    )
    try:
        with build_opener(_Stay).open(request, timeout=PATIENCE) as response:
            found = json.loads(response.read(LARGEST))
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise SignOnRefused("oidc_failed") from error
    if not isinstance(found, dict):
        raise SignOnRefused("oidc_failed")
    return found
