"""Who may GET what: the pages of improvement."""

from address_rows import FOLLOWING, KINDS, TRAINING, Row, act, council


IMPROVE = {
    "improve:round": council(),
    "improve:unit": Row(
        [(TRAINING, "so-y-te")], [(TRAINING, "khong-co"), ("minh-hoa/khong-co", "so-y-te")], may=FOLLOWING
    ),
    "improve:lost": Row(
        [(TRAINING, "so-y-te")], [(TRAINING, "khong-co"), ("minh-hoa/khong-co", "so-y-te")], may=FOLLOWING
    ),
    "improve:heads": Row([()], may=frozenset({"secretariat", "chair"})),
    "improve:duties": Row(
        [("minh-hoa.so-y-te",)],
        [("minh-hoa.khong-co",), ("khong-co",)],
        may=frozenset({"head", "secretariat", "chair"}),
    ),
    "improve:handover": Row(
        [("minh-hoa/2025-co-quan",)], [("minh-hoa/khong-co",), (TRAINING,)], may=FOLLOWING
    ),
    "improve:handover_file": Row(
        [
            ("minh-hoa/2025-co-quan", t, k)
            for t in ("xep-loai", "thi-dua", "giai-trinh")
            for k in (*KINDS, "docx")
        ],
        [("minh-hoa/2025-co-quan", "khong-co", "csv"), ("minh-hoa/2025-co-quan", "thi-dua", "pdf")],
        may=FOLLOWING,
        page=False,
    ),
    "improve:ahead": Row(
        [(TRAINING, "so-y-te")], [(TRAINING, "khong-co"), ("minh-hoa/khong-co", "so-y-te")], may=FOLLOWING
    ),
    "improve:draft": act((TRAINING, "so-y-te")),
    "improve:accept": act((TRAINING, "so-y-te")),
    "improve:years": Row(
        [(TRAINING, "so-y-te")], [(TRAINING, "khong-co"), ("minh-hoa/khong-co", "so-y-te")], may=FOLLOWING
    ),
}
