"""The OpenAPI document: whatever it allows or forbids is answered as it says, and never by a 500."""

import json

import pytest
import schemathesis
from addresses import LANGUAGES, address
from api_world import open_api, token_for
from django.core.wsgi import get_wsgi_application
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
OPERATIONS = {
    ("POST", "/api/v1/values"): 30,
    ("POST", "/api/v1/dossiers"): 15,
    ("GET", "/api/v1/values"): 15,
    ("GET", "/api/v1/indicators"): 5,
    ("GET", "/api/v1/units"): 5,
    ("GET", "/api/v1/public/rounds"): 2,
    ("GET", "/api/v1/public/rounds/{territory}/{code}/results"): 5,
    ("GET", "/api/v1/public/rounds/{territory}/{code}/documents"): 5,
    ("GET", "/api/v1/public/rounds/{territory}/{code}/units/{unit}"): 5,
    ("GET", "/api/v1/public/frameworks"): 2,
    ("GET", "/api/v1/public/frameworks/{identifier}/{version}"): 5,
    ("GET", "/api/v1/public/publications"): 2,
    ("GET", "/api/v1/public/indicators/{territory}"): 5,
    ("GET", "/api/v1/public/surveys"): 2,
    ("GET", "/api/v1/public/surveys/{survey}"): 5,
    ("GET", "/api/v1/public/dictionary"): 2,
}
"""Each with how many requests are made up."""


@pytest.fixture
def api(db, monkeypatch, tmp_path, settings):
    """See `api_world.Api`; its token may send dossiers too. A request that ends leaves the test's connection
    open."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    settings.PARINDEX_HOME = tmp_path / "home"
    found = open_api()
    found.token, found.secret = token_for(found.small, [found.small.units["so-mot"]], dossiers=True)
    return found


def _document(client, language="vi"):
    return client.get(address("api:openapi", (), language)).json()


def test_the_document_is_there_without_a_token_in_both_languages(api):
    """Machine words are the same, sentences are not, and nothing points outside."""
    found = {language: _document(api.client, language) for language in LANGUAGES}
    assert {(m.upper(), path) for path, ms in found["vi"]["paths"].items() for m in ms} == set(OPERATIONS)
    assert found["vi"]["components"]["schemas"].keys() == found["en"]["components"]["schemas"].keys()
    said = {k: d["paths"]["/api/v1/values"]["post"]["summary"] for k, d in found.items()}
    assert said == {"vi": "Gửi giá trị", "en": "Send values"}
    assert "http" not in json.dumps(found).replace("https://motcua.example", "").replace('"http"', "")


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda m: m.name.lower())
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda v: v)
def test_whatever_is_sent_is_answered_as_the_document_says(api, method, path, mode):
    """No status, type or shape that it does not name; no 500."""
    document = _document(api.client)
    document["paths"][path][method.lower()].pop("security", None)  # else it is the token that is made up
    schema = schemathesis.openapi.from_dict(document)
    schema.app = get_wsgi_application()

    answered = 0

    @settings(
        max_examples=OPERATIONS[method, path],
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    def ask(case):
        nonlocal answered
        response = case.call(headers={"Authorization": f"Bearer {api.secret}"})
        case.validate_response(response, checks=CHECKS)
        answered += 1
        assert response.status_code not in (401, 429)

    if mode is GenerationMode.NEGATIVE and not schema[path][method].query:
        return  # nothing can be wrong in what takes nothing
    ask()
    assert answered
