"""Workbooks that come back filled in: received, refused with the place, carried to the confirmation.

Nothing is kept before a person confirms; what was shown is carried by the confirmation's own form, signed, so
that it can neither be changed nor confirmed by another person or for another thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature
from django.http import HttpResponse

from parindex.core.formats.problems import FileRefused, refuse
from parindex.core.formats.workbooks import Rows, xlsx_rows
from parindex.core.kernel.problems import Refused
from parindex.core.wording.problems import sentence as problem_sentence
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.workbooks import XLSX


LARGEST = 10_000_000
AN_HOUR = 3600
ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ERRORS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell."""

    cell: str
    words: str


class CellRefused(Exception):  # noqa: N818  says what happened, as the kernel's refusals do
    """A refusal, and the column it is about."""

    def __init__(self, column: str, refusal: Refused) -> None:
        super().__init__(column)
        self.column, self.refusal = column, refusal

    def at(self, line: int) -> Fault:
        """The fault in its cell."""
        return Fault(f"{self.column}{line}", words_of(self.refusal))


def sent_file(request: Desk) -> tuple[UploadedFile[bytes], str]:
    """The file of the form, and its name. Raises Refused ``file_missing``, ``file_too_big``."""
    sent = request.FILES.get("file")
    if sent is None:
        raise Refused("file_missing")
    if sent.size is None or sent.size > LARGEST:
        raise Refused("file_too_big", limit=LARGEST // 1_000_000)
    return sent, (sent.name or "")[:200]


def workbook_rows(content: bytes, name: str) -> Rows:
    """The rows of the first sheet of an .xlsx file, by its content and not by its name.

    Raises:
        FileRefused: ``not_a_workbook``, ``old_or_locked_workbook``, and all that `xlsx_rows` refuses.
    """
    if content[:4] == OLD:
        raise refuse(name, "old_or_locked_workbook")
    if content[:4] != ZIP:
        raise refuse(name, "not_a_workbook")
    return xlsx_rows(content, name)


def words_of(refusal: Refused) -> str:
    """A refusal in the page's language; of a file, each of its problems."""
    if isinstance(refusal, FileRefused):
        said = (problem_sentence(p.code, p.data, language()) for p in refusal.problems[:ERRORS_SHOWN])
        return " ".join(said)
    return refusal_sentence(refusal.code, refusal.data, language())


def attached(content: bytes, name: str) -> HttpResponse:
    """A workbook to be saved under a name."""
    answer = HttpResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def carry(request: Desk, about: int, rows: Any, *, salt: str) -> str:
    """What was shown, for the confirmation's form: about what, by whom, and the rows as plain data."""
    return signing.dumps([about, request.user.pk, rows], salt=salt, compress=True)


def carried(request: Desk, about: int, *, salt: str) -> Any:
    """What was shown, from the confirmation's form.

    Raises:
        Refused: ``upload_changed``: it was changed, is older than an hour, another person's or about another
            thing.
    """
    try:
        where, who, rows = signing.loads(request.POST.get("confirmed", ""), salt=salt, max_age=AN_HOUR)
    except BadSignature:
        raise Refused("upload_changed") from None
    if (where, who) != (about, request.user.pk):
        raise Refused("upload_changed")
    return rows
