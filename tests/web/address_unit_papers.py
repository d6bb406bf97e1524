"""Who may GET the papers of a unit; rows of `addresses.MATRIX`."""

from address_rows import FINISHED, FOLLOWING, OF_THE_UNIT, Row


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
    "unit:records_file": Row([(FINISHED,)], [("minh-hoa/khong-co",)], may=FOLLOWING, page=False),
}
