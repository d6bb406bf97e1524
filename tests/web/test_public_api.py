"""What systems read without a token: described field by field, kept by its mark, never more than public."""

import hashlib

import pytest
from address_api import COUNTED
from addresses import SIXTH, address
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parindex.apps.assessments.models import Round
from parindex.apps.evidence.models import Document
from parindex.apps.publications.models import Publication
from parindex.apps.surveys.models import Survey
from parindex.core.formats.publicity import Publicity
from parindex.data.indicators import SURVEY_COUNT
from parindex.data.minhhoa.surveys import CITIZENS_FACTORS, REPORTED_BY


ROUND = ("minh-hoa", "2024")
URLS = {
    "rounds": address("api:public_rounds", ()),
    "results": address("api:public_results", ROUND),
    "documents": address("api:public_documents", ("minh-hoa", "2023")),
    "unit": address("api:public_unit", (*ROUND, SIXTH[3])),
    "frameworks": address("api:public_frameworks", ()),
    "framework": address("api:public_framework", ("binhthuan-2024", "1")),
    "publications": address("api:public_publications", ()),
    "indicators": address("api:public_indicators", ("minh-hoa",)),
    "surveys": address("api:public_surveys", ()),
    "survey": address("api:public_survey", (COUNTED,)),
    "dictionary": address("api:public_dictionary", ()),
}


@pytest.mark.parametrize("url", URLS.values(), ids=URLS)
def test_every_answer_has_its_licence_its_mark_and_its_page(client, url):
    """Open to every origin; 304 to who names the mark, 200 to who names another; the page is there."""
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    said = answer.json()
    assert said["licence"]["name"] == "CC-BY-4.0"
    assert client.get(said["source"]).status_code == 200
    again = client.get(url, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(url, headers={"If-None-Match": '"x"'}).status_code == 200


def test_a_kept_answer_is_not_sent_again_either(client, settings):
    """The cache of public pages knows marks too."""
    settings.PARINDEX_CACHE = True
    mark = client.get(URLS["rounds"]).headers["ETag"]
    again = client.get(URLS["rounds"], headers={"If-None-Match": mark})
    assert (again.status_code, again.headers["Access-Control-Allow-Origin"]) == (304, "*")


def test_nothing_but_reading_is_open_to_others(client):
    """No other method, and what is refused is kept by nobody."""
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(URLS["rounds"]).status_code == 405
    missing = client.get(address("api:public_unit", (*ROUND, "khong-co")))
    assert (missing.status_code, missing.json()["code"]) == (404, "address_unknown")
    assert missing.headers["Cache-Control"] == "no-store"


def test_the_sixth_is_sixth_with_every_reason(client):
    """As on its page."""
    unit = client.get(URLS["unit"]).json()["data"]
    assert unit["rank"] == 6
    assert all(n["reason"]["text"] for n in unit["nodes"] if n["reason"])
    results = client.get(URLS["results"]).json()["data"]
    lines = {u["unit"]: u for group in results for u in group["units"]}
    assert lines[SIXTH[3]]["index"] == unit["index"]


@pytest.mark.parametrize("level", list(Publicity))
def test_the_level_of_publicity_holds_here_too(client, level):
    """No area at the annex, no leaf and no reason below reasons."""
    Round.objects.filter(territory__code="minh-hoa", code="2024").update(publicity=level)
    unit = client.get(URLS["unit"]).json()
    assert unit["publicity"] == level
    codes = {n["criterion"] for n in unit["data"]["nodes"]}
    assert ("3.2.4" in codes) is level.shows_reasons
    assert bool(codes) is level.shows_areas
    assert any(n["reason"] for n in unit["data"]["nodes"]) is level.shows_reasons
    groups = client.get(URLS["results"]).json()["data"]
    assert any(u["areas"] for g in groups for u in g["units"]) is level.shows_areas


def test_public_documents_are_listed_with_their_files(client):
    """The invented ones: each at its criterion, its file of that hash; one is only cited."""
    rows = client.get(URLS["documents"]).json()["data"]
    assert {r["unit"] for r in rows} == {"so-y-te", "so-van-hoa-the-thao-va-du-lich"}
    assert sorted(bool(r["file"]) for r in rows) == [False, True, True]
    for row in rows:
        assert row["number"] in client.get(row["page"]).content.decode()
        if row["file"]:
            content = b"".join(client.get(row["file"]).streaming_content)
            assert (len(content), hashlib.sha256(content).hexdigest()) == (row["bytes"], row["sha256"])
    own = client.get(URLS["documents"] + "?unit=so-y-te").json()["data"]
    assert own == [r for r in rows if r["unit"] == "so-y-te"]
    assert client.get(URLS["documents"] + "?unit=khong-co").json()["data"] == []
    assert client.get(URLS["documents"] + "?unit=%00").status_code == 422


@pytest.mark.parametrize("level", list(Publicity))
def test_no_document_is_listed_below_its_level(client, level):
    """Nor one that its unit took back; whatever the number of units, the same queries."""
    Round.objects.filter(territory__code="minh-hoa", code="2023").update(publicity=level)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(URLS["documents"]).json()
    assert bool(answer["data"]) is level.shows_evidence
    assert answer["publicity"] == level
    assert len(queries) < 15
    Document.objects.filter(public_at__isnull=False).update(public_at=None, public_by="")
    assert client.get(URLS["documents"]).json()["data"] == []


def test_what_runs_or_stays_inside_is_not_there(client):
    """Neither listed nor found."""
    listed = {r["code"] for r in client.get(URLS["rounds"]).json()["data"]}
    assert "2024" in listed
    assert not any(code.startswith("tap-huan") for code in listed)
    Round.objects.filter(territory__code="minh-hoa", code="2024").update(audience="inside")
    assert client.get(URLS["results"]).status_code == 404
    assert client.get(URLS["unit"]).status_code == 404
    published = client.get(URLS["publications"]).json()["data"]
    assert not [p for p in published if p["round"] == "2024"]


def test_the_dictionary_knows_every_field_that_is_answered(client):
    """And none that is not; in both languages."""
    tables = {t["name"]: t["schema"]["fields"] for t in client.get(URLS["dictionary"]).json()["data"]}
    answered = {
        "rounds": client.get(URLS["rounds"]).json()["data"],
        "results": [u for g in client.get(URLS["results"]).json()["data"] for u in g["units"]],
        "nodes": client.get(URLS["unit"]).json()["data"]["nodes"],
        "documents": client.get(URLS["documents"]).json()["data"],
        "frameworks": [client.get(URLS["framework"]).json()["data"]],
        "publications": client.get(URLS["publications"]).json()["data"],
        "surveys": client.get(URLS["surveys"]).json()["data"],
        "survey_results": client.get(URLS["survey"]).json()["data"],
        "values": client.get(URLS["indicators"]).json()["data"]["values"],
    }
    assert answered.keys() == tables.keys()
    for name, rows in answered.items():
        assert rows, name
        fields = {f["name"] for f in tables[name]}
        assert {field for row in rows for field in row} - {"exact"} <= fields, name
    english = client.get("/en" + URLS["dictionary"]).json()["data"]
    assert english != client.get(URLS["dictionary"]).json()["data"]


def test_a_publication_names_its_file_by_its_hash(client):
    """The one that everybody fetches."""

    (one,) = [p for p in client.get(URLS["publications"]).json()["data"] if p["round"] == "2024"]
    assert hashlib.sha256(client.get(one["file"]).content).hexdigest() == one["sha256"]
    assert Publication.objects.get(sha256=one["whole_sha256"]).number == one["number"]


def test_measured_values_are_those_of_one_year_where_one_is_asked(client):
    """A wrong year is a fault with its name."""
    rows = client.get(URLS["indicators"] + "?year=2025").json()["data"]["values"]
    assert all(row["to"].startswith("2025") for row in rows)
    assert client.get(URLS["indicators"] + "?year=x").status_code == 422


def test_a_survey_is_told_with_its_errors_and_nothing_of_few(client):
    """Eight answers are below the limit in public: no figure, no factor, and no value either."""
    rows = {row["unit"]: row for row in client.get(URLS["survey"]).json()["data"]}
    health, few = rows["so-y-te"], rows["minh-hoa"]
    assert (health["satisfied"]["value"][:4], health["satisfied"]["n"]) == ("81.6", 153)
    assert float(health["satisfied"]["low"]) < 81.7 < float(health["satisfied"]["high"])
    assert [f["factor"] for f in health["factors"]] == list(CITIZENS_FACTORS)
    assert few["satisfied"] == dict.fromkeys(("value", "se", "low", "high", "n")) | {"hidden": True}
    assert (few["groups"], few["factors"]) == ([], [])
    assert rows["so-tai-chinh"]["reported_by"] == [REPORTED_BY]
    values = client.get(URLS["indicators"]).json()["data"]
    assert not [i for i in values["indicators"] if i["source"] == SURVEY_COUNT]
    assert not [v for v in values["values"] if v["indicator"].startswith("hai-long")]


def test_where_one_part_is_small_none_stands_beside_the_whole(client):
    """A whole less the parts that are told would tell of the one that is not."""
    survey = Survey.objects.get(slug=COUNTED)
    count = survey.counts.get()
    unit = next(u for u in count.content["units"] if u["unit"] == "so-y-te")
    unit["factors"][0]["value"]["n"] = 9
    group = unit["groups"][0]
    unit["groups"] = [group, {**group, "group": "nhom-nho", "satisfied": {**group["satisfied"], "n": 3}}]
    count.save()
    row = next(u for u in client.get(URLS["survey"]).json()["data"] if u["unit"] == "so-y-te")
    assert row["satisfied"]["value"]
    assert (row["groups"], row["factors"]) == ([], [])


def test_of_a_survey_that_is_not_counted_there_is_no_result(client):
    """It is listed while it is open, without an address of results; a draft is not there at all."""
    listed = {s["state"]: s for s in client.get(URLS["surveys"]).json()["data"]}
    assert listed["open"]["results"] is None
    assert listed["counted"]["results"] == URLS["survey"]
    open_ = listed["open"]["survey"]
    assert client.get(address("api:public_survey", (open_,))).status_code == 404
    Survey.objects.filter(slug=open_).update(state="draft")
    assert open_ not in {s["survey"] for s in client.get(URLS["surveys"]).json()["data"]}
