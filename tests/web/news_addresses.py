"""Rows of `addresses.MATRIX` for the reform section, as the arguments of each."""

from address_rows import FOLLOWING, OF_THE_UNIT


PUBLISHING = frozenset({"editor", "secretariat"})
WRITING = PUBLISHING | {"focal", "officer", "head", "neighbour"}
LIVE, DRAFT, SECTION, WITH_PICTURE = 5, 9, "minh-hoa", 3
SLUG = "khong-con-ho-so-qua-han-trong-ba-thang"

NEWS = {
    "news:list": {"found": [()]},
    "news:section": {"found": [(SECTION,)], "missing": [("khong-co",), ("viet-nam",)]},
    "news:article": {
        "found": [(SECTION, LIVE, SLUG)],
        "missing": [(SECTION, DRAFT, "x"), (SECTION, 999, "x"), ("khong-co", 1, "x")],
    },
    "news:picture": {
        "found": [(SECTION, WITH_PICTURE, 1, 480)],
        "missing": [
            (SECTION, WITH_PICTURE, 1, 481),
            (SECTION, WITH_PICTURE, 2, 480),
            (SECTION, DRAFT, 1, 480),
        ],
        "page": False,
    },
    "news:read_mark": {
        "found": [(SECTION, LIVE)],
        "missing": [(SECTION, DRAFT), ("khong-co", 1)],
        "page": False,
    },
    "news:feed": {
        "found": [(SECTION, "rss"), (SECTION, "atom")],
        "missing": [(SECTION, "json"), ("khong-co", "rss")],
        "page": False,
    },
    "news:desk": {"found": [()], "may": WRITING},
    "news:begin": {"found": [()], "may": WRITING},
    "news:sources": {"found": [()], "may": PUBLISHING},
    "news:plan": {
        "found": [("minh-hoa.so-y-te",)],
        "missing": [("minh-hoa.khong-co",), ("khong-co",)],
        "may": PUBLISHING | FOLLOWING | OF_THE_UNIT,
    },
    "news:plan_file": {
        "found": [("minh-hoa.so-y-te", "csv"), ("minh-hoa.so-y-te", "xlsx")],
        "missing": [("minh-hoa.khong-co", "csv"), ("minh-hoa.so-y-te", "pdf")],
        "page": False,
        "may": PUBLISHING | FOLLOWING | OF_THE_UNIT,
    },
    "news:plan_line": {"found": [], "missing": [(987654321,)], "may": WRITING},  # see test_news_plan_page.py
    # the pages of one article: see test_news_desk.py
    "news:leave": {"found": [], "may": PUBLISHING},
    "news:sort": {"found": [], "may": PUBLISHING},
    "news:edit": {"found": [], "missing": [(987654321,)], "may": WRITING},
    "news:preview": {"found": [], "missing": [(987654321,)], "may": WRITING},
    "news:revision": {"found": [], "missing": [(987654321, 1)], "may": WRITING},
    "news:restore": {"found": [], "may": WRITING},
    "news:add_picture": {"found": [], "may": WRITING},
    "news:step": {"found": [], "may": WRITING},
}
