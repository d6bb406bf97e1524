"""Posters of counters: a code to be scanned, in letters that are read from two steps away, one a page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files

from parindex.core.papers.pdf_file import STANDARD, texts


CALL = ("Xin cho ý kiến", "Please tell us")
STEPS = (
    "Mở máy ảnh điện thoại, hướng vào mã, bấm vào đường dẫn hiện ra.",
    "Open your camera, point it at the code, tap the link.",
)
PROMISE = (
    "Không cần tài khoản, không ghi tên, số điện thoại hay giờ trả lời.",
    "No account; no name, number or time is recorded.",
)


@dataclass(frozen=True, slots=True)
class Poster:
    """What one poster says. `code`: the picture of the code, as SVG; `closes`: the last day."""

    body: str
    title: str
    unit: str
    counter: str
    address: str
    code: str
    closes: date


def posters_pdf(posters: Sequence[Poster]) -> bytes:
    """The posters as PDF/A, one a page; the same posters give the same bytes. There is at least one."""
    import typst

    told = [_told(one) for one in posters]
    made: bytes = typst.compile(
        files(__package__).joinpath("poster.typ").read_bytes(),
        sys_inputs={"posters": json.dumps(told, ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=0,
        format="pdf",
        pdf_standards=STANDARD,
    )
    return made


def _told(one: Poster) -> dict[str, str]:
    said = {name: value for name, value in asdict(one).items() if name not in ("closes", "code")}
    told: dict[str, str] = texts(
        {
            **said,
            **{name: pair[0] for name, pair in (("call", CALL), ("steps", STEPS), ("promise", PROMISE))},
            **{
                f"{name}_en": pair[1]
                for name, pair in (("call", CALL), ("steps", STEPS), ("promise", PROMISE))
            },
            "until": f"Nhận ý kiến đến hết ngày {one.closes:%d/%m/%Y}.",
        }
    )
    return {**told, "code": one.code}
