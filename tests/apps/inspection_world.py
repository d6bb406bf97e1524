"""A small territory with people, a plan of inspection and a visit, through the same actions as any other."""

import io
from dataclasses import dataclass
from datetime import date, timedelta

from PIL import Image
from site_world import AT
from small_round import Small

from parindex.apps.inspections.actions import (
    FindingWritten,
    PlanWritten,
    VisitWritten,
    add_finding,
    add_visit,
    begin_plan,
    begin_visit,
    conclude_visit,
    issue_plan,
    recommend,
)
from parindex.apps.inspections.models import Plan, Recommendation, Visit
from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.organisations.roles import Role
from parindex.data.inspections import PROCEDURES


DAY = date(2026, 1, 5)
"""The legal date of `AT`."""
WHO = {"by": "person:900", "at": AT}
STAFF = (
    ("truong-doan", Role.SECRETARIAT, ""),
    ("thanh-vien-doan", Role.INSPECTOR, "so-hai"),
    ("thu-truong", Role.HEAD, "so-mot"),
    ("dau-moi", Role.FOCAL, "so-mot"),
    ("chuyen-vien", Role.OFFICER, "so-mot"),
    ("lanh-dao", Role.LEADER, ""),
)


def keys():
    """Keys of forms, each once."""
    n = 0
    while True:
        n += 1
        yield f"key{n}"


@dataclass
class Inspecting:
    """See the functions; every act is at `AT` unless another instant is given."""

    territory: Unit
    units: dict[str, Unit]
    people: dict[str, Person]
    framework: object
    keys: object

    def key(self) -> str:
        """The key of a new form."""
        return next(self.keys)

    def plan(self, **more) -> Plan:
        """A draft of 2026."""
        written = PlanWritten(
            **{"year": 2026, "title": "Kế hoạch kiểm tra", "framework": self.framework, **more}
        )
        return begin_plan(territory=self.territory, written=written, key=self.key(), **WHO)

    def written(self, **more) -> VisitWritten:
        """Department One, today and tomorrow, both areas."""
        told = {
            "unit": self.units["so-mot"],
            "starts": DAY,
            "ends": DAY + timedelta(days=1),
            "areas": [PROCEDURES, "A"],
            "leader": self.people["truong-doan"].pk,
            "members": [self.people["thanh-vien-doan"].pk],
            **more,
        }
        return VisitWritten(**told)

    def visit(self, plan: Plan | None = None, **more) -> Visit:
        """A visit of a plan."""
        return add_visit(plan=plan or self.plan(), written=self.written(**more), key=self.key(), **WHO)

    def issue(self, plan: Plan) -> Plan:
        """Number 12, today."""
        return issue_plan(plan=plan, number="12/KH-UBND", on=DAY, **WHO)

    def running(self, **more) -> Visit:
        """A visit that has begun."""
        visit = self.visit(**more)
        self.issue(visit.plan)
        return begin_visit(visit=visit, **WHO)

    def finding(self, visit: Visit, *, key: str = "", **more):
        """Something found wanting."""
        told = {"area": PROCEDURES, "severity": "shortcoming", "text": "Niêm yết thiếu", "criterion": "KS1"}
        written = FindingWritten(**{**told, **more})
        return add_finding(visit=visit, written=written, key=key or self.key(), **WHO)

    def advice(self, finding, *, days: int = 10, key: str = "") -> Recommendation:
        """To be done within some days."""
        due = DAY + timedelta(days=days)
        return recommend(finding=finding, text="Niêm yết lại cho đủ", due=due, key=key or self.key(), **WHO)

    def concluded(self, *, days: int = 10, **more) -> tuple[Visit, Recommendation]:
        """A visit that is concluded with one finding and one recommendation."""
        visit = self.running(**more)
        made = self.advice(self.finding(visit), days=days)
        return conclude_visit(visit=visit, rest_unseen=True, **WHO), made


def inspecting_in(small: Small) -> Inspecting:
    """The people of a small territory."""
    places = {"": small.territory, **small.units}
    people = {}
    for name, role, unit in STAFF:
        person = add_person(new=NewPerson(f"kiem-tra.{name}", f"Ông {name}", "Chức vụ"), **WHO)
        grant_role(person=person, role=role, unit=places[unit], **WHO)
        people[name] = person
    return Inspecting(small.territory, small.units, people, small.round.framework, keys())


def photo(colour="teal"):
    """A photo as a telephone sends it, with the place in it; and its size."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010E] = "10.5 north"
    out = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(out, "JPEG", exif=exif)
    return io.BytesIO(out.getvalue()), len(out.getvalue())
