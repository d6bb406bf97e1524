"""Every unit of a round by rank, for those who follow it, as the way to each one's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from parindex.apps.results.stages import RoundBook, published_book_of
from parindex.web.improve.outcomes import grade_position
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import visible_round


def units(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """By group and rank, with how far each is from the one above."""
    round_ = visible_round(request, round)
    book = published_book_of(round_)
    context = {
        "section": "start",
        "round": round_,
        "percent": book.framework.index.policy != "total",
        "tables": [
            {"group": book.participants[places[0]].group.name, "rows": _rows(book, places)}
            for places in book.now.groups().values()
        ],
    }
    return render(request, "improve/round.html", context)


def _rows(book: RoundBook, places: Sequence[int]) -> list[dict[str, Any]]:
    rows, above = [], None
    for place in places:
        outcome = book.now.units[place]
        index = outcome.index if outcome.rank is not None else None
        rows.append(
            {
                "participant": book.participants[place],
                "outcome": outcome,
                "grade_position": grade_position(book.now, place),
                "behind": None if above is None or index is None else above - index,
            }
        )
        above = index
    return rows
