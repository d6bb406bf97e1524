"""Rows of `addresses.MATRIX` for briefings and movements, as the arguments of each."""

from address_rows import OF_THE_UNIT


DRAFTING = frozenset({"secretariat", "assistant"})
SEEING = DRAFTING | OF_THE_UNIT | {"neighbour", "chair", "member", "leader"}
RUNNING = frozenset({"secretariat", "focal", "head", "neighbour"})
ISSUED, DRAFT = ("minh-hoa", 2025, 11), ("minh-hoa", 2025, 12)
NONE = [("minh-hoa", 2025, 3), ("minh-hoa", 2025, 13), ("minh-hoa", 99999, 1), ("khong-co", 2025, 11)]

BRIEFINGS = {
    "briefings:list": {"found": [()], "may": SEEING},
    "briefings:briefing": {"found": [ISSUED], "missing": NONE, "may": SEEING},
    "briefings:edit": {"found": [DRAFT], "missing": NONE, "may": DRAFTING},
    "briefings:revision": {
        "found": [(*ISSUED, 1), (*DRAFT, 1)],
        "missing": [(*ISSUED, 9), ("khong-co", 2025, 11, 1)],
        "may": DRAFTING,
    },
    "briefings:file": {
        "found": [(*ISSUED, "docx"), (*ISSUED, "pdf")],
        "missing": [(*ISSUED, "exe"), ("khong-co", 2025, 11, "pdf")],
        "may": SEEING,
        "page": False,
    },
    "emulation:list": {"found": [()], "may": SEEING},
    "emulation:begin": {"found": [()], "may": RUNNING},
    # the pages of one movement: see test_emulation_pages.py
    "emulation:campaign": {"found": [], "missing": [(987654,)], "may": SEEING},
    "emulation:edit": {"found": [], "missing": [(987654,)], "may": RUNNING},
    "emulation:initiatives_file": {"found": [], "missing": [(987654, "csv")], "may": SEEING},
    "emulation:initiative_begin": {"found": [], "missing": [(987654,)], "may": OF_THE_UNIT},
    "emulation:initiative": {"found": [], "missing": [(987654, 1)], "may": SEEING},
    "emulation:initiative_edit": {"found": [], "missing": [(987654, 1)], "may": SEEING},
    "emulation:commendation": {"found": [], "missing": [(987654,)], "may": SEEING},
    "emulation:commendation_file": {"found": [], "missing": [(987654, "pdf")], "may": SEEING},
}
"""The pages of a draft and its acts: see test_briefing_pages.py."""
