"""A brief as .docx: one page in the letters that its PDF has measured, a little smaller."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from parindex.core.papers.brief import Bar, Brief
from parindex.core.papers.brief_pdf import fitting_size
from parindex.core.papers.docx_file import begin, timeless
from parindex.core.papers.paper import Align, clean


if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as Line

INK, PALE, BLUE, RED, SOFT = "16324F", "EEF2F6", "2F6EA5", "A3262A", "5B6770"
RULE, WHITE = "C4CCD4", "FFFFFF"
SMALLER: Final = 0.5
"""Points by which the word processor's letters are smaller than those that fit the PDF: its lines stand
further apart, and no two word processors set them alike."""
BAR_STEPS: Final = 20
ROOM_MM: Final = 165


def brief_docx(brief: Brief) -> bytes:
    """The file. The same page gives the same bytes."""
    import docx

    document = docx.Document()
    size = fitting_size(brief) - SMALLER
    begin(document, title=f"{brief.title} - {brief.about}", author=brief.above, as_of=brief.as_of)
    document.styles["Normal"].paragraph_format.line_spacing = 1.0
    document.sections[0].header_distance = document.sections[0].footer_distance = 0
    _Writer(document, size).all_of(brief)
    out = io.BytesIO()
    document.save(out)
    return timeless(out.getvalue())


class _Writer:
    """Writes the page in letters of one base size."""

    def __init__(self, document: Document, size: float) -> None:
        self.document = document
        self.size = size

    def all_of(self, brief: Brief) -> None:
        """From head to foot."""
        above, beside = self.cells((110, 55))
        _write(above.paragraphs[0], brief.above.upper(), align="left", size=self.size * 0.9, bold=True)
        _write(beside.paragraphs[0], brief.beside, align="right", size=self.size * 0.86)
        self.line(brief.title.upper(), align="centre", scale=1.5, bold=True, before=6, colour=INK)
        self.line(brief.about, align="centre", scale=1.05)
        self.line("", scale=0.4)
        self.figures(brief)
        self.line(brief.lead, before=5)
        self.heading(brief.titles[0])
        if brief.bars:
            self.bars(brief.bar_heads, brief.bars)
        else:
            self.line(brief.nothing[0])
        self.heading(brief.titles[1])
        if brief.losses:
            self.losses(brief)
        else:
            self.line(brief.nothing[1])
        self.heading(brief.titles[2])
        for k, step in enumerate(brief.steps, start=1):
            line = self.line(f"{k}. {step.name}", bold=True, before=2)
            _write(line, f"{f': {step.asks}' if step.asks else ''}. ", size=self.size)
            _write(line, step.gives, size=self.size, italic=True)
        if brief.together:
            self.line(brief.together, bold=True, before=2)
        if not brief.steps:
            self.line(brief.nothing[2])
        self.line(brief.foot, scale=0.86, before=5, colour=SOFT)

    def line(
        self,
        text: str,
        *,
        scale: float = 1,
        align: str | None = None,
        bold: bool = False,
        before: int = 0,
        colour: str = "",
    ) -> Any:
        """A paragraph of its own."""
        line = self.document.add_paragraph()
        _write(line, text, align=align, size=self.size * scale, bold=bold, before=before, colour=colour)  # type: ignore[arg-type]
        return line

    def heading(self, text: str) -> None:
        """Of a section."""
        self.line(text.upper(), scale=1.08, align="left", bold=True, before=6, colour=INK)

    def cells(self, widths: Sequence[float], rows: int = 1) -> list[Any]:
        """Cells of a new table, row by row; widths in mm."""
        from docx.shared import Mm

        table = self.document.add_table(rows=rows, cols=len(widths))
        table.autofit = False
        found = []
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
                found.append(cell)
        return found

    def figures(self, brief: Brief) -> None:
        """The large figures beside each other."""
        count = len(brief.figures)
        for cell, figure in zip(self.cells([ROOM_MM / count] * count), brief.figures, strict=True):
            _shade(cell, PALE)
            _edged(cell, WHITE, 24, "left", "right")
            _write(cell.paragraphs[0], figure.label, align="centre", size=self.size * 0.86, before=3)
            _write(
                cell.add_paragraph(),
                figure.value,
                align="centre",
                size=self.size * 1.75,
                bold=True,
                colour=INK,
            )
            _write(cell.add_paragraph(), figure.note, align="centre", size=self.size * 0.86)

    def bars(self, heads: Sequence[str], bars: Sequence[Bar]) -> None:
        """The comparison; a bar is the filled part of a row of narrow cells."""
        counted = len(heads) - 2
        widths = [66.0, *([15.0] * counted), *([(ROOM_MM - 66 - 15 * counted) / BAR_STEPS] * BAR_STEPS)]
        made = self.cells(widths, rows=len(bars) + 1)
        self.row(made[: len(widths)], heads[:-1], left={0}, head=True)
        for k, bar in enumerate(bars, start=1):
            row = made[k * len(widths) : (k + 1) * len(widths)]
            self.row(row, [bar.name, *bar.cells], left={0})
            full = min(max(round(bar.length * BAR_STEPS / 1000), 1), BAR_STEPS)
            for first, last, colour in ((0, full, BLUE), (full, BAR_STEPS, PALE)):
                if first < last:
                    part = row[counted + 1 + first].merge(row[counted + last])
                    _shade(part, colour)
                    _edged(part, WHITE, 24, "top", "bottom")
                    for line in part.paragraphs[1:]:
                        line._p.getparent().remove(line._p)
                    _write(part.paragraphs[0], "", size=self.size * 0.6)

    def row(self, cells: Sequence[Any], said: Sequence[str], *, left: set[int], head: bool = False) -> None:
        """Cells of a table's row above a fine rule; numbers stand at the right."""
        for position, (cell, text) in enumerate(zip(cells, said, strict=False)):
            side: Align = "left" if position in left else "right"
            line = cell.paragraphs[0]
            _write(line, text, align=side, size=self.size * (0.86 if head else 1), bold=head, before=1)
            _edged(cell, RULE, 4, "bottom")

    def losses(self, brief: Brief) -> None:
        """Where points were lost and why; what was lost is in red."""
        counted = len(brief.loss_heads) - 3
        widths = [44.0, 13.0, ROOM_MM - 57 - 14.5 * counted, *([14.5] * counted)]
        made = self.cells(widths, rows=len(brief.losses) + 1)
        rows = [list(brief.loss_heads), *([x.name, x.lost, x.why, *x.cells] for x in brief.losses)]
        for k, said in enumerate(rows):
            cells = made[k * len(widths) : (k + 1) * len(widths)]
            self.row(cells, said, left={0, 2}, head=not k)
            if k:
                _coloured(cells[1].paragraphs[0], RED)


def _coloured(line: Line, colour: str) -> None:
    from docx.shared import RGBColor

    for run in line.runs:
        run.bold, run.font.color.rgb = True, RGBColor.from_string(colour)


def _edged(cell: Any, colour: str, eighths: int, *sides: str) -> None:
    """Lines at some sides of a cell, so many eighths of a point wide."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tcBorders")
    for side in sides:
        edge = OxmlElement(f"w:{side}")
        for key, value in (("w:val", "single"), ("w:sz", str(eighths)), ("w:color", colour)):
            edge.set(qn(key), value)
        borders.append(edge)
    properties = cell._tc.get_or_add_tcPr()
    shade = properties.find(qn("w:shd"))
    if shade is None:
        properties.append(borders)
    else:
        shade.addprevious(borders)  # the order that the format asks for


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        shade.set(qn(key), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _write(
    line: Line,
    text: str,
    *,
    size: float,
    align: Align | None = None,
    bold: bool = False,
    italic: bool = False,
    before: int = 0,
    colour: str = "",
) -> None:
    """Text in one paragraph, to half a point as word processors have it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

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
    run.font.size = Pt(round(size * 2) / 2)
    run.bold, run.italic = bold or None, italic or None
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
