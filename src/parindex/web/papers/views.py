"""The list of a round's papers by stage, a paper looked at as pictures, and its files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from parindex.apps.assessments.models import Round
from parindex.apps.assessments.queries.rounds import participants_of
from parindex.apps.assessments.queries.submitted import handed_in
from parindex.apps.organisations.roles import Act
from parindex.apps.papers.models import Office
from parindex.apps.papers.offices import find_office
from parindex.apps.papers.queries import issued_of, records_issued, records_of
from parindex.apps.papers.snapshots import facts_of, progress_of
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.papers import Paper
from parindex.core.papers.registry import Kind, find_kind
from parindex.core.papers.rounds import PAPERS, STAGES, Progress, RoundFacts
from parindex.core.papers.rounds.kinds import STANDING
from parindex.core.wording import round_papers as words
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import visible_round
from parindex.web.parts.issuing import issues_shown
from parindex.web.parts.languages import language
from parindex.web.parts.papers import PageShown, pages_of, paper_file, paper_page


RoundKind = Kind[RoundFacts, Progress]
AREAS = "linh-vuc"
ANNEXED = frozenset({"quyet-dinh-cong-bo", "quyet-dinh-dieu-chinh", "bao-cao-tham-dinh", "bien-ban"})
"""Kinds whose annexes may show areas."""


def papers(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Every paper of the round, in the order in which a round needs them."""
    round_ = visible_round(request, round)
    progress = progress_of(round_, request.at)
    issued = issued_of(round_)
    office = find_office(round_.territory) or Office()
    rows = [
        _row(kind, progress) | {"issued": issued.get(kind.code, ()), "issuer": _issuer(kind, office)}
        for kind in PAPERS
    ]
    context = {
        **frame(request, round_),
        "units": _counted(round_, progress),
        "office": office,
        "runs": request.rights.may(Act.ROUND_RUN, round_.territory_id),
        "stages": [
            {"name": words.STAGES[stage], "rows": [r for r in rows if r["kind"].stage == stage]}
            for stage in STAGES
            if any(r["kind"].stage == stage for r in rows)
        ],
    }
    return render(request, "papers/papers.html", context)


def _issuer(kind: RoundKind, office: Office) -> Text:
    """Who issues a paper; the standing body by its name, where the office said which unit it is."""
    return office.standing.name if office.standing and kind.issuer == STANDING else kind.issuer


def _counted(round_: Round, progress: Progress) -> dict[str, int]:
    """How many units have a record of their appraisal, and how many of them came back signed."""
    if not (progress.appraised or progress.concluded):
        return {"all": 0, "issued": 0}
    return {"all": round_.participants.count(), "issued": records_issued(round_)}


def unit_papers(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Every unit's own papers: its self-assessment report and the record of its appraisal, each with how it
    came back signed, and the page for its head."""
    round_ = visible_round(request, round)
    progress = progress_of(round_, request.at)
    participants = list(participants_of(round_))
    issued, submissions = records_of(participants), handed_in(participants)
    context = {
        **frame(request, round_),
        "recorded": progress.appraised or progress.concluded,
        "briefed": progress.concluded,
        "handed_in": bool(submissions),
        "rows": [
            {"participant": p, "issued": issued.get(p.pk, ()), "submission": submissions.get(p.pk)}
            for p in participants
        ],
    }
    return render(request, "papers/units.html", context)


def frame(request: Desk, round_: Round) -> dict[str, Any]:
    """What every page of the shelf says of its round."""
    return {
        "section": "start",
        "round": round_,
        "territory": {"name": round_.territory.name},
        "illustrative": round_.note if round_.territory.illustrative else None,
        "assists": bool({round_.territory_id} & request.rights.units(Act.ROUND_RUN, Act.ROUND_ASSIST)),
    }


def _row(kind: RoundKind, progress: Progress) -> dict[str, Any]:
    return {"kind": kind, "missing": words.missing_sentence(kind.missing(progress), language())}


def paper(request: Desk, *, round: str, kind: str) -> HttpResponse:  # noqa: A002  the address's word
    """One paper, page by page as pictures."""
    round_, found = asked(request, round, kind)
    progress = progress_of(round_, request.at)
    context = {**frame(request, round_), **_row(found, progress), "pages": [], "query": _query(request)}
    context |= {"areas": bool(context["query"]), "annexed": found.code in ANNEXED}
    context |= issues_shown(
        request,
        round_,
        issued_of(round_).get(found.code, ()),
        url=lambda one: reverse("papers:signed_file", args=[round_, one.pk]),
    )
    context["issue_url"] = reverse("papers:issue", args=[round_, found.code])
    if not context["missing"]:
        paper_ = found.build(_facts(request, round_, found))
        first = reverse("papers:paper_page", args=[round_, found.code, 1])
        context["pages"] = [
            {"shown": page, "url": _picture_url(first, page, context["query"])} for page in pages_of(paper_)
        ]
    return render(request, "papers/paper.html", context)


def paper_download(request: Desk, *, round: str, kind: str, form: str) -> HttpResponse:  # noqa: A002
    """A paper as .docx to be worked on, or as .pdf. Raises Http404, Refused ``paper_not_ready``."""
    round_, found = asked(request, round, kind)
    return paper_file(made(request, round_, found), f"{round_.code}-{found.code}", form)


def picture(request: Desk, *, round: str, kind: str, number: int) -> HttpResponse:  # noqa: A002
    """A page of a paper as a picture. Raises Http404, Refused ``paper_not_ready``."""
    round_, found = asked(request, round, kind)
    return paper_page(made(request, round_, found), number)


def asked(request: Desk, name: str, code: str) -> tuple[Round, RoundKind]:
    """A round that the person follows, and a kind of paper. Raises Http404, NotAllowed."""
    round_ = visible_round(request, name)
    found = find_kind(PAPERS, code)
    if found is None:
        raise Http404(code)
    return round_, found


def made(request: Desk, round_: Round, kind: RoundKind) -> Paper:
    """Raises Refused ``paper_not_ready`` where something is missing."""
    missing = kind.missing(progress_of(round_, request.at))
    if missing:
        said = words.missing_sentence(missing, language())
        raise Refused("paper_not_ready", paper=kind.name.in_(language()), missing=said)
    return kind.build(_facts(request, round_, kind))


def _facts(request: Desk, round_: Round, kind: RoundKind) -> RoundFacts:
    return facts_of(round_, kind.code, at=request.at, with_areas=bool(_query(request)))


def _query(request: Desk) -> str:
    """What was chosen for the paper, to be carried on to its files."""
    return f"?{AREAS}=1" if request.GET.get(AREAS) == "1" else ""


def _picture_url(address: str, page: PageShown, query: str) -> str:
    """The address of a page's picture, which changes with the paper; `address`: of the first one."""
    return f"{address.replace('trang-1.', f'trang-{page.number}.')}?v={page.mark}{query.replace('?', '&')}"
