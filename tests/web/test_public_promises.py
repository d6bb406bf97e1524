"""What a unit promised and whether it was done: told where reasons are public, and drafts never."""

from datetime import date

import pytest
from addresses import address
from site_world import AT

from parindex.apps.assessments.models import Round
from parindex.apps.organisations.models import Unit
from parindex.apps.plans import actions
from parindex.apps.plans.actions import PlanWritten, TaskWritten
from parindex.core.formats.publicity import Publicity


UNIT = "so-van-hoa-the-thao-va-du-lich"
PAGE = address("public:unit", ("minh-hoa", 2024, "co-quan", UNIT))
ACT = {"by": "đầu mối", "at": AT}
DAY = date(2024, 1, 9)


def _plan(theme, number=""):
    """A plan of 2024 with two tasks, one of them done; issued where it has a number."""
    unit = Unit.objects.get(code=UNIT, parent__code="minh-hoa", parent__parent=None)
    written = PlanWritten(title="Kế hoạch cải cách hành chính", year=2024, theme=theme)
    plan = actions.begin_plan(unit=unit, written=written, **ACT)
    rows = [(TaskWritten("Rà soát thủ tục", due=date(2024, 6, 30)), ""), (TaskWritten("Tập huấn"), "")]
    actions.add_tasks(plan=plan, rows=rows, **ACT)
    if number:
        plan = actions.issue_plan(plan=plan, number=number, issued_on=DAY, **ACT)
        task = plan.tasks.order_by("number").last()
        actions.report_progress(task=task, percent=100, line="đã tập huấn", **ACT)
    return plan


@pytest.mark.parametrize("level", list(Publicity))
def test_an_issued_plan_is_told_from_reasons_on_and_a_draft_never(world, read, level):
    """With number, theme, and how much of it was done."""
    Round.objects.filter(territory__code="minh-hoa", code="2024").update(publicity=level)
    _plan("Không hồ sơ trễ hẹn", "974/KH-SVHTTDL")
    _plan("Chủ đề chưa ban hành")
    text = read(PAGE).root.text
    assert ("974/KH-SVHTTDL" in text) is level.shows_reasons
    assert ("Không hồ sơ trễ hẹn" in text) is level.shows_reasons
    assert "Chủ đề chưa ban hành" not in text
    if level.shows_reasons:
        told = "".join(text.split())
        assert "Nhiệmvụhoànthành1/2" in told
        assert "Quáhạnchưaxong1" in told


def test_a_unit_without_a_plan_has_no_such_card(world, read):
    """Nor has another year."""
    other = address("public:unit", ("minh-hoa", 2023, "co-quan", UNIT))
    _plan("Không hồ sơ trễ hẹn", "974/KH-SVHTTDL")
    assert "974/KH-SVHTTDL" not in read(other).root.text
