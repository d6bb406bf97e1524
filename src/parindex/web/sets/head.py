"""What concerns a set as a whole: names, period, unit types, and the policies from points to ranks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.frameworks.actions import change_draft
from parindex.apps.frameworks.actions.drafting import check_unseen
from parindex.apps.frameworks.models import SetDraft
from parindex.apps.frameworks.rules import data_hash
from parindex.core.formats.framework_rows import BONUS, PENALTY, Plain, check_plain
from parindex.core.kernel.framework import Extra, Framework
from parindex.core.kernel.problems import Refused
from parindex.core.wording.keys import key_name
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.sets.desk import draft_or_404, problem_words, sentence
from parindex.web.sets.fields import controls, read
from parindex.web.sets.tree import frame


SECTIONS = (
    ("names", ("id", "version", "title", "subject", "status", "status_note")),
    ("bases", ("legal_basis", "sources")),
    ("time", ("period", "holidays", "worked_days")),
    ("who", ("unit_types", "units")),
    ("policies", ("index", "decimals", "ranking", "late_submission")),
    ("grading", ("grades",)),
)
KEYS = tuple(key for _, keys in SECTIONS for key in keys)
CAPS = (BONUS, PENALTY)


@require_http_methods(["GET", "HEAD", "POST"])
def head(request: Desk, *, pk: int) -> HttpResponse:
    """One form in sections; what the form does not hold stays."""
    draft = draft_or_404(request, pk)
    content, wrong = draft.content, ""
    if request.method == "POST":
        typed = _typed(request)
        wrong = _save(request, draft, typed)
        if not wrong:
            messages.success(request, gettext("Đã lưu thông tin chung."))
            return redirect("sets:head", pk)
        draft.refresh_from_db()
        content = _merged(draft.content, typed)
    _, problems = check_plain(draft.content)
    context = {
        **frame(draft),
        "wrong": wrong,
        "seen": data_hash(_head(draft.content)),
        "sections": [_section(name, keys, content) for name, keys in SECTIONS],
        "caps": [
            (key_name(part, language()), controls(Extra, content.get(part) or {}, part, keys=("max",)))
            for part in CAPS
        ],
        "problems": [problem_words(p.code, p.data) for p in problems if not p.row],
    }
    return render(request, "sets/head.html", context, status=422 if wrong else 200)


def _section(name: str, keys: tuple[str, ...], content: Plain) -> dict[str, Any]:
    titles = {
        "names": gettext("Tên gọi"),
        "bases": gettext("Căn cứ"),
        "time": gettext("Thời gian"),
        "who": gettext("Đơn vị áp dụng"),
        "policies": gettext("Tính chỉ số, xếp hạng, nộp muộn"),
        "grading": gettext("Xếp loại"),
    }
    return {"name": name, "title": titles[name], "controls": controls(Framework, content, "set", keys=keys)}


def _head(content: Plain) -> Plain:
    caps = {part: (content.get(part) or {}).get("max", "") for part in CAPS}
    return {**{k: content[k] for k in KEYS if k in content}, "caps": caps}


def _typed(request: Desk) -> Plain:
    """What the form says of the keys that it holds."""
    found = read(Framework, request.POST, "set", keys=KEYS)
    found["caps"] = {part: read(Extra, request.POST, part, keys=("max",)).get("max", "") for part in CAPS}
    return found


def _merged(content: Plain, typed: Plain) -> Plain:
    """The content with its head replaced."""
    merged = {k: v for k, v in content.items() if k not in KEYS}
    merged |= {k: v for k, v in typed.items() if k != "caps"}
    for part, cap in typed["caps"].items():
        extra = {k: v for k, v in (merged.get(part) or {}).items() if k != "max"}
        if cap:
            extra["max"] = cap
        merged.pop(part, None)
        if extra:
            merged[part] = extra
    return merged


def _save(request: Desk, draft: SetDraft, typed: Plain) -> str:
    """Keep what was typed; why not, as a sentence."""
    seen = request.POST.get("seen", "")

    def edit(content: Plain) -> None:
        check_unseen(seen, _head(content))
        merged = _merged(content, typed)
        content.clear()
        content.update(merged)

    try:
        change_draft(draft=draft, change="head", edit=edit, by=request.user.ref, at=request.at)
    except Refused as refusal:
        return sentence(refusal)
    return ""
