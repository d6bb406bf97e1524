"""Rows of `addresses.MATRIX` for inspections, as the arguments of each."""

RUNNING = frozenset({"secretariat"})
READING = RUNNING | {"chair", "leader", "auditor"}
ANSWERING = frozenset({"focal", "head", "neighbour"})
NONE = 987654321

INSPECTIONS = {
    "inspections:overview": {"found": [()], "may": READING | ANSWERING},
    "inspections:today": {"found": [()], "may": RUNNING},
    "inspections:unit": {"found": [()], "may": ANSWERING},
    "inspections:begin": {"found": [()], "may": RUNNING},
    # the pages of one plan, visit and recommendation: see test_inspection_pages.py
    "inspections:plan": {"found": [], "missing": [(NONE,)]},
    "inspections:change": {"found": [], "missing": [(NONE,)]},
    "inspections:plan_step": {"found": []},
    "inspections:add": {"found": [], "missing": [(NONE,)]},
    "inspections:visit": {"found": [], "missing": [(NONE,)]},
    "inspections:change_visit": {"found": [], "missing": [(NONE,)]},
    "inspections:step": {"found": []},
    "inspections:checklist": {"found": [], "missing": [(NONE, "kstt")]},
    "inspections:find": {"found": [], "missing": [(NONE,)]},
    "inspections:finding": {"found": [], "missing": [(NONE, 1)]},
    "inspections:finding_add": {"found": []},
    "inspections:picture": {"found": [], "missing": [(NONE, 1, 1, 480)], "page": False},
    "inspections:file": {"found": [], "missing": [(NONE, "khong-co")], "page": False},
    "inspections:paper": {"found": [], "missing": [(NONE, "bien-ban")]},
    "inspections:paper_file": {"found": [], "missing": [(NONE, "bien-ban", "pdf")], "page": False},
    "inspections:paper_page": {"found": [], "missing": [(NONE, "bien-ban", 1)], "page": False},
    "inspections:signed_file": {"found": [], "missing": [(NONE, "bien-ban")], "page": False},
    "inspections:recommendation": {"found": [], "missing": [(NONE,)]},
}
for row in INSPECTIONS.values():
    row.setdefault("may", RUNNING)
