"""The last hour of a deadline with the whole country in one round: communes, one officer each, signed in.

``python bench/deadline_world.py fill COMMUNES LEAVES CLOSES`` fills the database in PARINDEX_HOME through the
actions that any data go through, and prints who works on what; CLOSES is the last minute, as an ISO instant.
``… token`` prints what a system may hand in dossiers with. ``… kept`` reads what the clients were told (JSON
on standard input) and prints what of it does not stand.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from night_world import _large_set, _signed_in

from parindex.config.site import prepare


ROUND = "dem-cuoi"
ACT = {"by": "bench"}


def fill(communes: int, leaves: int, closes: datetime) -> dict[str, object]:
    """The communes, their people and the round; where each works, and the codes of the leaves."""
    prepare()
    from django.db import transaction

    at = closes - timedelta(days=10)
    with transaction.atomic():
        territory, units = _units(communes, at)
        people = _people(units, at)
        codes = _open(territory, units, leaves, closes=closes, at=at)
    desks = [
        {
            "unit": unit.code,
            "sheet": f"/don-vi/{territory.code}.{ROUND}/{unit.code}/",
            "session": _signed_in(person),
        }
        for unit, person in zip(units, people, strict=True)
    ]
    return {"leaves": codes, "desks": desks}


def _units(communes: int, at: datetime) -> tuple[Any, list[Any]]:
    from parindex.apps.organisations.actions import NewUnit, add_units, found_territory
    from parindex.core.kernel.text import Text
    from parindex.data import minhhoa

    done = {**ACT, "at": at}
    territory = found_territory(code=minhhoa.CODE, name=minhhoa.NAME, type_="tinh", illustrative=True, **done)
    new = [NewUnit(f"xa-{k:04}", Text(f"Xã Minh Họa {k}"), "xa") for k in range(1, communes + 1)]
    return territory, list(add_units(territory=territory, units=new, **done).values())


def _people(units: Sequence[Any], at: datetime) -> list[Any]:
    from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
    from parindex.apps.organisations.roles import Role

    done = {**ACT, "at": at}
    found = []
    for unit in units:
        new = NewPerson(f"dau-moi.{unit.code}", f"Đầu mối {unit.name_vi}", illustrative=True)
        found.append(add_person(new=new, **done))
        grant_role(person=found[-1], role=Role.FOCAL, unit=unit, **done)
    return found


def _open(territory: Any, units: Sequence[Any], leaves: int, *, closes: datetime, at: datetime) -> list[str]:
    from parindex.apps.assessments.actions import Enrolment, NewRound, PlannedPhase, open_round
    from parindex.apps.assessments.models import Phase
    from parindex.apps.frameworks.actions import store_framework
    from parindex.apps.frameworks.queries import by_hash
    from parindex.core.kernel.text import Text
    from parindex.data import minhhoa

    done = {**ACT, "at": at}
    framework = store_framework(content=_large_set(leaves), file="set.yaml", **done)
    new = NewRound(
        territory=territory,
        code=ROUND,
        year=closes.year,
        title=Text("Đêm cuối tự chấm"),
        note=minhhoa.NOTE,
        framework=framework,
        groups={"xa": Text("Xã, phường")},
        phases=[PlannedPhase(Phase.Kind.SELF, at, closes)],
    )
    open_round(new=new, enrolments=[Enrolment(unit, "xa") for unit in units], **done)
    return list(by_hash(framework.content_hash).leaves)


def token() -> str:
    """What lets another system hand in dossiers of the first commune."""
    prepare()
    from parindex.apps.indicators.tokens import NewToken, create_token
    from parindex.apps.organisations.models import Unit

    now = datetime.now(UTC)
    unit = Unit.objects.select_related("parent").get(code="xa-0001")
    new = NewToken("Một cửa", [unit], None, (now + timedelta(days=30)).date(), dossiers=True)
    return create_token(territory=unit.parent, new=new, **ACT, at=now)[1]


def kept(told: Mapping[str, Any]) -> dict[str, object]:
    """What the clients were told was done, beside what stands: saves, documents, submissions."""
    prepare()
    from parindex.apps.assessments.models import Draft, Submission
    from parindex.apps.audit.held import compare
    from parindex.config.held import TABLES

    drafts = {
        (unit, leaf): [answer, note, version]
        for unit, leaf, *rest in Draft.objects.values_list(
            "participant__unit__code", "leaf", "answer", "note", "version"
        )
        for answer, note, version in [rest]
    }
    saved = {(unit, leaf): said for unit, leaf, *said in told["saves"]}
    wrong = [
        f"save {key}: {said} told, {drafts.get(key)} stands"
        for key, said in saved.items()
        if drafts.get(key) != said
    ]
    wrong += [f"save {key}: {drafts[key]} stands and nobody was told" for key in drafts.keys() - saved.keys()]
    submitted = set(
        Submission.objects.filter(withdrawn_at=None).values_list("sheet__participant__unit__code", flat=True)
    )
    wrong += [f"submission of {unit}" for unit in submitted ^ set(told["submissions"])]
    wrong += list(_rulings(saved, told["submissions"]))
    wrong += list(_documents(told["documents"], told["unheard"]))
    wrong += list(_late(datetime.fromisoformat(told["over"])))
    wrong += [str(fault) for fault in compare(TABLES).faults[:20]]
    return {"wrong": len(wrong), "first": wrong[:10], "drafts": len(drafts), "submitted": len(submitted)}


def _rulings(saved: Mapping[tuple[str, str], Sequence[Any]], submitted: Sequence[str]) -> Iterator[str]:
    """What was submitted is what had been saved."""
    from parindex.apps.assessments.models import Ruling

    stands = {
        (unit, leaf): [answer, note]
        for unit, leaf, answer, note in Ruling.objects.filter(stage=Ruling.Stage.SELF)
        .exclude(answer="")
        .values_list("participant__unit__code", "leaf", "answer", "note")
    }
    units = set(submitted)
    for key, said in saved.items():
        if key[0] in units and stands.get(key) != list(said[:2]):
            yield f"ruling {key}: {said} saved, {stands.get(key)} submitted"


def _late(over: datetime) -> Iterator[str]:
    """What was taken after the last minute."""
    from parindex.apps.assessments.models import Draft, EvidenceLink, Submission

    for model in (Draft, EvidenceLink, Submission):
        late = model.objects.filter(at__gte=over).count()
        if late:
            yield f"{late} × {model.__name__} after the last minute"


def _documents(told: Sequence[Sequence[str]], unheard: Sequence[Sequence[str]]) -> Iterator[str]:
    """Every document is attached where it was sent, and its content has its hash on the disk."""
    from parindex.apps.assessments.models import EvidenceLink
    from parindex.apps.evidence import store

    links = set(
        EvidenceLink.objects.values_list("participant__unit__code", "leaf", "document__content__sha256")
    )
    for unit, leaf, sha256 in told:
        if (unit, leaf, sha256) not in links:
            yield f"document {sha256} of {unit} {leaf} is not attached"
    for unit, leaf, sha256 in links - {tuple(row) for row in (*told, *unheard)}:
        yield f"document {sha256} of {unit} {leaf} is attached and nobody was told"
    for sha256 in {row[2] for row in told}:
        try:
            store.open_content(sha256).close()
        except Exception as error:  # noqa: BLE001  told by its name
            yield f"content {sha256}: {error!r}"


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["fill", communes, leaves, closes]:
            print(json.dumps(fill(int(communes), int(leaves), datetime.fromisoformat(closes))))
        case ["token"]:
            print(token())
        case ["kept"]:
            print(json.dumps(kept(json.load(sys.stdin)), ensure_ascii=False))
        case _:
            raise SystemExit(__doc__)
