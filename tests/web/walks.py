"""A walk through the inner rooms: every page that somebody of the demonstration reaches, and every form on it
that is taken as it stands."""

import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

import pypdfium2
from addresses import MATRIX, TRAINING, address
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve
from forms_of_pages import TYPED, Form, forms_of
from net_writes import Written, net_writes
from page import Page


NARROW = (
    *(
        "focal",
        "officer",
        "head",
        "neighbour",
        "appraiser",
        "lead_head",
        "editor",
        "secretariat",
        "assistant",
    ),
    *("chair", "administrator"),
)
"""Who is asked first to read a page: those of one unit, then those of a part, then those of the territory."""
ENTRANCES = ("focal", "head", "appraiser", "secretariat", "editor", "administrator")
FILLINGS = (TYPED["text"], "1", "ma-so-1")
STAGES = {
    "unit:explanation": "tap-huan-giai-trinh",
    "unit:": "tap-huan-tu-cham",
    "council:": "tap-huan-hoi-dong",
}
NO_FORM = {"account:sign_out", "account:session_end", "account:sign_in"}
"""Whoever sends these is no longer at the desk."""


@cache
def _pdf() -> bytes:
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(595, 842)
    document.save(out)
    return out.getvalue()


def place(url: str) -> ResolverMatch | None:
    """Which view an address of the site leads to."""
    if not url.startswith("/") or url.startswith(("//", "/static", "/en/")):
        return None
    try:
        return resolve(urlsplit(url).path)
    except Resolver404:
        return None


def inner(url: str) -> str:
    """The name of a page that is not everybody's; "" for all others."""
    found = place(url)
    row = MATRIX.get(found.view_name) if found else None
    return found.view_name if found and row and row.page and not row.public else ""


def _at_its_stage(name: str, arguments: tuple) -> tuple:
    """The example in the round in which there is something to do on that page."""
    stage = next((code for start, code in STAGES.items() if name.startswith(start)), "")
    return tuple(f"minh-hoa/{stage}" if stage and part == TRAINING else part for part in arguments)


@dataclass
class Found:
    """A form that was taken: who sends it, and where it leads."""

    who: str
    form: Form
    to: ResolverMatch


@dataclass
class Walk:
    """`seen`: names of the pages read; `taken`: forms that did something; `refused`: names of those that did
    not, filled in by somebody who does not know the room."""

    visitors: dict
    seen: set[str] = field(default_factory=set)
    taken: list[Found] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    tried: set[tuple] = field(default_factory=set)

    def all(self) -> "Walk":
        """From the examples of the matrix and from each one's start page, over links and over forms."""
        waiting = deque((url, who) for url, who in self._entrances())
        while waiting:
            url, who = waiting.popleft()
            page = self._read(url, who)
            if page is None:
                continue
            waiting += [(link, who) for link in page.links if inner(link)]
            waiting += [(there, who) for there in self._send_all(page, url, who)]
        return self

    def _entrances(self) -> Iterator[tuple[str, str]]:
        for name, row in MATRIX.items():
            may = [who for who in NARROW if row.answers(who) == 200]
            if row.page and not row.public and row.found and may:
                yield address(name, _at_its_stage(name, row.found[0])), may[0]
        for who in ENTRANCES:
            yield address("account:start", ()), who

    def _read(self, url: str, who: str) -> Page | None:
        name = inner(url)
        key = f"{name} {who}" if name == "account:start" else name
        if not name or key in self.seen:
            return None
        response = self.visitors[who].get(url)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        if response.status_code != 200:
            return None
        self.seen.add(key)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        return Page(content.decode()) if is_page else None

    def _send_all(self, page: Page, url: str, who: str) -> Iterator[str]:
        """Each form of a page once; one that leads to a page never seen is really sent: yields where to."""
        for form in forms_of(page, urlsplit(url).path):
            to = place(form.action)
            if to is None or to.view_name in NO_FORM or (key := _kind(form, to)) in self.tried:
                continue
            self.tried.add(key)
            response = self._fill_in(form, who)
            if response is None:
                self.refused.append(f"{to.view_name} {dict(form.buttons)}")
                continue
            self.taken.append(Found(who, form, to))
            led = response.headers.get("Location", "")
            if inner(led) and inner(led) not in self.seen:
                self.send(who, form, form.sent, keep=True)
                yield led

    def _fill_in(self, form: Form, who: str) -> HttpResponse | None:
        """The first filling with which the form does something; keeps it in the form."""
        plain = form.sent
        for filling in FILLINGS:
            form.sent = {k: [filling if v == FILLINGS[0] else v for v in vs] for k, vs in plain.items()}
            response, written = self.send(who, form, form.sent)
            if written.tables:
                return response
            if form.sent == plain and filling != FILLINGS[0]:
                break
        return None

    def send(
        self,
        who: str,
        form: Form,
        sent: dict[str, list[str]],
        *,
        to: str = "",
        keep: bool = False,
        bare: bool = False,
    ) -> tuple[HttpResponse, Written]:
        """Send a form and take everything back, unless it is to be kept; `bare`: without its files."""
        client, names = self.visitors[who], () if bare else form.files
        files = {name: SimpleUploadedFile("a.pdf", _pdf(), "application/pdf") for name in names}
        with transaction.atomic():
            with net_writes() as written:
                response = client.post(to or form.action, {**sent, **files})
            if not keep:
                transaction.set_rollback(True)
        return response, written


def _kind(form: Form, to: ResolverMatch) -> tuple:
    """What tells one form from another of the same page: never which of many rows it is about."""
    said = [(name, "" if re.search(r"\d", value) else value) for name, value in form.buttons]
    return to.view_name, *said, *sorted({re.sub(r"\d+(\.\d+)*", "#", name) for name in form.sent})
