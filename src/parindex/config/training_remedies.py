"""The demonstration's remediation: what the department of culture answered to the points it lost in 2024, and
how far it came in 2025."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import transaction

from parindex.apps.assessments.models import Participant
from parindex.apps.improvement.actions import accept_loss, draft_remedies
from parindex.apps.organisations.models import Person
from parindex.apps.plans.actions import close_plan, issue_plan, report_progress
from parindex.apps.plans.models import Plan
from parindex.data import minhhoa


UNIT, ROUND = "so-van-hoa-the-thao-va-du-lich", "2024"
NUMBER = "21/KH-SVHTTDL"
DRAFTED, OVER = datetime(2025, 3, 10, 2, tzinfo=UTC), datetime(2026, 1, 5, 2, tzinfo=UTC)
ACCEPTED = {
    "5.1": "Đề án vị trí việc làm đang chờ cấp có thẩm quyền phê duyệt lại; năm nay chưa khắc phục được."
}
LEFT = frozenset({"1.7", "2.1.1", "3.2.3", "6.1", "7.1", "7.3.3"})
"""Criteria whose task was not finished within the year; those that ask for a document neither."""
FINISHED, LINE = datetime(2025, 11, 14, 3, tzinfo=UTC), "Đã hoàn thành theo kế hoạch, có báo cáo kèm theo."
SAID = {
    "7.2": (datetime(2025, 6, 20, 3, tzinfo=UTC), "Đã cấp chữ ký số cho toàn bộ lãnh đạo phòng, đơn vị."),
    "3.2.4": (datetime(2025, 9, 30, 3, tzinfo=UTC), "Đã số hóa đủ kết quả còn hiệu lực."),
    "5.4": (datetime(2025, 10, 15, 3, tzinfo=UTC), "Đã cử đủ người đi bồi dưỡng."),
    "1.3.2": (datetime(2025, 12, 12, 3, tzinfo=UTC), "Đã xử lý xong các nội dung sau kiểm tra."),
}
"""By criterion: when its task was finished, and what was said; of all others `FINISHED` and `LINE`."""


@transaction.atomic
def remedies(at: datetime) -> bool:
    """A plan of 2025 that answers every point lost in 2024; one loss is accepted, most tasks are finished."""
    found = Participant.objects.select_related("round__territory", "round__framework", "unit", "group")
    participant = found.get(round__code=ROUND, round__territory__code=minhhoa.CODE, unit__code=UNIT)
    if Plan.objects.filter(unit=participant.unit, remedies_year=participant.round.year).exists():
        return False
    focal = Person.objects.get(username=f"dau-moi.{UNIT}").ref
    for code, reason in ACCEPTED.items():
        accept_loss(participant=participant, code=code, reason=reason, by=focal, at=DRAFTED)
    plan = draft_remedies(participant=participant, by=focal, at=DRAFTED).plan
    issue_plan(plan=plan, number=NUMBER, issued_on=date(2025, 3, 14), by=focal, at=DRAFTED.replace(day=17))
    for task in plan.tasks.order_by("number"):
        if not task.output and task.criterion not in LEFT:
            when, line = SAID.get(task.criterion, (FINISHED, LINE))
            report_progress(task=task, percent=100, line=line, by=focal, at=when)
    close_plan(plan=plan, by=focal, at=min(at, OVER))
    return True
