"""Who may GET what: one row for every address of the site, with examples that exist and that do not.

A new address without a row fails `test_addresses.py`; its row names who reads it, among the people of `WHO`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.translation import override


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
TRAINING = "minh-hoa/tap-huan-tham-dinh"
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


def _files(found: Sequence[tuple], missing: Sequence[tuple] = ()) -> Row:
    """Each table as each kind of file, and as kinds that are none."""
    return Row(
        [(*f, kind) for f in found for kind in KINDS],
        [*((*m, kind) for m in missing for kind in KINDS), *((*found[0], kind) for kind in NO_KINDS)],
        page=False,
    )


def _act(arguments: tuple) -> Row:
    """An address that only takes forms: whoever is signed in reads that it is not for reading."""
    return Row([arguments], besides=dict.fromkeys(SIGNED_IN, 405) | {ANYONE: 302})


TOKENED = Row([()], besides=dict.fromkeys(EVERYONE, 401), page=False)
"""What systems with a token ask for; nobody on the site has one."""

MANAGING = frozenset({"secretariat", "administrator"})
CONNECTING = frozenset({"administrator"})
UNIT, PERSON = "minh-hoa.so-y-te", "dau-moi.so-y-te"


def _managed(*found: tuple, missing: Sequence[tuple] = (), page: bool = True) -> Row:
    """A page of units or persons, for those who keep them."""
    return Row(found or [()], missing, may=MANAGING, page=page)


def _council() -> Row:
    """A page of the council's room about a whole round."""
    return Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=FOLLOWING)


def _council_files(arguments: tuple) -> Row:
    """Its table as each kind of file, for those who follow the round."""
    return Row(
        [(*arguments, kind) for kind in KINDS],
        [(*arguments, kind) for kind in NO_KINDS],
        may=FOLLOWING,
        page=False,
    )


RANKINGS = [AGENCIES, DISTRICTS, COMMUNES, PROVINCES]
UNITS = [SIXTH, UNRANKED, PROVINCE, OLD_PROVINCE]
MATRIX = {
    "account:start": Row([()], may=SIGNED_IN),
    "account:notices": Row([()], may=SIGNED_IN),
    "account:notices_mail": _act(()),
    "account:sign_in": Row([()], besides=dict.fromkeys(SIGNED_IN, 302)),
    "account:sign_out": Row([()], besides=dict.fromkeys(EVERYONE, 405)),
    "account:second": Row([()], besides=dict.fromkeys(EVERYONE, 302)),
    "account:single": Row([()], besides=dict.fromkeys(EVERYONE, 404)),  # without an identity provider
    "account:single_back": Row([()], besides=dict.fromkeys(EVERYONE, 404)),
    "account:forgotten": Row([()], besides=dict.fromkeys(EVERYONE, 404)),  # without a mail server
    "account:choose": Row([("MQ", "x-y")], besides=dict.fromkeys(EVERYONE, 410)),
    "account:own": Row([()], may=SIGNED_IN),
    "account:password": Row([()], besides=dict.fromkeys(EVERYONE, 302)),  # in these tests nobody has one
    "account:factor": Row([()], may=SIGNED_IN),
    "account:session_end": _act(()),
    "account:play_role": Row(
        [()], besides=dict.fromkeys(EVERYONE, 404)
    ),  # in the demonstration's own process only
    "unit:sheet": Row(
        [(TRAINING, "so-y-te")],
        [(TRAINING, "so-khong-co"), ("minh-hoa/khong-co", "so-y-te")],
        may=OF_THE_UNIT | APPRAISING | FOLLOWING,
    ),
    "unit:leaf": Row(
        [(TRAINING, "so-y-te", "1.1.1"), (TRAINING, "so-y-te", "P1"), (TRAINING, "so-y-te", "B.1")],
        [(TRAINING, "so-y-te", "9.9"), (TRAINING, "so-khong-co", "1.1.1")],
        may=OF_THE_UNIT | APPRAISING | FOLLOWING,
    ),
    "unit:attach": _act((TRAINING, "so-y-te", "1.1.1")),
    "unit:detach": _act((TRAINING, "so-y-te", "1.1.1", 1)),
    "unit:vault": Row([(TRAINING, "so-y-te")], [(TRAINING, "so-khong-co")], may=OF_THE_UNIT),
    "unit:document": Row([], [(TRAINING, "so-y-te", "khong-co")], may=OF_THE_UNIT | APPRAISING | FOLLOWING),
    "unit:document_file": Row(
        [], [(TRAINING, "so-y-te", "khong-co")], may=OF_THE_UNIT | APPRAISING | FOLLOWING
    ),
    "unit:view": Row([], [(TRAINING, "so-y-te", "khong-co")], may=OF_THE_UNIT | APPRAISING | FOLLOWING),
    "unit:page": Row(
        [], [(TRAINING, "so-y-te", "khong-co", 1)], may=OF_THE_UNIT | APPRAISING | FOLLOWING, page=False
    ),
    "unit:archive": Row(
        [(TRAINING, "so-y-te")],
        [(TRAINING, "so-khong-co")],
        may=OF_THE_UNIT | APPRAISING | FOLLOWING,
        page=False,
    ),
    "unit:leaf_ready": _act((TRAINING, "so-y-te", "1.1.1")),
    "unit:leaf_measured": _act((TRAINING, "so-y-te", "3.2.1")),
    "unit:leaf_inherited": _act((TRAINING, "so-y-te", "1.1.1")),
    "unit:leaf_return": _act((TRAINING, "so-y-te", "1.1.1")),
    "unit:ledger": Row(
        [(TRAINING, "so-y-te")],
        [(TRAINING, "so-khong-co"), ("minh-hoa/khong-co", "so-y-te")],
        may=OF_THE_UNIT | FOLLOWING | {"administrator"},
    ),
    "unit:hand_out": Row(
        [(TRAINING, "so-y-te")], [(TRAINING, "so-khong-co")], may=frozenset({"focal", "head"})
    ),
    "unit:guest": Row([("khong-co",)], besides=dict.fromkeys(EVERYONE, 404)),
    "steer:partners": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=frozenset({"secretariat"})),
    "steer:guest_link": Row(
        [(TRAINING, "so-y-te")], [(TRAINING, "so-khong-co")], may=frozenset({"secretariat"})
    ),
    "steer:guest_link_revoke": _act((TRAINING, 1)),
    "unit:remind_handed": _act((TRAINING, "so-y-te")),
    "unit:hand_in": Row(
        [(TRAINING, "so-y-te")],
        [(TRAINING, "so-khong-co")],
        may=OF_THE_UNIT | APPRAISING | FOLLOWING,
        page=False,
    ),
    "unit:submit": Row(
        [(TRAINING, "so-y-te")], [(TRAINING, "so-khong-co")], may=frozenset({"focal", "head"})
    ),
    "unit:table": Row([(TRAINING, "so-y-te")], [(TRAINING, "so-khong-co")], may=OF_THE_UNIT),
    "unit:workbook": Row([(TRAINING, "so-y-te")], [(TRAINING, "so-khong-co")], may=OF_THE_UNIT, page=False),
    "unit:folder": Row([(TRAINING, "so-y-te")], [(TRAINING, "so-khong-co")], may=OF_THE_UNIT),
    "unit:folder_plan": Row(
        [(TRAINING, "so-y-te", "0" * 32)],
        [(TRAINING, "so-khong-co", "0" * 32)],
        besides=dict.fromkeys((ANYONE, *OF_THE_UNIT), 302),
        may=frozenset(),
    ),
    "unit:withdraw": _act((TRAINING, "so-y-te")),
    "unit:report": _act((TRAINING, "so-y-te")),
    "unit:receipt": Row(
        [(TRAINING, "so-y-te", 1)],
        [(TRAINING, "so-y-te", 9), (TRAINING, "so-khong-co", 1)],
        may=OF_THE_UNIT | APPRAISING | FOLLOWING,
    ),
    "unit:report_file": Row(
        [(TRAINING, "so-y-te", 1, kind) for kind in ("pdf", "docx")],
        [
            (TRAINING, "so-y-te", 9, "pdf"),
            (TRAINING, "so-y-te", 1, "exe"),
            (TRAINING, "so-khong-co", 1, "pdf"),
        ],
        may=OF_THE_UNIT | APPRAISING | FOLLOWING,
        page=False,
    ),
    "unit:explanations": Row(
        [(TRAINING, "so-y-te")], [(TRAINING, "so-khong-co")], may=OF_THE_UNIT | APPRAISING | FOLLOWING
    ),
    "unit:explanation": Row(
        [(TRAINING, "so-y-te", "1.1.1")],
        [(TRAINING, "so-y-te", "9.9"), (TRAINING, "so-khong-co", "1.1.1")],
        may=OF_THE_UNIT | APPRAISING | FOLLOWING,
    ),
    "unit:explanation_accept": _act((TRAINING, "so-y-te", "1.1.1")),
    "unit:explanation_council": _act((TRAINING, "so-y-te", "1.1.1")),
    "appraise:queue": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=APPRAISING),
    "council:room": _council(),
    "council:case": Row(
        [],
        [(TRAINING, "so-y-te", "1.1.1"), (TRAINING, "so-khong-co", "1.1.1")],
        may=FOLLOWING,
    ),
    "council:ruled": Row([], [(TRAINING, 0), ("minh-hoa/khong-co", 1)], may=FOLLOWING),
    "council:minutes": _council(),
    "council:room_file": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=FOLLOWING, page=False),
    "council:minutes_file": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=FOLLOWING, page=False),
    "council:conclude": _act((TRAINING,)),
    "council:publish": _act((TRAINING,)),
    "council:reopen": _act((TRAINING,)),
    "council:stages": _council(),
    "council:stages_file": _council_files((TRAINING,)),
    "council:overrating": _council(),
    "council:overrating_file": _council_files((TRAINING,)),
    "council:stages_unit": Row(
        [(TRAINING, "so-y-te")], [(TRAINING, "so-khong-co"), ("minh-hoa/khong-co", "so-y-te")], may=FOLLOWING
    ),
    "council:stages_unit_file": _council_files((TRAINING, "so-y-te")),
    "appraise:leaf": Row([(TRAINING, "2.2.2")], [("minh-hoa/khong-co", "2.2.2")], may=APPRAISING),
    "appraise:unit": Row([(TRAINING, "so-y-te")], [("minh-hoa/khong-co", "so-y-te")], may=APPRAISING),
    "appraise:case": Row(
        [(TRAINING, "so-y-te", "2.2.2")], [("minh-hoa/khong-co", "so-y-te", "2.2.2")], may=APPRAISING
    ),
    "appraise:bulk": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=APPRAISING),
    "appraise:table": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=APPRAISING),
    "appraise:workbook": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=APPRAISING, page=False),
    "appraise:sample": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=APPRAISING),
    "appraise:visit": Row([], [("minh-hoa/khong-co", "so-y-te", "2.2.2")], may=APPRAISING),
    "appraise:queue_file": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=APPRAISING, page=False),
    "appraise:sign": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=APPRAISING),
    "appraise:penalties": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=FOLLOWING),
    "appraise:penalty_new": Row(
        [(TRAINING, "P1")], [(TRAINING, "A.9"), (TRAINING, "1.1.1")], may=frozenset({"secretariat"})
    ),
    "appraise:penalty_withdraw": _act((TRAINING, 1)),
    "steer:round": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=FOLLOWING),
    "steer:round_file": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=FOLLOWING, page=False),
    "steer:ledger": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=FOLLOWING | {"administrator"}),
    "steer:ledger_file": Row(
        [(TRAINING,)], [("minh-hoa/khong-co",)], may=FOLLOWING | {"administrator"}, page=False
    ),
    "steer:ledger_keys": Row(
        [(TRAINING,)], [("minh-hoa/khong-co",)], may=FOLLOWING | {"administrator"}, page=False
    ),
    "steer:sample": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=FOLLOWING),
    "steer:sample_file": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=FOLLOWING, page=False),
    "steer:matrix": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=FOLLOWING),
    "steer:matrix_file": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=FOLLOWING, page=False),
    "steer:matrix_unit": Row([(TRAINING, "so-y-te")], [(TRAINING, "so-khong-co")], may=FOLLOWING),
    "steer:letter": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=frozenset({"secretariat", "assistant"})),
    "steer:letter_file": Row(
        [(TRAINING,)], [("minh-hoa/khong-co",)], may=frozenset({"secretariat", "assistant"}), page=False
    ),
    "steer:remind": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=frozenset({"secretariat", "assistant"})),
    "steer:extend": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=frozenset({"secretariat"})),
    "steer:values": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=frozenset({"secretariat"})),
    "steer:values_file": Row(
        [(TRAINING,)], [("minh-hoa/khong-co",)], may=frozenset({"secretariat"}), page=False
    ),
    "steer:change_set": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=frozenset({"secretariat"})),
    "steer:open_first": Row([()], may=frozenset({"secretariat"})),
    "steer:open_next": Row([(TRAINING,)], [("minh-hoa/khong-co",)], may=frozenset({"secretariat"})),
    "steer:return_sheet": Row(
        [(TRAINING, "so-y-te")], [(TRAINING, "so-khong-co")], may=frozenset({"secretariat"})
    ),
    "steer:not_applicable": Row(
        [(TRAINING, "so-y-te")], [(TRAINING, "so-khong-co")], may=frozenset({"secretariat"})
    ),
    "measures:theme": Row([("minh-hoa",)], [("khong-co",)]),
    "measures:indicator": Row([("ho-so-dung-han",)], [("khong-co",)]),
    "measures:unit": Row([(UNIT,)], [("minh-hoa.khong-co",), ("khong-co",)], may=OF_THE_UNIT | FOLLOWING),
    "measures:versions": Row(
        [(UNIT, "ho-so-dung-han")],
        [(UNIT, "khong-co"), ("minh-hoa.khong-co", "ho-so-dung-han")],
        may=OF_THE_UNIT | FOLLOWING,
    ),
    "measures:sources": Row([("minh-hoa",)], [("khong-co",)], may=FOLLOWING),
    "measures:import": Row([()], may=frozenset({"secretariat", "assistant"})),
    "measures:import_template": Row([()], may=frozenset({"secretariat", "assistant"}), page=False),
    "measures:procedures": Row([("minh-hoa",)], [("khong-co",)]),
    "measures:pending": Row([(UNIT,)], [("minh-hoa.khong-co",), ("khong-co",)], may=OF_THE_UNIT | FOLLOWING),
    "measures:pending_file": Row(
        [], [("minh-hoa.khong-co", "csv"), ("khong-co", "csv")], may=OF_THE_UNIT | FOLLOWING, page=False
    ),
    "measures:dossiers": Row([("minh-hoa",)], [("khong-co",)], may=FOLLOWING),
    "measures:count": _act(("minh-hoa",)),
    "measures:refused_rows": Row([], [("khong-co", 1), ("minh-hoa", 987654)], may=FOLLOWING, page=False),
    "measures:report": Row([()], may=frozenset({"secretariat", "assistant"})),
    "measures:report_template": Row([()], may=frozenset({"secretariat", "assistant"}), page=False),
    "measures:kept_file": Row([], [("khong-co",)], may=SIGNED_IN, page=False),
    "measures:targets": Row(
        [(UNIT,)],
        [("minh-hoa.khong-co",)],
        may=frozenset({"focal", "head", "secretariat", "assistant"}),
    ),
    "measures:targets_import": Row([()], may=frozenset({"secretariat", "assistant"})),
    "measures:targets_template": Row([()], may=frozenset({"secretariat", "assistant"}), page=False),
    "measures:define": Row([()], may=MAKING_SETS),
    "measures:redefine": Row([("ho-so-dung-han",)], [("khong-co",)], may=MAKING_SETS),
    "manage:units": _managed(),
    "manage:units_file": _managed(page=False),
    "manage:unit_add": _managed(),
    "manage:merge": _managed(),
    "manage:unit": _managed((UNIT,), ("minh-hoa",), missing=[("minh-hoa.khong-co",), ("khong-co",)]),
    "manage:unit_change": _managed((UNIT,), missing=[("minh-hoa.khong-co",)]),
    "manage:unit_end": _managed((UNIT,), missing=[("minh-hoa.khong-co",)]),
    "manage:unit_restore": _managed((UNIT,), missing=[("minh-hoa.khong-co",)]),
    "manage:split": _managed((UNIT,), missing=[("minh-hoa.khong-co",), ("minh-hoa",)]),
    "manage:basis": Row(
        [(UNIT, TRAINING)],
        [("minh-hoa.khong-co", TRAINING), (UNIT, "minh-hoa/khong-co")],
        may=frozenset({"secretariat"}),
    ),
    "manage:own_rounds": Row(
        [(UNIT,)],
        [("minh-hoa.khong-co",), ("minh-hoa",)],
        may=MANAGING | {"focal", "head"},
    ),
    "manage:own_rounds_end": _act((UNIT, 1)),
    "manage:people": _managed(),
    "manage:people_file": _managed(page=False),
    "manage:person_add": _managed(),
    "manage:person": _managed((PERSON,), missing=[("khong-co",)]),
    "manage:person_ledger": Row([(PERSON,)], [("khong-co",)], may=READING),
    "manage:person_ledger_file": Row([(PERSON,)], [("khong-co",)], may=READING, page=False),
    "manage:unit_ledger": Row([(UNIT,), ("minh-hoa",)], [("minh-hoa.khong-co",)], may=READING),
    "manage:unit_ledger_file": Row([(UNIT,)], [("minh-hoa.khong-co",)], may=READING, page=False),
    "manage:ledger_find": Row([()], besides=dict.fromkeys((ANYONE, *READING), 302), may=frozenset()),
    "sets:ledger": Row([], [NO_SET], may=READING),
    "sets:ledger_file": Row([], [NO_SET], may=READING, page=False),
    "manage:person_change": _managed((PERSON,), missing=[("khong-co",)]),
    "manage:person_close": _managed((PERSON,), missing=[("khong-co",)]),
    "manage:one_time_password": _managed((PERSON,), missing=[("khong-co",)]),
    "manage:sessions_end": _act((PERSON,)),
    "manage:factor_off": _act((PERSON,)),
    "manage:person_reopen": _act((PERSON,)),
    "manage:grant": _managed((PERSON,), missing=[("khong-co",)]),
    "manage:revoke": Row([], [(PERSON, 0), ("khong-co", 1)], may=MANAGING),
    "manage:lend": Row([], [(PERSON, 0), ("khong-co", 1)], may=MANAGING),
    "manage:end_delegation": _act((PERSON, 0)),
    "manage:share": Row(
        [("tham-dinh.so-tu-phap", TRAINING)],
        [("khong-co", TRAINING), ("tham-dinh.so-tu-phap", "minh-hoa/khong-co")],
        may=MANAGING | {"lead_head"},
    ),
    "manage:hand_over": _managed((PERSON,), missing=[("khong-co",)]),
    "manage:import_units": _managed(),
    "manage:import_units_template": _managed(page=False),
    "manage:import_people": _managed(),
    "manage:import_people_template": _managed(page=False),
    "manage:past": Row([()], may=frozenset({"secretariat"})),
    "manage:past_file": Row([()], may=frozenset({"secretariat"}), page=False),
    "manage:import_past": Row([()], may=frozenset({"secretariat"})),
    "manage:import_past_template": Row([()], may=frozenset({"secretariat"}), page=False),
    "manage:calendar_now": Row([()], besides=dict.fromkeys(EVERYONE, 302), page=False),
    "manage:calendar": Row(
        [(2026,), (2030,)], [(1999,), (2101,)], may=SIGNED_IN, page=False
    ),  # the country's: nothing on it is invented
    "manage:connections": Row([()], may=CONNECTING),
    "manage:connection_add": Row([()], may=CONNECTING),
    "manage:connection": Row([], may=CONNECTING),  # see test_manage_connections.py
    "manage:connection_revoke": Row([], may=CONNECTING),
    "manage:operating": Row([()], may=frozenset({"secretariat", "auditor", "administrator"})),
    "manage:keys_file": Row([()], may=frozenset({"secretariat", "auditor", "administrator"}), page=False),
    "manage:roles": Row([()], may=SIGNED_IN),
    "manage:roles_file": Row([()], may=SIGNED_IN, page=False),
    "api:page": Row([()]),
    "api:openapi": Row([()], page=False),
    "api:values": TOKENED,
    "api:dossiers": Row([()], besides=dict.fromkeys(EVERYONE, 405), page=False),
    "api:indicators": TOKENED,
    "api:units": TOKENED,
    "api:nowhere": Row([("khong-co",)], besides=dict.fromkeys(EVERYONE, 404), page=False),
    "sets:desk": Row([()], may=MAKING_SETS),
    "sets:begin": Row([()], may=MAKING_SETS),
    **{f"sets:{name}": Row([], [NO_SET], may=MAKING_SETS) for name in SET_PAGES},
    **{f"sets:{name}": _act(NO_SET) for name in ("add", "confirm", "looked_at", "drop")},
    "sets:row": Row([], [(*NO_SET, "1")], may=MAKING_SETS),
    "sets:move": _act((*NO_SET, "1")),
    "sets:remove": _act((*NO_SET, "1")),
    "public:home": Row([()]),
    "public:compare": Row([()]),
    "public:compare_file": _files([()]),
    "public:frameworks": Row([()]),
    "public:framework": Row(
        [("binhthuan-2024", "1"), ("binhthuan-2025", "1"), ("qd766", "1"), ("khanhhoa-2026-monthly", "1")],
        [("binhthuan-2024", "2"), ("khong-co", "1"), ("binhthuan-2024", "1\0")],
    ),
    "public:framework_file": _files(
        [("binhthuan-2024", "1"), ("papi-2021", "1"), ("khanhhoa-2026-annual-commune", "1")],
        [("binhthuan-2024", "2"), ("khong-co", "1")],
    ),
    "public:framework_source": Row(
        [("binhthuan-2024", "1"), ("minhhoa-2023", "1")],
        [("binhthuan-2024", "2"), ("khong-co", "1")],
        page=False,
    ),
    "public:method": Row([()]),
    "public:published": Row([()]),
    "public:published_file": _files([()]),
    "public:open_data": Row([()]),
    "public:keys": Row([()], page=False),
    "public:bundle": Row(
        [("minh-hoa", "2024", 1)],
        [("minh-hoa", "2024", 9), ("khong-co", "2024", 1), ("minh-hoa", "2024", 10**30)],
        page=False,
    ),
    "public:year": Row(
        [("minh-hoa", 2025), ("minh-hoa", 2023), ("viet-nam", 2011), ("viet-nam", 2024)],
        [("khong-co", 2024), ("minh-hoa", 1999), ("viet-nam", 10**30), ("so-y-te", 2024)],
    ),
    "public:year_file": _files(
        [("minh-hoa", 2024), ("viet-nam", 2024)], [("khong-co", 2024), ("minh-hoa", 1999)]
    ),
    "public:ranking": Row(RANKINGS, NO_RANKINGS),
    "public:answers_file": Row(RANKINGS, NO_RANKINGS, page=False),
    "public:ranking_file": _files(RANKINGS, NO_RANKINGS),
    "public:unit": Row(UNITS, NO_UNITS),
    "public:unit_file": _files(UNITS, NO_UNITS),
    "public:criterion": Row(LEAVES, NO_LEAVES),
    "public:criterion_file": _files(LEAVES, NO_LEAVES),
}
from address_papers import PAPERS  # noqa: E402  it needs what stands above


MATRIX |= PAPERS


def names(patterns: Sequence[URLPattern | URLResolver] | None = None, space: str = "") -> Iterator[str]:
    """The full name of every address of the site; one without a name cannot be asked for, and is refused."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        else:
            assert pattern.name, pattern
            yield space + pattern.name


def address(name: str, arguments: tuple, language: str = "vi") -> str:
    """Where an address is in a language."""
    with override(language):
        return reverse(name, args=arguments)


def found(*, pages_only: bool = False) -> list[tuple[str, tuple]]:
    """(name, arguments) of every public example that exists."""
    rows = ((name, row) for name, row in MATRIX.items() if row.public and (row.page or not pages_only))
    return [(name, arguments) for name, row in rows for arguments in row.found]
