"""The banner of what was made up."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from parindex.apps.organisations.models import Unit
from parindex.web.parts.templatetags.parts import said


def marks(place: Unit | None) -> dict[str, Any]:
    """What a page about a unit says first where its territory does not exist; nothing for any other."""
    if place is None or not place.illustrative:
        return {"illustrative": False, "notes": []}
    while place.parent is not None:
        place = place.parent
    words = gettext("%(place)s không có thật; mọi đơn vị, người dùng, số liệu ở đây được dựng để minh họa.")
    return {"illustrative": True, "notes": [words % {"place": said(place.name)}]}
