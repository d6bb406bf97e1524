"""The last night of self-assessment: 29 invented units with three people each, signed in, and one open round.

``python bench/night_world.py CLOSES`` fills the database in PARINDEX_HOME through the actions that any data
go through, and prints as JSON who works on what; CLOSES is the last minute, as an ISO instant.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import yaml

from parindex.config.site import prepare


ROUND = "dem-cuoi"


def fill(closes: datetime, leaves: int = 0) -> list[dict[str, object]]:
    """The round, and a desk for everybody who may type in it; so many leaves in its criteria set, if said."""
    prepare()
    from parindex.config.training import people

    people(datetime.now(UTC))
    return list(_desks(_open(closes, leaves)))


def _open(closes, leaves):  # type: ignore[no-untyped-def]
    from parindex.apps.assessments.actions import Enrolment, NewRound, PlannedPhase, open_round
    from parindex.apps.assessments.models import Phase
    from parindex.apps.frameworks.actions import store_framework
    from parindex.apps.organisations.models import Unit
    from parindex.config.training import PLAN
    from parindex.core.kernel.text import Text
    from parindex.data import minhhoa
    from parindex.data.minhhoa.units import GROUPS, units_of

    opens = min(closes, datetime.now(UTC)) - timedelta(days=10)
    done = {"by": "bench", "at": opens}
    content = _large_set(leaves) if leaves else _shipped_set()
    framework = store_framework(content=content, file="set.yaml", **done)
    units = {unit.code: unit for unit in Unit.objects.all()}
    new = NewRound(
        territory=units[minhhoa.CODE],
        code=ROUND,
        year=PLAN.year,
        title=Text("Đêm cuối tự chấm"),
        note=minhhoa.NOTE,
        framework=framework,
        groups={code: GROUPS[code] for code in PLAN.groups},
        phases=[PlannedPhase(Phase.Kind.SELF, opens, closes)],
    )
    enrolments = [Enrolment(units[u.code], u.group) for u in units_of(PLAN.code)]
    return open_round(new=new, enrolments=enrolments, **done)


def _shipped_set() -> bytes:
    """The set of 2024 without its late policy: what comes after the last minute is refused."""
    from parindex.config.training import PLAN
    from parindex.data import minhhoa

    return re.sub(rb"(?m)^late_submission:\n(?: .*\n)+", b"", minhhoa.framework_file(PLAN))


def _large_set(leaves: int) -> bytes:
    """A set of so many leaves in ten areas, each leaf a share of a point."""
    areas: list[dict[str, object]] = []
    for k in range(10):
        named = [f"{k + 1}.{n + 1}" for n in range(leaves // 10)]
        children = [
            {
                "code": c,
                "name": f"Mức độ hoàn thành {c}",
                "max": 1,
                "rule": {"kind": "proportional", "input": "ratio"},
            }
            for c in named
        ]
        areas.append(
            {"code": str(k + 1), "name": f"Lĩnh vực {k + 1}", "max": leaves // 10, "children": children}
        )
    grades = {"bands": [{"id": "tot", "name": "Tốt", "min": 80}, {"id": "kem", "name": "Kém", "min": 0}]}
    whole = {"parindex": 1, "id": "large", "version": "1", "title": "Bộ lớn", "status": "constructed"}
    written = yaml.safe_dump({**whole, "tree": areas, "grades": grades}, allow_unicode=True, sort_keys=False)
    return written.encode()


def _desks(round_) -> Iterator[dict[str, object]]:  # type: ignore[no-untyped-def]
    """Who is signed in with which session, and what there is to choose at which leaf of their unit."""
    from parindex.apps.assessments.queries.sheets import sheet_view
    from parindex.apps.assessments.rules.sheets import Place
    from parindex.apps.organisations.models import Grant

    for participant in round_.participants.select_related("unit", "group", "round__framework", "sheet"):
        leaves = {
            e.leaf.code: forms for e in sheet_view(participant).at(Place.TODO) if (forms := _forms(e.leaf))
        }
        address = f"/don-vi/{round_.territory.code}.{round_.code}/{participant.unit.code}/"
        held = Grant.objects.filter(unit=participant.unit, role__in=("head", "focal", "officer"))
        for grant in held.select_related("person"):
            yield {"sheet": address, "leaves": leaves, "session": _signed_in(grant.person)}


def _forms(leaf) -> list[dict[str, str]]:  # type: ignore[no-untyped-def]
    """What an officer may send for a leaf, as the fields of its form."""
    from parindex.core.kernel.rules import AllOrNothing, Choice, Conditions, Linear, Proportional, Steps

    match leaf.rule:
        case Choice():
            return [{"a": option.id} for option in leaf.rule.options]
        case AllOrNothing() | Conditions():
            return [{"a": condition.id} for condition in leaf.rule.conditions]
        case Steps() | Proportional() | Linear() if leaf.rule.input == "ratio":
            return [{"a.part": str(part), "a.whole": "120"} for part in (80, 97, 113, 120)]
    return []


def _signed_in(person) -> str:  # type: ignore[no-untyped-def]
    """The key of a session as signing in makes it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from parindex.apps.access.sessions import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key


if __name__ == "__main__":
    print(json.dumps(fill(datetime.fromisoformat(sys.argv[1]), *map(int, sys.argv[2:]))))
