"""Rows of `addresses.MATRIX` for plans and tasks, as the arguments of each."""

from address_rows import APPRAISING, EVERYONE


PLANNING = frozenset({"focal", "head", "neighbour", "secretariat"})
DOING = PLANNING | {"officer"}
SEEING = DOING | {"assistant", "chair", "leader", "auditor"}
READING = SEEING | APPRAISING
"""Who reads issued plans: an appraiser too, who has no calendar of them."""
NOWHERE = (987654321,)

PLANS = {
    "plans:list": {"found": [()], "may": READING},
    "plans:work": {"found": [()], "may": DOING},
    "plans:offered": {"found": [()], "may": PLANNING},
    "plans:begin": {"found": [()], "may": PLANNING},
    "plans:calendar": {"found": [()], "may": SEEING},
    "plans:calendar_file": {"found": [()], "may": SEEING, "page": False},
    "plans:feed": {"found": [("khong-ai-co",)], "besides": dict.fromkeys(EVERYONE, 404), "page": False},
    # the pages of one plan and one task: see test_plan_pages.py
    "plans:plan": {"found": [], "missing": [NOWHERE], "may": READING},
    "plans:board": {"found": [], "missing": [NOWHERE], "may": READING},
    "plans:timeline": {"found": [], "missing": [NOWHERE], "may": READING},
    "plans:marking": {"found": [], "missing": [NOWHERE], "may": READING},
    "plans:import": {"found": [], "missing": [NOWHERE], "may": PLANNING},
    "plans:import_file": {"found": [], "missing": [(*NOWHERE, 1)], "may": PLANNING},
    "plans:edit": {"found": [], "missing": [NOWHERE], "may": PLANNING},
    "plans:add": {"found": [], "missing": [NOWHERE], "may": PLANNING},
    "plans:task": {"found": [], "missing": [NOWHERE], "may": READING},
    "plans:task_file": {"found": [], "missing": [(*NOWHERE, "khong-co")], "may": READING, "page": False},
    "plans:task_edit": {"found": [], "missing": [NOWHERE], "may": PLANNING},
}
PLAN_ACTS = {
    **dict.fromkeys(("answer", "step", "task_give", "task_report", "task_hand_down", "task_stop"), (1,)),
    **dict.fromkeys(("task_answer", "task_recall", "task_pass_on"), (1, 1)),
}
"""Addresses that only take forms, with the arguments of one."""
