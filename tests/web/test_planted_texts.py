"""Every text that anybody can enter, planted with markup and a formula: no page, feed, table or file name
carries either out.

What is typed reaches a page only through the tables, so it is planted there: whichever form it came by.
"""

import csv
import io
import re
import sys
from email.message import Message
from xml.etree import ElementTree

import pytest
from addresses import ANYONE, MATRIX, WHO, address
from django.apps import apps
from django.core import mail
from django.db import connection, models
from openpyxl import load_workbook
from page import Page

from parindex.apps.notices.mailing import send_mail_due
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.queries import addresses_of
from parindex.web.account.notice_links import link_of


MARKUP = "\"><script>xss()</script><img src=x onerror=xss()>{{7*7}}'"
FORMULA = '=1+1|"'
STARTS = ("=", "+", "-", "@", "\t", "\r")
NO_TEXT = {"schedule", "audit", "access", "search", "frameworks", "contenttypes", "auth"}
"""Rooms that hold no words of anybody, or words that a hash proves, as criteria sets."""
NO_WORDS = re.compile(
    "code|key|hash|sha256|by$|excerpt|token|digest|fingerprint|media_type|points|value|goal|weight|gain|answer"
    "|^se$|^n$|baseline|state|party|mail|url|outside|link|username|criterion|leaf|node|area|position|grade|origin"
    "|scope|unit|seed|month|kind|stage|basis|type|body|index|group|to$|publicity|claimed|rank$|band|times|second"
    "|fault|reminded|sitting|^first$|settled|salt|head|figure|authority|measure|source|slug|category|each|said"
    "|password|text$|applicable|text_from"
)
"""Columns of codes, exact numbers and addresses; `body` is clean HTML, with tests of its own."""
WORDS = {"text", "vi", "en", "content", "title", "name", "note", "alt", "caption", "grounds", "said", "form"}
SPOKEN = {"unit", "unit_en", "title", "title_en", "reason", "text", "more", "name", "topic", "leaf"}
ALSO = {"inspections.Finding.text", "inspections.Answer.text", "inspections.Recommendation.text"}
ALSO |= {"assessments.Statement.text", "surveys.Survey.body"}


@pytest.fixture(autouse=True)
def forgotten():
    """What is remembered by the hash of a content is planted here under the hash of another."""
    yield
    for name, module in list(sys.modules.items()):
        if name.startswith("parindex."):
            for thing in vars(module).values():
                if hasattr(thing, "cache_clear"):
                    thing.cache_clear()


def _planted(value, field, lead):
    """As long as the database takes it: SQLite minds no length."""
    return f"{lead}{value}{MARKUP}"[: field.max_length if connection.vendor == "postgresql" else None]


def _deep(value, key=""):
    """The words within a structure."""
    if isinstance(value, dict):
        return {k: _deep(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_deep(v, key) for v in value]
    return f"{value}{MARKUP}" if isinstance(value, str) and key in WORDS and value else value


def _fields(model):
    """The columns of free words."""
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.CharField | models.TextField | models.JSONField):
            continue
        if isinstance(field, models.SlugField | models.EmailField) or field.choices or field.unique:
            continue
        if f"{model._meta.label}.{field.name}" in ALSO or not NO_WORDS.search(field.name):
            yield field


def _plant(lead=""):
    """Into every row of every table; returns which columns."""
    done = []
    for model in apps.get_models():
        if model._meta.app_label in NO_TEXT or not model.__module__.startswith("parindex."):
            continue
        fields = list(_fields(model))
        done += [f"{model._meta.label}.{field.name}" for field in fields]
        rows = list(model._base_manager.all()) if fields else []
        for row in rows:
            for field in fields:
                value = getattr(row, field.name)
                planted = _deep(value) if isinstance(field, models.JSONField) else None
                if planted is None:
                    planted = _planted(value, field, lead) if value else value
                setattr(row, field.name, planted)
        _write(model, rows, fields)
    return done


def _write(model, rows, fields):
    """Row by row: hundreds of thousands of cases in one statement take long."""
    quote, table = connection.ops.quote_name, model._meta
    changed = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    values = [
        [*(f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields), row.pk] for row in rows
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {quote(table.db_table)} SET {changed} WHERE {quote(table.pk.column)} = %s", values
            )


def _examples():
    """Each address that somebody reads, once, by somebody who may."""
    for name, row in MATRIX.items():
        may = [who for who in WHO if row.answers(who) == 200]
        if row.found and may:
            who = next((w for w in ("secretariat", "focal", "administrator") if w in may), may[0])
            yield name, row.found[0], (ANYONE if row.public else who)


def _wrong(response):
    """What a hostile text did to an answer; nothing where it stayed a text."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if response.status_code >= 500:
        return [f"status {response.status_code}"]
    if kind == "text/html":
        return Page(content.decode()).faults
    if kind == "text/csv":
        cells = [c for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for c in row]
        return [c[:60] for c in cells if c.startswith(STARTS) and not re.fullmatch(r"[-+]?[\d., ]+%?", c)]
    if kind.endswith("sheet"):
        book = load_workbook(io.BytesIO(content))
        return [str(c.value)[:60] for s in book for r in s.iter_rows() for c in r if c.data_type == "f"]
    if kind.endswith(("xml", "rss", "atom")):
        ElementTree.fromstring(content)
    return []


def _file_name(response):
    """The name by which a file is kept, as a browser reads the header."""
    said = Message()
    said["Content-Disposition"] = response.headers["Content-Disposition"]
    return said.get_filename() or ""


def _read_all(visitors):
    wrong, read = [], 0
    for name, arguments, who in _examples():
        try:
            response = visitors[who].get(address(name, arguments))
            found = _wrong(response)
        except Exception as error:  # noqa: BLE001  whatever it is, the text has caused it
            found = [repr(error)[:300]]
        else:
            read += 1
            if "Content-Disposition" in response.headers and re.search(r'[/\\"<>\r\n]', _file_name(response)):
                found.append(f"file name {_file_name(response)!r}")
        wrong += [(name, who, fault) for fault in found]
    return wrong, read


@pytest.mark.slow
def test_markup_and_formulas_in_any_text_stay_text(visitors):
    """Every column of words planted at once; every address read by somebody who may."""
    planted = _plant(FORMULA)
    assert len(planted) > 100
    wrong, read = _read_all(visitors)
    assert wrong == []
    assert read > 200


def test_no_text_becomes_a_header_of_a_mail(visitors, settings, mailoutbox):
    """A line break in what a notice speaks of adds no addressee and no body."""
    settings.EMAIL_HOST = "localhost"
    person = visitors.person("focal")
    Person.objects.filter(pk=person.pk).update(email="dau-moi@vi-du.vn")
    broken = "Sở\r\nBcc: ke-gian@vi-du.vn\r\n\r\nXem"
    for notice in Notice.objects.filter(to=person.ref):
        data = {key: broken if key in SPOKEN else said for key, said in notice.data.items()}
        Notice.objects.filter(pk=notice.pk).update(data=data, mail=Notice.Mail.NOW, read_at=None)
    at = Notice.objects.latest("at").at
    assert send_mail_due(at=at, address_of=addresses_of, link_of=link_of) == 1
    (sent,) = mail.outbox
    assert sent.recipients() == ["dau-moi@vi-du.vn"]
    head = sent.message().as_bytes().partition(b"\n\n")[0]
    assert b"\nBcc:" not in head
