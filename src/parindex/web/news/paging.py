"""One page of a list that the database cuts."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from parindex.web.parts.paging import page_asked


Row = TypeVar("Row", bound=Model)
PAGE = 12


def paged(request: HttpRequest, rows: QuerySet[Row], size: int = PAGE) -> tuple[list[Row], dict[str, Any]]:
    """The rows of the page that was asked for, and what its links need. Two queries."""
    cut, more = page_asked(request, rows.count(), size)
    return list(rows[cut]), more
