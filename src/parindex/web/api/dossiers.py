"""The operation that takes in dossiers, row by row."""

from __future__ import annotations

from typing import Annotated, Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Header, Status

from parindex.apps.indicators.handing_in import push_dossiers
from parindex.web.api.reading import read_delivery
from parindex.web.api.shapes import DossiersAnswer, Problem
from parindex.web.api.values import REFUSED, Tokened, api, in_language, status_of


__all__ = ["api", "push"]


@api.post(
    "/dossiers",
    url_name="dossiers",
    operation_id="push_dossiers",
    summary=gettext_noop("Gửi hồ sơ"),
    description=gettext_noop(
        "Mỗi dòng một hồ sơ như đang có lúc gửi; gửi lại hồ sơ với trạng thái sau thì bản sau được giữ. "
        "Dòng đúng được nhận, dòng sai bị từ chối kèm trường và lý do (200). Không dòng nào nhận được: 403 "
        "nếu mọi dòng bị từ chối đều ngoài phạm vi của mã truy cập, nếu không thì 422. Trường không có "
        "trong mô tả (họ tên, số định danh của công dân…) không được đọc, không được lưu, và được kể ở "
        "unread. Số liệu tự đếm được cập nhật ở lần đếm sau, mỗi ngày một lần. 503: kho đang nhận một lần "
        "gửi khác, gửi lại sau."
    ),
    response={
        200: DossiersAnswer,
        400: Problem,
        403: DossiersAnswer | Problem,
        409: Problem,
        413: Problem,
        422: DossiersAnswer | Problem,
        503: Problem,
        **REFUSED,
    },
)
def push(
    request: HttpRequest,
    response: HttpResponse,
    *,
    key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            description=gettext_noop("tên do hệ thống gửi đặt cho lần gửi này, 1–100 ký tự ASCII"),
        ),
    ] = None,
) -> Status[dict[str, Any]]:
    """A delivery of dossiers."""
    desk = cast(Tokened, request)
    sent = read_delivery(request, key=key, atomic=False, mark=b"dossiers:")
    done = push_dossiers(token=desk.auth, sent=sent, by=desk.auth.ref, at=desk.at)
    if done.again:
        response.headers["Idempotency-Replayed"] = "true"
    return Status(status_of(done), in_language(done))
