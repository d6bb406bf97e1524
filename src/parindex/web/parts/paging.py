"""Which page of a list was asked for, and the links to the others."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


EVERY = "tat-ca"


def page_asked(
    request: HttpRequest, total: int, size: int, *, key: str = "trang", anchor: str = "", whole: bool = False
) -> tuple[slice, dict[str, Any]]:
    """Where the page lies in a list of so many rows, and what `parts/pages.html` needs as `page`; what is
    none is the first or the last.

    Args:
        key: of the page's number in the address. `anchor`: of the list on its page.
        whole: whether all of it may be asked for at once, as for printing.
    """
    asked = request.GET.get(key, "1")
    every = whole and asked == EVERY
    last = 1 if every else max(1, -(-total // size))
    here = min(max(int(asked), 1), last) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    kept = request.GET.copy()
    kept.pop(key, None)
    near = [n for n in range(1, last + 1) if n in (1, last) or abs(n - here) < 3]
    shown: list[int | None] = []
    for n in near:
        if shown and shown[-1] is not None and n - shown[-1] > 1:
            shown.append(None)
        shown.append(n)
    more = {"here": here, "last": last, "numbers": shown, "query": kept.urlencode(), "total": total,
            "key": key, "anchor": anchor, "whole": whole}  # fmt: skip
    return slice(0, total) if every else slice((here - 1) * size, here * size), more
