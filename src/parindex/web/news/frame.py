"""What the pages of the desk share: finding an article with its right, and what they say around it."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from parindex.apps.news.models import Article
from parindex.apps.news.permissions import can_publish, can_write
from parindex.apps.news.queries import find_article
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed, way_up
from parindex.apps.organisations.queries import managed_units
from parindex.apps.organisations.roles import Act
from parindex.web.parts.doors import Desk
from parindex.web.parts.marks import marks


def known_article(request: Desk, pk: int, *, act: Act | None = None, outside: bool = False) -> Article:
    """An article that the person writes or reviews. Raises Http404, NotAllowed.

    Args:
        act: `NEWS_WRITE` or `NEWS_PUBLISH` where that very right is needed; None: one of the two.
        outside: one on another site will do too.
    """
    check_somewhere(request)
    found = find_article(pk)
    if found is None or (found.outside and not outside):
        raise Http404(str(pk))
    held = {
        Act.NEWS_WRITE: can_write(request.rights, found),
        Act.NEWS_PUBLISH: can_publish(request.rights, found),
    }
    if not (held[act] if act else any(held.values())):
        raise NotAllowed("not_allowed", act=(act or Act.NEWS_WRITE).value)
    return found


def check_somewhere(request: Desk) -> None:
    """The person writes or reviews articles at all. Raises NotAllowed."""
    if not request.rights.units(Act.NEWS_WRITE, Act.NEWS_PUBLISH):
        raise NotAllowed("not_allowed", act=Act.NEWS_WRITE.value)


def frame(request: Desk, place: Unit | None = None) -> dict[str, Any]:
    """What every page of the desk carries."""
    shown = place
    if shown is None:
        held = [
            *managed_units(request.rights, Act.NEWS_WRITE),
            *managed_units(request.rights, Act.NEWS_PUBLISH),
        ]
        shown = held[0] if held else None
    return {"section": "start", **marks(shown), "publishes": bool(request.rights.units(Act.NEWS_PUBLISH))}


def plan_address(request: Desk) -> str:
    """Whose communication plan the person works on first: a territory's, else a unit's; "" for none."""
    held = managed_units(request.rights, Act.COMMUNICATION_PLAN) or managed_units(
        request.rights, Act.NEWS_WRITE
    )
    first = min(held, key=lambda unit: unit.parent_id is not None, default=None)
    return ".".join(u.code for u in reversed(way_up(first))) if first else ""
