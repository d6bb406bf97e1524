"""A long list in pages: which part is shown, and where the others are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest


NEAR = 2
EVERY = "tat-ca"


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a list is cut: the rows from `first` (counted from 0) up to but without `last`.

    Attributes:
        links: what ``measures/pages.html`` draws; empty where everything is on one page.
        every: the address of the whole list on one page, as for printing; "" where there is none.
    """

    first: int
    last: int
    links: tuple[dict[str, Any], ...]
    every: str = ""


def pages_of(
    request: HttpRequest,
    count: int,
    size: int,
    *,
    key: str = "trang",
    anchor: str = "",
    whole: bool = False,
    **query: str,
) -> Pages:
    """The page asked for, of a list of so many rows; what is none is the first or the last.

    Args:
        key: of the page's number in the address. `anchor`: of the list on its page.
        whole: whether all of it may be asked for at once.
        query: what else the address holds; empty ones are left out.
    """
    kept = {k.replace("_", "-"): v for k, v in query.items() if v}
    place = f"#{anchor}" if anchor else ""
    if whole and request.GET.get(key) == EVERY:
        return Pages(0, count, ())
    every = max(1, -(-count // size))
    asked = request.GET.get(key, "")
    here = min(max(int(asked), 1), every) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    near = {1, every, *range(max(1, here - NEAR), min(every, here + NEAR) + 1)}
    links: list[dict[str, Any]] = []
    for number in sorted(near):
        gap = bool(links) and number - links[-1]["number"] > 1
        url = "?" + urlencode({**kept, key: number}) + place
        links.append({"number": number, "here": number == here, "gap": gap, "url": url})
    first = (here - 1) * size
    if every == 1:
        return Pages(first, count, ())
    all_of_it = "?" + urlencode({**kept, key: EVERY}) + place if whole else ""
    return Pages(first, min(first + size, count), tuple(links), all_of_it)
