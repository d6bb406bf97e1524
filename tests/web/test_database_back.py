"""The database is gone for a while under a running site: pages say so, nothing is half done."""

import errno
from contextlib import contextmanager

import pytest
from addresses import address
from django.db import OperationalError, connection
from django.test import Client

from parindex.apps.audit.models import Entry
from parindex.config.training import ROUNDS


PAGES = [("public:home", ()), ("account:start", ())]


@contextmanager
def _gone():
    """No statement reaches the database."""

    def fail(*_):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(fail):
        yield


@pytest.mark.parametrize(("name", "arguments"), PAGES)
def test_a_page_says_that_it_cannot_be_made_and_is_made_again(visitors, name, arguments):
    """In words, in both languages, without anything of the error; then as before."""
    client = visitors["secretariat"]
    client.raise_request_exception = False
    for language, words in (
        ("vi", "Cơ sở dữ liệu tạm thời không trả lời"),
        ("en", "does not answer right now"),
    ):
        url = address(name, arguments, language)
        with _gone():
            response = client.get(url)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
        assert words in response.content.decode()
        assert "unexpectedly" not in response.content.decode()
        assert client.get(url).status_code == 200


def test_what_is_sent_meanwhile_is_not_half_done(visitors):
    """The sign-in fails with a page; sent again, it is looked at."""
    client, before = Client(raise_request_exception=False), Entry.objects.count()
    sent = {"username": "dau-moi.so-y-te", "password": "khong-phai-mat-khau"}
    with _gone():
        assert client.post(address("account:sign_in", ()), sent).status_code in (500, 503)
    assert Entry.objects.count() == before
    assert client.post(address("account:sign_in", ()), sent).status_code == 200


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "No space left on device"), OperationalError("database or disk is full")],
)
def test_a_full_disk_is_named(visitors, monkeypatch, error):
    """So that whoever reads it knows whom to call; nothing else of the error is shown."""

    def full(**_):
        raise error

    client, before = visitors["focal"], Entry.objects.count()
    client.raise_request_exception = False
    monkeypatch.setattr("parindex.web.unit.leaf.save_draft", full)
    page = address("unit:leaf", (f"minh-hoa/{ROUNDS[0].code}", "so-y-te", "3.2.2"))
    response = client.post(page, {"note": "x", "version": "0"})
    said = response.content.decode()
    assert response.status_code == 503
    assert "Máy chủ hết chỗ lưu trữ" in said
    assert "no room left" in said
    assert str(error.args[-1]) not in said
    assert Entry.objects.count() == before
