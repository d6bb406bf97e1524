"""One value, typed with the document that says it, where no system and no table brings it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.evidence.inspecting import inspect_upload
from parindex.apps.evidence.rules import TO_BE_ASKED
from parindex.apps.indicators.actions import ValuesRefused
from parindex.apps.indicators.models import Indicator
from parindex.apps.indicators.periods import recent_periods, said_period, typed_period
from parindex.apps.indicators.queries import all_indicators
from parindex.apps.indicators.reports import record_with_evidence
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import tree_of
from parindex.apps.organisations.roles import Act
from parindex.core.formats.registers import Outcome, RegisterRow
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.findings import finding_sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import managed
from parindex.web.parts.languages import language
from parindex.web.parts.marks import marks
from parindex.web.parts.sent_tables import sent_file, words_of


TYPED = ("indicator", "unit", "period", "numerator", "denominator", "value", "as_of", "source")


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: Desk) -> HttpResponse:
    """The form; what cannot be kept is shown again with the field and the reason."""
    territory, territories = managed(request, Act.ROUND_ASSIST, whole=True)
    typed = {key: request.POST.get(key, "").strip()[:200] for key in TYPED}
    wrong: list[tuple[str, str]] = []
    if request.method == "POST":
        done = _keep(request, territory, typed)
        if isinstance(done, HttpResponse):
            return done
        wrong = done
    tree = tree_of(territory)
    context = {
        "section": "start",
        "territory": territory,
        **marks(territory),
        "territories": territories,
        "typed": typed,
        "wrong": wrong,
        "indicators": [{"indicator": i, "share": i.kind == Indicator.Kind.SHARE} for i in all_indicators()],
        "units": [{"way": tree.address(u), "unit": u} for u in tree.walk() if u.valid_to is None],
        "periods": [
            {"text": typed_period(p), "name": said_period(*p)} for p in recent_periods(legal_date(request.at))
        ],
    }
    return render(request, "indicators/entry.html", context, status=422 if wrong else 200)


def _keep(request: Desk, territory: Unit, typed: dict[str, str]) -> HttpResponse | list[tuple[str, str]]:
    """Keep what was typed; else the fields that are wrong, each with its reason."""
    try:
        sent, name = sent_file(request)
        with inspect_upload(stream=sent, name=name) as upload:
            asked = [f for f in upload.findings if f.code in TO_BE_ASKED]
            if asked:
                return [(_named("file"), finding_sentence(f.code, f.data, language())) for f in asked]
            row = RegisterRow(1, {k: v for k, v in typed.items() if v}, {})
            done = record_with_evidence(
                territory=territory, row=row, upload=upload, by=request.user.ref, at=request.at
            )
    except ValuesRefused as refusal:
        (one,) = refusal.rows
        return [(_named(one.column), words_of(one.why or refusal))]
    except Refused as refusal:
        return [(_named("file"), words_of(refusal))]
    if done.outcome is Outcome.SAME:
        messages.info(request, gettext("Giá trị này đã có đúng như vậy; không ghi gì thêm."))
    else:
        messages.success(request, gettext("Đã ghi giá trị, kèm tài liệu."))
    return redirect("indicators:versions", _way(territory, typed["unit"]), typed["indicator"])


def _way(territory: Unit, typed: str) -> str:
    """The way to a unit that was named by its code or its way."""
    tree = tree_of(territory)
    return next(tree.address(u) for u in tree.walk() if typed in (u.code, tree.address(u)))


def _named(column: str) -> str:
    names: dict[str, Any] = {
        "indicator": gettext("Chỉ tiêu"),
        "unit": gettext("Đơn vị"),
        "period": gettext("Kỳ"),
        "numerator": gettext("Tử số"),
        "denominator": gettext("Mẫu số"),
        "value": gettext("Giá trị"),
        "as_of": gettext("Số liệu đến ngày"),
        "source": gettext("Nguồn"),
        "file": gettext("Tài liệu kiểm chứng"),
    }
    return str(names.get(column, column))
