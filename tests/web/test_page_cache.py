"""Pages kept in memory: the same bytes, never an old one, never another's, never without bound."""

import json
import threading

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from page import Page
from site_world import AT

from parindex.apps.assessments.models import RankingGroup
from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import record
from parindex.apps.results.queries import newest_stamp
from parindex.web.parts import middleware
from parindex.web.parts.context import progress_file
from parindex.web.parts.middleware import Pages, page_cache


PATH = "/minh-hoa/2024/co-quan/"
KEY = ("testserver", PATH)


@pytest.fixture
def client(world, settings, monkeypatch):
    """Anyone, with the cache on and looking for changes at every request."""
    settings.PARINDEX_CACHE = True
    monkeypatch.setattr(middleware, "LOOK_AGAIN", -1.0)
    return Client()


def _rename(name):
    """A change that no entry of the ledger tells of."""
    RankingGroup.objects.filter(round__code="2024", code="co-quan").update(name_vi=name)


def _act():
    """An act of any kind, on any subject."""
    record(chain="test", kind="test.done", subject="x", payload={"v": 1}, by="test", at=AT)


def _queries(client, path=PATH, **headers):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path, headers=headers)
    assert response.status_code == 200
    return len(queries), response


def test_a_kept_page_is_the_same_byte_for_byte_and_costs_one_look_at_the_ledger(client):
    """Headers too; only the id is that of the request."""
    _, fresh = _queries(client)
    cost, kept = _queries(client)
    assert cost == 1
    assert kept.content == fresh.content
    ids = {answer.headers.pop("X-Request-ID") for answer in (kept, fresh)}
    assert len(ids) == 2
    assert dict(kept.headers) == dict(fresh.headers)


def test_within_a_second_the_ledger_is_not_looked_at_again(client, monkeypatch):
    """A page costs the database nothing then."""
    _queries(client)
    monkeypatch.setattr(middleware, "LOOK_AGAIN", 3600.0)
    assert _queries(client)[0] == 0


def test_a_page_is_kept_until_anything_is_written_to_the_ledger(client):
    """An entry of any kind ends it."""
    before = client.get(PATH).content
    _rename("Khối đổi tên")
    assert client.get(PATH).content == before
    _act()
    assert "Khối đổi tên" in client.get(PATH).content.decode()


def test_of_two_writers_at_once_the_later_one_is_seen_though_its_number_is_lower(world):
    """Numbers are given when an entry is written, and seen when its transaction ends."""
    _act()
    newest = Entry.objects.latest("id")
    before = newest_stamp()
    values = {f.attname: getattr(newest, f.attname) for f in Entry._meta.concrete_fields}
    lower = min(Entry.objects.values_list("id", flat=True)) - 1
    Entry.objects.bulk_create([Entry(**{**values, "id": lower, "chain": "other"})])
    assert newest_stamp() != before


def test_the_banner_of_loading_ends_with_the_loading(client, home):
    """No entry tells that the last part has been loaded, or that nothing was left to load."""
    progress_file().write_text(json.dumps({"done": 3, "total": 20}))
    try:
        assert "3/20" in client.get(PATH).content.decode()
        progress_file().write_text(json.dumps({"done": 20, "total": 20}))
        assert "/20 phần" not in client.get(PATH).content.decode()
    finally:
        progress_file().unlink()
    assert "/20 phần" not in client.get(PATH).content.decode()


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"done": "x"}', "null"])
def test_a_half_written_word_of_progress_harms_no_page(client, home, content):
    """It may be read while it is written."""
    progress_file().write_text(content)
    try:
        assert client.get(PATH).status_code == 200
    finally:
        progress_file().unlink()


def test_each_language_and_each_question_has_its_own_page(client):
    """Asked twice in turn: cold, then kept; the browser's wish changes neither."""
    paths = [
        PATH,
        f"/en{PATH}",
        f"{PATH}?sort=A.1",
        f"{PATH}?q=van",
        f"{PATH}?q=tai",
        f"{PATH}?q=van&sort=name",
    ]
    cold = [client.get(p, headers={"accept-language": "en"}).content for p in paths]
    kept = [client.get(p, headers={"accept-language": "vi"}).content for p in paths]
    assert cold == kept
    assert len(set(cold)) == len(paths)
    assert [Page(c.decode()).language for c in cold[:2]] == ["vi", "en"]


def test_a_page_kept_for_one_host_is_not_given_to_a_wrong_one(client):
    """The name is checked before."""
    client.get(PATH)
    response = client.get(PATH, headers={"host": "khac.example"})
    assert response.status_code == 400
    assert "Không đọc được yêu cầu" in response.content.decode()


@pytest.mark.parametrize("method", ["head", "post", "options"])
def test_only_what_is_read_is_kept(client, method):
    """Neither does another method get a kept page, nor is its answer kept for a reader."""
    getattr(client, method)(PATH)
    whole = client.get(PATH)
    assert whole.status_code == 200
    assert whole.content.endswith(b"</html>\n")
    answer = getattr(client, method)(PATH)
    assert answer.status_code == (200 if method == "head" else 405)
    assert answer.content == b""


def test_what_is_missing_is_not_kept(client, world):
    """It may be there the next moment."""
    path = "/minh-hoa/2024/khoi-moi/"
    assert client.get(path).status_code == 404
    RankingGroup.objects.filter(round__code="2024", code="co-quan").update(code="khoi-moi")
    assert client.get(path).status_code == 200


def test_who_brings_a_cookie_gets_a_page_of_their_own(client):
    """Neither a kept one, nor is theirs kept."""
    client.get(PATH)
    _rename("Khối đổi tên")
    somebody = Client()
    somebody.cookies["x"] = "1"
    assert "Khối đổi tên" in somebody.get(PATH).content.decode()
    assert "Khối đổi tên" not in client.get(PATH).content.decode()


def test_a_page_that_gives_out_a_cookie_is_not_kept(client):
    """The form of signing in has a token that is one browser's own."""
    tokens = {Client().get("/dang-nhap/").cookies["csrftoken"].value for _ in range(2)}
    assert len(tokens) == 2
    client.get("/dang-nhap/")
    assert client.get("/dang-nhap/").cookies["csrftoken"].value


def test_the_cache_can_be_turned_off(client, settings):
    """Then every page is made anew."""
    client.get(PATH)
    settings.PARINDEX_CACHE = False
    _rename("Khối đổi tên")
    assert "Khối đổi tên" in client.get(PATH).content.decode()


def _answer(size):
    return HttpResponse(b"x" * size)


def test_pages_are_bounded_in_bytes_and_the_one_not_asked_for_longest_goes(monkeypatch):
    """However many questions a stranger invents."""
    monkeypatch.setattr(middleware, "KEPT_BYTES", 50_000)
    pages = Pages()
    for k in range(100):
        pages.keep(("host", f"/{k}"), _answer(3_000), "")
        pages.get(("host", "/0"))
        assert pages._bytes <= 50_000
    assert pages.get(("host", "/0")) is not None
    assert pages.get(("host", "/99")) is not None
    assert pages.get(("host", "/1")) is None
    assert 5 < len(pages._kept) < 12


def test_one_huge_answer_does_not_drive_out_all_others():
    """It is made anew each time."""
    pages = Pages()
    pages.keep(("host", "/small"), _answer(1_000), "")
    pages.keep(("host", "/huge"), _answer(middleware.LARGEST), "")
    assert pages.get(("host", "/huge")) is None
    assert pages.get(("host", "/small")) is not None


def test_a_page_made_before_a_change_is_not_kept_after_it(world, settings, monkeypatch):
    """The change may come while the page is made."""
    settings.PARINDEX_CACHE = True
    monkeypatch.setattr(middleware, "LOOK_AGAIN", -1.0)
    answers = iter([b"old", b"new", b"never asked for"])

    def view(request: WSGIRequest) -> HttpResponse:
        content = next(answers)
        if content == b"old":
            _act()
            assert handler(RequestFactory().get("/another/")).content == b"new"
        return HttpResponse(content)

    handler = page_cache(view)
    assert handler(RequestFactory().get(PATH)).content == b"old"
    monkeypatch.setattr(middleware, "LOOK_AGAIN", 3600.0)
    assert handler(RequestFactory().get("/another/")).content == b"new"
    assert handler(RequestFactory().get(PATH)).content == b"never asked for"


def test_a_kept_page_cannot_be_changed_by_whoever_got_it():
    """Later layers write headers into what they get."""
    pages = Pages()
    pages.keep(KEY, _answer(10), "")
    pages.get(KEY).headers["X-Mine"] = "1"
    assert "X-Mine" not in pages.get(KEY).headers


def test_threads_share_the_pages_without_losing_count(monkeypatch):
    """The server answers with several at once."""
    monkeypatch.setattr(middleware, "KEPT_BYTES", 40_000)
    pages, failed = Pages(), []

    def work(seed):
        try:
            for k in range(400):
                key = ("host", f"/{(k * seed) % 37}")
                if pages.get(key) is None:
                    pages.keep(key, _answer(900 + k), "")
        except Exception as error:  # noqa: BLE001  shown below
            failed.append(error)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in (1, 2, 3, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert pages._bytes == sum(middleware._size(k, r) for k, r in pages._kept.items()) <= 40_000
