"""What pages read of surveys; a bounded number of queries, however many answers there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count as Counted
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import Rights
from parindex.apps.organisations.roles import Act
from parindex.apps.surveys.models import (
    Answer,
    Count,
    Counter,
    Flag,
    Invitation,
    PaperBatch,
    Questionnaire,
    Reserve,
    RespondentGroup,
    Stratum,
    Survey,
    Tally,
)


def find_survey(slug: str) -> Survey | None:
    """A survey by its address. One query."""
    found = Survey.objects.select_related("territory__parent", "indicator")
    return found.filter(slug=slug).first()


def surveys_of(rights: Rights) -> list[Survey]:
    """The surveys that a person runs, follows or types in for, newest first. One query."""
    places = rights.units(Act.SURVEY_RUN, Act.SURVEY_VIEW, Act.SURVEY_ENTER)
    return list(_newest(Survey.objects.filter(territory__in=places)))


def public_surveys() -> list[Survey]:
    """Surveys that are open or counted, newest first. One query."""
    shown = (Survey.State.OPEN, Survey.State.COUNTED)
    return list(_newest(Survey.objects.filter(state__in=shown)))


def _newest(found: QuerySet[Survey]) -> QuerySet[Survey]:
    return found.select_related("territory", "indicator").order_by("-year", "-pk")


def sittings_of(surveys: Sequence[Survey]) -> dict[int, int]:
    """How many sittings came in, by survey's key. One query."""
    found = Answer.objects.filter(survey__in=surveys, first=True).order_by().values("survey")
    return dict(found.annotate(count=Counted("pk")).values_list("survey", "count"))


def groups_of(survey: Survey) -> list[RespondentGroup]:
    """Its groups in order, with how many units each rates (`units`), strata (`layers`) and unused links
    (`waiting`). One query."""
    found = survey.groups.select_related("questionnaire").defer("questionnaire__content")
    counted = found.annotate(
        units=Counted("rated", distinct=True),
        layers=Counted("strata", distinct=True),
        waiting=Counted("invitations", distinct=True),
    )
    return list(counted.order_by("position"))


def only_stratum(group: RespondentGroup, unit: Unit) -> Stratum | None:
    """The stratum that whoever speaks of a unit belongs to, where the group has one of it and no more. One
    query."""
    found = list(group.strata.filter(unit=unit).order_by("position")[:2])
    return found[0] if len(found) == 1 else None


def find_group(survey: Survey, code: str) -> RespondentGroup | None:
    """A group of a survey by its code. One query."""
    found = survey.groups.select_related("questionnaire", "survey__territory")
    return found.defer("questionnaire__content").filter(code=code).first()


@dataclass(frozen=True, slots=True)
class Response:
    """What came in of a group (`stratum` and `counter` None), of a stratum or at a counter.

    Attributes:
        issued: invitations. used: sittings; linked: those of them that came by one-time links.
    """

    group: RespondentGroup
    stratum: Stratum | None
    counter: Counter | None
    issued: int
    used: int
    linked: int


def responses_of(survey: Survey) -> list[Response]:
    """Responses of every group, stratum and counter, those of whole groups first. Three queries."""
    used: dict[tuple[str, int], list[int]] = {}
    for row in sittings_by(survey, "group", "stratum", "counter", "channel"):
        by_link = row["channel"] == Answer.Channel.LINK
        for kind in ("group", "stratum", "counter"):
            if row[kind] is not None:
                counts = used.setdefault((kind, row[kind]), [0, 0])
                counts[0] += row["count"]
                counts[1] += row["count"] * by_link
    tallies = survey.tallies.select_related("group", "stratum__unit")
    rows: list[Response] = []
    for t in sorted(tallies, key=lambda t: (t.group.position, t.stratum_id or 0)):
        key = ("stratum", t.stratum_id) if t.stratum_id else ("group", t.group_id)
        rows.append(Response(t.group, t.stratum, None, t.issued, *used.get(key, (0, 0))))
    counters = counters_of(survey)
    return rows + [Response(c.group, None, c, 0, *used.get(("counter", c.pk), (0, 0))) for c in counters]


def answers_by(survey: Survey, *fields: str) -> list[dict[str, Any]]:
    """How many answers there are by fields (``unit``, ``day``, ``channel``, ``group``), as `count`. One
    query."""
    found = survey.answers.order_by().values(*fields).annotate(count=Counted("pk"))
    return list(found.order_by(*fields))


def sittings_by(survey: Survey, *fields: str) -> list[dict[str, Any]]:
    """How many sittings there are by fields, as `count`; one of several units is one. One query."""
    found = survey.answers.order_by().filter(first=True).values(*fields).annotate(count=Counted("pk"))
    return list(found.order_by(*fields))


def questionnaires_of(territory: int) -> list[Questionnaire]:
    """Every version of every questionnaire of a territory, newest first within each code, without content.
    One query."""
    found = Questionnaire.objects.filter(territory=territory).defer("content")
    return list(found.annotate(used=Counted("groups")).order_by("code", "-version"))


def find_questionnaire(territory: int, code: str, version: int) -> Questionnaire | None:
    """One version. One query."""
    return Questionnaire.objects.filter(territory=territory, code=code, version=version).first()


def strata_of(group: RespondentGroup) -> list[Stratum]:
    """The strata of a group's sample in order, each with how many unused links (`waiting`) and people of the
    reserve (`spare`) it has, and how many answered (`used`) of those asked (`issued`). One query."""
    found = group.strata.select_related("unit").annotate(
        waiting=_counted(Invitation.objects.filter(stratum=OuterRef("pk"))),
        spare=_counted(Reserve.objects.filter(stratum=OuterRef("pk"))),
        issued=Coalesce(Subquery(Tally.objects.filter(stratum=OuterRef("pk")).values("issued")[:1]), 0),
        used=_counted(Answer.objects.filter(stratum=OuterRef("pk"), first=True)),
    )
    return list(found.order_by("position"))


def _counted(rows: QuerySet[Any]) -> Coalesce:
    """How many rows of another table hang on one."""
    each = rows.order_by().values("stratum").annotate(count=Counted("pk")).values("count")
    return Coalesce(Subquery(each), 0)


def waiting_of(group: RespondentGroup, stratum: Stratum | None = None) -> QuerySet[Invitation]:
    """Who of the official list has a link that was not used yet, by stratum and contact."""
    found = group.invitations.filter(stratum=stratum) if stratum else group.invitations.exclude(stratum=None)
    return found.select_related("stratum__unit").order_by("stratum__position", "contact", "digest")


def reserve_of(group: RespondentGroup, stratum: Stratum | None = None) -> QuerySet[Reserve]:
    """The reserve lists, by stratum and order of the draw."""
    found = group.reserves.filter(stratum=stratum) if stratum else group.reserves.all()
    return found.select_related("stratum__unit").order_by("stratum__position", "position")


def counters_of(survey: Survey) -> list[Counter]:
    """Its counters by group, unit and label. One query."""
    found = Counter.objects.filter(group__survey=survey).select_related("group", "unit", "stratum")
    return list(found.order_by("group__position", "unit__name_vi", "label"))


def flags_of(survey: Survey) -> list[Flag]:
    """What looks odd, undecided first, each with how many answers it is about (`count`). One query."""
    found = survey.flags.select_related("counter", "unit").annotate(count=Counted("answers"))
    return list(found.order_by("decision", "-pk"))


def batches_of(survey: Survey) -> list[PaperBatch]:
    """Its paper bundles with how many forms were typed in once (`once`), twice (`twice`), settled (`done`).
    One query."""
    forms = Q(forms__first__isnull=False)
    found = survey.batches.select_related("group", "unit").annotate(
        once=Counted("forms", forms),
        twice=Counted("forms", forms & Q(forms__second__isnull=False)),
        done=Counted("forms", Q(forms__settled__isnull=False)),
    )
    return list(found.order_by("-pk"))


def enumerators_of(group: RespondentGroup) -> list[dict[str, Any]]:
    """By whoever asked: who watched over it (`supervisors`), interviews (`count`), chosen to be asked again
    (`chosen`), asked again (`checked`), places compared (`compared`) and the same in both (`agreed`). Two
    queries."""
    found = group.interviews.order_by().values("enumerator")
    rows = found.annotate(
        count=Counted("pk"),
        chosen=Counted("pk", Q(chosen=True)),
        checked=Counted("pk", ~Q(checked_by="")),
        compared=Sum("compared"),
    )
    told: dict[str, tuple[set[str], int]] = {}
    each = group.interviews.values_list("enumerator", "supervisor", "differing")
    for person, supervisor, differing in each.order_by().iterator():
        names, apart = told.setdefault(person, (set(), 0))
        told[person] = (names | ({supervisor} - {""}), apart + len(differing))
    return [
        {
            **row,
            "supervisors": sorted(told[row["enumerator"]][0]),
            "agreed": row["compared"] - told[row["enumerator"]][1],
        }
        for row in rows.order_by("enumerator")
    ]


def last_count(survey: Survey) -> Count | None:
    """The count that stands. One query."""
    return survey.counts.order_by("-number").first()
