"""All evidence as one ZIP: a folder per criterion, and an index of everything, files or not."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast

from django.utils.timezone import localtime

from parindex.apps.evidence.models import Document
from parindex.apps.evidence.names import distinct_name, portable_name
from parindex.apps.evidence.queries import open_document
from parindex.core.wording.evidence_index import heading, kind_word
from parindex.core.wording.notation import day


BLOCK = 1 << 20
# what is pressed already gains nothing from being pressed again
PRESSABLE = frozenset({"txt", "doc", "xls", "ppt", "tif"})


@dataclass(frozen=True, slots=True)
class Packed:
    """A document as it proves a criterion. `page`: where in it, in the officer's words."""

    document: Document
    page: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What proves one criterion."""

    code: str
    title: str
    documents: Sequence[Packed]


def pack(
    groups: Iterable[Group],
    *,
    title: str,
    at: datetime,
    language: str = "vi",
    beside: Mapping[str, bytes] | None = None,
) -> BinaryIO:
    """A ZIP in a temporary file that is gone when it is closed, at its start.

    Every file is proved by its hash before it goes in; a document of several criteria lies in each one's
    folder. Names keep their accents; equal ones are numbered. The index is there as a workbook and as text.

    Args:
        title: heads the index. `beside`: other files by name, which stand before the folders.
        at: stands as the time of every file, so that the same documents at the same time give the same bytes.

    Raises:
        EvidenceRefused: a file is missing from the storage or damaged there; the data name it.
    """
    kept = cast(BinaryIO, tempfile.TemporaryFile(prefix="parindex-pack-"))  # noqa: SIM115
    try:
        rows: list[list[str]] = []
        folders: set[str] = set()
        with zipfile.ZipFile(kept, "w") as archive:
            writer = _Writer(archive, localtime(at).timetuple()[:6])
            for path, content in (beside or {}).items():
                writer.put(path, io.BytesIO(content))
            for group in groups:
                folder = distinct_name(portable_name(group.code), folders)
                rows += _put_group(writer, group, folder, language=language)
            names = heading("file_name", language)
            table = [heading(c, language) for c in COLUMNS]
            writer.put(f"{names}.xlsx", io.BytesIO(_workbook(title, table, rows)))
            writer.put(f"{names}.txt", io.BytesIO(_text(title, table, rows)), pressed=True)
    except BaseException:
        kept.close()
        raise
    kept.seek(0)
    return kept


COLUMNS = (
    "code", "criterion", "number", "issued_on", "title", "issuer", "signer", "page", "kind", "path", "where",
    "sha256",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Writer:
    archive: zipfile.ZipFile
    time: Sequence[int]

    def put(self, path: str, content: BinaryIO, *, pressed: bool = False) -> None:
        """One file, block by block."""
        year, month, day_, hour, minute, second = self.time
        entry = zipfile.ZipInfo(path, (year, month, day_, hour, minute, second))
        entry.compress_type = zipfile.ZIP_DEFLATED if pressed else zipfile.ZIP_STORED
        entry.external_attr = 0o644 << 16
        with self.archive.open(entry, "w", force_zip64=True) as target:
            shutil.copyfileobj(content, target, BLOCK)


def _put_group(writer: _Writer, group: Group, folder: str, *, language: str) -> list[list[str]]:
    """The files of one criterion; its rows of the index."""
    taken: set[str] = set()
    rows = []
    for packed in group.documents:
        document, path = packed.document, ""
        if document.content is not None:
            path = f"{folder}/{distinct_name(portable_name(document.file_name), taken)}"
            with open_document(document) as content:
                writer.put(path, content, pressed=document.content.type.name in PRESSABLE)
        rows.append(_row(group, packed, path, language=language))
    return rows


def _row(group: Group, packed: Packed, path: str, *, language: str) -> list[str]:
    document = packed.document
    return [
        group.code,
        group.title,
        document.number,
        day(document.issued_on, language) if document.issued_on else "",
        document.title,
        document.issuer,
        document.signer,
        packed.page,
        kind_word(document.kind, language),
        path,
        document.link or document.where,
        document.content.sha256 if document.content else "",
    ]


def _workbook(title: str, table: list[str], rows: list[list[str]]) -> bytes:
    """The index as .xlsx: text cells only, the head fixed, ready to be filtered."""
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        bold, wrap = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        for column, word in enumerate(table):
            sheet.write_string(2, column, word, bold)
        for number, row in enumerate(rows, start=3):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value, wrap)
        sheet.freeze_panes(3, 0)
        sheet.autofilter(2, 0, 2 + max(1, len(rows)), len(table) - 1)
        for column, width in enumerate((8, 40, 18, 12, 50, 30, 22, 12, 18, 50, 40, 20)):
            sheet.set_column(column, column, width)
    return out.getvalue()


def _text(title: str, table: list[str], rows: list[list[str]]) -> bytes:
    """The index as plain text that every editor opens: a block per document."""
    blocks = [title, ""]
    for row in rows:
        blocks += [f"{word}: {value}" for word, value in zip(table, row, strict=True) if value]
        blocks.append("")
    return "\r\n".join(blocks).encode("utf-8-sig")
