"""Beginning a set: from a stored one, from the annex of a decision, or blank."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from parindex.apps.frameworks.actions import NewDraft, open_draft
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.frameworks.permissions import check_edits
from parindex.apps.frameworks.queries import by_hash, versions_for
from parindex.apps.frameworks.rules import check_name_free
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed
from parindex.apps.organisations.roles import Act
from parindex.apps.schedule.holidays import likely_days
from parindex.core.formats.annex import Annex, read_annex
from parindex.core.formats.annex_tables import MAX_BYTES
from parindex.core.formats.framework_dates import move_dates, years_of
from parindex.core.formats.framework_rows import ORIGIN, originating, rows_of
from parindex.core.formats.framework_writer import plain_of
from parindex.core.formats.problems import FileRefused
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import name_key
from parindex.core.wording.problems import sentence as problem_sentence
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.languages import language
from parindex.web.sets.desk import sentence
from parindex.web.sets.fields import text_of


Plain = dict[str, Any]
STARTS = ("copy", "annex", "blank")
UNREAD = "_unread"
"""Lines of an annex that were not understood, kept with the draft until somebody has looked at them."""
LEFT_BEHIND = ("legal_basis", "sources", "code_maps", "status_note")


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Desk) -> HttpResponse:
    """One form; what is wrong is said and what was typed stays. Raises NotAllowed."""
    territories = Unit.objects.filter(pk__in=check_edits(request.rights)).order_by("name_vi")
    versions = versions_for(t.pk for t in territories)
    wrong = ""
    if request.method == "POST":
        territory = _chosen(request.POST.get("territory", ""), list(territories))
        try:
            new = _new(request, territory, versions)
        except FileRefused as refusal:
            wrong = " ".join(problem_sentence(p.code, p.data, language()) for p in refusal.problems)
        except Refused as refusal:
            wrong = sentence(refusal)
        else:
            made = attempt(request, open_draft, new=new)
            if made is not None:
                _greet(request, made.content)
                return redirect("sets:set", made.pk)
    keys = ("start", "id", "version", "title", "title_en", "base", "territory")
    typed = {k: request.POST.get(k, "") for k in keys}
    context = {
        "section": "start",
        "territories": territories,
        "versions": versions,
        "wrong": wrong,
        "typed": {**typed, "start": typed["start"] or STARTS[0]},
        "next_year": request.method != "POST" or "next-year" in request.POST,
    }
    return render(request, "sets/begin.html", context, status=422 if wrong else 200)


def _new(request: Desk, territory: Unit, versions: list[FrameworkVersion]) -> NewDraft:
    """What the form says. Raises Refused, FileRefused."""
    posted = request.POST
    start = posted.get("start", "")
    identifier, version, title = (posted.get(k, "").strip()[:100] for k in ("id", "version", "title"))
    title = posted.get("title", "").strip()[:500]
    if start not in STARTS or not (identifier and version and title):
        raise Refused("set_needs_name")
    check_name_free(identifier, version)
    base = next((v for v in versions if v.content_hash == posted.get("base", "")), None)
    content: Plain = {"parindex": "1", "status": "official", "tree": []}
    if start == "copy":
        if base is None:
            raise Refused("set_needs_base")
        content = originating(plain_of(by_hash(base.content_hash)))
        content = {k: v for k, v in content.items() if k not in LEFT_BEHIND}
        if posted.get("next-year"):
            _move_a_year(request, content)
    elif start == "annex":
        content |= _from_annex(request, base)
    content |= {"id": identifier, "version": version}
    content["title"] = text_of(title, posted.get("title_en", "").strip()[:500])
    return NewDraft(territory, base, content, start)


def _chosen(asked: str, territories: list[Unit]) -> Unit:
    """The territory that the form names, else the first. Raises NotAllowed where it names one of others."""
    found = next((t for t in territories if str(t.pk) == asked), None)
    if found is None and asked:
        raise NotAllowed("not_allowed", act=Act.FRAMEWORK_EDIT.value)
    return found or territories[0]


def _move_a_year(request: Desk, content: Plain) -> None:
    """Every date a year later, with the days off of the new years; what that came to is said."""
    count = move_dates(content, 1)
    days, undecided = likely_days(years_of(content))
    for key, worked in (("holidays", False), ("worked_days", True)):
        content.pop(key, None)
        if found := [d.day.isoformat() for d in days if d.worked is worked]:
            content[key] = found
    words = ngettext(
        "Đã lùi %(n)s ngày sang năm sau; lời văn giữ nguyên, hãy rà lại từng dòng.",
        "Đã lùi %(n)s ngày sang năm sau; lời văn giữ nguyên, hãy rà lại từng dòng.",
        count,
    )
    messages.info(request, words % {"n": count})
    for year in undecided:
        words = gettext("Năm %(year)s chưa có quyết định về ngày nghỉ; ngày nghỉ trong bản soạn là dự kiến.")
        messages.warning(request, words % {"year": year})


def _from_annex(request: Desk, base: FrameworkVersion | None) -> Plain:
    """The tree of an uploaded annex; beside a stored set, its rows remember those of the same name."""
    sent = request.FILES.get("file")
    if sent is None:
        raise Refused("file_missing")
    if sent.size is None or sent.size > MAX_BYTES:
        raise Refused("file_too_big", limit=MAX_BYTES // 1_000_000)
    annex: Annex = read_annex(sent.read(), (sent.name or "")[:200])
    content: Plain = {"tree": annex.tree}
    if annex.unread:
        content[UNREAD] = [asdict(line) for line in annex.unread]
    if base is not None:
        before = plain_of(by_hash(base.content_hash))
        content = {**{k: v for k, v in before.items() if k not in (*LEFT_BEHIND, "tree")}, **content}
        _remember(content, before)
    return content


def _remember(content: Plain, before: Plain) -> None:
    """Each row that has the name of one row of the set before comes from it."""
    names: dict[str, list[str]] = {}
    for row in rows_of(before):
        names.setdefault(_key(row.node), []).append(row.code)
    for row in rows_of(content):
        found = names.get(_key(row.node), [])
        if len(found) == 1 or row.code in found:
            row.node[ORIGIN] = row.code if row.code in found else found[0]


def _key(node: Plain) -> str:
    name = node.get("name", "")
    return name_key(name.get("vi", "") if isinstance(name, dict) else str(name))


def _greet(request: Desk, content: Plain) -> None:
    n = sum(1 for _ in rows_of(content))
    words = ngettext("Đã tạo bản soạn với %(n)s dòng.", "Đã tạo bản soạn với %(n)s dòng.", n)
    messages.success(request, words % {"n": n})
    if content.get(UNREAD):
        messages.warning(request, gettext("Có dòng của phụ lục chưa hiểu được; hãy xem bên dưới."))
