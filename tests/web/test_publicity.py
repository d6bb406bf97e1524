"""What a round's decision does not make public is on no public page, in no file and in no bundle."""

import csv
import importlib
import io

import pytest
from addresses import AGENCIES, ANYONE, MATRIX, SIXTH, TRAINING, address
from django.apps import apps
from small_round import ACT, open_small

from parindex.apps.assessments.models import Round, Ruling
from parindex.apps.audit.signing import published_keys
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.publications import store
from parindex.apps.publications.actions import publish
from parindex.apps.results.actions import compute_result
from parindex.core.formats.bundle_check import check_bundle
from parindex.core.formats.publicity import Publicity
from parindex.core.kernel.problems import Refused


LEAF = (*SIXTH, "3.2.4")
REASONS = [address("public:criterion", LEAF), address("public:answers_file", AGENCIES)] + [
    address("public:criterion_file", (*LEAF, kind)) for kind in ("csv", "xlsx", "json")
]
UNIT_FILES = [address("public:unit_file", (*SIXTH, kind)) for kind in ("csv", "xlsx", "json")]
ALWAYS = [
    address("public:year", AGENCIES[:2]),
    address("public:ranking", AGENCIES),
    address("public:unit", SIXTH),
    address("public:compare", ()) + "?group=minh-hoa/2024/co-quan",
    address("public:open_data", ()),
    address("public:method", ()),
]
FILES = [
    *(address("public:ranking_file", (*AGENCIES, kind)) for kind in ("csv", "json")),
    address("public:year_file", (*AGENCIES[:2], "csv")),
    *(address("public:compare_file", (kind,)) + "?group=minh-hoa/2024/co-quan" for kind in ("csv", "json")),
]


@pytest.fixture
def at_level(world):
    """Puts the year of the example to a level, as its decision would have."""

    def put(level):
        Round.objects.filter(territory__code="minh-hoa", code="2024").update(publicity=level)

    return put


@pytest.mark.parametrize("level", list(Publicity))
@pytest.mark.parametrize("who", [ANYONE, "focal", "neighbour", "secretariat", "leader"])
def test_every_level_opens_its_addresses_to_everybody_alike(at_level, visitors, level, who):
    """A role opens no public address further: those inside have their own pages."""
    at_level(level)
    client = visitors[who]
    expected = {
        **dict.fromkeys(ALWAYS + FILES, 200),
        **dict.fromkeys(UNIT_FILES, 200 if level.shows_areas else 404),
        **dict.fromkeys(REASONS, 200 if level.shows_reasons else 404),
    }
    assert {url: client.get(url).status_code for url in expected} == expected


@pytest.mark.parametrize("level", [Publicity.ANNEX, Publicity.AREAS])
@pytest.mark.parametrize("english", [False, True])
def test_no_page_and_no_file_says_a_leaf_before_reasons_are_public(at_level, client, level, english):
    """Every public address of the year, in both languages, leads to no leaf and holds none."""
    at_level(level)
    prefix = "/en" if english else ""
    texts = {}
    for url in [*ALWAYS[:4], *FILES, *(UNIT_FILES[::2] if level.shows_areas else [])]:
        answer = client.get(prefix + url)
        assert answer.status_code == 200, url
        texts[url] = answer.content.decode("utf-8-sig")
    for url, text in texts.items():
        assert f"{SIXTH[3]}/3.2.4" not in text, url
        assert "3.2.4" not in text, url
        assert '"reason"' not in text.replace('"reason": null', ""), url


def test_the_annex_has_no_areas_and_the_areas_have_no_leaves(at_level, client, read):
    """Column by column, node by node."""
    headers = {}
    for level in Publicity:
        at_level(level)
        text = client.get(FILES[0]).content.decode("utf-8-sig")
        headers[level] = next(csv.reader(io.StringIO(text)))
        page = read(ALWAYS[1]).root.text
        assert ("Cột lĩnh vực" in page) is level.shows_areas
        assert ("Câu trả lời (CSV)" in page) is level.shows_reasons
    assert not [h for h in headers[Publicity.ANNEX] if h.startswith("index:")]
    assert [h for h in headers[Publicity.AREAS] if h.startswith("index:")]
    assert headers[Publicity.AREAS] == headers[Publicity.REASONS]
    at_level(Publicity.AREAS)
    rows = list(csv.DictReader(io.StringIO(client.get(UNIT_FILES[0]).content.decode("utf-8-sig"))))
    framework = Round.objects.get(territory__code="minh-hoa", code="2024").framework
    known = by_hash(framework.content_hash)
    assert {r["criterion"] for r in rows} == {n.code for n in (*known.tree, *known.areas)}
    assert {r["reason"] for r in rows} == {""}


def test_the_page_says_how_much_is_public(at_level, read):
    """And that the unit itself has its reasons."""
    at_level(Publicity.ANNEX)
    page = read(ALWAYS[2]).root.text
    assert "chỉ phụ lục quyết định" in page
    assert "Điểm của từng" not in page
    at_level(Publicity.REASONS)
    assert "Kết quả công bố đến đâu" not in read(ALWAYS[2]).root.text


def test_a_unit_reads_its_own_reasons_whatever_is_public(world, visitors, read):
    """After publication, on its own sheet."""
    territory, _, code = TRAINING.partition("/")
    Round.objects.filter(territory__code=territory, code=code).update(
        state=Round.State.PUBLISHED, publicity=Publicity.ANNEX
    )
    url = address("unit:leaf", (TRAINING, "so-y-te", "2.2.2"))
    assert "điểm" in read(url, by=visitors["focal"]).root.text
    assert visitors["neighbour"].get(url).status_code == 403


@pytest.fixture
def small(db, settings, tmp_path):
    """A small public round with a result, and a home of its own."""
    settings.PARINDEX_HOME = tmp_path
    made = open_small()
    made.answer(
        ("so-mot", "A1", "12/16"), ("so-mot", "A2", "3,5"), ("so-hai", "A2", "1"), stage=Ruling.Stage.SELF
    )
    compute_result(round_=made.round, **ACT)
    return made


@pytest.mark.parametrize("level", list(Publicity))
def test_everybody_fetches_the_bundle_or_its_excerpt_by_the_level(world, small, visitors, level):
    """At one address that never changes; both verify, and the excerpt belongs to the bundle."""
    made = publish(round_=small.round, publicity=level.value, **ACT)
    answer = visitors[ANYONE].get(address("public:bundle", ("tinh-thu", "2024", 1)))
    keys = published_keys().encode()
    whole = store.path_of(made.sha256).read_bytes()
    if level.shows_reasons:
        assert answer.content == whole
        assert made.excerpt == ""
    else:
        assert answer.content != whole
        assert "2024-1.excerpt.zip" in answer.headers["Content-Disposition"]
        assert b"12/16" not in answer.content
        assert check_bundle(answer.content, "b", keys).differences == []
        assert check_bundle(answer.content, "b", keys, whole=whole).differences == []
    page = visitors[ANYONE].get(address("public:open_data", ())).content.decode()
    assert made.public_sha256 in page
    assert (made.sha256 in page) is level.shows_reasons


def test_the_level_stays_with_the_publication(small):
    """The round says from then on what was decided; a level that is none publishes nothing."""
    with pytest.raises(Refused) as refusal:
        publish(round_=small.round, publicity="all", **ACT)
    assert refusal.value.code == "publicity_unknown"
    made = publish(round_=small.round, publicity="areas", **ACT)
    small.round.refresh_from_db()
    assert (made.publicity, small.round.publicity) == ("areas", "areas")


def test_rounds_published_before_there_were_levels_go_on_as_they_were(small):
    """What runs begins with the narrowest."""
    running = small.open("2025", 2025)
    Round.objects.filter(pk=small.round.pk).update(publicity="annex", state="published")
    Round.objects.filter(pk=running.pk).update(publicity="annex", state="running")
    importlib.import_module("parindex.apps.assessments.migrations.0014_publicity").keep_shown(apps, None)
    levels = dict(Round.objects.filter(territory=small.territory).values_list("code", "publicity"))
    assert levels == {"2024": "reasons", "2025": "annex"}


def test_every_public_address_of_a_result_is_tried_here():
    """A new one with a group in it belongs into this file."""
    tried = {"year", "year_file", "ranking", "ranking_file", "answers_file", "unit", "unit_file"}
    tried |= {"criterion", "criterion_file", "document", "compare", "compare_file", "bundle", "publication"}
    about = {n.partition(":")[2] for n in MATRIX if n.startswith("public:")}
    rest = {"home", "frameworks", "framework", "framework_file", "framework_source", "method", "search"}
    assert about - rest - {"published", "published_file", "open_data", "keys", "keys_page", "feed"} <= tried
