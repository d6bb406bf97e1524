"""What changes plans and their tasks: each act is one transaction and one entry of the plan's chain."""

from parindex.apps.plans.actions.handing import Handed, answer_hand_down, hand_down, recall_hand_down
from parindex.apps.plans.actions.passing import pass_on
from parindex.apps.plans.actions.planning import (
    PlanWritten,
    begin_plan,
    change_plan,
    close_plan,
    issue_plan,
    name_document,
)
from parindex.apps.plans.actions.reporting import accept_output, report_progress, return_output
from parindex.apps.plans.actions.tasks import (
    TaskWritten,
    add_task,
    add_tasks,
    cancel_task,
    change_task,
    give_task,
    remove_task,
)


__all__ = [
    "Handed",
    "PlanWritten",
    "TaskWritten",
    "accept_output",
    "add_task",
    "add_tasks",
    "answer_hand_down",
    "begin_plan",
    "cancel_task",
    "change_plan",
    "change_task",
    "close_plan",
    "give_task",
    "hand_down",
    "issue_plan",
    "name_document",
    "pass_on",
    "recall_hand_down",
    "remove_task",
    "report_progress",
    "return_output",
]
