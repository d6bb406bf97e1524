"""Nhật ký of a person and of a unit, for whoever reads ledgers of the territory; and finding one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.access.chains import chain_of as access_chain
from parindex.apps.audit.models import Entry
from parindex.apps.audit.queries import chain_entries
from parindex.apps.evidence.actions import chain_of as evidence_chain
from parindex.apps.organisations.chains import person_chain, units_chain
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.organisations.permissions import check_over, check_whole, way_up
from parindex.apps.organisations.queries import find_person, find_unit
from parindex.apps.organisations.roles import Act
from parindex.apps.papers.offices import office_chain
from parindex.web.manage.frame import frame, place_of
from parindex.web.parts.chains import chain_file, chain_page
from parindex.web.parts.doors import Desk
from parindex.web.parts.templatetags.parts import said


NAMING = ("units", "rows", "later")
"""Lists of a payload whose rows name a unit by its code first."""


def person_ledger(request: Desk, *, username: str) -> HttpResponse:
    """What happened to one account: made, changed, roles, sign-ins."""
    person = _person(request, username)
    file = reverse("manage:person_ledger_file", args=[username])
    context = {
        **frame(request, "operating", place_of(person)),
        "title": person.full_name,
        "over": gettext("Tài khoản %(name)s") % {"name": person.username},
        "crumbs": [(reverse("manage:operating"), gettext("Vận hành"))],
        **chain_page(request, _person_chains(person), file=file),
    }
    return render(request, "manage/ledger.html", context)


def person_ledger_file(request: Desk, *, username: str) -> StreamingHttpResponse:
    """The same chains whole, as a file."""
    return chain_file(_person_chains(_person(request, username)), username)


def _person_chains(person: Person) -> list[str]:
    return [person_chain(person), access_chain(person)]


def _person(request: Desk, username: str) -> Person:
    """A person of whose every unit the ledger may be read. Raises Http404, NotAllowed."""
    _check(request)
    found = find_person(username)
    if found is None:
        raise Http404(username)
    for grant in found.grants.all():
        check_over(request.rights, Act.LEDGER_READ, grant.unit)
    return found


def unit_ledger(request: Desk, *, unit: str) -> HttpResponse:
    """What happened to one unit and its documents; of a territory, to all its units."""
    found = _unit(request, unit)
    above = way_up(found)
    wanted = _about(unit, found) if found.parent else None
    context = {
        **frame(request, "operating", above[-1]),
        "title": said(found.name),
        "over": gettext("Đơn vị %(code)s") % {"code": unit},
        "crumbs": [(reverse("manage:operating"), gettext("Vận hành"))],
        **chain_page(
            request, _unit_chains(found), file=reverse("manage:unit_ledger_file", args=[unit]), wanted=wanted
        ),
    }
    return render(request, "manage/ledger.html", context)


def unit_ledger_file(request: Desk, *, unit: str) -> StreamingHttpResponse:
    """The chains whole: a chain of which a part was left out could not be verified."""
    return chain_file(_unit_chains(_unit(request, unit)), unit)


def _unit_chains(unit: Unit) -> list[str]:
    return [units_chain(unit), evidence_chain(unit), office_chain(unit)]


def _unit(request: Desk, address: str) -> Unit:
    """A unit in whose territory the person reads ledgers. Raises Http404, NotAllowed."""
    _check(request)
    found = find_unit(address)
    if found is None:
        raise Http404(address)
    check_over(request.rights, Act.LEDGER_READ, found)
    return found


def _about(address: str, unit: Unit) -> list[int]:
    """Keys of the entries of the territory's chain that speak of one unit."""
    return [e.pk for e in chain_entries(units_chain(unit)) if _speaks_of(e, address, unit.code)]


def _speaks_of(entry: Entry, address: str, code: str) -> bool:
    if entry.subject == address or address in entry.payload.get("earlier", ()):
        return True
    lists: Sequence[Any] = [entry.payload.get(name) for name in NAMING]
    rows = [row for rows in lists if isinstance(rows, list) for row in rows]
    return any(isinstance(row, list) and row[:1] == [code] for row in rows)


def find(request: Desk) -> HttpResponse:
    """From a sign-in name or a unit's address to its ledger."""
    _check(request)
    asked = request.GET.get("ten", "").strip()[:200]
    if asked and find_person(asked) is not None:
        return redirect("manage:person_ledger", asked)
    if asked and find_unit(asked) is not None:
        return redirect("manage:unit_ledger", asked)
    messages.error(request, gettext("Không có người dùng hay đơn vị “%(name)s”.") % {"name": asked})
    return redirect("manage:operating")


def _check(request: Desk) -> None:
    """Whoever reads the ledger of a whole territory: its chains tell of every unit. Raises NotAllowed."""
    check_whole(request.rights, Act.LEDGER_READ)
