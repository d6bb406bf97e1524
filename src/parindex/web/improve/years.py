"""Beside last year: points lost and regained, and what the rules did told from what the unit did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from parindex.apps.improvement.promises import Promise, promises_of
from parindex.apps.improvement.queries import Standing, standing_of
from parindex.apps.improvement.years import LastYear, last_year_of
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.improvement import Kind, YearChange
from parindex.core.kernel.improvement.years import FULL
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date
from parindex.web.improve.against import besides
from parindex.web.improve.gates import asked_unit, frame
from parindex.web.improve.moved import moved_rank
from parindex.web.parts.doors import Desk


def years(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """A unit's index and that of the year before, part by part."""
    participant = asked_unit(request, round, unit)
    standing = standing_of(participant)
    last = last_year_of(standing)
    comparison = last.comparison if last else None
    moved = [one for one in comparison.changes if one.is_moved] if comparison else []
    rows = [_row(standing, last, one) for one in moved] if last else []
    promises = promises_of(last, legal_date(request.at)) if last else []
    context = frame(
        participant,
        "years",
        promises=[_promise(last, one) for one in promises] if last else [],
        kept=sum(one.kept for one in promises),
        promised=sum(one.answer.task is not None for one in promises),
        percent=standing.assessment.framework.index.policy != "total",
        last=last,
        comparison=comparison,
        ranks=moved_rank(request.rights, standing, last) if last else None,
        fallen=[row for row in rows if row["change"].difference < 0],
        risen=[row for row in rows if row["change"].difference > 0][::-1],
        even=[row for row in rows if not row["change"].difference],
    )
    return render(request, "improve/years.html", context)


def _row(standing: Standing, last: LastYear, change: YearChange) -> dict[str, Any]:
    now, before = standing.assessment.framework, last.framework
    whole = change.kind in (Kind.BESIDES, Kind.LIMITS)
    return {
        "change": change,
        "names": _named(now, change.codes) or _named(before, change.codes_before),
        "was": [] if whole or change.codes == change.codes_before else list(change.codes_before),
        "said": said_kind(change.kind),
        "besides": whole,
    }


def _promise(last: LastYear, one: Promise) -> dict[str, Any]:
    leaf = last.framework.leaves.get(one.code)
    code, name = (one.code, leaf.name) if leaf else ("", besides().get(one.code, one.code))
    return {"promise": one, "code": code, "name": name}


def _named(framework: Framework, codes: Sequence[str]) -> list[tuple[str, Text | str]]:
    """Codes with names; of what is no criterion the name alone."""
    more = {**besides(), FULL: gettext("Tổng điểm tối đa")}
    return [("", more[c]) if c in more else (c, framework.nodes[c].name) for c in codes]


def said_kind(kind: Kind) -> str:
    """What became of a criterion, in words."""
    return {
        Kind.KEPT: gettext("quy định như năm trước"),
        Kind.RULE: gettext("điểm tối đa hoặc cách chấm đã đổi"),
        Kind.RULE_UNTOLD: gettext("cách chấm đã đổi, không tính lại được câu trả lời năm trước"),
        Kind.NEW: gettext("tiêu chí mới"),
        Kind.DROPPED: gettext("tiêu chí đã bỏ"),
        Kind.SPLIT: gettext("tách thành nhiều tiêu chí, so theo nhóm"),
        Kind.MERGED: gettext("gộp từ nhiều tiêu chí, so theo nhóm"),
        Kind.SPLIT_UNTOLD: gettext("tách thành nhiều tiêu chí, so theo nhóm; cách chấm đã đổi"),
        Kind.MERGED_UNTOLD: gettext("gộp từ nhiều tiêu chí, so theo nhóm; cách chấm đã đổi"),
        Kind.APPLIES: gettext("năm trước không đánh giá"),
        Kind.APPLIES_NO_MORE: gettext("năm nay không đánh giá"),
        Kind.UNMAPPED: gettext("chưa đối chiếu được với năm trước"),
        Kind.BESIDES: gettext("ngoài các tiêu chí"),
        Kind.LIMITS: gettext("giới hạn của cách tính"),
    }[kind]
