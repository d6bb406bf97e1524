"""A paper as what a browser asks for: .pdf, .docx, or the picture of one page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from struct import unpack
from threading import Lock

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from parindex.core.papers import Paper, docx_file, page_pictures, pdf_file


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS: Mapping[str, tuple[str, Callable[[Paper], bytes]]] = {
    "pdf": ("application/pdf", pdf_file),
    "docx": (WORD, docx_file),
}
KEPT_BYTES = 24 * 2**20
HOUR = "private, max-age=3600"


def paper_file(paper: Paper, name: str, form: str) -> HttpResponse:
    """The paper as a file to keep: ``pdf`` or ``docx``. Raises Http404 for any other form."""
    if form not in FORMS:
        raise Http404(form)
    media_type, make = FORMS[form]
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.{form}")
    return HttpResponse(make(paper), content_type=media_type, headers={"Content-Disposition": disposition})


def paper_page(paper: Paper, number: int) -> HttpResponse:
    """The picture of a page, from 1. Raises Http404 where there is no such page."""
    pages = PICTURES.of(paper)
    if not 1 <= number <= len(pages):
        raise Http404(number)
    return HttpResponse(pages[number - 1], content_type="image/png", headers={"Cache-Control": HOUR})


@dataclass(frozen=True, slots=True)
class PageShown:
    """A page for a preview: its number, the size of its picture in pixels, and a mark that changes with the
    paper: in the picture's address, so that a browser that keeps one never shows an older one."""

    number: int
    width: int
    height: int
    mark: str


def pages_of(paper: Paper) -> list[PageShown]:
    """The pages of a paper, as a preview lays them out."""
    mark = key_of(paper)[:12]
    sizes = [unpack(">II", png[16:24]) for png in PICTURES.of(paper)]
    return [PageShown(k, width, height, mark) for k, (width, height) in enumerate(sizes, start=1)]


def key_of(paper: Paper) -> str:
    """The hash of all that a paper says."""
    return sha256(repr(paper).encode(errors="surrogatepass")).hexdigest()


class Pictures:
    """Pictures of the papers looked at last, in this process, `KEPT_BYTES` of them: a preview asks for
    every page on its own."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Sequence[bytes]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def of(self, paper: Paper) -> Sequence[bytes]:
        """Every page of a paper as .png."""
        key = key_of(paper)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            pages = page_pictures(paper)
            self._kept[key] = pages
            self._bytes += sum(map(len, pages))
            while self._bytes > KEPT_BYTES and len(self._kept) > 1:
                self._bytes -= sum(map(len, self._kept.popitem(last=False)[1]))
        return pages


PICTURES = Pictures()
