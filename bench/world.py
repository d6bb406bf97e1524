"""What the pages bench shows: the invented province, and beside it a territory of 142 units ranked two years.

``python bench/world.py`` fills the database in PARINDEX_HOME, through the actions that any data go through.
"""

from __future__ import annotations

from datetime import UTC, datetime

from parindex.config.site import prepare


UNITS = 142
CODE, GROUP = "bench", "cap-xa"
RANKING = f"/{CODE}/2025/{GROUP}/"


def fill() -> None:
    """Load everything."""
    prepare()
    from parindex.config.worlds import steps
    from parindex.data.minhhoa import ROUNDS

    at = datetime.now(UTC)
    for _, act in steps()[: len(ROUNDS)]:
        act(at)
    _fill_large(at)


def _fill_large(at: datetime) -> None:
    """Two years of 142 communes by the shipped set."""
    from parindex.apps.assessments.actions import Enrolment, NewRound, open_round, record_answers
    from parindex.apps.assessments.models import Ruling
    from parindex.apps.assessments.rules import AnswerRow
    from parindex.apps.frameworks.actions import store_framework
    from parindex.apps.organisations.actions import NewUnit, add_units, found_territory
    from parindex.apps.results.actions import compute_result
    from parindex.core.formats.framework_file import load_framework
    from parindex.core.kernel.text import Text
    from parindex.data import framework_path
    from parindex.data.minhhoa.answers import answer_sheet
    from parindex.data.minhhoa.units import GROUPS, SampleUnit

    done = {"by": "bench", "at": at}
    path = framework_path("minhhoa-2025-communes")
    framework = load_framework(path)
    samples = [
        SampleUnit(f"don-vi-{k}", Text(f"Đơn vị số {k}"), "xa", GROUP, 0.7 + k % 23 / 100, 2000 + 10 * k)
        for k in range(1, UNITS + 1)
    ]
    territory = found_territory(code=CODE, name=Text("Tỉnh Đo"), type_="tinh", illustrative=True, **done)
    stored = store_framework(content=path.read_bytes(), file=path.name, **done)
    units = add_units(territory=territory, units=[NewUnit(s.code, s.name, s.type) for s in samples], **done)
    round_ = None
    for year in (2024, 2025):
        new = NewRound(
            territory=territory,
            code=str(year),
            year=year,
            title=Text(f"Kỳ đánh giá {year}"),
            note=Text("Số liệu để đo tốc độ"),
            framework=stored,
            groups={GROUP: GROUPS[GROUP]},
            previous=round_,
            publishes_rank_bands=True,
        )
        round_ = open_round(new=new, enrolments=[Enrolment(units[s.code], GROUP) for s in samples], **done)
        written = (a for s in samples for a in answer_sheet(framework, s, str(year)))
        answers = [AnswerRow(a.unit, a.leaf, a.text, a.se, a.n) for a in written]
        record_answers(round_=round_, rows=answers, stage=Ruling.Stage.COUNCIL, **done)
        compute_result(round_=round_, **done)


if __name__ == "__main__":
    fill()
