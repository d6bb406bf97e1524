"""What rows of addresses are made of: who there is, what exists and what does not, and rows of a kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


ANYONE, STRANGER = "anyone", "stranger"
WHO = {
    ANYONE: "",  # not signed in
    STRANGER: "nguoi-la",  # signed in, holds no role
    "focal": "dau-moi.so-y-te",
    "officer": "chuyen-vien.so-y-te",
    "head": "lanh-dao.so-y-te",
    "neighbour": "dau-moi.so-xay-dung",  # of a unit that appraises nothing
    "appraiser": "tham-dinh.so-tu-phap",
    "lead_head": "phu-trach.so-tu-phap",
    "secretariat": "thuong-truc",
    "assistant": "giup-viec",
    "chair": "chu-tich-hoi-dong",
    "member": "thanh-vien",
    "leader": "lanh-dao",
    "auditor": "kiem-soat",
    "administrator": "quan-tri",
    "editor": "bien-tap",
}
"""Everybody whose rights differ, with the sign-in name in the demonstration."""

EVERYONE = frozenset(WHO)
SIGNED_IN = EVERYONE - {ANYONE}
OF_THE_UNIT = frozenset({"focal", "officer", "head"})
APPRAISING = frozenset({"appraiser", "lead_head"})
FOLLOWING = frozenset({"secretariat", "assistant", "chair", "member", "leader", "auditor"})
NO_SET = (987654321,)
SET_PAGES = ("set", "file", "head", "versions", "lock", "table", "workbook", "compare", "trial")
READING = frozenset({"secretariat", "auditor", "administrator"})
MAKING_SETS = frozenset({"secretariat", "administrator"})
LANGUAGES = {"vi": "", "en": "/en"}

SIXTH = ("minh-hoa", 2024, "co-quan", "so-van-hoa-the-thao-va-du-lich")
AGENCIES = SIXTH[:3]
DISTRICTS = ("minh-hoa", 2023, "cap-huyen")
COMMUNES = ("minh-hoa", 2025, "cap-xa")
UNRANKED = ("minh-hoa", 2025, "co-quan", "thanh-tra-tinh")
PROVINCES = ("viet-nam", 2024, "tinh")
PROVINCE = (*PROVINCES, "binh-thuan")
OLD_PROVINCE = ("viet-nam", 2012, "tinh", "quang-ninh")
LEAVES = [(*SIXTH, "3.2.4"), (*SIXTH, "T1"), (*PROVINCE, "C01")]

NO_TERRITORY, NO_YEAR = ("khong-co", 2024, "co-quan"), ("minh-hoa", 1999, "co-quan")
NO_GROUP = (*AGENCIES[:2], "x")
NO_UNIT = (*AGENCIES, "so-khong-co")
ANOTHERS_UNIT = (*AGENCIES, "huyen-nguyet-dong")
NO_RANKINGS = [NO_TERRITORY, NO_YEAR, NO_GROUP, ("minh-hoa", 10**30, "co-quan")]
NO_UNITS = [*((*r, SIXTH[3]) for r in NO_RANKINGS), NO_UNIT, ANOTHERS_UNIT]
NO_LEAVES = [
    *((*u, "3.2.4") for u in NO_UNITS),
    *((*SIXTH, code) for code in ("9.9", "A", "3.2.4 ", "3.2.4\0")),
]
TRAINING, FINISHED = "minh-hoa/tap-huan-tham-dinh", "minh-hoa/2024"
KINDS = ("csv", "xlsx", "json")
NO_KINDS = ("pdf", "CSV", "csvx")


@dataclass(frozen=True)
class Row:
    """One address: arguments that lead to a page, arguments that lead nowhere, and who may GET it.

    `may` reads 200; who is not signed in is sent to the door, and anyone else reads 403. `besides` are other
    answers. `page`: whether it is one, and no file.
    """

    found: Sequence[tuple]
    missing: Sequence[tuple] = ()
    may: frozenset[str] = EVERYONE
    besides: Mapping[str, int] = field(default_factory=dict)
    page: bool = True

    def answers(self, who: str) -> int:
        """The status that somebody reads."""
        return self.besides.get(who, 200 if who in self.may else 302 if who == ANYONE else 403)

    @property
    def public(self) -> bool:
        """Whether everybody reads it."""
        return self.may == EVERYONE and not self.besides


def files(found: Sequence[tuple], missing: Sequence[tuple] = ()) -> Row:
    """Each table as each kind of file, and as kinds that are none."""
    return Row(
        [(*f, kind) for f in found for kind in KINDS],
        [*((*m, kind) for m in missing for kind in KINDS), *((*found[0], kind) for kind in NO_KINDS)],
        page=False,
    )


def act(arguments: tuple) -> Row:
    """An address that only takes forms: whoever is signed in reads that it is not for reading."""
    return Row([arguments], besides=dict.fromkeys(SIGNED_IN, 405) | {ANYONE: 302})


TOKENED = Row([()], besides=dict.fromkeys(EVERYONE, 401), page=False)
"""What systems with a token ask for; nobody on the site has one."""

MANAGING = frozenset({"secretariat", "administrator"})
CONNECTING = frozenset({"administrator"})
UNIT, PERSON = "minh-hoa.so-y-te", "dau-moi.so-y-te"


def managed(*found: tuple, missing: Sequence[tuple] = (), page: bool = True) -> Row:
    """A page of units or persons, for those who keep them."""
    return Row(found or [()], missing, may=MANAGING, page=page)


def council() -> Row:
    """A page of the council's room about a whole round."""
    return Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=FOLLOWING)


def council_files(arguments: tuple) -> Row:
    """Its table as each kind of file, for those who follow the round."""
    return Row(
        [(*arguments, kind) for kind in KINDS],
        [(*arguments, kind) for kind in NO_KINDS],
        may=FOLLOWING,
        page=False,
    )
