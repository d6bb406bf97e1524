"""A long list in pages, as a link to each and one to the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from parindex.web.parts.paging import page_asked


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
    cut, more = page_asked(request, count, size, key=key)
    if more["last"] == 1:
        return Pages(0, count, ())
    links: list[dict[str, Any]] = []
    gap = False
    for number in more["numbers"]:
        if number is None:
            gap = True
            continue
        url = "?" + urlencode({**kept, key: number}) + place
        links.append({"number": number, "here": number == more["here"], "gap": gap, "url": url})
        gap = False
    all_of_it = "?" + urlencode({**kept, key: EVERY}) + place if whole else ""
    return Pages(cut.start, min(cut.stop, count), tuple(links), all_of_it)
