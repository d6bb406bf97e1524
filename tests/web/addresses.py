"""Who may GET what: one row for every address of the site, with examples that exist and that do not.

A new address without a row fails `test_addresses.py`; its row names who reads it, among the people of `WHO`.
"""

from collections.abc import Iterator, Sequence

from address_api import API
from address_rows import AGENCIES as AGENCIES
from address_rows import ANOTHERS_UNIT as ANOTHERS_UNIT
from address_rows import ANYONE as ANYONE
from address_rows import APPRAISING as APPRAISING
from address_rows import COMMUNES as COMMUNES
from address_rows import CONNECTING as CONNECTING
from address_rows import DISTRICTS as DISTRICTS
from address_rows import EVERYONE as EVERYONE
from address_rows import FOLLOWING as FOLLOWING
from address_rows import KINDS as KINDS
from address_rows import LANGUAGES as LANGUAGES
from address_rows import LEAVES as LEAVES
from address_rows import MAKING_SETS as MAKING_SETS
from address_rows import MANAGING as MANAGING
from address_rows import NO_GROUP as NO_GROUP
from address_rows import NO_KINDS as NO_KINDS
from address_rows import NO_LEAVES as NO_LEAVES
from address_rows import NO_RANKINGS as NO_RANKINGS
from address_rows import NO_SET as NO_SET
from address_rows import NO_TERRITORY as NO_TERRITORY
from address_rows import NO_UNIT as NO_UNIT
from address_rows import NO_UNITS as NO_UNITS
from address_rows import NO_YEAR as NO_YEAR
from address_rows import OF_THE_UNIT as OF_THE_UNIT
from address_rows import OLD_PROVINCE as OLD_PROVINCE
from address_rows import PERSON as PERSON
from address_rows import PROVINCE as PROVINCE
from address_rows import PROVINCES as PROVINCES
from address_rows import READING as READING
from address_rows import SET_PAGES as SET_PAGES
from address_rows import SIGNED_IN as SIGNED_IN
from address_rows import SIXTH as SIXTH
from address_rows import STRANGER as STRANGER
from address_rows import TOKENED as TOKENED
from address_rows import TRAINING as TRAINING
from address_rows import UNIT as UNIT
from address_rows import UNRANKED as UNRANKED
from address_rows import WHO as WHO
from address_rows import Row as Row
from address_rows import act as _act
from address_rows import council as _council
from address_rows import council_files as _council_files
from address_rows import files as _files
from address_rows import managed as _managed
from address_unit_papers import UNIT_PAPERS
from answer_addresses import ANSWERING
from briefing_addresses import BRIEFINGS
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.translation import override
from improve_addresses import IMPROVE
from inspection_addresses import INSPECTIONS
from news_addresses import NEWS
from plan_addresses import PLAN_ACTS, PLANS
from survey_addresses import SURVEYS


NO_REFUSALS = [("khong-co", 1), ("minh-hoa", 987654)]
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
    "account:own_data": Row([()], may=SIGNED_IN),
    "account:own_data_file": Row([()], may=SIGNED_IN, page=False),
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
    "unit:document_public": _act((TRAINING, "so-y-te", "khong-co")),
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
    "council:bundle": Row(
        [("minh-hoa/2024", 1)],
        [("minh-hoa/2024", 9), ("minh-hoa/khong-co", 1), (TRAINING, 1)],
        may=FOLLOWING,
        page=False,
    ),
    "council:reopen": _act((TRAINING,)),
    "council:correct": _act((TRAINING,)),
    "council:stages": _council(),
    "council:stages_file": _council_files((TRAINING,)),
    "council:overrating": _council(),
    "council:overrating_file": _council_files((TRAINING,)),
    "council:stages_unit": Row(
        [(TRAINING, "so-y-te")], [(TRAINING, "so-khong-co"), ("minh-hoa/khong-co", "so-y-te")], may=FOLLOWING
    ),
    **IMPROVE,
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
        [(TRAINING, "docx"), (TRAINING, "pdf")],
        [(TRAINING, "exe"), ("minh-hoa/khong-co", "docx")],
        may=frozenset({"secretariat", "assistant"}),
        page=False,
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
    "indicators:theme": Row([("minh-hoa",)], [("khong-co",)]),
    "indicators:indicator": Row([("ho-so-dung-han",)], [("khong-co",)]),
    "indicators:unit": Row([(UNIT,)], [("minh-hoa.khong-co",), ("khong-co",)], may=OF_THE_UNIT | FOLLOWING),
    "indicators:versions": Row(
        [(UNIT, "ho-so-dung-han")],
        [(UNIT, "khong-co"), ("minh-hoa.khong-co", "ho-so-dung-han")],
        may=OF_THE_UNIT | FOLLOWING,
    ),
    "indicators:sources": Row([("minh-hoa",)], [("khong-co",)], may=FOLLOWING),
    "indicators:freshness_file": Row(
        [("minh-hoa", "xlsx"), ("minh-hoa", "csv")],
        [("khong-co", "csv"), ("minh-hoa", "pdf")],
        may=FOLLOWING,
        page=False,
    ),
    "indicators:doubts_file": Row(
        [("minh-hoa", "xlsx"), ("minh-hoa", "csv")],
        [("khong-co", "csv"), ("minh-hoa", "pdf")],
        may=FOLLOWING,
        page=False,
    ),
    "indicators:import": Row([()], may=frozenset({"secretariat", "assistant"})),
    "indicators:entry": Row([()], may=frozenset({"secretariat", "assistant"})),
    "indicators:import_template": Row([()], may=frozenset({"secretariat", "assistant"}), page=False),
    "dossiers:procedures": Row([("minh-hoa",)], [("khong-co",)]),
    "dossiers:procedures_file": _files([("minh-hoa",)], [("khong-co",)]),
    "dossiers:unit_procedures": Row([(UNIT,)], [("minh-hoa.khong-co",), ("khong-co",)]),
    "dossiers:unit_procedures_file": _files([(UNIT,)], [("minh-hoa.khong-co",)]),
    "dossiers:pending": Row([(UNIT,)], [("minh-hoa.khong-co",), ("khong-co",)], may=OF_THE_UNIT | FOLLOWING),
    "dossiers:pending_file": Row(
        [], [("minh-hoa.khong-co", "csv"), ("khong-co", "csv")], may=OF_THE_UNIT | FOLLOWING, page=False
    ),
    "dossiers:stored": Row([("minh-hoa",)], [("khong-co",)], may=FOLLOWING),
    "dossiers:table_766": Row(
        [],
        [("khong-co", "csv"), ("minh-hoa", "pdf")],
        may=FOLLOWING,
        page=False,
    ),
    "dossiers:count": _act(("minh-hoa",)),
    "dossiers:refused_rows": Row([], NO_REFUSALS, may=FOLLOWING),
    "dossiers:refused_table": Row([], [(*r, "csv") for r in NO_REFUSALS], may=FOLLOWING, page=False),
    "dossiers:refused_list": Row([], NO_REFUSALS, may=FOLLOWING, page=False),
    "dossiers:report": Row([()], may=frozenset({"secretariat", "assistant"})),
    "dossiers:report_template": Row([()], may=frozenset({"secretariat", "assistant"}), page=False),
    "indicators:kept_file": Row([], [("khong-co",)], may=SIGNED_IN, page=False),
    "indicators:targets": Row(
        [(UNIT,)],
        [("minh-hoa.khong-co",)],
        may=frozenset({"focal", "head", "secretariat", "assistant"}),
    ),
    "indicators:targets_import": Row([()], may=frozenset({"secretariat", "assistant"})),
    "indicators:targets_template": Row([()], may=frozenset({"secretariat", "assistant"}), page=False),
    "indicators:define": Row([()], may=MAKING_SETS),
    "indicators:redefine": Row([("ho-so-dung-han",)], [("khong-co",)], may=MAKING_SETS),
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
    "manage:person_data": _managed((PERSON,), missing=[("khong-co",)]),
    "manage:person_data_file": _managed((PERSON,), missing=[("khong-co",)], page=False),
    "manage:person_erase": _managed((PERSON,), missing=[("khong-co",)]),
    "manage:personal": _managed(),
    "manage:leave": Row([(PERSON,)], [("khong-co",)], may=MANAGING | {"head"}),
    "manage:own_people": Row([()], may=frozenset({"head"})),
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
    "manage:condition": Row([()], may=CONNECTING),
    "manage:operating": Row([()], may=frozenset({"secretariat", "auditor", "administrator"})),
    "manage:keys_file": Row([()], may=frozenset({"secretariat", "auditor", "administrator"}), page=False),
    "manage:roles": Row([()], may=SIGNED_IN),
    "manage:roles_file": Row([()], may=SIGNED_IN, page=False),
    **{name: Row(**said) for name, said in NEWS.items()},
    **{name: Row(**said) for name, said in PLANS.items()},
    **{f"plans:{name}": _act(said) for name, said in PLAN_ACTS.items()},
    **{name: Row(**said) for name, said in INSPECTIONS.items()},
    **{name: Row(**said) for name, said in SURVEYS.items()},
    **{name: Row(**said) for name, said in ANSWERING.items()},
    **{name: Row(**said) for name, said in BRIEFINGS.items()},
    "briefings:step": _act(("minh-hoa", 2025, 12)),
    "emulation:step": _act((1,)),
    "emulation:reuse": _act((1, 1)),
    "emulation:commendation_step": _act((1,)),
    **API,
    "sets:desk": Row([()], may=MAKING_SETS),
    "sets:begin": Row([()], may=MAKING_SETS),
    **{f"sets:{name}": Row([], [NO_SET], may=MAKING_SETS) for name in SET_PAGES},
    **{f"sets:{name}": _act(NO_SET) for name in ("add", "confirm", "looked_at", "drop")},
    "sets:row": Row([], [(*NO_SET, "1")], may=MAKING_SETS),
    "sets:move": _act((*NO_SET, "1")),
    "sets:remove": _act((*NO_SET, "1")),
    "public:home": Row([()]),
    "public:search": Row([()]),
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
    "public:keys_page": Row([()]),
    "public:feed": Row([()], page=False),
    "public:publication": Row(
        [("minh-hoa", "2024", 1)],
        [("minh-hoa", "2024", 9), ("khong-co", "2024", 1), ("minh-hoa", "2024", 10**30)],
    ),
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
    "public:document": Row([], [(*LEAVES[0], "khong-co")], page=False),
    "public:criterion_file": _files(LEAVES, NO_LEAVES),
}
from address_papers import PAPERS  # noqa: E402  it needs what stands above


MATRIX |= PAPERS | UNIT_PAPERS


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
