"""The small province of two years: ``python two_years.py`` fills the database in PARINDEX_HOME.

One department and two rounds, the second of which begins when the first is over; the same people sign in.
"""

from datetime import UTC, datetime, timedelta

from whole_round import SET, province

from parindex.config.site import prepare


YEARS = (2024, 2025)
STAGES = ("self", "appraisal", "council")


def fill(at: datetime) -> None:
    """Everything, as of an instant: each phase lasts a day, and that of the first year is open."""
    prepare()
    from django.db import transaction

    done = {"by": "test", "at": at}
    with transaction.atomic():
        territory, units = province(done)
        previous = None
        for k, year in enumerate(YEARS):
            first = at + timedelta(days=k * len(STAGES))
            previous = _round(territory, units, year=year, first=first, previous=previous, done=done)


def _round(territory, units, *, year, first, previous, done):
    from parindex.apps.assessments.actions import (
        Enrolment,
        NewRound,
        Part,
        PlannedPhase,
        assign_parts,
        open_round,
    )
    from parindex.apps.assessments.models import Phase
    from parindex.apps.frameworks.actions import store_framework
    from parindex.core.kernel.text import Text

    begins = first - timedelta(hours=1)
    days = [begins + timedelta(days=k) for k in range(len(STAGES) + 1)]
    phases = [
        PlannedPhase(Phase.Kind(stage), opens, closes - timedelta(minutes=1), 1)
        for stage, opens, closes in zip(STAGES, days, days[1:], strict=False)
    ]
    round_ = open_round(
        new=NewRound(
            territory=territory,
            code=str(year),
            year=year,
            title=Text(f"Kỳ đánh giá năm {year}", f"Round of {year}"),
            note=Text("Tỉnh thử, số liệu hư cấu", "Trial province, invented figures"),
            framework=store_framework(content=SET.encode(), file="bo-nho.yaml", **done),
            groups={"so": Text("Sở", "Departments")},
            phases=phases,
            previous=previous,
        ),
        enrolments=[Enrolment(units["so-mot"], "so")],
        **done,
    )
    assign_parts(round_=round_, parts=[Part("1", units["so-noi-vu"], None)], **done)
    return round_


if __name__ == "__main__":
    fill(datetime.now(UTC).replace(microsecond=0))
