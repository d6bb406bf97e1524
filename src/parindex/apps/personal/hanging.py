"""The open work of one person, in heaps: each of one kind, in one unit, with those who may take it over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import chain
from typing import Any

from parindex.apps.assessments.models import GuestLink, Handout, Round, Share
from parindex.apps.indicators.models import Token
from parindex.apps.inspections.models import Finding, Member, Recommendation, Visit
from parindex.apps.inspections.rules import VISIT_STEPS
from parindex.apps.organisations.models import Delegation, Grant, Person, Unit
from parindex.apps.organisations.queries import holders, tree_of
from parindex.apps.organisations.queries.people import people_within
from parindex.apps.organisations.roles import ROLES, Act, Role
from parindex.apps.organisations.rules import in_force
from parindex.apps.plans.models import CalendarFeed, Plan, Task
from parindex.core.kernel.time import legal_date


class Kind(StrEnum):
    """What sort of work a heap is of."""

    SHEETS = "sheets"  # leaves of sheets, handed to the person and not ready
    APPRAISAL = "appraisal"  # the person's part of a lead department's appraisal
    TASKS = "tasks"  # tasks of plans
    INSPECTIONS = "inspections"  # a place in the team of an inspection
    FINDINGS = "findings"  # findings that the person answers for, not put right yet


Source = Handout | Share | Task | Member | Finding


@dataclass
class Heap:
    """Work of one kind in one unit. `receivers`: who has the right to it, by name."""

    kind: Kind
    unit: Unit
    items: list[Any] = field(default_factory=list)
    receivers: list[Person] = field(default_factory=list)

    @property
    def key(self) -> str:
        """How a form names it: ``tasks-12``."""
        return f"{self.kind}-{self.unit.pk}"


def open_heaps(person: Person) -> list[Heap]:
    """All open work of a person, by kind and unit, without those who may take it over. A query a kind."""
    found: dict[str, Heap] = {}
    for kind, unit, item in _items(person):
        heap = Heap(kind, unit)
        found.setdefault(heap.key, heap).items.append(item)
    return list(found.values())


def heaps_of(person: Person, at: datetime) -> list[Heap]:
    """As `open_heaps`, with those who may take each over. Some queries more for each heap."""
    found = open_heaps(person)
    for heap in found:
        heap.receivers = sorted(
            (p for p in _RECEIVERS[heap.kind](heap, person, at) if p.pk != person.pk),
            key=lambda p: (p.full_name, p.pk),
        )
    return found


def _items(person: Person) -> Iterable[tuple[Kind, Unit, Source]]:
    handouts = Handout.objects.filter(
        person=person, done_at=None, participant__round__state=Round.State.RUNNING
    ).select_related("participant__round__territory__parent", "participant__unit", "participant__group")
    shares = Share.objects.filter(person=person, assignment__round__state=Round.State.RUNNING)
    tasks = Task.objects.filter(person=person, done_on=None, cancelled_on=None)
    members = Member.objects.filter(person=person).exclude(
        visit__state__in=(Visit.State.CLOSED, Visit.State.CANCELLED)
    )
    findings = Finding.objects.filter(
        person=person,
        withdrawn_because="",
        recommendations__state__in=(Recommendation.State.OPEN, Recommendation.State.ANSWERED),
    )
    shares = shares.select_related("assignment__round__territory__parent", "assignment__lead")
    tasks = tasks.exclude(plan__state=Plan.State.CLOSED).select_related("plan__unit")
    members = members.select_related("visit__plan__territory", "visit__unit")
    findings = findings.distinct().select_related("visit__unit")
    return chain(
        ((Kind.SHEETS, h.participant.unit, h) for h in handouts.order_by("participant_id", "leaf")),
        ((Kind.APPRAISAL, s.assignment.lead, s) for s in shares.order_by("pk")),
        ((Kind.TASKS, t.plan.unit, t) for t in tasks.order_by("plan_id", "number")),
        (
            (Kind.INSPECTIONS, m.visit.plan.territory, m)
            for m in members.order_by("visit__starts", "pk")
            if m.visit.state in VISIT_STEPS["team"]
        ),
        ((Kind.FINDINGS, f.visit.unit, f) for f in findings.order_by("visit_id", "number")),
    )


def _with_act(act: Act) -> Callable[[Heap, Person, datetime], Collection[Person]]:
    roles = [role for role in Role if act in ROLES[role].acts]
    return lambda heap, _, at: holders(heap.unit.pk, roles, at)


def _inspectors(heap: Heap, person: Person, at: datetime) -> Collection[Person]:
    """Who inspects in the territory or works beside the person, and is of no unit that is inspected."""
    day = legal_date(at)
    here = [u.pk for u in tree_of(heap.unit).walk()]
    near = [g.unit_id for g in person.grants.filter(in_force(day)) if g.unit_id in here]
    inspecting = [role.value for role in Role if Act.INSPECTION_RUN in ROLES[role].acts]
    held = Grant.objects.filter(in_force(day), unit__in=here, person__is_active=True)
    may = {g.person_id for g in held if g.role in inspecting or g.unit_id in near}
    inspected = {u.pk for m in heap.items for u in tree_of(m.visit.unit).walk()}
    own = {g.person_id for g in held if g.unit_id in inspected}
    return list(Person.objects.filter(pk__in=may - own))


_RECEIVERS: dict[Kind, Callable[[Heap, Person, datetime], Collection[Person]]] = {
    Kind.SHEETS: _with_act(Act.SHEET_FILL),
    Kind.APPRAISAL: _with_act(Act.APPRAISAL_RULE),
    Kind.TASKS: lambda heap, _, at: people_within(heap.unit, at),
    Kind.INSPECTIONS: _inspectors,
    Kind.FINDINGS: lambda heap, _, at: people_within(heap.unit, at),
}


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends when somebody leaves, and passes to nobody.

    Attributes:
        tokens: of systems, that the person made and may have kept.
        links: guest links to sheets, likewise.
    """

    grants: Sequence[Grant]
    delegations: Sequence[Delegation]
    tokens: Sequence[Token]
    links: Sequence[GuestLink]
    calendar: bool


def ending_of(person: Person, at: datetime) -> Ending:
    """All that ends with the person's leaving. Five queries."""
    day = legal_date(at)
    lent = Delegation.objects.filter(valid_to__gte=day).select_related("grant__person", "grant__unit", "to")
    links = GuestLink.objects.filter(by=person.ref, revoked_at=None, expires_at__gt=at)
    return Ending(
        grants=[g for g in person.grants.select_related("unit") if _goes_on(g.valid_to, day)],
        delegations=list(lent.filter(grant__person=person) | lent.filter(to=person)),
        tokens=list(Token.objects.filter(created_by=person.ref, revoked_at=None, valid_to__gte=day)),
        links=list(links.select_related("participant__round", "participant__unit")),
        calendar=CalendarFeed.objects.filter(person=person, revoked_at=None).exists(),
    )


def _goes_on(last: date | None, day: date) -> bool:
    return last is None or last > day
