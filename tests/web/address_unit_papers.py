"""Who may GET the papers of a unit; rows of `addresses.MATRIX`."""

from address_rows import FINISHED, FOLLOWING, OF_THE_UNIT, UNIT, Row, act


REPORT = (UNIT, "2024-nam")
NO_REPORTS = [("minh-hoa.khong-co", "2024-nam"), (UNIT, "2024-quy-2"), (UNIT, "khong-co")]
WHOSE = OF_THE_UNIT | FOLLOWING
UNIT_PAPERS = {
    "unit:brief": Row(
        [(FINISHED, "so-y-te")],
        [(FINISHED, "so-khong-co"), ("minh-hoa/khong-co", "so-y-te")],
        may=WHOSE,
    ),
    "unit:brief_file": Row(
        [(FINISHED, "so-y-te", kind) for kind in ("pdf", "docx", "png")],
        [(FINISHED, "so-y-te", "exe"), (FINISHED, "so-khong-co", "pdf")],
        may=WHOSE,
        page=False,
    ),
    "unit:record_file": Row(
        [(FINISHED, "so-y-te", kind) for kind in ("pdf", "docx")],
        [(FINISHED, "so-y-te", "exe"), (FINISHED, "so-khong-co", "pdf")],
        may=WHOSE,
        page=False,
    ),
    "unit:record": Row([(FINISHED, "so-y-te")], [(FINISHED, "so-khong-co")], may=WHOSE),
    "unit:record_page": Row(
        [(FINISHED, "so-y-te", 1)],
        [(FINISHED, "so-y-te", 0), (FINISHED, "so-y-te", 999), (FINISHED, "so-khong-co", 1)],
        may=WHOSE,
        page=False,
    ),
    "unit:record_issue": act((FINISHED, "so-y-te")),
    "unit:record_signed": Row([], [(FINISHED, "so-y-te", 987654321)], may=WHOSE, page=False),
    "unit:records_file": Row([(FINISHED,)], [("minh-hoa/khong-co",)], may=FOLLOWING, page=False),
    "reports:reports": Row([(UNIT,)], [("minh-hoa.khong-co",), ("khong-co",)], may=WHOSE),
    "reports:periodic": Row([REPORT], [*NO_REPORTS], may=WHOSE),
    "reports:periodic_file": Row(
        [(*REPORT, form) for form in ("docx", "pdf")],
        [*((*m, "pdf") for m in NO_REPORTS), (*REPORT, "exe")],
        may=WHOSE,
        page=False,
    ),
    "reports:periodic_page": Row(
        [(*REPORT, 1)],
        [*((*m, 1) for m in NO_REPORTS), (*REPORT, 0), (*REPORT, 99)],
        may=WHOSE,
        page=False,
    ),
}
