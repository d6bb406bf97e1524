"""Whatever is typed into a form that somebody sees: a page that says what is wrong, never an error."""

from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from addresses import ANYONE, MATRIX, STRANGER, WHO, address
from django.db import transaction
from django.urls import Resolver404, resolve
from page import Element, Page


BEGINNERS = sorted(set(WHO) - {ANYONE, STRANGER, "assistant", "member"})
VALUES = ["", "x\0‮😀<script>alert(1)</script>" * 900, "9" * 30, "²-1e309", "31/02/2025"]
MOST = 2
TYPED = ("input", "select", "textarea")
AWAY = {"account:sign_out", "account:session_end", "account:language"}


class UndoneError(Exception):
    """What a form changed is taken back."""


def _name(url):
    try:
        found = resolve(urlsplit(url).path)
    except Resolver404:
        return ""
    return found.view_name


def _pages(client, who, shown):
    """Pages that somebody gets to by links, with their addresses; of a kind that others saw, only a few."""
    begun = ["/ban-lam-viec/"]
    begun += [
        address(name, row.found[0])
        for name, row in MATRIX.items()
        if row.page and row.found and who in row.may
    ]
    waiting, seen, own = begun, set(), Counter()
    while waiting:
        url = waiting.pop(0)
        name = _name(url)
        if url in seen or not name or own[name] or shown[name] >= MOST:
            continue
        seen.add(url)
        response = _read(client.get(url))
        if response.status_code != 200:
            continue
        own[name] += 1
        shown[name] += 1
        if "text/html" not in response.headers["Content-Type"]:
            continue
        page = Page(response.content.decode())
        yield url, page
        links = [a.attributes.get("href", "") for a in page.root.all("a")]
        waiting += [urljoin(url, h).split("#")[0] for h in links if h.startswith("/")]


def _read(response):
    """An answer, to its end."""
    if response.streaming:
        list(response.streaming_content)
    return response


def _fields(form: Element):
    """By name: what the form sends as it stands, and whether somebody types it."""
    found: dict[str, tuple[list[str], bool]] = {}
    for field in form.walk():
        name = field.attributes.get("name", "")
        kind = field.attributes.get("type", "text")
        if (
            not name
            or kind in ("file", "submit", "image")
            or field.tag not in ("input", "select", "textarea")
        ):
            continue
        values, typed = found.get(name, ([], False))
        if field.tag == "select":
            chosen = [o for o in field.all("option") if "selected" in o.attributes] or field.all("option")[:1]
            values += [o.attributes.get("value", o.text) for o in chosen]
        elif field.tag == "textarea":
            values.append(field.text)
        elif kind not in ("checkbox", "radio") or "checked" in field.attributes:
            values.append(field.attributes.get("value", ""))
        found[name] = (values, typed or kind != "hidden")
    return found


def _buttons(form: Element):
    """What each button of a form sends."""
    pressed = {
        (b.attributes.get("name", ""), b.attributes.get("value", ""))
        for b in (*form.all("button"), *form.all("input"))
        if b.attributes.get("name") and b.attributes.get("type", "submit") == "submit"
    }
    return sorted(pressed) or [("", "")]


def _sendings(form: Element):
    """The form with each value in all its fields, and in what nobody types too; each button pressed."""
    fields = _fields(form)
    plain = {name: values for name, (values, _) in fields.items()}
    buttons = _buttons(form)
    for k, (name, value) in enumerate(buttons):
        pressed = {name: value} if name else {}
        for text in VALUES if k == 0 else VALUES[1:2]:
            typed = {n: [text] for n, (_, is_typed) in fields.items() if is_typed}
            yield {**plain, **typed, **pressed}
        yield {**plain, **pressed}
    yield {n: [VALUES[1][:40]] for n in fields}
    yield {}


@pytest.mark.slow
@pytest.mark.long
def test_no_form_breaks_the_site(visitors):
    """Every form of the pages that somebody gets to; each sending is taken back."""
    seen, shown = set(), Counter()
    wrong = [fault for who in BEGINNERS for fault in _sent_by(visitors[who], who, seen, shown)]
    assert len(seen) > 50
    assert wrong == []


def _sent_by(client, who, seen, shown):
    """Sends every form of a kind once; yields what broke."""
    for url, page in _pages(client, who, shown):
        for form in page.root.all("form"):
            target = urljoin(url, form.attributes.get("action", "") or url)
            key = (_name(target), tuple(sorted(_fields(form))), tuple(_buttons(form)))
            if form.attributes.get("method", "get").lower() != "post" or key in seen or key[0] in AWAY:
                continue
            seen.add(key)
            for data in _sendings(form):
                yield from _broken(client, who, target, data)


def _broken(client, who, target, data):
    """Sends a form and takes back what it changed."""
    try:
        with transaction.atomic():
            status = _read(client.post(target, data)).status_code
            raise UndoneError
    except UndoneError:
        if status >= 500:
            yield who, target, data, status
    except Exception as error:  # noqa: BLE001  whatever it is, it is what the site broke by
        yield who, target, {k: str(v)[:40] for k, v in data.items()}, repr(error)[:200]
