"""Single sign-on against a provider of this machine: the whole circle, and every forged answer."""

import base64
import hashlib
import json
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.urls import reverse
from doorway import alert, browser, kinds, somebody

from parindex.apps.organisations.models import Person
from parindex.apps.watch.findings import Look
from parindex.apps.watch.running import check_single_sign_on


pytestmark = pytest.mark.django_db
BACK = "/dang-nhap/mot-lan/ve/"
START = "/dang-nhap/mot-lan/"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FORGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(ThreadingHTTPServer):
    """An identity provider that knows one user; `claims`, `key` and `algorithm` are what it signs."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}/realm"
        self.claims, self.userinfo, self.key, self.algorithm, self.kid = {}, {}, KEY, "RS256", "one"
        self.codes, self.asked = {}, []
        self.said_issuer = self.issuer

    def authorise(self, address):
        """What a browser reads there once its user has proven who they are: where it is sent back to."""
        query = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        assert query["response_type"] == "code"
        assert query["scope"].split()[0] == "openid"
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form, authorization):
        """The answer for a code: to the right client, with the right verifier, once."""
        query = self.codes.pop(form.get("code"), None)
        basic = base64.b64encode(b"parindex:s%3Acret").decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode()
        sound = (
            query
            and authorization == f"Basic {basic}"
            and form["redirect_uri"] == query["redirect_uri"]
            and challenge.rstrip("=") == query["code_challenge"]
        )
        if not sound:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": "parindex",
            "sub": "17",
            "iat": now,
            "exp": now + 60,
            "nonce": query["nonce"],
        }
        claims = {k: v for k, v in {**claims, **self.claims}.items() if v is not None}
        key = self.key if self.algorithm != "none" else None
        token = jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": self.kid})
        return 200, {"id_token": token, "access_token": "open", "token_type": "Bearer"}

    def known(self):
        """What it says of itself, and its keys."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {
            "/realm/.well-known/openid-configuration": {
                "issuer": self.said_issuer,
                "authorization_endpoint": f"{self.issuer}/auth",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/keys",
            },
            "/realm/keys": {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]},
            "/realm/userinfo": self.userinfo,
        }


class Answers(BaseHTTPRequestHandler):
    """Its pages."""

    def do_GET(self):
        self.server.asked.append(self.path)
        found = self.server.known().get(self.path)
        if self.path == "/realm/userinfo" and self.headers["Authorization"] != "Bearer open":
            found = None
        self._say(200 if found is not None else 404, found or {})

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
        self._say(*self.server.token(form, self.headers["Authorization"]))

    def _say(self, status, content):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture
def provider(settings):
    """It runs, and the site is set up for it."""
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.PARINDEX_ADDRESS = "http://testserver"
    settings.PARINDEX_OIDC = {
        "issuer": server.issuer,
        "client_id": "parindex",
        "client_secret": "s:cret",
        "name": "Cổng của tỉnh",
        "claim": "preferred_username",
        "field": "username",
    }
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def person():
    """Somebody who signs in there and has no password here."""
    return somebody(password="")


def circle(provider, here, start=START):
    """The whole way: out, proven there, back."""
    there = here.client.get(start)
    assert there.status_code == 302, there.content.decode()
    return here.client.get(provider.authorise(there.headers["Location"]))


def test_the_whole_circle_opens_the_door(provider, person):
    """The button has its name; the way on is the page that was asked for; the ledger knows the way."""
    provider.claims = {"preferred_username": "An.NV"}
    here = browser()
    page = here.open("/dang-nhap/?next=/en/tai-khoan/")
    (start,) = [link for link in page.links if START in link]
    assert "Đăng nhập qua Cổng của tỉnh" in page.root.all("main")[0].text
    assert circle(provider, here, start).headers["Location"] == "/en/tai-khoan/"
    assert here.inside
    assert kinds(person) == ["access.entered"]
    assert "không đăng nhập bằng mật khẩu" in here.open("/tai-khoan/").root.all("main")[0].text
    assert here.client.get("/tai-khoan/mat-khau/").headers["Location"] == "/tai-khoan/"


def test_the_way_on_never_leaves_the_site(provider, person):
    """Also by this door."""
    provider.claims = {"preferred_username": "an.nv"}
    start = f"{START}?next=https://example.com/"
    assert circle(provider, browser(), start).headers["Location"] == "/ban-lam-viec/"


@pytest.mark.parametrize(
    "claims",
    [
        {"preferred_username": "khong.co"},
        {"preferred_username": ""},
        {"preferred_username": ["an.nv"]},
        {"preferred_username": "an.nv\0"},
        {},
    ],
)
def test_who_is_nobody_here_is_told_so_and_nothing_is_made(provider, person, claims):
    """Neither a person nor a session."""
    provider.claims, provider.userinfo = claims, {"sub": "17"}
    before, here = Person.objects.count(), browser()
    response = circle(provider, here)
    assert response.status_code == 403
    assert "chưa có tài khoản ở đây" in alert(response)
    assert Person.objects.count() == before
    assert not here.inside


def test_who_has_left_does_not_come_in_this_way(provider, person):
    """The provider may know them still."""
    person.is_active = False
    person.save()
    provider.claims = {"preferred_username": "an.nv"}
    assert circle(provider, browser()).status_code == 403


def test_a_claim_may_be_an_address_that_is_verified_and_one_persons(provider, settings):
    """One that two share, or that the provider has not verified, is nobody's."""
    somebody(password="", email="an@example.org")
    settings.PARINDEX_OIDC = {**settings.PARINDEX_OIDC, "claim": "email", "field": "email"}
    for claims, status in (
        ({"email": "AN@example.org"}, 302),
        ({"email": "an@example.org", "email_verified": True}, 302),
        ({"email": "an@example.org", "email_verified": False}, 403),
        ({"email": ""}, 403),
    ):
        provider.claims = claims
        assert circle(provider, browser()).status_code == status
    somebody("binh", "Bình", password="", email="an@example.org")
    provider.claims = {"email": "an@example.org"}
    assert circle(provider, browser()).status_code == 403


def test_a_claim_may_stand_in_the_users_particulars_only(provider, person):
    """Those of the same subject."""
    provider.userinfo = {"sub": "17", "preferred_username": "an.nv"}
    assert circle(provider, browser()).status_code == 302
    provider.userinfo = {"sub": "18", "preferred_username": "an.nv"}
    assert circle(provider, browser()).status_code == 403


FORGED = {
    "another's key": {"key": FORGER},
    "no signature": {"algorithm": "none"},
    "the public key as a password": {"algorithm": "HS256", "key": b"x" * 64},
    "an unknown key": {"kid": "two"},
    "another site's": {"claims": {"aud": "other"}},
    "several sites', not ours": {"claims": {"aud": ["parindex", "other"], "azp": "other"}},
    "another provider's": {"claims": {"iss": "https://example.org"}},
    "over": {"claims": {"exp": int(time.time()) - 3600}},
    "not of this request": {"claims": {"nonce": "x"}},
    "of no request": {"claims": {"nonce": None}},
    "of nobody": {"claims": {"sub": None}},
    "for ever": {"claims": {"exp": None}},
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_answer_opens_nothing(provider, person, name):
    """Each thing that is checked, in words that say what to do."""
    forged = FORGED[name]
    provider.claims = {"preferred_username": "an.nv", **forged.get("claims", {})}
    for part in ("key", "algorithm", "kid"):
        setattr(provider, part, forged.get(part, getattr(provider, part)))
    here = browser()
    response = circle(provider, here)
    assert response.status_code == 403
    assert "không trả lời đúng" in alert(response)
    assert not here.inside


def test_an_answer_belongs_to_the_browser_that_asked_and_is_taken_once(provider, person):
    """A link with somebody else's code signs nobody in."""
    provider.claims = {"preferred_username": "an.nv"}
    here, victim = browser(), browser()
    answer = provider.authorise(here.client.get(START).headers["Location"])
    assert victim.client.get(answer).headers["Location"] == "/dang-nhap/"
    victim.client.get(START)
    assert victim.client.get(answer).status_code == 403
    assert here.client.get(answer).status_code == 302
    here.send("/dang-xuat/")
    assert here.client.get(answer).headers["Location"] == "/dang-nhap/"


def test_a_provider_that_denies_or_is_away_is_told_in_words(provider, person):
    """The door by password stays open."""
    here = browser()
    state = parse_qs(urlsplit(here.client.get(START).headers["Location"]).query)["state"][0]
    denied = here.client.get(BACK, {"error": "access_denied", "state": state})
    assert "không cho đăng nhập" in alert(denied)
    provider.said_issuer = "https://example.org"
    assert "không trả lời đúng" in alert(here.client.get(START))


def test_a_wrong_secret_opens_nothing(provider, person, settings):
    """The provider refuses to exchange the code; the door says so in words."""
    provider.claims = {"preferred_username": "an.nv"}
    settings.PARINDEX_OIDC = {**settings.PARINDEX_OIDC, "client_secret": "another"}
    here = browser()
    response = circle(provider, here)
    assert (response.status_code, here.inside) == (403, False)
    assert "không trả lời đúng" in alert(response)


def test_the_doctor_asks_the_provider_who_it_is(provider):
    """Nothing is said of one that answers as it should."""
    look = Look(datetime.now(UTC), deep=True)
    assert list(check_single_sign_on(look)) == []
    provider.said_issuer = "https://elsewhere.example"
    assert [f.code for f in check_single_sign_on(look)] == ["provider_other"]
    assert provider.asked == ["/realm/.well-known/openid-configuration"] * 2


def test_a_provider_over_a_plain_line_elsewhere_is_not_asked(provider, settings):
    """Secrets travel over TLS only; on this machine they do not travel."""
    settings.PARINDEX_OIDC = {**settings.PARINDEX_OIDC, "issuer": "http://id.example.org"}
    assert "không trả lời đúng" in alert(browser().client.get(START))


def test_an_own_second_factor_is_asked_for_after_it(provider, person):
    """What the person turned on here holds by every door."""
    from django.utils import timezone

    from parindex.apps.access.actions import turn_on_factor
    from parindex.apps.access.totp import code_of, new_secret, step_at

    secret, now = new_secret(), timezone.now()
    code = code_of(secret, step_at(now))
    turn_on_factor(person=person, secret=secret, code=code, by=person.ref, at=now)
    provider.claims = {"preferred_username": "an.nv"}
    here = browser()
    assert circle(provider, here).headers["Location"] == reverse("account:second")
    assert not here.inside


def test_the_address_to_register_is_the_same_in_both_languages(provider):
    """And stands in the guide."""
    for prefix in ("", "/en"):
        query = parse_qs(urlsplit(browser().client.get(f"{prefix}{START}").headers["Location"]).query)
        assert query["redirect_uri"] == [f"http://testserver{BACK}"]
