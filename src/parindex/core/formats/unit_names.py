"""Units as plans name them: by their name, without their province, or by the initials officials use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parindex.core.formats.folded import folded
from parindex.core.formats.plan_tables import lines_of
from parindex.core.formats.problems import nearest


KINDS = (
    "so",
    "phong",
    "ban",
    "van phong",
    "trung tam",
    "chi cuc",
    "thanh tra",
    "ubnd",
    "bo phan",
    "doi",
    "to",
)
_WHOLE = re.compile(r"^uy ban nhan dan\b")
_PLACE = re.compile(r" (?:cua )?(?:tinh|thanh pho|so|uy ban nhan dan|ubnd)\b.*$")
_JOINTS = {"va", "&", "cua", "ve"}
_LEAD = re.compile(r"(?:^|[\s;(])ch[uủ] tr[iì] ?: ?", re.IGNORECASE)
_WITH = re.compile(r"[\s;,.]*(?:c[aá]c )?(?:đơn vị |cơ quan )?ph[oố]i h[oợ]p ?: ?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Matched:
    """What a name could be matched to.

    Attributes:
        key: of the one unit that is meant; "" where it is not certain.
        near: keys of those that could be meant, at most three.
    """

    key: str
    near: tuple[str, ...] = ()


def _said(text: str) -> str:
    """A name as it is compared: folded, signs left out, the long words for a committee made short."""
    plain = re.sub(r"[^\w&]+", " ", folded(text)).strip()
    return _WHOLE.sub("ubnd", plain)


def ways_of_writing(name: str, code: str = "") -> set[str]:
    """The ways in which a unit is written, folded: whole, without its place, kind and initials, code."""
    whole = _said(name)
    found = {whole, _said(code)}
    for said in (whole, _PLACE.sub("", whole)):
        found.add(said)
        kind = next((k for k in KINDS if said.startswith(k + " ")), "")
        rest = said[len(kind) :].split()
        if kind and rest:
            initials = "".join(word[0] for word in rest if word not in _JOINTS)
            if len(initials) > 1:
                found |= {
                    f"{kind} {initials}",
                    kind[0] + initials if " " not in kind else f"{kind}{initials}",
                }
    return {said for said in found if len(said) > 1}


def book_of_names(units: Iterable[tuple[str, str, str]]) -> dict[str, set[str]]:
    """Way of writing → keys of the units that are written so, from (key, name, code)."""
    book: dict[str, set[str]] = {}
    for key, name, code in units:
        for said in ways_of_writing(name, code):
            book.setdefault(said, set()).add(key)
    return book


def match_name(text: str, book: Mapping[str, set[str]]) -> Matched:
    """The unit that a text names; those that could be meant where several are, or it is misspelt."""
    said = _said(text).replace("&", "")
    said = " ".join(said.split())
    for form in dict.fromkeys((said, said.removesuffix(" tinh"))):
        keys = sorted(book.get(form, ()))
        if len(keys) == 1:
            return Matched(keys[0])
        if keys:
            return Matched("", tuple(keys[:3]))
    near = nearest(said, book)
    return Matched("", tuple(sorted(book[near])[:3]) if near else ())


def parties(text: str) -> tuple[str, str]:
    """Who leads and who coordinates where one cell says both: “Chủ trì: …; phối hợp: …”."""
    flat = "\n".join(lines_of(text))
    shared = _WITH.split(flat, maxsplit=1)
    lead = _LEAD.sub("", shared[0]).strip(" ;,.\n")
    return lead, (shared[1].strip(" ;,.\n") if len(shared) > 1 else "")


def several(text: str, book: Mapping[str, set[str]]) -> list[str]:
    """The names in a text: the whole where it is one, else its lines or what semicolons, then commas part."""
    if match_name(text, book).key:
        return [text.strip()]
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    found: list[str] = []
    for part in parts:
        pieces = [p.strip() for p in part.split(",") if p.strip()]
        is_list = len(pieces) > 1 and all(match_name(p, book).key for p in pieces)
        found += pieces if is_list else [part]
    return found
