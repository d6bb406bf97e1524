"""What a round writes in the ledger, and how it is read back: the one place that knows the payloads' shape.

Every act that makes rulings puts them into its payload by `rulings_payload`, whatever its kind, and that
kind is given its line in `parindex.apps.results.replay.RULINGS`. Chains of a round are named by `round_chain`
and `sheet_chain`; any chain named ``KIND:`` + `round_name` (+ ``:SUBJECT``) belongs to the round, and is
sealed and verified with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from parindex.apps.assessments.models import Participant, RankingGroup, Round, Ruling


@dataclass(frozen=True, slots=True)
class RulingLine:
    """A ruling as the ledger tells it: whose, on which leaf, at which stage and turn, and what was ruled."""

    unit: str
    leaf: str
    stage: str
    turn: int
    answer: str
    se: str = ""
    n: str = ""

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What is ruled once."""
        return self.unit, self.leaf, self.stage, self.turn


@dataclass(frozen=True, slots=True)
class FrozenUnit:
    """A participant as frozen when the round opened."""

    code: str
    name_vi: str
    name_en: str
    type: str
    group: str
    late_days: int


@dataclass(frozen=True, slots=True)
class Opening:
    """A round as it was opened: hash of its criteria set, participants in their order, ranking groups."""

    framework: str
    units: Sequence[FrozenUnit]
    groups: Sequence[str]


def rulings_payload(stage: str, rulings: Iterable[Ruling], **more: Any) -> dict[str, Any]:
    """The payload of an act that makes rulings, exactly as they are kept.

    ``{"v": 1, "stage": "self", "rulings": [[unit code, leaf, turn, answer, se, n], ...], **more}``

    Args:
        stage: of all of them (``Ruling.Stage``).
        rulings: with ``participant__unit`` at hand, else each costs a query.
        more: what else the act says; nothing a person wrote freely, which goes into `record`'s `texts`.
    """
    lines = [[r.participant.unit.code, r.leaf, r.turn, r.answer, r.se, r.n] for r in rulings]
    return {"v": 1, "stage": str(stage), "rulings": lines, **more}


def measured_lines(rulings: Iterable[Ruling]) -> dict[str, list[Any]]:
    """By leaf, the version of the measured value that a ruling stood beside: indicator, first and last day,
    source, version. With ``measured__indicator`` at hand, else each costs a query."""
    return {
        r.leaf: [
            r.measured.indicator.code,
            r.measured.start.isoformat(),
            r.measured.end.isoformat(),
            r.measured.source,
            r.measured.version,
        ]
        for r in rulings
        if r.measured is not None
    }


def read_rulings(payload: Mapping[str, Any]) -> list[RulingLine]:
    """Read back `rulings_payload`.

    Raises:
        KeyError, TypeError, ValueError: it is of another shape.
    """
    stage = payload["stage"]
    return [
        RulingLine(unit, leaf, stage, turn, answer, se, n)
        for unit, leaf, turn, answer, se, n in payload["rulings"]
    ]


def matrix_payload(left_out: Sequence[Ruling], applied: Mapping[str, int]) -> dict[str, Any]:
    """The payload of locking a round's matrix: what is not assessed, as rulings of the opening.

    Args:
        applied: by the unit's code, how many leaves are assessed there by the criteria set itself; the leaves
            follow from the set, the unit's name and its type, which the opening says.
    """
    out = Counter(r.participant.unit.code for r in left_out)
    counts = [[code, n - out[code]] for code, n in applied.items()]
    return rulings_payload(Ruling.Stage.OPENING, left_out, assessed=counts)


def opening_payload(
    round_: Round, groups: Iterable[RankingGroup], participants: Iterable[Participant]
) -> dict[str, Any]:
    """The payload of opening a round: all that its result depends on besides rulings, names included."""
    return {
        "v": 1,
        "framework": round_.framework.content_hash,
        "year": round_.year,
        "audience": round_.audience,
        "groups": [[g.code, g.name_vi, g.name_en] for g in groups],
        "units": [
            [p.unit.code, p.name_vi, p.name_en, p.type, p.group.code, p.late_days] for p in participants
        ],
    }


def read_opening(payload: Mapping[str, Any]) -> Opening:
    """Read back `opening_payload`.

    Raises:
        KeyError, TypeError, ValueError: it is of another shape.
    """
    return Opening(
        framework=payload["framework"],
        units=[FrozenUnit(*line) for line in payload["units"]],
        groups=[code for code, _, _ in payload["groups"]],
    )


def with_late_days(opening: Opening | None, payload: Mapping[str, Any]) -> Opening:
    """A round as opened, with the days by which one unit's sheet came late.

    Raises:
        KeyError, TypeError, ValueError: the payload is of another shape, or nothing was opened before.
    """
    if opening is None:
        raise ValueError(payload)
    unit, days = payload["unit"], int(payload["late_days"])
    units = [replace(u, late_days=days) if u.code == unit else u for u in opening.units]
    return replace(opening, units=units)


def joined_payload(participant: Participant, nodes: Sequence[str], document: str) -> dict[str, Any]:
    """The payload of a unit that joins a running round with a part of its criteria."""
    group = participant.group
    return {
        "v": 1,
        "group": [group.code, group.name_vi, group.name_en],
        "unit": [
            participant.unit.code,
            participant.name_vi,
            participant.name_en,
            participant.type,
            group.code,
            participant.late_days,
        ],
        "part": participant.part,
        "nodes": list(nodes),
        "document": document,
    }


def with_joined(opening: Opening | None, payload: Mapping[str, Any]) -> Opening:
    """A round as opened, with one unit more, last.

    Raises:
        KeyError, TypeError, ValueError: the payload is of another shape, or nothing was opened before.
    """
    if opening is None:
        raise ValueError(payload)
    groups = list(dict.fromkeys([*opening.groups, payload["group"][0]]))
    return replace(opening, units=[*opening.units, FrozenUnit(*payload["unit"])], groups=groups)


def changed_payload(
    *,
    hashes: tuple[str, str],
    codes: tuple[Sequence[str], Mapping[str, str], Sequence[str]],
    heads: Mapping[str, int],
    ground: tuple[str, str, str],
) -> dict[str, Any]:
    """The payload of changing a round's criteria set.

    Args:
        hashes: of the old version and the new one. `codes`: old codes that count no more, old code to new of
            those carried over, leaves to be answered anew.
        heads: the position each chain of the round had come to; what was ruled up to there on an outdated
            leaf is no more. `ground`: number and date of the document, the new deadline.
    """
    outdated, renamed, reset = codes
    document, issued, until = ground
    return {
        "v": 1,
        "from": hashes[0],
        "to": hashes[1],
        "outdated": list(outdated),
        "renamed": dict(renamed),
        "reset": list(reset),
        "heads": dict(heads),
        "document": document,
        "issued": issued,
        "until": until,
    }


def with_framework(opening: Opening | None, payload: Mapping[str, Any]) -> Opening:
    """A round as opened, by another criteria set.

    Raises:
        KeyError, TypeError, ValueError: the payload is of another shape, or nothing was opened before.
    """
    if opening is None or opening.framework != payload["from"]:
        raise ValueError(payload)
    return replace(opening, framework=payload["to"])


def carried_payload(rulings: Iterable[Ruling]) -> dict[str, Any]:
    """The payload of carrying rulings to new codes: ``[unit, leaf, stage, turn, answer, se, n]`` each."""
    lines = [[r.participant.unit.code, r.leaf, r.stage, r.turn, r.answer, r.se, r.n] for r in rulings]
    return {"v": 1, "carried": lines}


def read_carried(payload: Mapping[str, Any]) -> list[RulingLine]:
    """Read back `carried_payload`.

    Raises:
        KeyError, TypeError, ValueError: it is of another shape.
    """
    return [RulingLine(*line) for line in payload["carried"]]


def round_name(round_: Round) -> str:
    """How a round is called in the ledger and on the command line: ``minh-hoa/2024``.

    A round of a unit within a territory names the whole way there: ``minh-hoa/so-y-te/2024``.
    """
    codes, unit = [round_.code], round_.territory
    while True:
        codes.append(unit.code)
        if unit.parent is None:
            return "/".join(reversed(codes))
        unit = unit.parent


DEEPEST = 6
"""Units above each other that a round's name may pass through."""


def find_round(name: str) -> Round | None:
    """The round that `round_name` calls so. One query, without the text of its criteria set."""
    named = rounds_named(name)
    if named is None:
        return None
    found = Round.objects.filter(**named).defer("framework__source")
    return found.select_related("framework", "territory__parent", "previous").first()


def rounds_named(name: str, prefix: str = "") -> dict[str, object] | None:
    """The conditions by which a query finds the round of a name; None where no round can be called so.

    Args:
        prefix: the way from what is looked for to its round, such as ``round__``.
    """
    *way, code = name.split("/")
    if len(way) > DEEPEST:
        return None
    steps: dict[str, object] = {f"{prefix}code": code}
    unit = f"{prefix}territory"
    for step in reversed(way):
        steps[f"{unit}__code"] = step
        unit += "__parent"
    return {**steps, unit: None}


def round_chain(round_: Round) -> str:
    """The chain of what concerns the round as a whole."""
    return f"round:{round_name(round_)}"


def sheet_chain(participant: Participant) -> str:
    """The chain of one unit's sheet in a round, so that units do not wait for each other."""
    return f"sheet:{round_name(participant.round)}:{participant.unit.code}"
