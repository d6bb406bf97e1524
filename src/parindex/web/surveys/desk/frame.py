"""What the pages of the desk share: finding a survey with its right, reading what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest

from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed, Rights
from parindex.apps.organisations.queries import units_below
from parindex.apps.organisations.roles import Act
from parindex.apps.surveys.models import RespondentGroup, Survey
from parindex.apps.surveys.permissions import can_enter, can_run, check_enter, check_run, check_view
from parindex.apps.surveys.queries import find_group, find_survey
from parindex.core.dossiers.problems import DossiersRefused
from parindex.core.formats.folded import folded
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.problems import sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.marks import marks
from parindex.web.parts.sent_tables import Fault, words_of


SURVEYING = (Act.SURVEY_RUN, Act.SURVEY_VIEW, Act.SURVEY_ENTER)
BADGES = {"draft": "", "open": "sent", "closed": "waiting", "counted": "done"}
"""How the state of a survey looks."""


def frame(place: Unit | None) -> dict[str, Any]:
    """What every page carries; `key`: that of its form, by which a second sending is known."""
    unless_said: dict[str, Any] = {"survey": None, "tab": "", "wrong": "", "faults": [], "places": []}
    return {"section": "start", **marks(place), "key": uuid4().hex, **unless_said}


def whole_fault(refusal: DossiersRefused | Refused) -> Fault:
    """Why a table as a whole was refused, beside no line of it."""
    if isinstance(refusal, DossiersRefused):
        return Fault("", sentence(refusal.code, refusal.data, language()))
    return Fault("", words_of(refusal))


def of_survey(request: Desk, survey: Survey, tab: str = "") -> dict[str, Any]:
    """What every page about one survey carries: who may do what, which of its pages this is."""
    return {
        **frame(survey.territory),
        "survey": survey,
        "badge": BADGES[survey.state],
        "runs": can_run(request.rights, survey),
        "enters": can_enter(request.rights, survey),
        "tab": tab,
    }


def check_somewhere(rights: Rights) -> None:
    """The person has to do with surveys at all. Raises NotAllowed."""
    if not rights.units(*SURVEYING):
        raise NotAllowed("not_allowed", act=Act.SURVEY_VIEW.value)


def known_survey(request: Desk, slug: str, *, run: bool = False, enter: bool = False) -> Survey:
    """A survey that the person follows, runs, or types in for. Raises Http404, NotAllowed."""
    check_somewhere(request.rights)
    found = find_survey(slug)
    if found is None:
        raise Http404(slug)
    (check_run if run else check_enter if enter else check_view)(request.rights, found)
    return found


def known_group(request: Desk, slug: str, code: str, *, run: bool = False) -> RespondentGroup:
    """A group of a survey that the person follows, or runs. Raises Http404, NotAllowed."""
    survey = known_survey(request, slug, run=run)
    found = find_group(survey, code)
    if found is None:
        raise Http404(code)
    found.survey = survey
    return found


def units_of(survey: Survey, request: Desk) -> list[Unit]:
    """The living units of a survey's territory."""
    return units_below(survey.territory, legal_date(request.at))


class Units:
    """Units by what a line may call them: code, address or name, however it is written."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._known: dict[str, Unit] = {}
        for unit in units:
            for name in (unit.code, unit.name_vi, unit.name_en):
                if key := folded(name):
                    self._known.setdefault(key, unit)

    def named(self, text: str) -> Unit | None:
        """The unit that a text names."""
        return self._known.get(folded(text))


def typed(request: HttpRequest, *names: str) -> dict[str, str]:
    """What a form sent in some fields; empty where it did not."""
    return {name: request.POST.get(name, "") for name in names}


def whole(text: str) -> int:
    """A number that was chosen or typed; 0 where there is none."""
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else 0


def day_of(text: str) -> date | None:
    """A day as a browser sends it; None where none can be read."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
