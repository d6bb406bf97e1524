"""What pages and briefings read of inspections; a bounded number of queries, however many there are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from parindex.apps.inspections.models import Answer, Finding, Member, Plan, Question, Recommendation, Visit
from parindex.apps.inspections.permissions import shown_to_unit
from parindex.apps.inspections.rules import Status, status_of
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.permissions import Rights
from parindex.apps.organisations.roles import Act


TOLD = (Visit.State.CONCLUDED, Visit.State.CLOSED)
TEAM = Prefetch("members", Member.objects.select_related("person"))


@dataclass(frozen=True, slots=True)
class OpenRecommendation:
    """A recommendation that is not remedied, with where it stands on a day. `origin`: how tasks made from it
    name it."""

    recommendation: Recommendation
    status: Status

    @property
    def finding(self) -> Finding:
        """What it is about."""
        return self.recommendation.finding

    @property
    def origin(self) -> str:
        """``finding:17``."""
        return f"finding:{self.recommendation.finding_id}"


def open_recommendations(units: Collection[int], day: date) -> list[OpenRecommendation]:
    """What these units have still to put right on a day, overdue ones first; only of concluded inspections.
    One query."""
    waiting = (Recommendation.State.OPEN, Recommendation.State.ANSWERED)
    found = Recommendation.objects.filter(
        state__in=waiting, finding__visit__unit__in=units, finding__visit__state__in=TOLD
    ).select_related("finding__visit__unit", "finding__visit__plan", "finding__person", "finding__division")
    rows = [OpenRecommendation(one, status_of(one, day)) for one in found.order_by("due", "pk")]
    return sorted(rows, key=lambda row: row.status is not Status.OVERDUE)


def findings_of(unit: int, year: int) -> list[Finding]:
    """What the inspections of a plan's year found at a unit, with its recommendations; only once concluded.
    Two queries."""
    found = Finding.objects.filter(
        visit__unit=unit, visit__plan__year=year, visit__state__in=TOLD, withdrawn_because=""
    )
    told = found.select_related("visit__plan", "person", "division").order_by(
        "visit__starts", "visit", "number"
    )
    return list(told.prefetch_related("recommendations"))


def plans_of(rights: Rights) -> list[Plan]:
    """The plans that a person makes or reads, newest year first, each with how many visits it has
    (`count`). One query."""
    places = rights.units(Act.INSPECTION_RUN, Act.INSPECTION_VIEW)
    found = Plan.objects.filter(territory__in=places).select_related("territory")
    return list(found.annotate(count=Count("visits")).order_by("-year", "-pk"))


def find_plan(pk: int) -> Plan | None:
    """A plan by its key. One query."""
    found = Plan.objects.select_related("territory__parent__parent__parent", "framework")
    return found.defer("framework__source").filter(pk=pk).first()


def find_visit(pk: int) -> Visit | None:
    """A visit by its key, with its team. Two queries."""
    return _visits().filter(pk=pk).first()


def _visits() -> QuerySet[Visit]:
    found = Visit.objects.select_related(
        "plan__territory__parent__parent", "plan__framework", "unit__parent__parent__parent"
    )
    return found.defer("plan__framework__source").prefetch_related(TEAM)


def with_counts(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Visits with numbers beside them: findings that stand (`found`), recommendations (`advised`), those
    remedied (`remedied`)."""
    standing = Q(findings__withdrawn_because="")
    advised = "findings__recommendations"
    return visits.annotate(
        found=Count("findings", standing, distinct=True),
        advised=Count(advised, standing, distinct=True),
        remedied=Count(
            advised,
            standing & Q(findings__recommendations__state=Recommendation.State.VERIFIED),
            distinct=True,
        ),
    )


def visits_of_plan(plan: Plan) -> list[Visit]:
    """Every visit of a plan in order of days, with counts. Two queries."""
    return list(with_counts(_visits().filter(plan=plan)).order_by("starts", "pk"))


def visits_of_person(person: Person) -> list[Visit]:
    """Visits in whose team a person is, of issued plans and not over. Two queries."""
    own = Visit.objects.filter(members__person=person).order_by().values("pk")
    open_ = (Visit.State.PLANNED, Visit.State.RUNNING, Visit.State.CONCLUDED)
    found = _visits().filter(pk__in=own, state__in=open_).exclude(plan__state=Plan.State.DRAFT)
    return list(with_counts(found).order_by("starts", "pk"))


def visits_of_units(units: Collection[int], day: date) -> list[Visit]:
    """Visits that units may know of on a day, newest first. Two queries."""
    found = _visits().filter(shown_to_unit(day), unit__in=units)
    return list(with_counts(found).order_by("-starts", "-pk"))


def to_verify(person: Person, places: Collection[int]) -> list[Recommendation]:
    """Answers that wait for a person: of their visits, or of all in the territories that they run. One
    query."""
    own = Visit.objects.filter(members__person=person).order_by().values("pk")
    found = Recommendation.objects.filter(
        Q(finding__visit__plan__territory__in=places) | Q(finding__visit__in=own),
        state=Recommendation.State.ANSWERED,
        finding__visit__state=Visit.State.CONCLUDED,
    )
    return list(found.select_related("finding__visit__unit").order_by("answered_on", "pk"))


def questions_of(visit: Visit) -> list[Question]:
    """A visit's checklist in order. One query."""
    return list(visit.questions.all())


def findings_of_visit(visit: Visit) -> list[Finding]:
    """Its findings with photos, proofs, recommendations and their answers. Six queries."""
    answers = Answer.objects.prefetch_related("documents").order_by("pk")
    advised = Recommendation.objects.prefetch_related(Prefetch("answers", answers))
    found = visit.findings.select_related("person", "division", "visit")
    return list(
        found.prefetch_related("photos", "proofs__document", Prefetch("recommendations", advised)).order_by(
            "number"
        )
    )


def find_finding(visit: Visit, number: int) -> Finding | None:
    """A finding of a visit by its number, with what hangs on it."""
    found = visit.findings.select_related("person", "division", "visit__plan__framework", "visit__unit")
    return found.defer("visit__plan__framework__source").filter(number=number).first()


def find_recommendation(pk: int) -> Recommendation | None:
    """A recommendation by its key, with its visit and team. Two queries."""
    found = Recommendation.objects.select_related(
        "finding__visit__plan__territory", "finding__visit__unit__parent__parent"
    )
    return found.prefetch_related("finding__visit__members__person").filter(pk=pk).first()
