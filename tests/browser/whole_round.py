"""The small province of a whole round: ``python whole_round.py`` fills the database in PARINDEX_HOME.

Three units, a criteria set of two leaves, a round whose phases last a day each, and seven people to sign in.
"""

from datetime import UTC, datetime, timedelta

from parindex.config.site import prepare


SET = """parindex: 1
id: bo-nho
version: "1"
title: {vi: Bộ tiêu chí nhỏ, en: Small criteria set}
status: constructed
tree:
  - code: "1"
    name: {vi: Giải quyết thủ tục hành chính, en: Procedures}
    max: 10
    children:
      - {code: "1.1", name: {vi: Đúng hạn, en: On time}, max: 6, rule: {kind: proportional, input: ratio}}
      - code: "1.2"
        name: {vi: Công khai thủ tục, en: Procedures made public}
        max: 4
        rule:
          kind: choice
          options:
            - {id: du, name: {vi: Công khai đủ, en: All}, points: 4}
            - {id: thieu, name: {vi: Công khai thiếu, en: Some}, points: 2}
grades: {bands: [{id: tot, name: {vi: Tốt, en: Good}, min: 80}, {id: kha, name: {vi: Khá, en: Fair}, min: 0}]}
"""
PASSWORD = "mat-khau-rat-dai-2026"
PEOPLE = (
    ("chuyen-vien", "Nguyễn Văn An", "officer", "so-mot"),
    ("thu-truong", "Trần Thị Bình", "head", "so-mot"),
    ("dau-moi", "Lê Thị Cúc", "focal", "so-mot"),
    ("tham-dinh", "Phạm Văn Dũng", "appraiser", "so-noi-vu"),
    ("phu-trach", "Hoàng Thị Én", "lead_head", "so-noi-vu"),
    ("chu-tich", "Vũ Văn Giang", "chair", ""),
    ("thuong-truc", "Đỗ Thị Hà", "secretariat", ""),
)
DAYS = ("self", "appraisal", "explanation", "appraisal", "explanation", "appraisal", "council")


def fill(at: datetime) -> None:
    """Everything, as of an instant; the first phase is open then."""
    prepare()
    from django.db import transaction

    done = {"by": "test", "at": at}
    with transaction.atomic():
        territory, units = province(done)
        _round(territory, units, done)


def province(done):
    """Its units and its people."""
    from parindex.apps.organisations.actions import NewUnit, add_units, found_territory
    from parindex.core.kernel.text import Text

    name = Text("Tỉnh Thử", "Trial Province")
    territory = found_territory(code="tinh-thu", name=name, type_="tinh", illustrative=True, **done)
    named = {"so-mot": "Sở Một", "so-hai": "Sở Hai", "so-noi-vu": "Sở Nội vụ"}
    new = [NewUnit(code, Text(vi), "so") for code, vi in named.items()]
    units = add_units(territory=territory, units=new, **done)
    _people(territory, units, done)
    return territory, units


def _people(territory, units, done):
    from parindex.apps.organisations.actions import NewPerson, add_person, grant_role
    from parindex.apps.organisations.roles import Role

    for username, name, role, unit in PEOPLE:
        person = add_person(new=NewPerson(username, name, "", illustrative=True), **done)
        person.set_password(PASSWORD)
        person.save()
        grant_role(person=person, role=Role(role), unit=units[unit] if unit else territory, **done)


def _round(territory, units, done):
    from parindex.apps.assessments.actions import (
        Enrolment,
        NewRound,
        Part,
        PlannedPhase,
        Typing,
        assign_parts,
        open_round,
        save_drafts,
        submit_sheet,
    )  # fmt: skip
    from parindex.apps.assessments.models import Phase
    from parindex.apps.frameworks.actions import store_framework
    from parindex.core.kernel.text import Text

    at, turns, phases = done["at"], {}, []
    for k, kind in enumerate(DAYS):
        turns[kind] = turns.get(kind, 0) + 1
        opens = at - timedelta(hours=1) if k == 0 else phases[-1].closes_at + timedelta(minutes=1)
        phases.append(PlannedPhase(Phase.Kind(kind), opens, at + timedelta(days=k, hours=1), turns[kind]))
    round_ = open_round(
        new=NewRound(
            territory=territory,
            code="2026",
            year=2026,
            title=Text("Kỳ đánh giá năm 2026", "Round of 2026"),
            note=Text("Tỉnh thử, số liệu hư cấu", "Trial province, invented figures"),
            framework=store_framework(content=SET.encode(), file="bo-nho.yaml", **done),
            groups={"so": Text("Sở", "Departments")},
            phases=phases,
        ),
        enrolments=[Enrolment(units["so-mot"], "so"), Enrolment(units["so-hai"], "so")],
        **done,
    )
    assign_parts(round_=round_, parts=[Part("1", units["so-noi-vu"], None)], **done)
    other = round_.participants.get(unit__code="so-hai")
    typed = [Typing("1.1", "80/100"), Typing("1.2", "du")]
    save_drafts(participant=other, typed=typed, **done)
    submit_sheet(participant=other, **done)


if __name__ == "__main__":
    fill(datetime.now(UTC).replace(microsecond=0))
