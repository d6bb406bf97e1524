"""The operations: values handed in and read back, and what a token may hand in."""

from __future__ import annotations

from typing import Annotated, Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Header, NinjaAPI, Query, Status
from ninja.renderers import JSONRenderer

from parindex.apps.indicators.models import Indicator, Token, Value
from parindex.apps.indicators.periods import read_period
from parindex.apps.indicators.queries import values_pushed
from parindex.apps.indicators.tokens import Delivered, Scope, push_values, scope_of
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.problems import Refused
from parindex.web.api.door import Bearer
from parindex.web.api.faults import say_faults
from parindex.web.api.reading import read_delivery
from parindex.web.api.shapes import Answer, IndicatorShape, Problem, UnitShape, Values
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language


MOST = 1_000
GREATEST = 2**62
FORBIDDEN = frozenset({"unit_of_others", "indicator_of_others", "dossier_of_others"})
STANDS = frozenset({"added", "changed", "same", "taken"})
REFUSED: dict[int, Any] = {401: Problem, 429: Problem}


class InLetters(JSONRenderer):
    """JSON in which Vietnamese can be read."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012


api = NinjaAPI(
    title="parindex",
    version="1",
    description=gettext_noop(
        "Hệ thống khác (một cửa, thanh toán…) gửi giá trị chỉ tiêu đo được của các đơn vị. Gửi lại không ghi "
        "trùng; số mới thành phiên bản mới, số cũ vẫn giữ."
    ),
    auth=Bearer(),
    renderer=InLetters(),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)
say_faults(api)


class Tokened(Desk):
    """A request that came with a token."""

    auth: Token


@api.post(
    "/values",
    url_name="values",
    operation_id="push_values",
    summary=gettext_noop("Gửi giá trị"),
    description=gettext_noop(
        "Dòng đúng được ghi, dòng sai bị từ chối kèm lý do (200). Không dòng nào ghi được: 403 nếu mọi dòng "
        "bị từ chối đều ngoài phạm vi của mã truy cập, nếu không thì 422. Gửi lại cùng Idempotency-Key và "
        "cùng nội dung trong 30 ngày: nhận đúng câu trả lời cũ."
    ),
    response={
        200: Answer,
        400: Problem,
        403: Answer,
        409: Problem,
        413: Problem,
        422: Answer | Problem,
        **REFUSED,
    },
)
def push(
    request: HttpRequest,
    response: HttpResponse,
    *,
    atomic: Annotated[
        bool, Query(description=gettext_noop("ghi tất cả các dòng, hoặc không dòng nào"))
    ] = False,
    key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            description=gettext_noop("tên do hệ thống gửi đặt cho lần gửi này, 1–100 ký tự ASCII"),
        ),
    ] = None,
) -> Status[dict[str, Any]]:
    """A delivery of values."""
    desk = cast(Tokened, request)
    sent = read_delivery(request, key=key, atomic=atomic)
    done = push_values(token=desk.auth, sent=sent, by=desk.auth.ref, at=desk.at)
    if done.again:
        response.headers["Idempotency-Replayed"] = "true"
    return Status(status_of(done), in_language(done))


def status_of(done: Delivered) -> int:
    """200 where anything stands as it was sent; else 403 where nothing but scope forbade it."""
    answer = done.answer
    if any(row["outcome"] in STANDS for row in answer["rows"]):
        return 200
    codes = {row["code"] for row in answer["rows"] if row["outcome"] == "refused"}
    return 403 if codes <= FORBIDDEN else 422


def in_language(done: Delivered) -> dict[str, Any]:
    """The answer in the language of the request."""
    rows = [
        {**{k: v for k, v in row.items() if k != "said"}, "sentence": row["said"][language()]}
        if "said" in row
        else row
        for row in done.answer["rows"]
    ]
    return {**done.answer, "rows": rows}


@api.get(
    "/values",
    url_name="values",
    operation_id="read_values",
    summary=gettext_noop("Đọc lại giá trị đã gửi"),
    description=gettext_noop("Mọi phiên bản mà mã truy cập này đã ghi, theo thứ tự ghi."),
    response={200: Values, 403: Problem, 404: Problem, 422: Problem, **REFUSED},
    by_alias=True,
)
def values(
    request: HttpRequest,
    *,
    unit: Annotated[str, Query(description=gettext_noop("mã hoặc đường dẫn đơn vị; bỏ trống: tất cả"))] = "",
    indicator: Annotated[str, Query(description=gettext_noop("mã chỉ tiêu; bỏ trống: tất cả"))] = "",
    period: Annotated[str, Query(description=gettext_noop("kỳ: 2025, 2025-03 hoặc 2025-Q1"))] = "",
    after: Annotated[int, Query(ge=0, le=GREATEST, description=gettext_noop("số next của trang trước"))] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST, description=gettext_noop("số phiên bản mỗi trang"))] = 500,
) -> dict[str, Any]:
    """What this token has recorded."""
    token = cast(Tokened, request).auth
    scope = scope_of(token)
    units = _units(scope, unit) if unit else scope.units
    indicators = [_indicator(scope, indicator)] if indicator else scope.indicators
    found = values_pushed(
        token,
        units=[u.pk for u in units],
        indicators=[i.pk for i in indicators],
        period=read_period(period) if period else None,
        after=after,
        most=limit + 1,
    )
    ways = {u.pk: scope.tree.address(u) for u in units}
    shown = found[:limit]
    more = shown[-1][0].pk if len(found) > limit else None
    return {"values": [_kept(v, ways[v.unit_id], stands=stands) for v, stands in shown], "next": more}


def _units(scope: Scope, asked: str) -> list[Unit]:
    """The units of the token by that code or way. Raises Refused ``unit_not_found``, ``unit_of_others``."""
    tree = scope.tree
    named = [u for u in tree.walk() if asked in (u.code, tree.address(u))]
    if not named:
        raise Refused("unit_not_found", unit=asked[:60])
    own = {u.pk for u in scope.units}
    found = [u for u in named if u.pk in own]
    if not found:
        raise Refused("unit_of_others", unit=named[0].name_vi)
    return found


def _indicator(scope: Scope, code: str) -> Indicator:
    """Raises Refused ``indicator_unknown``: there is none, or this token may not send it."""
    found = next((i for i in scope.indicators if i.code == code), None)
    if found is None:
        raise Refused("indicator_unknown", indicator=code[:60])
    return found


def _kept(value: Value, way: str, *, stands: bool) -> dict[str, Any]:
    return {
        "id": value.pk,
        "indicator": value.indicator.code,
        "unit": way,
        "from": value.start,
        "to": value.end,
        "numerator": value.numerator,
        "denominator": value.denominator,
        "value": value.value,
        "source": value.source,
        "as_of": value.as_of,
        "origin": value.origin,
        "version": value.version,
        "stands": stands,
        "known_at": value.known_at,
    }


@api.get(
    "/indicators",
    url_name="indicators",
    operation_id="read_indicators",
    summary=gettext_noop("Chỉ tiêu được gửi"),
    description=gettext_noop("Mỗi chỉ tiêu với nguồn chính thức và cách ghi giá trị."),
    response={200: list[IndicatorShape], **REFUSED},
)
def indicators(request: HttpRequest) -> list[Indicator]:
    """Indicators that this token may send."""
    return scope_of(cast(Tokened, request).auth).indicators


@api.get(
    "/units",
    url_name="units",
    operation_id="read_units",
    summary=gettext_noop("Đơn vị được gửi"),
    description=gettext_noop("Kể cả đơn vị đã kết thúc, để gửi số liệu của kỳ cũ."),
    response={200: list[UnitShape], **REFUSED},
)
def units(request: HttpRequest) -> list[dict[str, Any]]:
    """Units whose values this token may send."""
    scope = scope_of(cast(Tokened, request).auth)
    return [
        {
            "code": u.code,
            "way": scope.tree.address(u),
            "name_vi": u.name_vi,
            "name_en": u.name_en,
            "type": u.type,
            "valid_to": u.valid_to,
        }
        for u in scope.units
    ]
