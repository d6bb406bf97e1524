"""What should not be stored: secrecy marks, and numbers of citizens' identity cards."""

from __future__ import annotations

import re
import unicodedata

from parindex.apps.search.folding import fold


TOP_LINES = 15
LEVELS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
_LABELLED = re.compile(r"(?:^|\s)(?:do mat|muc do mat|do bao mat)\s*[:.]\s*(tuyet mat|toi mat|mat)\b")
_TWELVE = re.compile(r"(?<![\d.,/-])\d{12}(?![\d/-]|[.,]\d)")
_NINE = re.compile(r"(?<![\d.,/-])\d{9}(?![\d/-]|[.,]\d)")
_TOLD = re.compile(r"cccd|cmnd|can cuoc|chung minh nhan dan|dinh danh ca nhan|so dinh danh|ma dinh danh")
_NEAR = 60
LAST_PROVINCE = 96


def secrecy_mark(text: str) -> str:
    """The highest level that stands on a page as a mark: by itself at its top, or after ``Độ mật``; "" for
    none.

    Words within a sentence or title (``bảo mật``, ``bí mật nhà nước``) are none.
    """
    found = set()
    for page in unicodedata.normalize("NFC", text).split("\f"):
        lines = [line for line in page.splitlines() if line.strip()]
        for line in lines[:TOP_LINES]:
            for cell in re.split(r"\t| {2,}|\|", line):
                bare = " ".join(re.sub(r"[^\w\s]", " ", cell).split())
                if bare in LEVELS:
                    found.add(bare)
            labelled = _LABELLED.search(fold(line))
            if labelled:
                found.add(LEVELS[["tuyet mat", "toi mat", "mat"].index(labelled[1])])
    return next((level for level in LEVELS if level in found), "")


def citizen_ids(text: str) -> list[str]:
    """Numbers of identity cards: twelve digits built as the law says, or any beside their name."""
    flat = fold(text)
    told = [m.end() for m in _TOLD.finditer(flat)]
    found: dict[str, None] = {}
    for pattern in (_TWELVE, _NINE):
        for match in pattern.finditer(flat):
            beside = any(0 <= match.start() - end <= _NEAR for end in told)
            if beside or (len(match[0]) == 12 and _is_built(match[0])):
                found[match[0]] = None
    return list(found)


def _is_built(number: str) -> bool:
    """Province 001 to 096, then century and sex, then the year of birth."""
    return 1 <= int(number[:3]) <= LAST_PROVINCE and number[3] in "0123"
