"""What every template may rely on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from parindex import __version__


def site(request: HttpRequest) -> dict[str, Any]:
    """The version, how far a demonstration has been loaded, and what a page that is nobody's leaves out."""
    return {
        "parindex_version": __version__,
        "loading": loading(),
        "request_id": getattr(request, "request_id", ""),
        **NOBODYS,
        **_of_round(request),
    }


def _of_round(request: HttpRequest) -> dict[str, Any]:
    """What an inner page says of its round's data; a public page says it itself."""
    round_ = getattr(request, "round", None)
    if round_ is None:
        return {}
    return {"illustrative": round_.territory.illustrative, "notes": [round_.note] if round_.note.vi else []}


NOBODYS: dict[str, Any] = {
    "territory": None,
    "illustrative": False,
    "notes": [],
    "constructed": [],
    "section": "",
    "sideways": False,
}


def progress_file() -> Path:
    """Where a demonstration that loads says how far it is."""
    return Path(settings.PARINDEX_HOME) / "loading.json"


def loading() -> dict[str, int] | None:
    """`done` of `total` rounds while the demonstration loads; None otherwise."""
    try:
        progress = json.loads(progress_file().read_text())
        return progress if progress["done"] < progress["total"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
