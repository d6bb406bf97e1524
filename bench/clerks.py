"""People at work on the last evening: each fills in a commune's sheet, leaf by leaf, with documents.

What each was told was done is kept, so that it can be laid beside what stands afterwards.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from random import Random
from urllib.parse import urlencode

from servers import Connection, request


TOKEN = "t" * 32
BETWEEN = b"part-of-a-form-0f2c"
AGAIN = 10  # every so many leaves one is put right: its last value is what must stand
SAVE, PAGE, SHEET, UPLOAD, SUBMIT = "save", "page", "sheet", "upload", "submit"
ATTACHED = "Đã đính kèm".encode()
MESSAGES = re.compile(rb"(?im)^set-cookie: *messages=([^;\r\n]*)")
Files = dict[str, bytes]


def files() -> Files:
    """A letter as PDF and as Word file, and a note: what communes attach, some tens of kilobytes."""
    from parindex.core.papers import Paper, Paragraph, Signature, docx_file, pdf_file

    letter = Paper(
        parent="UBND tỉnh Minh Họa",
        issuer="UBND xã Minh Họa",
        notation="BC-UBND",
        place="Minh Họa",
        as_of=date(2026, 11, 20),
        kind="BÁO CÁO",
        about="Kết quả cải cách hành chính",
        body=[Paragraph("Ủy ban nhân dân xã báo cáo kết quả thực hiện nhiệm vụ được giao trong năm.")] * 20,
        signatures=[Signature(["Chủ tịch"], "Nguyễn Văn A")],
    )
    note = ("Biên bản kiểm tra, ghi nhận kết quả thực hiện tại xã.\n" * 300).encode()
    return {"pdf": pdf_file(letter), "docx": docx_file(letter), "txt": note}


@dataclass
class Told:
    """What a clerk was told: the last save of each leaf, documents by leaf, whether the sheet is in."""

    saves: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    documents: list[tuple[str, str]] = field(default_factory=list)
    submitted: bool = False


@dataclass
class Step:
    """One request of a clerk: which kind, about which leaf, and how the answer is read."""

    kind: str
    leaf: str = ""
    said: tuple[str, str, int] | None = None
    sha256: str = ""


class Clerk:
    """One person at one sheet; asks for one thing at a time."""

    def __init__(self, desk: dict[str, str], leaves: Sequence[str], documents: int, kept: Files) -> None:
        self.unit, self.sheet = desk["unit"], desk["sheet"]
        self._cookies = f"sessionid={desk['session']}; csrftoken={TOKEN}"
        self._messages = ""  # what the next page is to say, which the site leaves with the browser
        self.told, self.late, self.over = Told(), 0, False
        self._chance, self._files = Random(self.unit), kept
        self._steps = self._work(leaves, max(1, len(leaves) // documents) if documents else 0)

    def _work(self, leaves: Sequence[str], every: int) -> Iterator[Step]:
        yield Step(SHEET)
        first = self._chance.randrange(every) if every else 0  # not everybody attaches at the same leaf
        for k, leaf in enumerate(leaves):
            yield self._save(leaf)
            if k % AGAIN == AGAIN - 1:
                yield self._save(leaf)
            if every and k % every == first:
                yield Step(UPLOAD, leaf)
                yield Step(PAGE, leaf)
        yield Step(SUBMIT)

    def _save(self, leaf: str) -> Step:
        version = self.told.saves[leaf][2] if leaf in self.told.saves else 0
        answer = f"{self._chance.randrange(1, 120)}/120"
        return Step(SAVE, leaf, (answer, f"ghi chú {self._chance.randrange(10**6)}", version))

    def next(self) -> Step | None:
        """What comes next; None at the end."""
        return None if self.over else next(self._steps, None)

    def made(self, step: Step, port: int) -> bytes:
        """The step as it goes over the wire."""
        if step.kind in (SHEET, PAGE):
            return request(port, "GET", self._address(step), cookie=self.cookie)
        if step.kind == UPLOAD:
            return self._upload(step, port)
        fields: dict[str, object] = {"csrfmiddlewaretoken": TOKEN}
        if step.said:
            part, whole = step.said[0].split("/")
            fields |= {"a.part": part, "a.whole": whole, "note": step.said[1], "version": step.said[2]}
        more = "X-Requested-With: fetch\r\n" if step.kind == SAVE else ""
        body = urlencode(fields).encode()
        return request(port, "POST", self._address(step), cookie=self.cookie, body=body, more=more)

    @property
    def cookie(self) -> str:
        """What the browser sends along."""
        return f"{self._cookies}; messages={self._messages}" if self._messages else self._cookies

    def _address(self, step: Step) -> str:
        match step.kind:
            case "sheet":
                return self.sheet
            case "submit":
                return f"{self.sheet}nop/"
            case "upload":
                return f"{self.sheet}tieu-chi/{step.leaf}/tai-lieu/"
            case _:
                return f"{self.sheet}tieu-chi/{step.leaf}/"

    def _upload(self, step: Step, port: int) -> bytes:
        """A file that nobody else has: a few bytes after the end of one of the kept ones."""
        kind = self._chance.choice(sorted(self._files))
        content = _own(self._files[kind], kind, f"{self.unit} {step.leaf}")
        step.sha256 = hashlib.sha256(content).hexdigest()
        parts = {"csrfmiddlewaretoken": TOKEN, "page": "1"}
        body = b"".join(
            b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
            % (BETWEEN, name.encode(), value.encode())
            for name, value in parts.items()
        )
        name = f"Báo cáo {self.unit} {step.leaf}.{kind}".encode()
        body += b'--%s\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n' % (BETWEEN, name)
        body += b"Content-Type: application/octet-stream\r\n\r\n%s\r\n--%s--\r\n" % (content, BETWEEN)
        form = f"multipart/form-data; boundary={BETWEEN.decode()}"
        return request(port, "POST", self._address(step), cookie=self.cookie, body=body, form=form)

    def heard(self, step: Step, status: int, body: bytes, sent: Step | None) -> str:
        """Take in an answer: "" where it is as it should be, else what is wrong with it.

        `sent`: the upload that the page now shown follows.
        """
        if found := MESSAGES.search(body):
            self._messages = "" if found[1] == b'""' else found[1].decode()
        if step.kind == SAVE and status == 200 and step.said:
            answer, note, version = step.said
            self.told.saves[step.leaf] = answer, note, version + 1
        elif step.kind == SAVE and status == 422:
            self.late += 1
            self.over = self.late > 1
        elif step.kind == SUBMIT and status == 302:
            self.told.submitted = b"/bien-nhan/" in body
            self.over = True
        elif step.kind == PAGE and status == 200:
            if sent is not None and ATTACHED in body:
                self.told.documents.append((step.leaf, sent.sha256))
        elif status != (302 if step.kind == UPLOAD else 200):
            return f"{step.kind} {step.leaf} of {self.unit}: {status} {body[:300]!r}"
        return ""


def _own(content: bytes, kind: str, words: str) -> bytes:
    """The file with something of its own that no reader minds."""
    if kind == "docx":  # a ZIP file: its comment, whose length stands in its last two bytes
        said = words.encode()
        return content[:-2] + len(said).to_bytes(2, "little") + said
    return content + f"\n% {words}\n".encode()


@dataclass
class Crowd:
    """All clerks; so many connections serve them, each clerk one request at a time."""

    port: int
    clerks: Iterator[Clerk]
    most: int = 300  # at work at once
    waits: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    seen: list[Clerk] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ready: deque[tuple[Clerk, Step | None]] = deque()
        self._lock = threading.Lock()
        self.stop = threading.Event()
        self._refill()

    def admit(self, clerks: Iterable[Clerk]) -> None:
        """More people come, whoever is at work."""
        for clerk in clerks:
            self.seen.append(clerk)
            self._ready.appendleft((clerk, None))

    def _refill(self) -> None:
        while len(self._ready) < self.most and (clerk := next(self.clerks, None)) is not None:
            self.seen.append(clerk)
            self._ready.append((clerk, None))

    def _take(self) -> tuple[Clerk, Step | None, Step] | None:
        """The next clerk with something to do; None where nobody has."""
        with self._lock:
            while self._ready:
                clerk, before = self._ready.popleft()
                step = clerk.next()
                if step is not None:
                    return clerk, before, step
                self._refill()
        return None

    def work(self, due: Iterable[float]) -> None:
        """One connection: at each of the instants one request. How long it took counts from that instant,
        so that whoever had to wait for a free connection is counted too."""
        line = Connection(self.port)
        for at in due:
            time.sleep(max(0.0, at - time.perf_counter()))
            taken = None if self.stop.is_set() else self._take()
            if taken is None:
                return
            clerk, before, step = taken
            begun = at or time.perf_counter()
            try:
                status, body = line.ask(clerk.made(step, self.port))
                wrong = clerk.heard(step, status, line.head + body, before)
            except (OSError, SystemExit, ValueError) as error:
                wrong, line = f"{step.kind} {step.leaf} of {clerk.unit}: {error!r}", Connection(self.port)
            with self._lock:
                self.waits.setdefault(step.kind, []).append(time.perf_counter() - begun)
                if wrong:
                    self.wrong.append(wrong)
                self._ready.append((clerk, step if step.kind == UPLOAD else None))

    def at_rate(self, rate: float, seconds: float, connections: int) -> dict[str, list[float]]:
        """So many requests a second, at chance instants as people come; the waits by kind."""
        chance, at, moments = Random(len(self.seen)), time.perf_counter() + 0.2, []
        end = at + seconds
        while (at := at + chance.expovariate(rate)) < end:
            moments.append(at)
        return self._together(Moments(moments), connections)

    def flat_out(self, seconds: float, connections: int) -> dict[str, list[float]]:
        """As many as the line holds, until so long is over or everybody is done; the waits by kind."""
        until = time.perf_counter() + seconds
        return self._together(Moments(iter(lambda: time.perf_counter() > until, True)), connections)

    def so_many(self, requests: int, connections: int) -> dict[str, list[float]]:
        """So many requests, as fast as the line holds; the waits by kind."""
        return self._together(Moments(repeat(0.0, requests)), connections)

    def _together(self, due: Moments, connections: int) -> dict[str, list[float]]:
        self.waits = {}
        threads = [threading.Thread(target=self.work, args=(due,)) for _ in range(connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.waits

    def unheard(self) -> list[tuple[str, str, str]]:
        """Documents that were sent, while nobody has looked yet at what became of them."""
        return [(c.unit, before.leaf, before.sha256) for c, before in self._ready if before is not None]


class Moments:
    """Instants that several connections share: each is one's only. False stands for "at once"."""

    def __init__(self, moments: Iterable[float]) -> None:
        self._moments, self._lock = iter(moments), threading.Lock()

    def __iter__(self) -> Moments:
        return self

    def __next__(self) -> float:
        with self._lock:
            return float(next(self._moments))
