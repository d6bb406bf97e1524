"""A paper as PDF/A, typeset by Typst in letters as wide as those of Times New Roman.

What people wrote reaches the typesetter as data only (`sys.inputs`), never as its program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from parindex.core.papers.paper import COUNTRY, LOST, MOTTO, Paper, Pictures, clean


STANDARD: Final = "a-2b"  # for keeping: all fonts inside, nothing that runs, nothing fetched
LONG_WORD = re.compile(r"\S{24,}")
PIECE = 12
PIXELS_PER_INCH = 110
# TeX Gyre Termes, put here when the package is built; fonts of the system would differ from place to place
LETTERS: Final[dict[str, Any]] = {
    "font_paths": [str(Path(__file__).with_name("letters"))],
    "ignore_system_fonts": True,
}
NO_SPACE = "\u200b"


def pdf_file(paper: Paper) -> bytes:
    """The file. The same paper gives the same bytes."""
    made: bytes = _typeset(paper, format="pdf", pdf_standards=STANDARD)
    return made


def page_pictures(paper: Paper) -> list[bytes]:
    """The pages of the file as pictures (.png), in their order."""
    made = _typeset(paper, format="png", ppi=PIXELS_PER_INCH)
    return made if isinstance(made, list) else [made]


def _typeset(paper: Paper, **how: Any) -> Any:
    import typst

    with TemporaryDirectory(prefix="parindex-paper-") as folder:
        for name, content in _pictures(paper):
            Path(folder, f"{name}.jpg").write_bytes(content)
        return typst.compile(
            files(__package__).joinpath("paper.typ").read_bytes(),
            root=folder,  # all that the typesetter may read
            sys_inputs={"paper": json.dumps(_told(paper), ensure_ascii=False)},
            timestamp=0,
            **LETTERS,
            **how,
        )


def _pictures(paper: Paper) -> Iterator[tuple[str, bytes]]:
    """Name and content of every picture of a paper that is not lost."""
    for body in (paper.body, *(one.body for one in paper.appendices)):
        for block in body:
            if isinstance(block, Pictures):
                yield from ((one.name, one.content) for one in block.items if one.content is not None)


def _told(paper: Paper) -> dict[str, Any]:
    """The paper as the template reads it."""
    said = asdict(paper) | {
        "on": "",
        "as_of": [paper.as_of.year, paper.as_of.month, paper.as_of.day],
        "country": COUNTRY,
        "motto": MOTTO,
        "lost": LOST,
        "title": paper.title,
        "numbered": paper.numbered,
        "dated": paper.dated,
        "issuing_lines": paper.issuing_lines,
        "parent_lines": paper.parent_lines,
        "attachment": paper.attachment,
        "foot": paper.foot,
    }
    told: dict[str, Any] = texts(said)
    return told


def texts(value: Any) -> Any:
    """Every text inside cleaned, and with places to break where a word is longer than a column."""
    if isinstance(value, str):
        return LONG_WORD.sub(_breakable, clean(value))
    if isinstance(value, bytes):
        return True  # a picture: its content lies beside, under its name
    if isinstance(value, dict):
        return {key: texts(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [texts(inner) for inner in value]
    return value


def _breakable(word: re.Match[str]) -> str:
    text = word[0]
    return NO_SPACE.join(text[k : k + PIECE] for k in range(0, len(text), PIECE))
