"""What every page of this room carries; and finding what is managed, with the right to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.http import Http404
from django.utils.translation import gettext

from parindex.apps.organisations.models import Person, Unit
from parindex.apps.organisations.permissions import NotAllowed, check_over, check_place, check_whole, way_up
from parindex.apps.organisations.queries import find_person, find_unit
from parindex.apps.organisations.roles import Act
from parindex.apps.search.folding import asked_words, indexed_words
from parindex.web.parts.doors import Desk
from parindex.web.parts.gates import gate
from parindex.web.parts.marks import marks
from parindex.web.parts.paging import page_asked


Item = TypeVar("Item")
PAGE = 50


def frame(request: Desk, here: str, territory: Unit | None = None) -> dict[str, Any]:
    """The tabs, which of them is open, and the mark of an invented place."""
    may = request.rights.units

    def whole(act: Act) -> bool:
        return bool(may(act)) and gate(lambda: check_whole(request.rights, act)).is_open

    tabs = [
        ("units", "manage:units", gettext("Các đơn vị"), bool(may(Act.UNITS_MANAGE))),
        ("people", "manage:people", gettext("Người dùng"), bool(may(Act.PEOPLE_MANAGE))),
        ("past", "manage:past", gettext("Kết quả các năm trước"), whole(Act.ROUND_RUN)),
        ("calendar", "manage:calendar_now", gettext("Lịch làm việc"), True),
        ("connections", "manage:connections", gettext("Kết nối"), bool(may(Act.SYSTEMS_CONNECT))),
        ("operating", "manage:operating", gettext("Vận hành"), whole(Act.LEDGER_READ)),
        ("roles", "manage:roles", gettext("Vai trò và quyền"), True),
    ]
    return {
        "section": "start",
        "tabs": [{"code": c, "url": u, "name": n, "here": c == here} for c, u, n, shown in tabs if shown],
        "territory": territory,
        **marks(territory),
    }


def place_of(person: Person) -> Unit | None:
    """The territory in which a person holds or held a role; None where there is none."""
    grant = next(iter(person.grants.all()), None)
    return way_up(grant.unit)[-1] if grant else None


def managed_unit(request: Desk, address: str) -> Unit:
    """A unit by its address that the person may change. Raises Http404, NotAllowed."""
    found = known_unit(request, address)
    check_over(request.rights, Act.UNITS_MANAGE, found)
    return found


def known_unit(request: Desk, address: str) -> Unit:
    """A unit by its address, in or above which the person manages units. Raises Http404, NotAllowed."""
    if not request.rights.units(Act.UNITS_MANAGE):
        raise NotAllowed("not_allowed", act=Act.UNITS_MANAGE.value)
    found = find_unit(address)
    if found is None:
        raise Http404(address)
    check_place(request.rights, Act.UNITS_MANAGE, found)
    return found


def known_person(request: Desk, username: str) -> Person:
    """A person by the sign-in name, for whoever manages persons. Raises Http404, NotAllowed."""
    if not request.rights.units(Act.PEOPLE_MANAGE):
        raise NotAllowed("not_allowed", act=Act.PEOPLE_MANAGE.value)
    found = find_person(username)
    if found is None:
        raise Http404(username)
    return found


def finder(request: Desk) -> Callable[[str], bool]:
    """Whether a text holds every word that was asked for, each as the beginning of one, accents or not."""
    asked = asked_words(request.GET.get("tim", "")[:200])

    def holds(text: str) -> bool:
        words = indexed_words(text)
        return all(any(word.startswith(a) for word in words) for a in asked)

    return holds if asked else lambda text: True


def paged(request: Desk, items: Sequence[Item], size: int = PAGE) -> tuple[Sequence[Item], dict[str, Any]]:
    """One page of a list, and what its links need."""
    cut, more = page_asked(request, len(items), size)
    return items[cut], more
