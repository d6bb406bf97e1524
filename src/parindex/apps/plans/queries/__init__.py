"""What pages and the rooms above read of plans."""

from parindex.apps.plans.queries.plans import (
    find_plan,
    find_task,
    offered_to,
    plans_seen,
    plans_told,
    tasks_in,
)
from parindex.apps.plans.queries.work import (
    documents_for,
    due_between,
    output_of,
    overdue_on,
    plan_counts,
    tasks_by_origin,
    tasks_of,
    work_of,
)


__all__ = [
    "documents_for",
    "due_between",
    "find_plan",
    "find_task",
    "offered_to",
    "output_of",
    "overdue_on",
    "plan_counts",
    "plans_seen",
    "plans_told",
    "tasks_by_origin",
    "tasks_in",
    "tasks_of",
    "work_of",
]
