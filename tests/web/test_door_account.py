"""One's own account: password, second factor, sessions; a forgotten password by mail."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from doorway import PASSWORD, alert, browser, code_now, kinds, somebody

from parindex.apps.access.actions import end_sessions, reset_password, turn_off_factor
from parindex.apps.access.models import OpenSession, RecoveryCode, SecondFactor
from parindex.apps.access.sealing import unseal
from parindex.apps.organisations.actions import found_territory, grant_role
from parindex.apps.organisations.roles import Role
from parindex.core.kernel.text import Text
from parindex.web.account import letters


pytestmark = pytest.mark.django_db
NEW = "trời xanh mây trắng"
OWN, CHANGE, FACTOR, SESSIONS, SECOND = (
    "/tai-khoan/",
    "/tai-khoan/mat-khau/",
    "/tai-khoan/xac-thuc-hai-lop/",
    "/tai-khoan/phien/",
    "/dang-nhap/buoc-hai/",
)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def quick(settings):
    """Hashing that takes no time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def an():
    """Somebody with a password of their own."""
    return somebody(email="an.nv@example.org")


@pytest.fixture
def here(an):
    """Their browser, signed in."""
    opened = browser()
    opened.sign_in()
    return opened


def secret_of(page) -> str:
    """What the page of the second factor gives to type in."""
    return page.root.all("code")[0].text.replace(" ", "")


def turned_on(here) -> tuple[str, list[str]]:
    """The secret and the recovery codes."""
    secret = secret_of(here.open(FACTOR))
    response = here.send(FACTOR, act="on", code=code_now(secret, timezone.now()), password=PASSWORD)
    return secret, re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", response.content.decode())


# password


def test_a_changed_password_ends_all_other_sessions(an, here):
    """This one goes on; the old password opens nothing."""
    other = browser(agent=FIREFOX)
    other.sign_in()
    assert here.send(CHANGE, old=PASSWORD, new=NEW, again=NEW).headers["Location"] == OWN
    assert here.inside
    assert not other.inside
    assert OpenSession.objects.filter(person=an).count() == 1
    assert browser().sign_in().status_code == 200
    assert browser().sign_in(password=NEW).status_code == 302
    assert kinds(an)[-2] == "access.password_changed"


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("ngắn quá", None, "ít nhất 10 ký tự"),
        ("Matkhau@2026!", None, "hay bị đoán nhất"),
        ("1234567890", None, "hay bị đoán nhất"),
        ("nguyenvanan2026", None, "gần giống họ tên"),
        ("Nguyễn Văn An 1", None, "gần giống họ tên"),
        ("an.nv@example", None, "gần giống họ tên"),
        (PASSWORD, None, "phải khác mật khẩu hiện tại"),
        (NEW, "trời xanh mây trắn", "không giống nhau"),
        ("a" * 50 + NEW * 20, None, "nhiều nhất 128"),
    ],
)
def test_a_poor_password_is_refused_with_its_reason(an, here, new, again, said):
    """And the old one stands, with every session."""
    response = here.send(CHANGE, old=PASSWORD, new=new, again=new if again is None else again)
    assert said in alert(response)
    assert here.inside
    assert browser().sign_in().status_code == 302


def test_changing_takes_the_present_password_and_it_cannot_be_guessed(an, here):
    """A browser left open on a desk is not enough."""
    said = [here.send(CHANGE, old=f"sai {k}", new=NEW, again=NEW) for k in range(6)]
    assert alert(said[0]) == "Mật khẩu hiện tại chưa đúng."
    assert [r.status_code for r in said] == [200] * 4 + [429] * 2
    assert here.send(CHANGE, old=PASSWORD, new=NEW, again=NEW).status_code == 429


def test_an_administrators_reset_ends_every_session_and_forgets_wrong_guesses(an, here):
    """Whoever waits may come in with the one-time password at once."""
    for _ in range(5):
        browser().sign_in(password="sai")
    given = reset_password(person=an, by="person:9", at=timezone.now())
    assert not here.inside
    assert browser().sign_in(password=given).status_code == 302
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", given)


# forgotten


@pytest.fixture
def post(settings):
    """A mail server; gives the mails that have been sent."""
    settings.EMAIL_HOST, settings.PARINDEX_ADDRESS = "mail.example.org", "https://cchc.example.org"

    def sent():
        letters._POST.submit(int).result()
        return mail.outbox

    return sent


@pytest.mark.parametrize("name", ["an.nv", "AN.NV@example.org"])
def test_a_mailed_link_is_good_once(an, here, post, name):
    """It comes from the site's own address, whatever host was asked for; all sessions end."""
    browser().send("/quen-mat-khau/", username=name)
    (letter,) = post()
    (link,) = re.findall(r"https://cchc\.example\.org(/\S+)", letter.body)
    assert letter.to == ["an.nv@example.org"]
    fresh = browser()
    assert fresh.open(link).heading == "Đặt mật khẩu mới"
    assert "ít nhất 10" in alert(fresh.send(link, new="ngắn", again="ngắn"))
    assert fresh.send(link, new=NEW, again=NEW).headers["Location"] == "/dang-nhap/"
    assert not here.inside
    assert fresh.client.get(link).status_code == 410
    assert fresh.send(link, new=PASSWORD, again=PASSWORD).status_code == 410
    assert browser().sign_in(password=NEW).status_code == 302
    assert "access.password_chosen_by_mail" in kinds(an)


def test_a_link_is_over_after_an_hour(an, post, monkeypatch):
    """And one for somebody else opens nothing."""
    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    browser().send("/quen-mat-khau/", username="an.nv")
    (link,) = re.findall(r"https://cchc\.example\.org(/\S+)", post()[0].body)
    assert browser().client.get(re.sub(r"khau/\w+/", "khau/OTk5/", link)).status_code == 410
    at = PasswordResetTokenGenerator()._now() + timedelta(minutes=61)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _: at)
    browser().open(link, status=410)


def test_asking_for_a_link_tells_nothing(an, post):
    """The same page for everybody; mail only to a person with a password; and not as often as one likes."""
    somebody("chi.lt", "Lê Thị Chi", password="", email="chi@example.org")
    somebody("bo.lt", "Lê Bộ", email="chung@example.org")
    somebody("ba.lt", "Lê Ba", email="chung@example.org")
    names = ("an.nv", "chi.lt", "khong.co", "chung@example.org", "", "x\0y")
    pages = [browser().send("/quen-mat-khau/", username=n) for n in names]
    assert {(r.status_code, re.sub(r"csrf\S+ value=\S+", "", r.content.decode())) for r in pages} == {
        (200, re.sub(r"csrf\S+ value=\S+", "", pages[0].content.decode()))
    }
    assert [m.to for m in post()] == [["an.nv@example.org"]]
    for name in ("an.nv", "khong.co.2"):
        for _ in range(3):
            last = browser("198.51.100.7").send("/quen-mat-khau/", username=name)
        assert last.status_code == (429 if name == "an.nv" else 200)
    assert len(post()) == 3


# second factor


def test_the_second_factor_is_turned_on_by_a_code_and_asked_for_ever_after(an, here):
    """A picture without anything from elsewhere; ten recovery codes, shown once; no secret in the clear."""
    secret, codes = turned_on(here)
    assert len(set(codes)) == 10
    factor = SecondFactor.objects.get(person=an)
    assert secret not in factor.secret
    assert unseal(factor.secret) == secret
    assert not RecoveryCode.objects.filter(hash__in=[c.replace("-", "") for c in codes]).exists()
    fresh = browser()
    assert fresh.sign_in(next="/en/tai-khoan/").headers["Location"] == SECOND
    assert not fresh.inside
    assert fresh.open(SECOND).heading == "Nhập mã xác thực"
    later = fresh.send(SECOND, code=code_now(secret, timezone.now(), later=1))
    assert later.headers["Location"] == "/en/tai-khoan/"
    assert fresh.inside
    assert kinds(an)[-2:] == ["access.factor_on", "access.entered"]


def test_a_code_is_taken_once(an, here):
    """Whoever looks over a shoulder comes too late."""
    secret, _ = turned_on(here)
    code = code_now(secret, timezone.now(), later=1)
    for expected in (302, 200):
        fresh = browser()
        fresh.sign_in()
        assert fresh.send(SECOND, code=code).status_code == expected


def test_a_recovery_code_stands_in_once(an, here):
    """However it is typed; the account says how many are left."""
    _, codes = turned_on(here)
    for typed, expected in ((f" {codes[0].upper()} ", 302), (codes[0].replace("-", ""), 200)):
        fresh = browser()
        fresh.sign_in()
        assert fresh.send(SECOND, code=typed).status_code == expected
    assert "còn 9 mã dự phòng" in here.open(OWN).root.all("main")[0].text
    assert "access.recovery_code_used" in kinds(an)


def test_codes_cannot_be_guessed(an, here):
    """Five, whatever browser; the right one waits too."""
    secret, _ = turned_on(here)
    tries = [browser(f"198.51.100.{k}") for k in range(1, 7)]
    for fresh in tries:
        fresh.sign_in()
    assert [fresh.send(SECOND, code="000000").status_code for fresh in tries[:5]] == [200] * 4 + [429]
    code = code_now(secret, timezone.now(), later=1)
    assert tries[5].send(SECOND, code=code).status_code == 429
    assert "access.guessed_too_often" in kinds(an)


def test_the_second_step_alone_opens_nothing(an, here):
    """Without the first, after ten minutes, after the password has changed, or from another browser."""
    _, codes = turned_on(here)
    assert browser().send(SECOND, code=codes[0]).headers["Location"].startswith("/dang-nhap/")
    fresh = browser()
    fresh.sign_in()
    reset_password(person=an, by="person:9", at=timezone.now())
    fresh.send(SECOND, code=codes[0])
    assert not fresh.inside


def test_turning_off_and_renewing_take_the_password(an, here):
    """And renewing makes the old codes void."""
    _, codes = turned_on(here)
    for act in ("off", "codes"):
        assert alert(here.send(FACTOR, act=act, password="sai")) == "Mật khẩu hiện tại chưa đúng."
    renewed = here.send(FACTOR, act="codes", password=PASSWORD).content.decode()
    assert codes[0] not in renewed
    fresh = browser()
    fresh.sign_in()
    assert fresh.send(SECOND, code=codes[0]).status_code == 200
    assert here.send(FACTOR, act="off", password=PASSWORD).headers["Location"] == OWN
    assert browser().sign_in().headers["Location"] == "/ban-lam-viec/"
    assert "chưa bật" in alert(here.send(FACTOR, act="codes", password=PASSWORD))


def test_a_wrong_code_turns_nothing_on_and_a_replayed_form_changes_nothing(an, here):
    """The secret stays the same until it is proven."""
    secret = secret_of(here.open(FACTOR))
    assert "Mã chưa đúng" in alert(here.send(FACTOR, act="on", code="12345", password=PASSWORD))
    assert secret_of(here.open(FACTOR)) == secret
    form = {"act": "on", "code": code_now(secret, timezone.now()), "password": PASSWORD}
    assert here.send(FACTOR, **form).status_code == 200
    assert "đang bật" in alert(here.send(FACTOR, **form))
    assert SecondFactor.objects.filter(person=an).count() == 1


def test_a_role_that_must_have_a_second_factor_sets_it_up_first(settings):
    """And cannot turn it off; other roles choose."""
    settings.PARINDEX_REQUIRE_TOTP = ("administrator",)
    place = found_territory(
        code="tinh", name=Text("Tỉnh", ""), type_="tinh", illustrative=True, by="t", at=timezone.now()
    )
    for person, role in ((somebody(), Role.ADMINISTRATOR), (somebody("bo.lt", "Lê Bộ"), Role.LEADER)):
        grant_role(person=person, role=role, unit=place, by="t", at=timezone.now())
    free, bound = browser(), browser()
    free.sign_in("bo.lt")
    assert free.inside
    bound.sign_in()
    assert bound.client.get("/ban-lam-viec/").headers["Location"] == FACTOR
    assert "phải dùng xác thực hai lớp" in bound.open(FACTOR).root.all("main")[0].text
    turned_on(bound)
    assert bound.inside
    assert "không tắt được" in alert(bound.send(FACTOR, act="off", password=PASSWORD))


def test_an_administrator_turns_off_what_was_lost(an, here):
    """By an action, with its entry."""
    turned_on(here)
    turn_off_factor(person=an, by="person:9", at=timezone.now())
    assert browser().sign_in().headers["Location"] == "/ban-lam-viec/"


def test_an_exchanged_secret_key_closes_the_second_step_in_words(an, here, settings):
    """Rather than with an error; with the old key among the fallbacks it goes on."""
    secret, _ = turned_on(here)
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "k" * 60
    fresh = browser()
    fresh.sign_in()
    code = code_now(secret, timezone.now(), later=1)
    assert "Không còn đọc được" in alert(fresh.send(SECOND, code=code))
    settings.SECRET_KEY_FALLBACKS = [old]
    assert fresh.send(SECOND, code=code).status_code == 302


# sessions


def test_sessions_are_listed_as_their_owner_knows_them(an, here):
    """Browser and system in plain words, from where, this one marked; no key on the page."""
    browser("198.51.100.7", FIREFOX).sign_in()
    browser("198.51.100.8", "curl/8").sign_in()
    page = here.open(OWN)
    rows = page.rows("stack")
    assert [r[0] for r in rows] == ["Chrome, Windows phiên này", "Trình duyệt không rõ", "Firefox, Linux"]
    assert [r[3] for r in rows] == ["203.0.113.5", "198.51.100.8", "198.51.100.7"]
    keys = OpenSession.objects.values_list("session_key", flat=True)
    assert not [k for k in keys if k in here.client.get(OWN).content.decode()]


def test_one_session_or_all_others_are_ended(an, here):
    """At once; a name that is nobody's, or of another person, ends nothing."""
    others = [browser(agent=FIREFOX) for _ in range(3)]
    for other in others:
        other.sign_in()
    somebody("bo.lt", "Lê Bộ")
    strange = browser()
    strange.sign_in("bo.lt")
    names = {s.session_key: s.name for s in OpenSession.objects.all()}
    key = [b.client.cookies["sessionid"].value for b in (others[0], strange, here)]
    here.send(SESSIONS, session=names[key[0]])
    here.send(SESSIONS, session=names[key[1]])
    here.send(SESSIONS, session="")
    assert [b.inside for b in (*others, strange, here)] == [False, True, True, True, True]
    here.send(SESSIONS, session="others")
    assert [b.inside for b in (*others, strange, here)] == [False, False, False, True, True]
    here.send(SESSIONS, session=names[key[2]])
    assert not here.inside
    assert kinds(an).count("access.sessions_ended") == 3


def test_an_administrator_ends_all_sessions_of_a_person(an, here):
    """By an action."""
    assert end_sessions(person=an, by="person:9", at=timezone.now()) == 1
    assert not here.inside


def test_a_page_costs_no_more_for_all_this(here, django_assert_max_num_queries):
    """The session's row is read in any case."""
    here.open(OWN)
    with django_assert_max_num_queries(6):
        here.open(OWN)


def test_the_last_use_is_noted_every_few_minutes(an, here, monkeypatch):
    """Not at every page: each would be a write."""
    seen = OpenSession.objects.get(person=an).seen_at
    now = timezone.now()
    for minutes, noted in ((4, False), (6, True)):
        monkeypatch.setattr(timezone, "now", lambda m=minutes: now + timedelta(minutes=m))
        here.open(OWN)
        assert (OpenSession.objects.get(person=an).seen_at > seen) is noted
