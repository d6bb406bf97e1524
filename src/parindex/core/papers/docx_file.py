"""A paper as .docx, to be worked on in a word processor: Times New Roman, the decree's margins and sizes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from parindex.core.papers.paper import (
    COUNTRY,
    LOST,
    MOTTO,
    Align,
    Appendix,
    Block,
    Paper,
    Paragraph,
    Picture,
    Pictures,
    Signature,
    Table,
    clean,
)


if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.table import _Cell as Cell
    from docx.text.paragraph import Paragraph as Line

FONT = "Times New Roman"
MARGINS_MM = {"top": 20, "bottom": 20, "left": 30, "right": 15}
A4_MM = (210, 297)
INDENT_CM = 1
SIZE = 13
ROOM_TO_SIGN = 4
BESIDE_TABLE = 6
PICTURES_BESIDE = (82, 82)
PICTURE_MM = (78, 90)
TWO_LINES = 160  # characters; whoever keeps more with the signature may leave half a page empty
STAYS = (":", "./.")  # before a list or a table, and before the signature, a line stays on their page
AFTER_PAGE_NUMBERS = (
    *(
        "w:cols",
        "w:formProt",
        "w:vAlign",
        "w:noEndnote",
        "w:titlePg",
        "w:textDirection",
        "w:bidi",
        "w:rtlGutter",
    ),
    *("w:docGrid", "w:printerSettings", "w:sectPrChange"),
)
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say


def docx_file(paper: Paper) -> bytes:
    """The file. The same paper gives the same bytes."""
    import docx

    document = docx.Document()
    _begin(document, paper)
    _letterhead(document, paper)
    _blocks(document, paper.body)
    _keep_end(document, paper)
    _foot(document, paper)
    for appendix in paper.appendices:
        _appendix(document, appendix, paper)
    out = io.BytesIO()
    document.save(out)
    return timeless(out.getvalue())


def begin(document: Document, *, title: str, author: str, as_of: date) -> None:
    """Fonts, what the file says of itself, an upright page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    form = normal.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(0), 1.1
    form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(key), FONT)
    properties = document.core_properties
    properties.title, properties.author = clean(title)[:255], clean(author)[:255]
    properties.comments, properties.language = "", "vi-VN"
    properties.created = properties.modified = datetime.combine(as_of, time(), UTC)
    _page(document.sections[0], landscape=False)


def _begin(document: Document, paper: Paper) -> None:
    """And what stands at the head and the foot of every page."""
    begin(document, title=paper.title, author=paper.issuer, as_of=paper.as_of)
    section = document.sections[0]
    section.different_first_page_header_footer = True
    _write(section.header.paragraphs[0], "", align="centre")
    _page_number(section.header.paragraphs[0])
    for foot in (section.footer, section.first_page_footer):
        _write(foot.paragraphs[0], paper.foot, align="right", size=9)


def _page(section: Section, *, landscape: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    short, long = A4_MM
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(long), Mm(short)) if landscape else (Mm(short), Mm(long))
    for side, size in MARGINS_MM.items():
        setattr(section, f"{side}_margin", Mm(size))
    section.header_distance = section.footer_distance = Mm(10)


def _page_number(line: Line) -> None:
    """A field that the word processor fills with the page's number."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = line.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _letterhead(document: Document, paper: Paper) -> None:
    """Issuing body and number on the left, country and date on the right; then kind, subject, addressee."""
    from docx.shared import Cm

    left, right = _side_by_side(document, (72, 93))
    if paper.parent:
        _write(left.paragraphs[0], "\n".join(paper.parent_lines).upper(), align="centre", size=12)
        left.add_paragraph()
    _write(left.paragraphs[-1], "\n".join(paper.issuing_lines).upper(), align="centre", size=12, bold=True)
    _ruled(left.add_paragraph(), "———————")
    _write(left.add_paragraph(), paper.numbered, align="centre")
    _write(right.paragraphs[0], COUNTRY, align="centre", size=12, bold=True)
    _write(right.add_paragraph(), MOTTO, align="centre", bold=True)
    _ruled(right.add_paragraph(), "———————————————")
    _write(right.add_paragraph(), paper.dated, align="centre", italic=True)
    if paper.kind:
        _write(document.add_paragraph(), paper.kind.upper(), align="centre", size=14, bold=True, before=12)
        subject = document.add_paragraph()
        subject.paragraph_format.left_indent = subject.paragraph_format.right_indent = Cm(INDENT_CM)
        _write(subject, paper.about, align="centre", bold=True)
        _ruled(document.add_paragraph(), "——————————")
    elif paper.about:
        _write(left.add_paragraph(), f"V/v {paper.about}", align="centre", size=12)
    if paper.to:
        one = len(paper.to) == 1
        words = (
            f"Kính gửi: {paper.to[0]}." if one else "\n".join(("Kính gửi:", *(f"- {t};" for t in paper.to)))
        )
        _write(document.add_paragraph(), words, align="centre" if one else "left", before=6)


def _side_by_side(document: Document, widths: Sequence[int]) -> list[Any]:
    """Cells beside each other, without lines, on one page; widths in mm."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = Mm(width)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return list(table.rows[0].cells)


def _blocks(document: Document, blocks: Sequence[Block]) -> None:
    from docx.shared import Pt

    for block, after in zip_longest(blocks, blocks[1:]):
        if isinstance(block, Table):
            _table(document, block)
            continue
        if isinstance(block, Pictures):
            _pictures(document, block)
            continue
        _paragraph(document, block)
        if isinstance(after, Table):
            document.paragraphs[-1].paragraph_format.space_after = Pt(BESIDE_TABLE)


def _paragraph(document: Document, said: Paragraph) -> None:
    from docx.shared import Cm

    centred, heading = said.role == "centre", said.role == "heading"
    bold, italic = centred or heading, said.role == "ground"
    for k, text in enumerate(said.text.split("\n")):
        line = document.add_paragraph()
        if said.lead and not k:
            line.add_run(clean(said.lead) + " ").bold = True
        _write(line, text, align="centre" if centred else None, bold=bold, italic=italic, before=6)
        if not centred:
            line.paragraph_format.first_line_indent = Cm(INDENT_CM)
        line.paragraph_format.keep_with_next = heading or text.endswith(STAYS)


def _table(document: Document, said: Table) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    section = document.sections[-1]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    share = room / Mm(1) / sum(c.width for c in said.columns)
    table = document.add_table(rows=1, cols=len(said.columns), style="Table Grid")
    table.autofit = False
    for column, head in zip(table.columns, said.columns, strict=True):
        column.width = Mm(round(head.width * share))
    rows = [[(c.head, True, "centre") for c in said.columns]]
    rows += [
        [(text, row.bold, c.align) for text, c in zip(row.cells, said.columns, strict=True)]
        for row in said.rows
    ]
    for k, cells in enumerate(rows):
        made = table.add_row() if k else table.rows[0]
        properties = made._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if not k:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, column, (text, bold, align) in zip(made.cells, said.columns, cells, strict=True):
            cell.width = Mm(round(column.width * share))
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            _write(cell.paragraphs[0], text, align=align, size=said.size, bold=bold)  # type: ignore[arg-type]


def _pictures(document: Document, said: Pictures) -> None:
    """Two beside each other, without lines; a row is never torn over pages."""
    for k in range(0, len(said.items), len(PICTURES_BESIDE)):
        cells = _side_by_side(document, PICTURES_BESIDE)
        for cell, one in zip(cells, said.items[k : k + len(cells)], strict=False):
            _picture(cell, one)
        _write(document.add_paragraph(), "", size=6)


def _picture(cell: Cell, said: Picture) -> None:
    """Within its room, whichever side is the longer; what it shows is told to readers aloud too."""
    from docx.shared import Mm

    line = cell.paragraphs[0]
    if said.content is None:
        _write(line, LOST, align="centre", size=11, italic=True)
    else:
        _write(line, "", align="centre")
        shape = line.add_run().add_picture(io.BytesIO(said.content))
        share = min(Mm(w) / side for w, side in zip(PICTURE_MM, (shape.width, shape.height), strict=True))
        shape.width, shape.height = round(shape.width * share), round(shape.height * share)
        shape._inline.docPr.set("descr", clean(said.text))
        line.paragraph_format.keep_with_next = True
    _write(cell.add_paragraph(), said.caption, align="centre", size=11)


def _keep_end(document: Document, paper: Paper) -> None:
    """The last two lines or more stay with the signatures, which never stand alone on a page."""
    if paper.signatures and isinstance(paper.body[-1] if paper.body else None, Paragraph):
        last = document.paragraphs[-1:]
        for line in last if len(last[0].text) > TWO_LINES else document.paragraphs[-2:]:
            line.paragraph_format.keep_with_next = True


def _foot(document: Document, paper: Paper) -> None:
    """Recipients on the left, signatures on the right."""
    count = bool(paper.recipients) + len(paper.signatures)
    if not count:
        return
    room = document.add_paragraph()
    _write(room, "", size=6)
    room.paragraph_format.keep_with_next = True
    cells = _side_by_side(document, [165 // count] * count)
    if paper.recipients:
        cell = cells.pop(0)
        _write(cell.paragraphs[0], "Nơi nhận:", align="left", size=12, bold=True, italic=True)
        for one in paper.recipients:
            _write(cell.add_paragraph(), f"- {one}", align="left", size=11)
    for cell, signature in zip(cells, paper.signatures, strict=True):
        _signature(cell, signature)


def _signature(cell: Any, said: Signature) -> None:
    for k, text in enumerate(said.lines):
        line = cell.add_paragraph() if k else cell.paragraphs[0]
        _write(line, text.upper(), align="centre", bold=True)
    for _ in range(ROOM_TO_SIGN):
        _write(cell.add_paragraph(), "", align="centre")
    _write(cell.add_paragraph(), said.name, align="centre", bold=True)


def _appendix(document: Document, said: Appendix, paper: Paper) -> None:
    """On pages of its own, with numbers of their own."""
    from docx.enum.section import WD_SECTION
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = True
    _page(section, landscape=said.landscape)
    for said_before in section._sectPr.findall(qn("w:pgNumType")):  # a new section begins as a copy
        section._sectPr.remove(said_before)
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(numbers, *AFTER_PAGE_NUMBERS)
    _write(document.add_paragraph(), said.title, align="centre", size=14, bold=True)
    _write(document.add_paragraph(), said.about.upper(), align="centre", size=14, bold=True)
    if said.attached:
        _write(document.add_paragraph(), paper.attachment, align="centre", italic=True)
    _write(document.add_paragraph(), "", size=6)
    _blocks(document, said.body)


def _ruled(line: Line, rule: str) -> None:
    """A line below a heading, centred, as typists make it."""
    _write(line, rule, align="centre", size=8)


def _write(
    line: Line,
    text: str,
    *,
    align: Align | None = None,
    size: int = SIZE,
    bold: bool = False,
    italic: bool = False,
    before: int = 0,
) -> None:
    """Text in one paragraph; what is not said here is as the style says: justified, upright, of `SIZE`."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    sides = {
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "centre": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
    }
    if align is not None:
        line.alignment = sides[align]
    if before:
        line.paragraph_format.space_before = Pt(before)
    run = line.add_run(clean(text))
    if size != SIZE:
        run.font.size = Pt(size)
    if bold:
        run.bold = True
    if italic:
        run.italic = True


def timeless(content: bytes) -> bytes:
    """The same package without the time at which it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w") as kept:
        for entry in made.infolist():
            info = zipfile.ZipInfo(entry.filename, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(info, made.read(entry))
    return out.getvalue()
