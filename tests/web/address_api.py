"""Rows of `addresses.MATRIX` for the API."""

from address_rows import EVERYONE, SIXTH, TOKENED, Row

from parindex.core.formats.slugs import slug
from parindex.data.minhhoa.surveys import CITIZENS_TITLE


COUNTED = f"{slug(CITIZENS_TITLE[0])}-2025"
"""The demonstration's counted survey."""

API = {
    "api:page": Row([()]),
    "api:openapi": Row([()], page=False),
    "api:values": TOKENED,
    "api:dossiers": Row([()], besides=dict.fromkeys(EVERYONE, 405), page=False),
    "api:indicators": TOKENED,
    "api:units": TOKENED,
    "api:public_rounds": Row([()], page=False),
    "api:public_results": Row(
        [("minh-hoa", "2024")], [("minh-hoa", "1999"), ("khong-co", "2024")], page=False
    ),
    "api:public_documents": Row(
        [("minh-hoa", "2023"), ("minh-hoa", "2024")], [("minh-hoa", "1999"), ("khong-co", "2024")], page=False
    ),
    "api:public_unit": Row([("minh-hoa", "2024", SIXTH[3])], [("minh-hoa", "2024", "khong-co")], page=False),
    "api:public_frameworks": Row([()], page=False),
    "api:public_framework": Row([("binhthuan-2024", "1")], [("khong-co", "1")], page=False),
    "api:public_publications": Row([()], page=False),
    "api:public_indicators": Row([("minh-hoa",)], [("khong-co",), ("so-y-te",)], page=False),
    "api:public_surveys": Row([()], page=False),
    "api:public_survey": Row([(COUNTED,)], [("khong-co",)], page=False),
    "api:public_dictionary": Row([()], page=False),
    "api:nowhere": Row([("khong-co",)], besides=dict.fromkeys(EVERYONE, 404), page=False),
}
