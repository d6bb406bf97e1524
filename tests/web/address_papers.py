"""Who may GET the papers of a round; rows of `addresses.MATRIX`."""

from addresses import FOLLOWING, TRAINING, Row, _act


DECISION = ("minh-hoa/2024", "quyet-dinh-cong-bo")
NO_PAPERS = [("minh-hoa/khong-co", DECISION[1]), (TRAINING, "khong-co")]
PAPERS = {
    "papers:papers": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=FOLLOWING),
    "papers:units": Row([(TRAINING,), ("minh-hoa/2024",)], [("minh-hoa/khong-co",)], may=FOLLOWING),
    "papers:office": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=frozenset({"secretariat"})),
    "papers:issue": _act(DECISION),
    "papers:signed_file": Row([], [("minh-hoa/2024", 987654321)], may=FOLLOWING, page=False),
    "papers:paper": Row([DECISION, (TRAINING, DECISION[1])], NO_PAPERS, may=FOLLOWING),
    "papers:paper_file": Row(
        [(*DECISION, form) for form in ("docx", "pdf")],
        [*((*m, "pdf") for m in NO_PAPERS), (*DECISION, "exe")],
        may=FOLLOWING,
        page=False,
    ),
    "papers:paper_page": Row(
        [(*DECISION, 1)],
        [*((*m, 1) for m in NO_PAPERS), (*DECISION, 0), (*DECISION, 999)],
        may=FOLLOWING,
        page=False,
    ),
}
