"""Other systems that hand in measured values: their tokens, given, looked after, revoked."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from parindex.apps.indicators.models import Indicator, Token
from parindex.apps.indicators.queries import all_indicators, find_token_by_key, last_pushes, tokens_of
from parindex.apps.indicators.tokens import NewToken, create_token, revoke_token
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import names_of, tree_of
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.web.manage.forms import Field, Form, answer, needed_day, text
from parindex.web.manage.frame import frame
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import managed
from parindex.web.parts.templatetags.parts import said


BOTH = require_http_methods(["GET", "HEAD", "POST"])
EVERY = "*"
A_YEAR = timedelta(days=365)
SOON = timedelta(days=30)
SHOWN = 30


def connections(request: Desk) -> HttpResponse:
    """Every token of a territory, those that hold first."""
    territory, territories = managed(request, Act.SYSTEMS_CONNECT)
    found = tokens_of([territory.pk])
    soon = legal_date(request.at) + SOON
    context = {
        **frame(request, "connections", territory),
        "territories": territories,
        "rows": [
            {"token": t, "holds": True, "ends_soon": t.valid_to <= soon} for t in found if t.holds(request.at)
        ],
        "past": [{"token": t, "holds": False, "ends_soon": False} for t in found if not t.holds(request.at)],
    }
    return render(request, "manage/connections.html", context)


@never_cache
@BOTH
def add(request: Desk) -> HttpResponse:
    """Give a token; it is shown on the page that answers, and nowhere else."""
    territory, _ = managed(request, Act.SYSTEMS_CONNECT)
    tree = tree_of(territory)
    places = {tree.address(u): u for u in tree.walk()}
    given: list[tuple[Token, str]] = []

    def send(desk: Desk) -> None:
        new = NewToken(
            text(desk, "system"),
            _units(desk, places),
            _indicators(desk.POST.getlist("indicator")),
            needed_day(desk, "valid_to"),
            dossiers=desk.POST.get("dossiers") == "1",
        )
        given.append(create_token(territory=territory, new=new, by=desk.user.ref, at=desk.at))

    form = Form(
        title=gettext("Cấp mã truy cập"),
        button=gettext("Cấp mã truy cập"),
        over=said(territory.name),
        lead=gettext(
            "Ai có mã này gửi được số liệu thay hệ thống. Chỉ cho đúng đơn vị và chỉ tiêu mà hệ thống ấy nắm."
        ),
        crumbs=_crumbs(),
        fields=_fields(request, places, tree.depth),
        carried=territory.pk,
    )
    shown = answer(request, form, frame(request, "connections", territory), send=send)
    if not given:
        return shown
    token, secret = given[0]
    context = {
        **frame(request, "connections", territory),
        "crumbs": _crumbs(),
        "token": token,
        "secret": secret,
        "values": request.build_absolute_uri(reverse("api:values")),
    }
    return render(request, "manage/token.html", context)


def _fields(request: Desk, places: dict[str, Unit], depth: object) -> list[Field]:
    assert callable(depth)  # noqa: S101
    living = {way: u for way, u in places.items() if u.valid_to is None}
    return [
        Field("system", gettext("Tên hệ thống"), hint=gettext("Ví dụ: Hệ thống một cửa điện tử của tỉnh.")),
        Field(
            "unit",
            gettext("Đơn vị"),
            "select",
            hint=gettext("Gồm cả mọi đơn vị bên dưới."),
            options=[
                ("", gettext("Hãy chọn")),
                *((way, "– " * depth(u) + said(u.name)) for way, u in living.items()),
            ],
        ),
        Field(
            "units",
            gettext("Đơn vị khác nữa"),
            "area",
            hint=gettext("Mã đơn vị, mỗi dòng một mã, ví dụ so-y-te."),
            required=False,
        ),
        Field(
            "indicator",
            gettext("Chỉ tiêu được gửi"),
            "many",
            (),
            options=[
                (EVERY, gettext("Mọi chỉ tiêu, kể cả chỉ tiêu lập sau này")),
                *((i.code, said(i.name)) for i in all_indicators()),
            ],
        ),
        Field(
            "dossiers",
            gettext("Hồ sơ thủ tục hành chính"),
            "many",
            (),
            hint=gettext("Từng hồ sơ, không có tên công dân; số liệu được đếm từ đó."),
            required=False,
            options=[("1", gettext("Được gửi từng hồ sơ của các đơn vị trên"))],
        ),
        Field(
            "valid_to",
            gettext("Dùng được đến hết ngày"),
            "date",
            legal_date(request.at) + A_YEAR,
            short=True,
        ),
    ]


def _units(desk: Desk, places: dict[str, Unit]) -> list[Unit]:
    """The units that were chosen and typed. Raises Refused ``unit_not_found``, ``unit_code_ambiguous``."""
    asked = [text(desk, "unit"), *desk.POST.get("units", "")[:20_000].replace(",", "\n").split("\n")]
    found: dict[int, Unit] = {}
    for word in filter(None, (a.strip() for a in asked)):
        named = [u for way, u in places.items() if word in (way, u.code)]
        if not named:
            raise Refused("unit_not_found", unit=word[:60])
        if len(named) > 1:
            raise Refused("unit_code_ambiguous", code=word[:60])
        found[named[0].pk] = named[0]
    return list(found.values())


def _indicators(codes: list[str]) -> list[Indicator] | None:
    """Those that were chosen; None: every one. Raises Refused ``indicator_unknown``."""
    if EVERY in codes:
        return None
    known = {i.code: i for i in all_indicators()}
    for code in codes:
        if code not in known:
            raise Refused("indicator_unknown", indicator=code[:60])
    return [known[code] for code in codes]


def connection(request: Desk, *, key: int) -> HttpResponse:
    """One token: what it may send, and what has come by it."""
    token = _token(request, key)
    context = {
        **frame(request, "connections", token.territory),
        "crumbs": _crumbs(),
        "token": token,
        "holds": token.holds(request.at),
        "created_by": names_of({token.created_by})[token.created_by],
        "pushes": last_pushes(token, SHOWN),
    }
    return render(request, "manage/connection.html", context)


@BOTH
def revoke(request: Desk, *, key: int) -> HttpResponse:
    """End a token at once."""
    token = _token(request, key)

    def send(desk: Desk) -> tuple[str, str]:
        revoke_token(token=token, by=desk.user.ref, at=desk.at)
        words = gettext("Đã thu hồi mã truy cập của %(system)s.") % {"system": token.system}
        return words, reverse("manage:connections") + f"?dia-ban={token.territory_id}"

    form = Form(
        title=gettext("Thu hồi mã truy cập"),
        button=gettext("Thu hồi"),
        danger=True,
        over=token.system,
        lead=gettext("Hệ thống này không gửi được gì nữa, ngay từ bây giờ. Số liệu đã gửi vẫn giữ nguyên."),
        crumbs=[*_crumbs(), (reverse("manage:connection", args=[key]), token.system)],
        fields=[],
    )
    return answer(request, form, frame(request, "connections", token.territory), send=send)


def _token(request: Desk, key: int) -> Token:
    """A token of a territory where the person connects systems. Raises Http404, NotAllowed."""
    managed(request, Act.SYSTEMS_CONNECT)
    found = find_token_by_key(key) if key < 2**62 else None
    if found is None:
        raise Http404(str(key))
    request.rights.check(Act.SYSTEMS_CONNECT, found.territory_id)
    return found


def _crumbs() -> list[tuple[str, str]]:
    return [(reverse("manage:connections"), gettext("Kết nối"))]
