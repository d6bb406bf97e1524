"""One page of a list that the database cuts."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest


Row = TypeVar("Row", bound=Model)
PAGE = 12


def paged(request: HttpRequest, rows: QuerySet[Row], size: int = PAGE) -> tuple[list[Row], dict[str, Any]]:
    """The rows of the page that was asked for, and what its links need. Two queries."""
    total = rows.count()
    last = max(1, -(-total // size))
    asked = request.GET.get("trang", "1")
    here = min(max(int(asked), 1), last) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    kept = request.GET.copy()
    kept.pop("trang", None)
    near = [n for n in range(1, last + 1) if n in (1, last) or abs(n - here) < 3]
    shown: list[int | None] = []
    for n in near:
        if shown and shown[-1] is not None and n - shown[-1] > 1:
            shown.append(None)
        shown.append(n)
    more = {"here": here, "last": last, "numbers": shown, "query": kept.urlencode(), "total": total}
    return list(rows[(here - 1) * size : here * size]), more
