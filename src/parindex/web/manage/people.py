"""Persons with their roles, and one person with all that hangs on them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from parindex.apps.access.queries import factor_of, open_sessions
from parindex.apps.organisations.imports import PEOPLE_COLUMNS
from parindex.apps.organisations.models import Delegation, Grant, Person
from parindex.apps.organisations.permissions import check_account, check_gives, check_whole, rights_of
from parindex.apps.organisations.queries import Listed, listed_people, tree_of
from parindex.apps.organisations.queries.people import holds_on, places_among
from parindex.apps.organisations.roles import ROLES, Act, Role
from parindex.apps.personal.hanging import open_heaps
from parindex.core.formats.results_file import rows_as_xlsx
from parindex.core.kernel.time import legal_date
from parindex.web.manage.frame import finder, frame, known_person, paged, place_of
from parindex.web.manage.leaving import row_of
from parindex.web.manage.sharing import rounds_of
from parindex.web.manage.units import typed_day
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import managed
from parindex.web.parts.gates import gate
from parindex.web.parts.templatetags.parts import said
from parindex.web.parts.workbooks import XLSX


CLOSED, ALL, WITHOUT = "khoa", "tat-ca", "chua-giao"
SHOWN_DELEGATIONS = 100


def people(request: Desk) -> HttpResponse:
    """Everybody of the territory, and who holds no role yet; filtered by words, unit, role, state."""
    territory, territories = managed(request, Act.PEOPLE_MANAGE)
    tree = tree_of(territory)
    units = {u.pk: u for u in tree.walk()}
    every = listed_people(units, request.at)
    shown, page = paged(request, _filtered(request, every))
    context = {
        **frame(request, "people", territory),
        "territories": territories,
        "rows": [{"person": row.person, "grants": row.grants} for row in shown],
        "page": page,
        "units": sorted(
            {str(g.unit_id): said(g.unit.name) for row in every for g in row.grants}.items(),
            key=lambda u: u[1],
        ),
        "roles": [(role.value, said(info.name)) for role, info in ROLES.items()],
        "count": sum(row.person.is_active for row in every),
        "asked": {k: request.GET.get(k, "") for k in ("tim", "don-vi", "vai-tro", "tinh-trang")},
        "unit_asked": request.GET.get("don-vi", ""),
        "role_asked": request.GET.get("vai-tro", ""),
        "state": request.GET.get("tinh-trang", ""),
        "whole": gate(lambda: check_whole(request.rights, Act.PEOPLE_MANAGE)).is_open,
    }
    return render(request, "manage/people.html", context)


def _filtered(request: Desk, every: Sequence[Listed]) -> list[Listed]:
    """By words without accents, unit, role, and whether the account is open."""
    holds = finder(request)
    unit, role = request.GET.get("don-vi", ""), request.GET.get("vai-tro", "")
    return [
        row
        for row in every
        if _in_state(row, request.GET.get("tinh-trang", ""))
        and (not unit or any(str(g.unit_id) == unit for g in row.grants))
        and (not role or any(g.role == role for g in row.grants))
        and holds(_words(row.person))
    ]


def _in_state(row: Listed, state: str) -> bool:
    if state == ALL:
        return True
    if state == WITHOUT:
        return row.person.is_active and not row.grants
    return row.person.is_active is not (state == CLOSED)


def _words(person: Person) -> str:
    return f"{person.full_name} {person.username} {person.position} {person.email}"


def people_file(request: Desk) -> HttpResponse:
    """The same list, whole, as a workbook: one row for each role, as it can be imported again."""
    territory, _ = managed(request, Act.PEOPLE_MANAGE)
    every = listed_people([u.pk for u in tree_of(territory).walk()], request.at)
    rows = [_cells(row.person, grant) for row in _filtered(request, every) for grant in _grants(row)]
    answer = HttpResponse(
        rows_as_xlsx([said(c.name) for c in PEOPLE_COLUMNS], rows, title=gettext("Người dùng")),
        content_type=XLSX,
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="nguoi-dung-{territory.code}.xlsx"'
    return answer


def _grants(row: Listed) -> Sequence[Grant | None]:
    """Each role a row; who holds none has one row too."""
    return row.grants or [None]


def _cells(person: Person, grant: Grant | None) -> list[str | int | Fraction | None]:
    own = [person.username, person.full_name, person.position, person.email, person.phone]
    if grant is None:
        return [*own, "", "", "", ""]
    days = [typed_day(d) for d in (grant.valid_from, grant.valid_to)]
    return [*own, said(ROLES[Role(grant.role)].name), grant.unit.code, *days]


def person(request: Desk, *, username: str) -> HttpResponse:
    """One person: account, roles held and over, delegations both ways, open work."""
    found = known_person(request, username)
    day = legal_date(request.at)
    grants = list(found.grants.all())
    rows = [
        {
            "grant": g,
            "holds": holds_on(g, day),
            "over": g.valid_to is not None and g.valid_to < day,
            "mine": _is_mine(request, g),
        }
        for g in grants
    ]
    delegations = list(
        Delegation.objects.filter(Q(grant__person=found) | Q(to=found))
        .select_related("grant__person", "grant__unit__parent__parent__parent", "to")
        .order_by("-valid_from", "id")[:SHOWN_DELEGATIONS]
    )
    borrowed = [d for d in delegations if d.to_id == found.pk]
    places = places_among(grants, borrowed, day)
    context = {
        **frame(request, "people", place_of(found)),
        "person": found,
        "account": gate(lambda: check_account(request.rights, found, places)),
        "rows": [r for r in rows if not r["over"]],
        "past": [r for r in rows if r["over"]],
        "lent": [d for d in delegations if d.grant.person_id == found.pk],
        "borrowed": borrowed,
        "today": day,
        "sessions": len(open_sessions(found, request.at)),
        "factor": factor_of(found),
        "heaps": [row_of(heap) for heap in open_heaps(found)],
        "reads_ledger": gate(lambda: check_whole(request.rights, Act.LEDGER_READ)).is_open,
        "appraising": rounds_of(found, rights_of(found, request.at)),
    }
    return render(request, "manage/person.html", context)


def _is_mine(request: Desk, grant: Grant) -> bool:
    """Whether whoever asks may lend and end a role."""
    return gate(lambda: check_gives(request.rights, Role(grant.role), grant.unit)).is_open
