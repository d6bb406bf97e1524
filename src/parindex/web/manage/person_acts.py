"""What is done to persons: add, change, close and open an account, give and end roles, lend, hand over."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.access.actions import end_sessions
from parindex.apps.organisations.actions import (
    Contact,
    NewPerson,
    add_person,
    change_person,
    deactivate_person,
    delegate,
    grant_roles,
    reactivate_person,
    revoke_role,
    take_back,
)
from parindex.apps.organisations.models import Delegation, Grant, Person, Unit
from parindex.apps.organisations.permissions import check_account, check_gives, check_place
from parindex.apps.organisations.queries import (
    find_person,
    find_unit,
    managed_units,
    places_of_person,
    tree_of,
)
from parindex.apps.organisations.roles import ROLES, Act, Role
from parindex.apps.personal.leaving import hand_over as hand_over_all
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.web.manage.forms import Field, Form, Options, answer, day, needed_day, text
from parindex.web.manage.frame import frame, known_person, place_of
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import managed
from parindex.web.parts.templatetags.parts import said


BOTH = require_http_methods(["GET", "HEAD", "POST"])


def _crumbs(person: Person | None = None) -> list[tuple[str, str]]:
    found = [(reverse("manage:people"), gettext("Người dùng"))]
    return [*found, (_page(person), person.full_name)] if person else found


def _page(person: Person) -> str:
    return reverse("manage:person", args=[person.username])


def _account(request: Desk, username: str) -> Person:
    """A person whose whole account may be changed by whoever asks. Raises Http404, NotAllowed."""
    found = known_person(request, username)
    check_account(request.rights, found, places_of_person(found, request.at))
    return found


def _contact(person: Person | None = None) -> list[Field]:
    """Name, office held, contact."""
    return [
        Field("full_name", gettext("Họ tên"), value=person.full_name if person else ""),
        Field("position", gettext("Chức vụ"), value=person.position if person else "", required=False),
        Field("email", gettext("Thư điện tử"), "email", person.email if person else "", required=False),
        Field(
            "phone", gettext("Điện thoại"), value=person.phone if person else "", required=False, short=True
        ),
    ]


def _typed(desk: Desk) -> Contact:
    return Contact(
        text(desk, "full_name", limit=200),
        text(desk, "position", limit=200),
        text(desk, "email", limit=254),
        text(desk, "phone", limit=30),
    )


@BOTH
def add(request: Desk) -> HttpResponse:
    """A person; with a first role if one is chosen."""
    territory, _ = managed(request, Act.PEOPLE_MANAGE)

    def send(desk: Desk) -> tuple[str, str]:
        said_of = _typed(desk)
        new = NewPerson(
            text(desk, "username", limit=150),
            said_of.full_name,
            said_of.position,
            said_of.email,
            said_of.phone,
            illustrative=territory.illustrative,
        )
        made = add_person(new=new, by=desk.user.ref, at=desk.at)
        words = gettext("Đã thêm %(person)s. Hãy giao vai trò.") % {"person": made.full_name}
        return words, reverse("manage:grant", args=[made.username])

    name = Field(
        "username",
        gettext("Tên đăng nhập"),
        hint=gettext("Mỗi người một tài khoản, không dùng chung. Chữ không dấu, chữ số và . _ @ -"),
    )
    form = Form(
        title=gettext("Thêm người dùng"),
        button=gettext("Thêm người dùng"),
        over=said(territory.name),
        crumbs=_crumbs(),
        fields=[*_contact()[:1], name, *_contact()[1:]],
        carried=territory.pk,
    )
    return answer(request, form, frame(request, "people", territory), send=send)


@BOTH
def change(request: Desk, *, username: str) -> HttpResponse:
    """Name, office held, contact."""
    found = _account(request, username)

    def send(desk: Desk) -> tuple[str, str]:
        change_person(person=found, contact=_typed(desk), by=desk.user.ref, at=desk.at)
        return gettext("Đã ghi."), _page(found)

    form = Form(
        title=gettext("Sửa thông tin"),
        button=gettext("Ghi"),
        over=found.full_name,
        crumbs=_crumbs(found),
        fields=_contact(found),
    )
    return answer(request, form, _frame(request, found), send=send)


def _frame(request: Desk, person: Person) -> dict[str, object]:
    return frame(request, "people", place_of(person))


@BOTH
def close(request: Desk, *, username: str) -> HttpResponse:
    """Close an account at once."""
    found = _account(request, username)

    def send(desk: Desk) -> tuple[str, str]:
        deactivate_person(person=found, reason=text(desk, "reason"), by=desk.user.ref, at=desk.at)
        end_sessions(person=found, by=desk.user.ref, at=desk.at)
        return gettext("Đã khóa tài khoản của %(person)s.") % {"person": found.full_name}, _page(found)

    form = Form(
        title=gettext("Khóa tài khoản"),
        button=gettext("Khóa tài khoản"),
        danger=True,
        over=found.full_name,
        lead=gettext(
            "Người này không đăng nhập được nữa, không còn giữ hay cho ủy quyền vai trò nào. Việc đã làm và "
            "nhật ký vẫn giữ tên. Việc đang mở nên bàn giao trước."
        ),
        crumbs=_crumbs(found),
        fields=[Field("reason", gettext("Lý do"), "area")],
    )
    return answer(request, form, _frame(request, found), send=send)


@require_POST
def reopen(request: Desk, *, username: str) -> HttpResponse:
    """Open a closed account again."""
    found = _account(request, username)
    attempt(request, reactivate_person, person=found)
    return redirect(_page(found))


@BOTH
def grant(request: Desk, *, username: str) -> HttpResponse:
    """Give one or several roles in a unit."""
    found = known_person(request, username)
    roots = managed_units(request.rights, Act.PEOPLE_MANAGE)

    def send(desk: Desk) -> tuple[str, str]:
        unit = _unit(text(desk, "unit"))
        roles = [_role(code) for code in desk.POST.getlist("role")]
        check_place(desk.rights, Act.PEOPLE_MANAGE, unit)
        for role in roles:
            check_gives(desk.rights, role, unit)
        grant_roles(
            person=found,
            roles=roles,
            unit=unit,
            valid_from=day(desk, "from"),
            valid_to=day(desk, "to"),
            document=text(desk, "document", limit=250),
            by=desk.user.ref,
            at=desk.at,
        )
        words = gettext("Đã giao %(n)s vai trò tại %(unit)s.") % {"n": len(roles), "unit": unit.name_vi}
        return words, _page(found)

    form = Form(
        title=gettext("Giao vai trò"),
        button=gettext("Giao vai trò"),
        over=found.full_name,
        lead=gettext(
            "Một người có thể giữ nhiều vai trò, ở nhiều đơn vị. Không ai thẩm định đơn vị của mình."
        ),
        crumbs=_crumbs(found),
        fields=[
            Field(
                "unit", gettext("Tại đơn vị"), "select", request.GET.get("tai", ""), options=_places(roots)
            ),
            Field(
                "role",
                gettext("Vai trò"),
                "many",
                (),
                options=[(r.value, said(i.name)) for r, i in ROLES.items()],
            ),
            Field("from", gettext("Từ ngày"), "date", legal_date(request.at), short=True),
            Field("to", gettext("Đến hết ngày"), "date", required=False, short=True),
            Field("document", gettext("Văn bản phân công"), required=False),
        ],
    )
    return answer(request, form, _frame(request, found), send=send)


def _places(roots: list[Unit]) -> Options:
    """Every living unit of what the person manages."""
    trees = [tree_of(root) for root in roots]
    found = {
        tree.address(unit): "– " * tree.depth(unit) + said(unit.name)
        for tree in trees
        for unit in tree.walk()
        if unit.valid_to is None
    }
    return list(found.items())


def _unit(address: str) -> Unit:
    """A unit by its address. Raises Refused ``unit_not_found``."""
    found = find_unit(address) if address else None
    if found is None:
        raise Refused("unit_not_found", unit=address[:100])
    return found


def _role(code: str) -> Role:
    try:
        return Role(code)
    except ValueError:
        raise Refused("role_unknown", role=code[:50]) from None


def _own_grant(request: Desk, username: str, key: int) -> Grant:
    """A role of that person in a unit where people are managed. Raises Http404, NotAllowed."""
    found = known_person(request, username)
    held = get_object_or_404(found.grants.select_related("person", "unit__parent__parent__parent"), pk=key)
    check_gives(request.rights, Role(held.role), held.unit)
    return held


@BOTH
def revoke(request: Desk, *, username: str, grant: int) -> HttpResponse:
    """End a role with a day."""
    held = _own_grant(request, username, grant)
    yesterday = legal_date(request.at) - timedelta(days=1)

    def send(desk: Desk) -> tuple[str, str]:
        last = needed_day(desk, "last")
        revoke_role(grant=held, last=last, reason=text(desk, "reason"), by=desk.user.ref, at=desk.at)
        return gettext("Đã thu hồi vai trò."), _page(held.person)

    form = Form(
        title=gettext("Thu hồi vai trò"),
        button=gettext("Thu hồi"),
        danger=True,
        over=f"{held.person.full_name}: {said(ROLES[Role(held.role)].name)}, {said(held.unit.name)}",
        crumbs=_crumbs(held.person),
        fields=[
            Field(
                "last",
                gettext("Ngày cuối cùng giữ vai trò"),
                "date",
                yesterday,
                hint=gettext("Hôm qua: thu hồi ngay bây giờ."),
                short=True,
            ),
            Field("reason", gettext("Lý do"), "area"),
        ],
    )
    return answer(request, form, _frame(request, held.person), send=send)


@BOTH
def lend(request: Desk, *, username: str, grant: int) -> HttpResponse:
    """Lend a role to somebody else for a period (ủy quyền)."""
    held = _own_grant(request, username, grant)

    def send(desk: Desk) -> tuple[str, str]:
        typed = text(desk, "to", limit=150)
        to = find_person(typed.partition(" ")[0])
        if to is None:
            raise Refused("person_not_found", person=typed)
        first, last = needed_day(desk, "from"), needed_day(desk, "until")
        ground = text(desk, "ground", limit=500)
        if not ground:
            raise Refused("reason_needed")
        delegate(
            grant=held, to=to, valid_from=first, valid_to=last, ground=ground, by=desk.user.ref, at=desk.at
        )
        return gettext("Đã ủy quyền cho %(person)s.") % {"person": to.full_name}, _page(held.person)

    near = Person.objects.filter(is_active=True, grants__unit=held.unit).exclude(pk=held.person_id).distinct()
    form = Form(
        title=gettext("Ủy quyền"),
        button=gettext("Ủy quyền"),
        over=f"{held.person.full_name}: {said(ROLES[Role(held.role)].name)}, {said(held.unit.name)}",
        lead=gettext("Hết ngày cuối, ủy quyền tự hết hiệu lực."),
        crumbs=_crumbs(held.person),
        fields=[
            Field(
                "to",
                gettext("Cho người (tên đăng nhập)"),
                hint=gettext("Chọn người cùng đơn vị, hoặc gõ tên đăng nhập của người khác."),
                known=[p.username for p in near[:100]],
            ),
            Field("from", gettext("Từ ngày"), "date", legal_date(request.at), short=True),
            Field("until", gettext("Đến hết ngày"), "date", short=True),
            Field("ground", gettext("Lý do, văn bản ủy quyền"), "area"),
        ],
    )
    return answer(request, form, _frame(request, held.person), send=send)


@require_POST
def end_delegation(request: Desk, *, username: str, delegation: int) -> HttpResponse:
    """End a delegation before its time."""
    found = known_person(request, username)
    lent = get_object_or_404(Delegation.objects.select_related("grant__unit__parent__parent"), pk=delegation)
    if found.pk not in (lent.grant.person_id, lent.to_id):
        raise Http404(str(delegation))
    check_gives(request.rights, Role(lent.grant.role), lent.grant.unit)
    attempt(request, take_back, lent=lent)
    return redirect(_page(found))


@BOTH
def hand_over(request: Desk, *, username: str) -> HttpResponse:
    """Give all open work of somebody who leaves to another, in one act."""
    found = _account(request, username)

    def send(desk: Desk) -> tuple[str, str]:
        typed = text(desk, "to", limit=150)
        to = find_person(typed)
        if to is None:
            raise Refused("person_not_found", person=typed)
        made = hand_over_all(person=found, receivers={"*": to}, by=desk.user.ref, at=desk.at)
        words = gettext("Đã bàn giao %(n)s việc cho %(person)s.") % {"n": made, "person": to.full_name}
        return words, _page(found)

    units = [g.unit_id for g in found.grants.all()]
    near = Person.objects.filter(is_active=True, grants__unit__in=units).exclude(pk=found.pk).distinct()
    form = Form(
        title=gettext("Bàn giao việc đang mở"),
        button=gettext("Bàn giao"),
        over=found.full_name,
        lead=gettext(
            "Tiêu chí được giao, phần thẩm định, nhiệm vụ, phần việc kiểm tra đang mở chuyển hết cho một "
            "người, giữ nguyên thời hạn; tài khoản không đổi."
        ),
        crumbs=_crumbs(found),
        fields=[
            Field(
                "to",
                gettext("Người nhận (tên đăng nhập)"),
                hint=gettext("Người nhận phải có quyền với mọi việc đó."),
                known=[p.username for p in near[:100]],
            )
        ],
    )
    return answer(request, form, _frame(request, found), send=send)
