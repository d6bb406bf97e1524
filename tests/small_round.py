"""A small territory with an open round, through the same actions as any other."""

from collections.abc import Sequence
from dataclasses import dataclass

from site_world import AT

from parindex.apps.assessments.actions import Enrolment, NewRound, open_round, record_answers
from parindex.apps.assessments.models import Round, Ruling
from parindex.apps.assessments.rules import AnswerRow
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.organisations.actions import NewUnit, add_units, found_territory
from parindex.apps.organisations.models import Unit
from parindex.core.formats.publicity import Publicity
from parindex.core.kernel.text import Text


ACT = {"by": "chuyên viên", "at": AT}
SMALL = """parindex: 1
id: {id}
version: "{version}"
title: {{vi: Bộ nhỏ, en: Small set}}
status: constructed
tree:
  - code: A
    name: {{vi: Lĩnh vực, en: Area}}
    max: 10
    children:
      - {{code: A1, name: Tỷ lệ, max: 4, method: measured, rule: {{kind: proportional, input: ratio}}}}
      - {{code: A2, name: Điểm, max: 6, rule: {{kind: points}}}}
grades: {{bands: [{{id: tot, name: {{vi: Tốt, en: Good}}, min: 80}}, {{id: kem, name: Kém, min: 0}}]}}
"""
UNITS = [
    NewUnit("so-mot", Text("Sở Một", "Department One"), "so"),
    NewUnit("so-hai", Text("Sở Hai", "Department Two"), "so"),
]


def small_set(identifier: str = "small", version: str = "1", *, more: str = "") -> bytes:
    """A criteria set of two leaves as a file."""
    return (SMALL.format(id=identifier, version=version) + more).encode()


@dataclass
class Small:
    """A territory, its two units, and an open round without answers."""

    territory: Unit
    units: dict[str, Unit]
    round: Round

    def answer(self, *rows: tuple[str, str, str], stage: Ruling.Stage = Ruling.Stage.COUNCIL) -> int:
        """Keep answers: unit, leaf, text."""
        return record_answers(round_=self.round, rows=[AnswerRow(*r) for r in rows], stage=stage, **ACT)

    def open(self, code: str, year: int, **more: object) -> Round:
        """Another round of the same units."""
        new = {
            "territory": self.territory,
            "code": code,
            "year": year,
            "title": Text("Kỳ thử", "Trial round"),
            "note": Text(""),
            "framework": self.round.framework,
            "groups": {"khoi": Text("Khối", "Group")},
            "publicity": Publicity.REASONS,
        }
        enrolments = [Enrolment(u, "khoi") for u in self.units.values()]
        return open_round(new=NewRound(**{**new, **more}), enrolments=enrolments, **ACT)


def open_small(
    units: Sequence[NewUnit] = UNITS, *, content: bytes = b"", illustrative: bool = True, **more: object
) -> Small:
    """A territory with its units and an open round of 2024; `more` are other values of the round."""
    territory = found_territory(
        code="tinh-thu",
        name=Text("Tỉnh Thử", "Trial Province"),
        type_="tinh",
        illustrative=illustrative,
        **ACT,
    )
    known = add_units(territory=territory, units=units, **ACT)
    framework = store_framework(content=content or small_set(), file="small.yaml", **ACT)
    new = {
        "territory": territory,
        "code": "2024",
        "year": 2024,
        "title": Text("Kỳ thử", "Trial round"),
        "note": Text("Số liệu thử", "Trial data"),
        "framework": framework,
        "groups": {"khoi": Text("Khối", "Group")},
        "publicity": Publicity.REASONS,
    }
    enrolments = [Enrolment(u, "khoi") for u in known.values()]
    return Small(territory, known, open_round(new=NewRound(**{**new, **more}), enrolments=enrolments, **ACT))
