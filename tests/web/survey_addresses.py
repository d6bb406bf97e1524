"""Rows of `addresses.MATRIX` for the desk of surveys, as the arguments of each."""

RUNNING = frozenset({"secretariat"})
ENTERING = RUNNING | {"assistant"}
READING = ENTERING | {"chair", "leader", "auditor"}
NONE = "khong-co-2019"

SURVEYS = {
    "surveys:list": {"found": [()], "may": READING},
    "surveys:begin": {"found": [()], "may": RUNNING},
    "surveys:sets": {"found": [()], "may": READING},
    "surveys:set_begin": {"found": []},
    "surveys:set_keep": {"found": []},
    "surveys:set": {"found": [], "missing": [(987654321,)], "may": READING},
    "surveys:set_change": {"found": []},
    "surveys:set_preview": {"found": [], "missing": [(987654321,)], "may": READING},
    "surveys:set_file": {"found": [], "missing": [(987654321, "yaml")], "may": READING, "page": False},
    "surveys:question": {"found": [], "missing": [(987654321, "0.0")]},
    # the pages of one survey: see test_survey_desk.py
    "surveys:survey": {"found": [], "missing": [(NONE,)], "may": READING},
    "surveys:change": {"found": [], "missing": [(NONE,)]},
    "surveys:step": {"found": []},
    "surveys:groups": {"found": []},
    "surveys:factors": {"found": []},
    "surveys:rated": {"found": [], "missing": [(NONE, "khong-co")], "may": READING},
    "surveys:invite": {"found": [], "missing": [(NONE,)]},
    "surveys:strata": {"found": [], "missing": [(NONE, "khong-co")]},
    "surveys:links": {"found": [], "missing": [(NONE, "khong-co")]},
    "surveys:strata_file": {"found": [], "missing": [(NONE, "khong-co", "xlsx")], "page": False},
    "surveys:links_file": {"found": [], "missing": [(NONE, "khong-co", "xlsx")], "page": False},
    "surveys:reserve": {"found": [], "missing": [(NONE, "khong-co")]},
    "surveys:poster": {"found": [], "missing": [(NONE, 987654321)]},
    "surveys:poster_file": {"found": [], "missing": [(NONE, 987654321)], "page": False},
    "surveys:posters": {"found": [], "missing": [(NONE,)], "page": False},
    "surveys:progress": {"found": [], "missing": [(NONE,)], "may": READING},
    "surveys:batches": {"found": [], "missing": [(NONE,)], "may": ENTERING},
    "surveys:blank": {"found": [], "missing": [(NONE, "khong-co", "pdf")], "may": READING, "page": False},
    "surveys:batch": {"found": [], "missing": [(NONE, 987654321)], "may": ENTERING},
    "surveys:paper_form": {"found": [], "missing": [(NONE, 987654321, 1)], "may": ENTERING},
    "surveys:outside": {"found": [], "missing": [(NONE,)]},
    "surveys:outside_file": {"found": [], "missing": [(NONE, "xlsx")], "page": False},
    "surveys:interviews": {"found": [], "missing": [(NONE, "khong-co")]},
    "surveys:interviews_file": {"found": [], "missing": [(NONE, "khong-co", "phong-van")], "page": False},
    "surveys:flags": {"found": [], "missing": [(NONE,)], "may": READING},
    "surveys:texts": {"found": [], "missing": [(NONE,)], "may": READING},
    "surveys:texts_file": {"found": [], "missing": [(NONE, "csv")], "may": READING, "page": False},
    "surveys:results": {"found": [], "missing": [(NONE,)], "may": READING},
    "surveys:results_file": {"found": [], "missing": [(NONE, "csv")], "may": READING, "page": False},
    "surveys:answers_file": {"found": [], "missing": [(NONE, "csv")], "page": False},
    "answer:result": {"found": [], "missing": [(NONE,)]},
    "answer:result_file": {"found": [], "missing": [(NONE, "csv")], "page": False},
}
for row in SURVEYS.values():
    row.setdefault("may", RUNNING)
