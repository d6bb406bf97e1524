"""The door: who comes in by password, who waits, and that nobody learns who exists."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from doorway import DOOR, PASSWORD, alert, browser, kinds, somebody

from parindex.apps.access.actions import reset_password
from parindex.apps.access.models import Guesses, OpenSession
from parindex.apps.audit.models import Entry, LedgerText
from parindex.apps.audit.verify import verify
from parindex.apps.organisations.actions import NewPerson, add_person


pytestmark = pytest.mark.django_db
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."
WAIT = "Đã sai quá nhiều lần."


@pytest.fixture(autouse=True)
def quick(settings):
    """Hashing that takes no time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def later(monkeypatch):
    """Moves the clock of browsers that are opened from now on."""
    now = timezone.now()

    def move(**period):
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(**period))

    return move


def test_name_and_password_open_the_door():
    """Whatever the name's case; to the page that was asked for, with an entry in the ledger."""
    person, here = somebody(), browser()
    response = here.sign_in(" AN.NV ", next="/en/tai-khoan/")
    assert (response.status_code, response.headers["Location"]) == (302, "/en/tai-khoan/")
    assert here.inside
    assert kinds(person)[-1] == "access.entered"
    assert here.client.get(f"{DOOR}?next=/tai-khoan/").headers["Location"] == "/tai-khoan/"


def test_a_vietnamese_password_is_the_same_from_every_keyboard():
    """Composed letters on one machine, combining marks on another."""
    import unicodedata

    somebody()
    assert unicodedata.normalize("NFD", PASSWORD) != PASSWORD
    assert browser().sign_in(password=unicodedata.normalize("NFD", PASSWORD)).status_code == 302


@pytest.mark.parametrize(
    "there",
    [
        "https://example.com/",
        "//example.com",
        "/\\example.com",
        "javascript:alert(1)",
        "http:///example.com",
        "\t//x.y",
    ],
)
def test_the_way_on_never_leaves_the_site(there):
    """An open redirect would lend the site's good name."""
    somebody()
    here = browser()
    assert here.sign_in(next=there).headers["Location"] == "/ban-lam-viec/"
    assert here.client.get(DOOR, {"next": there}).headers["Location"] == "/ban-lam-viec/"


def test_a_session_set_before_signing_in_is_worth_nothing_after():
    """Whoever planted a session key in somebody's browser holds nothing."""
    somebody()
    here = browser()
    session = here.client.session
    session["planted"] = "1"
    session.save()
    here.client.cookies["sessionid"] = planted = session.session_key
    here.sign_in()
    assert here.client.cookies["sessionid"].value != planted
    other = Client()
    other.cookies["sessionid"] = planted
    assert other.get("/tai-khoan/").status_code == 302


def test_a_form_without_its_token_is_refused():
    """At every address of the door that takes forms."""
    person = somebody()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(DOOR, {"username": "an.nv", "password": PASSWORD}).status_code == 403
    strict.force_login(person)
    for path in ("mat-khau/", "xac-thuc-hai-lop/", "phien/"):
        assert strict.post(f"/tai-khoan/{path}", {"act": "off"}).status_code == 403
    assert strict.post("/dang-xuat/").status_code == 403


def test_nobody_and_a_wrong_password_look_alike():
    """The same words and status: for one who exists, one who does not, one who left, one without password."""
    somebody()
    gone = somebody("cu.tv", "Trần Cũ")
    gone.is_active = False
    gone.save()
    somebody("chi.lt", "Lê Thị Chi", password="")
    pages = {
        name: browser().sign_in(name, "sai hoàn toàn") for name in ("an.nv", "khong.co", "cu.tv", "chi.lt")
    }
    pages["cu.tv, right"] = browser().sign_in("cu.tv")
    assert {(r.status_code, alert(r)) for r in pages.values()} == {(200, WRONG)}


@pytest.mark.parametrize("name", ["an.nv", "khong.co"])
def test_the_fifth_wrong_try_closes_the_way_for_a_while(name, later):
    """For the right password too, for one who exists and one who does not, in words that say until when."""
    person, here = somebody(), browser()
    said = [here.sign_in(name, f"sai {k}") for k in range(5)]
    assert [alert(r) for r in said[:4]] == [WRONG] * 4
    assert said[4].status_code == 429
    assert alert(said[4]).startswith(f"{WAIT} Hãy thử lại sau ")
    refused = here.sign_in(name)
    assert (refused.status_code, alert(refused)) == (429, alert(said[4]))
    assert "Wrong too often." in alert(here.send(DOOR, "/en", username=name, password="x"))
    entry = Entry.objects.get(kind="access.guessed_too_often")
    assert entry.subject == (person.ref if name == "an.nv" else "unknown")
    assert entry.payload == {"v": 1, "sides": ["pair"]}
    later(minutes=16)
    assert browser().sign_in().status_code == 302


def test_somebody_elses_guesses_do_not_keep_the_owner_out():
    """Five from another address; but twenty, from wherever, do."""
    somebody()
    for _ in range(5):
        browser("198.51.100.7").sign_in(password="sai")
    assert browser().sign_in().status_code == 302
    for k in range(20):
        browser(f"198.51.100.{k + 10}").sign_in(password="sai")
    assert browser().sign_in().status_code == 429


def test_one_address_cannot_try_account_after_account():
    """Sixty names from one address; another address goes on."""
    somebody()
    last = [browser().sign_in(f"ten.{k}", "sai") for k in range(60)][-1]
    assert last.status_code == 429
    assert browser().sign_in().status_code == 429
    assert browser("198.51.100.7").sign_in().status_code == 302


def test_behind_an_unnamed_proxy_nobody_waits_for_others():
    """This machine's own address tells nobody apart, so only the account counts."""
    somebody()
    for k in range(61):
        browser("127.0.0.1").sign_in(f"ten.{k}", "sai")
    assert browser("127.0.0.1").sign_in().status_code == 302


def test_a_forwarded_address_counts_only_where_a_proxy_is_named(settings):
    """What the caller writes in front is not believed."""
    person = somebody()
    forged = {"HTTP_X_FORWARDED_FOR": "192.0.2.1, 203.0.113.9"}
    for proxies, address in ((0, "10.0.0.1"), (1, "203.0.113.9")):
        settings.PARINDEX_PROXIES = proxies
        Client(REMOTE_ADDR="10.0.0.1", **forged).post(DOOR, {"username": "an.nv", "password": PASSWORD})
        assert OpenSession.objects.filter(person=person).latest("since").address == address


def test_a_right_password_forgets_the_wrong_ones():
    """Four wrong, one right, again and again."""
    somebody()
    for _ in range(3):
        here = browser()
        for _ in range(4):
            here.sign_in(password="sai")
        assert here.sign_in().status_code == 302


def test_neither_ledger_nor_tables_hold_what_was_typed():
    """A password typed in the field of the name is in neither; the ledger holds."""
    somebody()
    for _ in range(6):
        browser().sign_in("mat khau cua toi", "bi mat tuyet doi")
    kept = json.dumps(
        [*Entry.objects.values("payload", "subject", "by"), *Guesses.objects.values("key", "account")]
    )
    kept += "".join(LedgerText.objects.values_list("text", flat=True))
    assert "mat khau cua toi" not in kept
    assert "bi mat" not in kept
    assert verify().faults == []


def test_the_address_lies_beside_the_entry():
    """The entry has its salted hash, so that the address can be redacted and the chain holds."""
    person = somebody()
    browser().sign_in()
    entry = Entry.objects.get(chain=f"access:{person.pk}", kind="access.entered")
    assert set(entry.texts) == {"address"}
    assert "203.0.113.5" not in json.dumps([entry.payload, entry.texts])
    assert LedgerText.objects.get(chain=entry.chain, position=entry.position).text == "203.0.113.5"


def test_signing_out_ends_the_session_and_is_written_down():
    """The old cookie opens nothing; a link cannot sign anybody out."""
    person, here = somebody(), browser()
    here.sign_in()
    assert here.client.get("/dang-xuat/").status_code == 405
    old = here.client.cookies["sessionid"].value
    assert here.send("/dang-xuat/").status_code == 302
    here.client.cookies["sessionid"] = old
    assert not here.inside
    assert kinds(person)[-1] == "access.left"


@pytest.mark.parametrize(
    "form", [{}, {"username": ""}, {"username": "a\0b", "password": "\0"}, {"username": "x" * 9000}]
)
def test_odd_forms_are_wrong_names(form):
    """No error, no half-open door."""
    response = browser().client.post(DOOR, form)
    assert (response.status_code, alert(response)) == (200, WRONG)


def test_a_one_time_password_opens_one_page_only():
    """Every page leads to choosing a password, forms too; then the way is open, and the given one is void."""
    person = somebody()
    given = reset_password(person=person, by="person:1", at=timezone.now())
    here = browser()
    assert here.sign_in(password=PASSWORD).status_code == 200
    assert here.sign_in(password=given).status_code == 302
    for path in ("/ban-lam-viec/", "/tai-khoan/"):
        assert here.client.get(path).headers["Location"] == "/tai-khoan/mat-khau/"
    assert here.send("/tai-khoan/phien/", session="others").headers["Location"] == "/tai-khoan/mat-khau/"
    page = here.open("/tai-khoan/mat-khau/")
    assert page.heading == "Đặt mật khẩu của riêng bạn"
    same = here.send("/tai-khoan/mat-khau/", new=given, again=given)
    assert alert(same) == "Mật khẩu mới phải khác mật khẩu hiện tại."
    new = "một con vịt xòe ra"
    assert here.send("/tai-khoan/mat-khau/", new=new, again=new).headers["Location"] == "/ban-lam-viec/"
    assert here.inside
    assert browser().sign_in(password=given).status_code == 200
    assert browser().sign_in(password=new).status_code == 302
    assert kinds(person)[-4:] == [
        "access.password_reset",
        "access.entered",
        "access.password_changed",
        "access.entered",
    ]


def test_a_one_time_password_is_over_after_two_weeks(later):
    """A slip of paper in a drawer opens nothing a month later."""
    given = reset_password(person=somebody(), by="person:1", at=timezone.now())
    later(days=15)
    assert "đã hết hạn" in alert(browser().sign_in(password=given))


def test_a_password_handed_in_with_a_person_is_a_one_time_one():
    """Whoever typed it knows it."""
    add_person(new=NewPerson("moi.lv", "Lê Văn Mới", password="Xuan2026-abcd"), by="test", at=timezone.now())
    here = browser()
    here.sign_in("moi.lv", "Xuan2026-abcd")
    assert here.client.get("/ban-lam-viec/").headers["Location"] == "/tai-khoan/mat-khau/"


def test_a_session_that_nobody_used_for_long_ends(later, settings):
    """And one that is used ends after its hours all the same."""
    somebody()
    idle, used = browser(), browser()
    idle.sign_in()
    used.sign_in()
    for hours in (2, 4, 5):
        later(hours=hours)
        assert used.inside
    page = idle.client.get("/tai-khoan/", follow=True)
    assert "vì lâu không dùng" in page.content.decode()
    assert not idle.inside
    for hours in (8, 11):
        later(hours=hours)
        assert used.inside
    later(hours=13)
    assert not used.inside


def test_the_door_speaks_english_and_names_no_single_sign_on_that_is_not_there():
    """Nor a mail that cannot be sent."""
    page = browser().open(f"/en{DOOR}")
    assert page.heading == "Sign in"
    assert "ask the administrator" in page.root.all("main")[0].text
    assert not [link for link in page.links if "mot-lan" in link or "quen-mat-khau" in link]


def test_the_cookie_of_a_session_is_no_scripts_no_other_sites_and_goes_over_tls(db, settings):
    """Where TLS stands before the site; its name is in no address."""
    settings.SESSION_COOKIE_SECURE = True
    somebody()
    at = browser()
    response = at.sign_in()
    cookie = response.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
    assert cookie.value not in response.headers["Location"]
