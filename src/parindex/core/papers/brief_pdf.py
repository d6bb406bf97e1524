"""A brief as PDF/A: one page, whatever it says."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from parindex.core.papers.brief import Brief
from parindex.core.papers.pdf_file import LETTERS, STANDARD, texts


PIXELS_PER_INCH = 110


def brief_pdf(brief: Brief) -> bytes:
    """The file. The same page gives the same bytes."""
    made: bytes = _typeset(brief, format="pdf", pdf_standards=STANDARD)
    return made


def brief_picture(brief: Brief) -> bytes:
    """The page as a picture (.png)."""
    made = _typeset(brief, format="png", ppi=PIXELS_PER_INCH)
    picture: bytes = made[0] if isinstance(made, list) else made
    return picture


def _typeset(brief: Brief, **how: Any) -> Any:
    import typst

    return typst.compile(_template(), sys_inputs=_inputs(brief), timestamp=0, **LETTERS, **how)


def _template() -> bytes:
    return files(__package__).joinpath("brief.typ").read_bytes()


def _inputs(brief: Brief) -> dict[str, str]:
    day = brief.as_of
    said = texts(asdict(brief) | {"as_of": [day.year, day.month, day.day]})
    return {"brief": json.dumps(said, ensure_ascii=False)}


def fitting_size(brief: Brief) -> float:
    """The largest letters, in points, in which it fits one page."""
    import typst

    found = typst.query(
        _template(),
        "<size>",
        field="value",
        one=True,
        sys_inputs=_inputs(brief),
        **LETTERS,
    )
    return float(json.loads(found))
