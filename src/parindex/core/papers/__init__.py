"""Administrative papers (decision, report, minutes, letter) from plain data, as .docx and as PDF/A.

The layout is that of Appendix I of Decree 30/2020/NĐ-CP on clerical work: A4, its margins and letter sizes,
national motto, issuing body, number and notation, place and date, name of the kind and subject, body,
recipients, signature, page numbers from the second page. Papers are in Vietnamese: that is their legal form.

Pure: the same paper gives the same bytes, on any machine; no clock, no fonts of the machine, nothing fetched.
"""

from parindex.core.papers.bodies import abbreviation, head_of, issuing_body, place_of_issue
from parindex.core.papers.docx_file import docx_file
from parindex.core.papers.paper import (
    Appendix,
    Block,
    Column,
    Paper,
    Paragraph,
    Picture,
    Pictures,
    Row,
    Signature,
    Table,
    codes_in,
    spaced_code,
)
from parindex.core.papers.pdf_file import page_pictures, pdf_file


__all__ = [
    "Appendix",
    "Block",
    "Column",
    "Paper",
    "Paragraph",
    "Picture",
    "Pictures",
    "Row",
    "Signature",
    "Table",
    "abbreviation",
    "codes_in",
    "docx_file",
    "head_of",
    "issuing_body",
    "page_pictures",
    "pdf_file",
    "place_of_issue",
    "spaced_code",
]
