"""What everybody may read of surveys: those that are open or counted, and the figures of the counted ones."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_noop
from ninja import Path

from parindex.apps.surveys.models import Survey
from parindex.apps.surveys.published import published
from parindex.apps.surveys.queries import find_survey, public_surveys
from parindex.core.kernel.problems import Refused
from parindex.web.api.public import CODE, FOUND, api, everybody, opened
from parindex.web.api.shapes import Open


__all__ = ["api"]

Slug = Annotated[str, Path(pattern=CODE, description=gettext_noop("mã cuộc điều tra"))]


@everybody(
    "public_surveys",
    "/public/surveys",
    summary=gettext_noop("Các cuộc điều tra xã hội học"),
    description=gettext_noop("Đang lấy ý kiến hoặc đã tổng hợp; cuộc đã tổng hợp có địa chỉ kết quả."),
    response={200: Open},
)
def surveys(request: HttpRequest) -> dict[str, Any]:
    """Open and counted surveys, newest first."""
    return opened(reverse("answer:list"), [_survey(one) for one in public_surveys()])


@everybody(
    "public_survey",
    "/public/surveys/{survey}",
    summary=gettext_noop("Kết quả của một cuộc điều tra"),
    description=gettext_noop(
        "Từng đơn vị: tỷ lệ hài lòng và chỉ số, sai số chuẩn, khoảng tin cậy, số phiếu; theo nhóm và "
        "theo yếu tố. Nhóm ít phiếu không nêu (hidden), không có điều tra là null, không phải 0."
    ),
    response=FOUND,
)
def survey(request: HttpRequest, survey: Slug) -> dict[str, Any]:
    """One counted survey."""
    found = find_survey(survey)
    units = published(found) if found else None
    if found is None or units is None:
        raise Refused("address_unknown", path=survey[:100])
    head = _survey(found)
    page = head.pop("page")
    return opened(page, units, survey=head)


def _survey(one: Survey) -> dict[str, Any]:
    counted = one.state == Survey.State.COUNTED
    return {
        "territory": one.territory.code,
        "survey": one.slug,
        "title": {"vi": one.title_vi, "en": one.title_en},
        "year": one.year,
        "body": one.body,
        "kind": one.kind,
        "state": one.state,
        "opens": one.opens.isoformat(),
        "closes": one.closes.isoformat(),
        "least": one.small_public,
        "indicator": one.indicator.code if one.indicator else None,
        "measure": one.measure,
        "results": reverse("api:public_survey", args=[one.slug]) if counted else None,
        "page": reverse("answer:result", args=[one.slug]) if counted else reverse("answer:list"),
    }
