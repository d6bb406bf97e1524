"""The tables of a .docx file, merged cells and all, from a file that anybody may have sent.

Read as a stream of XML, never as a tree, with bounds on all that grows. What tracked changes have deleted or
moved away is not there; what stands in a table within a cell is a table of its own, and a part of the cell.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError, XMLParser

from parindex.core.formats.problems import FileProblem, FileRefused, refuse
from parindex.core.formats.table_grids import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TABLES,
    MOST_TEXT,
    GridRow,
    TableGrid,
)


DOCUMENT = "word/document.xml"
MAX_XML = 60_000_000
BLOCK = 1 << 16
DEEPEST = 10
ENCRYPTED = 1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, ParseError)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}
_PASSED = {"moveFrom", "del"}


class _Unsafe(Exception):  # noqa: N818  says what was found
    """The XML grows beyond what a plan can be, or declares what no document needs."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code, self.data = code, data


@dataclass(slots=True)
class _Cell:
    """A cell being read."""

    lines: list[str] = field(default_factory=list)
    span: int = 1
    goes_on: bool = False
    size: int = 0


@dataclass(slots=True)
class _Table:
    """A table being read; rows hold (text, span, whether it goes on from above)."""

    number: int
    before: tuple[str, ...]
    rows: list[list[_Cell]] = field(default_factory=list)
    row: list[_Cell] | None = None
    deleted: bool = False
    cell: _Cell | None = None


class _Reader:
    """What the parser calls: makes tables from the events of the document's XML."""

    def __init__(self) -> None:
        self.done: list[TableGrid] = []
        self.loose: list[str] = []
        self._open: list[_Table] = []
        self._words: list[str] = []
        self._in_text = False
        self._skip = 0
        self._rows = self._count = 0

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """No document has one; entities that grow begin here."""
        del name, public, system
        raise _Unsafe("annex_broken", detail="DOCTYPE")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._skip or tag == _FALLBACK:
            self._skip += 1
            return
        name = _name(tag)
        if name in _PASSED:
            self._pass(name)
        elif name == "t":
            self._in_text = True
        elif name in _SIGNS:
            self._words.append(_SIGNS[name])
        elif name == "tbl":
            self._begin_table()
        elif self._open:
            self._inside(name, attributes)

    def data(self, text: str) -> None:
        """Characters."""
        if self._in_text and not self._skip:
            self._words.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._skip:
            self._skip -= 1
            return
        name = _name(tag)
        if name == "t":
            self._in_text = False
        elif name == "p":
            self._paragraph("".join(self._words))
            self._words.clear()
        elif self._open and name in {"tc", "tr", "tbl"}:
            self._close(name)

    def close(self) -> list[TableGrid]:
        """All tables, in the order in which they begin."""
        return sorted(self.done, key=lambda t: t.number)

    def _pass(self, name: str) -> None:
        """Leave out what is deleted: a mark in a row's own properties is of the whole row."""
        self._skip = 1
        if name == "del" and self._open and self._open[-1].cell is None:
            self._open[-1].deleted = True

    def _begin_table(self) -> None:
        self._count += 1
        if self._count > MOST_TABLES or len(self._open) >= DEEPEST:
            raise _Unsafe("tables_too_large", limit=MOST_TABLES)
        self._open.append(_Table(self._count, tuple(self.loose)))
        self.loose.clear()

    def _inside(self, name: str, attributes: Mapping[str, str]) -> None:
        table = self._open[-1]
        if name == "tr":
            self._rows += 1
            if self._rows > MOST_ROWS:
                raise _Unsafe("tables_too_large", limit=MOST_ROWS)
            table.row, table.deleted = [], False
        elif name == "tc" and table.row is not None:
            table.cell = _Cell()
        elif name == "gridBefore" and table.row is not None:
            table.row.append(_Cell(span=_count(attributes)))
        elif name == "gridSpan" and table.cell is not None:
            table.cell.span = _count(attributes)
        elif name in {"vMerge", "hMerge"} and table.cell is not None:
            table.cell.goes_on |= name == "vMerge" and _value(attributes) != "restart"

    def _paragraph(self, text: str) -> None:
        """To the innermost cell, or to the loose ones."""
        lines = [" ".join(line.split()) for line in text.split("\n")]
        lines = [line for line in lines if line]
        cell = self._open[-1].cell if self._open else None
        if cell is None:
            self.loose.extend(line[:500] for line in lines)
            del self.loose[:-40]
            return
        cell.lines += lines
        cell.size += sum(map(len, lines))
        if cell.size > MOST_TEXT:
            raise _Unsafe("cell_too_large", limit=MOST_TEXT)

    def _close(self, name: str) -> None:
        table = self._open[-1]
        if name == "tc" and table.row is not None and table.cell is not None:
            table.row.append(table.cell)
            table.cell = None
            if sum(cell.span for cell in table.row) > MOST_COLUMNS:
                raise _Unsafe("tables_too_large", limit=MOST_COLUMNS)
        elif name == "tr" and table.row is not None:
            if not table.deleted:
                table.rows.append(table.row)
            table.row = None
        elif name == "tbl":
            self._open.pop()
            self.done.append(_grid(table))
            if self._open and self._open[-1].cell is not None:
                for row in table.rows:
                    self._paragraph(" ".join(" ".join(cell.lines) for cell in row))


def word_tables(content: bytes, file: str) -> list[TableGrid]:
    """Every table of a Word document.

    Raises:
        FileRefused: ``annex_kind_unknown``, ``annex_locked``, ``annex_broken``, ``zip_bomb``,
            ``tables_too_large``, ``cell_too_large``.
    """
    reader = _Reader()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            part = _part(package, file)
            parser = XMLParser(target=reader)  # noqa: S314  DOCTYPE is refused; size, depth, rows are bounded
            left = MAX_XML
            with package.open(part) as stream:
                while block := stream.read(BLOCK):
                    left -= len(block)
                    if left < 0:
                        raise _Unsafe("zip_bomb", size=part.file_size, limit=MAX_XML)
                    parser.feed(block)
            parser.close()
    except _Unsafe as unsafe:
        raise FileRefused([FileProblem(file, 0, unsafe.code, unsafe.data)]) from None
    except FileRefused:
        raise
    except _BROKEN as error:
        raise refuse(file, "annex_broken", detail=str(error)[:200]) from error
    return reader.close()


def _part(package: zipfile.ZipFile, file: str) -> zipfile.ZipInfo:
    """The part that holds the text."""
    parts = [entry for entry in package.infolist() if entry.filename == DOCUMENT]
    if not parts:
        raise refuse(file, "annex_kind_unknown")
    if len(parts) > 1:
        raise refuse(file, "annex_broken", detail="duplicate parts")
    if parts[0].flag_bits & ENCRYPTED:
        raise refuse(file, "annex_locked")
    if parts[0].file_size > MAX_XML:
        raise refuse(file, "zip_bomb", size=parts[0].file_size, limit=MAX_XML)
    return parts[0]


def _name(tag: str) -> str:
    """The local name of an element of Word's own; of others "" (their text is read, their names are not)."""
    if tag.startswith(_WORD):
        return tag[len(_WORD) :]
    return tag[len(_STRICT) :] if tag.startswith(_STRICT) else ""


def _value(attributes: Mapping[str, str]) -> str:
    """The w:val of an element."""
    return attributes.get(f"{_WORD}val") or attributes.get(f"{_STRICT}val") or ""


def _count(attributes: Mapping[str, str]) -> int:
    """A number of columns."""
    said = _value(attributes)
    count = int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 1
    if count > MOST_COLUMNS:
        raise _Unsafe("tables_too_large", limit=MOST_COLUMNS)
    return max(count, 1)


def _grid(table: _Table) -> TableGrid:
    """Cells spread over the columns and rows that they cover."""
    rows: list[GridRow] = []
    owner = 0
    for number, cells in enumerate(table.rows, start=1):
        texts: list[str] = []
        owners: list[int] = []
        above = rows[-1] if rows else None
        for cell in cells:
            at = len(texts)
            if cell.goes_on and above is not None and at < len(above.texts):
                text, mine = above.texts[at], above.owners[at]
            else:
                owner += 1
                text, mine = "\n".join(cell.lines), owner
            texts += [text] * cell.span
            owners += [mine] * cell.span
        rows.append(GridRow(number, tuple(texts), tuple(owners)))
    return TableGrid(table.number, "", table.before, tuple(rows))
