"""What people wrote: searched, tagged, fetched as a file that is never whole in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from parindex.apps.organisations.models import Unit
from parindex.apps.surveys import actions
from parindex.apps.surveys.hiding import hidden_answers, shown_groups
from parindex.apps.surveys.models import Survey
from parindex.apps.surveys.texts import Sought, Written, tags_of, texts_of
from parindex.core.kernel.problems import Refused
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.paging import page_asked
from parindex.web.parts.sent_tables import words_of
from parindex.web.parts.templatetags.parts import said
from parindex.web.surveys.desk.frame import known_survey, of_survey, typed, whole
from parindex.web.surveys.results.streams import streamed


TEXTS_SHOWN = 50
ACTS = {"tag": actions.tag_texts, "untag": actions.untag_texts}


@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: Desk, *, slug: str) -> HttpResponse:
    """Texts in no order that tells anything; of units with few answers nothing is shown."""
    survey = known_survey(request, slug, run=request.method == "POST")
    if request.method == "POST":
        _tagged(request, survey)
        query = request.GET.urlencode()
        return redirect(f"{request.path}?{query}" if query else request.path)
    sought = sought_of(request)
    units = Unit.objects.in_bulk(shown_groups(survey))
    total, rows = _page(request, texts_of(survey, sought))
    _, paging = page_asked(request, total, TEXTS_SHOWN)
    context = {
        **of_survey(request, survey, "texts"),
        "rows": [(one, units[one.unit]) for one in rows],
        "total": total,
        "paging": paging,
        "hidden": hidden_answers(survey),
        "units": sorted(units.values(), key=lambda u: u.name_vi),
        "sought": sought,
        "tags": tags_of(survey),
        "query": request.GET.urlencode(),
        "files": ("csv", "xlsx"),
    }
    return render(request, "survey_desk/texts.html", context)


def sought_of(request: HttpRequest) -> Sought:
    """What is asked for in the address."""
    asked = {name: request.GET.get(name, "").replace("\0", "")[:200] for name in ("tim", "don-vi", "nhan")}
    return Sought(words=asked["tim"], unit=whole(asked["don-vi"]), tag=asked["nhan"])


def _page(request: HttpRequest, found: Iterator[Written]) -> tuple[int, list[Written]]:
    """How many there are, and those of the page that is asked for, or of the last; no others are kept."""
    asked = request.GET.get("trang", "1")
    first = (
        (max(int(asked), 1) - 1) * TEXTS_SHOWN
        if asked.isascii() and asked.isdigit() and len(asked) < 6
        else 0
    )
    total, rows, last = 0, list[Written](), list[Written]()
    for one in found:
        if total % TEXTS_SHOWN == 0:
            last = []
        last.append(one)
        if first <= total < first + TEXTS_SHOWN:
            rows.append(one)
        total += 1
    return total, rows or last


def _tagged(request: Desk, survey: Survey) -> None:
    """Give the chosen texts a tag, or take it off."""
    fields = typed(request, "act", "tag", "known")
    if fields["act"] not in ACTS:
        messages.error(request, words_of(Refused("choice_unknown", text=fields["act"][:40])))
        return
    chosen: dict[int, set[str]] = {}
    for value in request.POST.getlist("text"):
        answer, _, code = value.partition(" ")
        if answer.isascii() and answer.isdigit() and len(answer) < 20:
            chosen.setdefault(int(answer), set()).add(code)
    tag = fields["tag"].strip() or fields["known"]
    count = attempt(request, ACTS[fields["act"]], survey=survey, texts=chosen, tag=tag)
    if count is not None:
        words = ngettext("%(n)s ý kiến đã đổi nhãn.", "%(n)s ý kiến đã đổi nhãn.", count)
        messages.success(request, words % {"n": count})


def texts_file(request: Desk, *, slug: str, kind: str) -> HttpResponseBase:
    """The texts that the page would show, page after page. Raises Http404."""
    survey = known_survey(request, slug)
    if kind not in ("csv", "xlsx"):
        raise Http404(kind)
    names = {u.pk: u.name_vi for u in Unit.objects.filter(pk__in=shown_groups(survey))}
    header = [gettext("Đơn vị"), gettext("Câu hỏi"), gettext("Ý kiến"), gettext("Nhãn")]
    rows = _rows(texts_of(survey, sought_of(request)), names)
    return streamed(kind, f"{slug}-y-kien", header=header, rows=rows)


def _rows(found: Iterator[Written], names: Mapping[int, str]) -> Iterator[Sequence[str]]:
    for one in found:
        yield names[one.unit], said(one.asked), one.text, "; ".join(one.tags)
