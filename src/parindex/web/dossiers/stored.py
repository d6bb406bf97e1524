"""For those who follow a territory: its dossiers, what was refused, Decision 766, contradictions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from parindex.apps.indicators.counting import record_counts
from parindex.apps.indicators.dossiers import kept_dossiers
from parindex.apps.indicators.periods import said_period
from parindex.apps.indicators.queries import Apart, apart, standing_values
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.apps.organisations.roles import Act
from parindex.core.dossiers.manifest import Ingested
from parindex.core.dossiers.problems import DossiersRefused
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.wording.dossier_problems import ROWS
from parindex.core.wording.dossier_reports import signed
from parindex.core.wording.notation import answer_text
from parindex.core.wording.problems import sentence
from parindex.data.indicators import OWN_COUNT
from parindex.web.dossiers import index766
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import followed
from parindex.web.parts.languages import language
from parindex.web.parts.marks import marks
from parindex.web.parts.paging import page_asked
from parindex.web.parts.sent_tables import words_of


if TYPE_CHECKING:
    pass


SHOWN = 60
FILES = 20
HUNDRED = 100


def dossiers(request: Desk, *, territory: str) -> HttpResponse:
    """The store as it stands; one period of Decision 766; where our count parts from the sources."""
    place = followed(request, territory)
    tree = tree_of(place)
    try:
        kept = kept_dossiers(place)
        wrong = ""
    except DossiersRefused as refusal:
        kept, wrong = None, sentence(refusal.code, refusal.data, language())
    newest = list(reversed(kept.files)) if kept else []
    cut, page = page_asked(request, len(newest), FILES, key="tep", anchor="files")
    found = apart(standing_values(units=[u.pk for u in tree.walk()], every_source=True), OWN_COUNT)
    context = {
        "section": "start",
        "territory": place,
        **marks(place),
        "kept": kept,
        "wrong": wrong,
        "files": [_file(f) for f in newest[cut]],
        "page": page,
        "all_files": len(newest),
        "index": index766.section(request, tree, kept.until) if kept else None,
        "apart": [_apart(one, tree) for one in found[:SHOWN]],
        "count": len(found),
        "rest": max(0, len(found) - SHOWN),
        "counts": request.rights.may(Act.ROUND_ASSIST, place.pk),
    }
    return render(request, "dossiers/stored.html", context)


@require_POST
def count(request: Desk, *, territory: str) -> HttpResponse:
    """Count now, and record what is new."""
    place = followed(request, territory)
    request.rights.check(Act.ROUND_ASSIST, place.pk)
    try:
        done = record_counts(territory=place, by=request.user.ref, at=request.at)
    except DossiersRefused as refusal:
        messages.error(request, sentence(refusal.code, refusal.data, language()))
    except Refused as refusal:
        messages.error(request, words_of(refusal))
    else:
        words = gettext("Đã đếm: %(recorded)s giá trị mới, %(same)s không đổi.")
        messages.success(request, words % {"recorded": done.recorded, "same": done.same})
        if done.strangers:
            names = ", ".join(done.strangers[:10])
            messages.warning(request, gettext("Không có trong địa bàn: %(names)s.") % {"names": names})
    return redirect("dossiers:stored", territory)


def _file(found: Ingested) -> dict[str, Any]:
    """One file that was read, and why rows of it were refused."""
    k = 0 if language() == "vi" else 1
    return {
        "file": found,
        "name": file_name(found),
        "day_first": ", ".join(found.day_first),
        "refused": sum(found.refused.values()),
        "reasons": [{"count": n, "words": ROWS[code][k]} for code, n in found.refused.items()],
        "number": found.refusals.rpartition("/")[2].removesuffix(".csv").lstrip("0"),
    }


def file_name(found: Ingested) -> str:
    """A file's name, without where it lay on the server."""
    return found.file.replace("\\", "/").rpartition("/")[2]


def _apart(found: Apart, tree: Tree) -> dict[str, Any]:
    """What the source says and what we count, and by how much they part."""
    official, own = found.official, found.own
    return {
        "unit": next((u.name for u in tree.walk() if u.pk == official.unit_id), Text("")),
        "indicator": official.indicator,
        "period": said_period(official.start, official.end),
        "source": official.source,
        "says": answer_text(official.written),
        "days": (official.as_of, own.as_of),
        "counted": answer_text(own.written),
        "parts": _differences(found),
    }


def _differences(found: Apart) -> list[str]:
    """By how much each of the counts differs, in words."""
    names: Sequence[tuple[str, str]] = [("numerator", gettext("tử số")), ("denominator", gettext("mẫu số"))]
    if found.official.denominator is None or found.own.denominator is None:
        more = (found.official.exact or 0) - (found.own.exact or 0)
        return [signed(int(more), language())]
    said = []
    for key, name in names:
        more = getattr(found.official, key) - getattr(found.own, key)
        if more:
            said.append(f"{name} {signed(more, language())}")
    return said
