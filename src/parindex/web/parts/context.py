"""What every template may rely on."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from parindex import __version__


def site(request: HttpRequest) -> dict[str, Any]:
    """The version, and how far a demonstration has been loaded."""
    return {"parindex_version": __version__, "loading": loading()}


def loading() -> dict[str, int] | None:
    """`done` of `total` rounds while the demonstration loads; None otherwise."""
    try:
        progress = json.loads((settings.PARINDEX_HOME / "loading.json").read_text())
    except (OSError, ValueError):
        return None
    return progress if progress["done"] < progress["total"] else None
