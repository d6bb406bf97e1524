"""Documents marked public: shown where the round's decision says so, and nowhere and to nobody else."""

import io

import pytest
from addresses import ANYONE, OF_THE_UNIT, TRAINING, WHO, address
from site_world import AT

from parindex.apps.assessments.models import EvidenceLink, Participant, Round
from parindex.apps.evidence.actions import (
    cite_secret,
    confirm_metadata,
    make_public,
    take_from_public,
    upload_document,
)
from parindex.apps.evidence.inspecting import inspect_upload
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.rules import Metadata
from parindex.core.formats.publicity import Publicity


PLACE = ("minh-hoa", 2024, "co-quan", "so-y-te")
CODE = "3.2.4"
ACT = {"by": "đầu mối", "at": AT}
UNIT_PAGE = address("public:unit", PLACE)
LEAF_PAGE = address("public:criterion", (*PLACE, CODE))


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    """Where this test's files lie."""
    folder = {"BACKEND": "parindex.apps.evidence.store.ContentFolder", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "evidence": folder}


def _kept(participant, number, *, attached=True):
    """A confirmed document with a file of the unit."""
    name = f"{number.split('/')[0]} báo cáo.txt"
    with inspect_upload(stream=io.BytesIO(f"Số: {number}\n".encode()), name=name) as upload:
        document = upload_document(unit=participant.unit, upload=upload, **ACT).document
    told = Metadata(number=number, issuer="Sở Y tế", title=f"Báo cáo {number}")
    document = confirm_metadata(document=document, metadata=told, **ACT)
    if attached:
        _attached(participant, document)
    return document


def _attached(participant, document):
    link = {"leaf": CODE, "document": document, "page": "3", **ACT}
    return EvidenceLink.objects.create(participant=participant, **link)


@pytest.fixture
def participant(world):
    """The health department in the published year."""
    found = Participant.objects.select_related("unit", "round")
    return found.get(round__territory__code="minh-hoa", round__code="2024", unit__code="so-y-te")


@pytest.fixture
def opened(participant):
    """A document behind a point, marked public."""
    return make_public(document=_kept(participant, "901/BC-SYT"), checked=True, **ACT)


@pytest.fixture
def at_level(participant):
    """Puts the year to a level, as its decision would have."""

    def put(level):
        Round.objects.filter(pk=participant.round_id).update(publicity=level)

    return put


def _file(document, code=CODE, place=PLACE):
    return address("public:document", (*place, code, document.key))


@pytest.mark.parametrize("level", list(Publicity))
@pytest.mark.parametrize("who", [ANYONE, "focal", "neighbour", "secretariat", "leader"])
def test_a_mark_shows_nothing_below_its_level(at_level, opened, visitors, level, who):
    """On no page, in no file, at no address; whoever asks."""
    at_level(level)
    client, shown = visitors[who], level is Publicity.EVIDENCE
    answer = client.get(_file(opened))
    assert answer.status_code == (200 if shown else 404)
    if shown:
        assert b"".join(answer.streaming_content).startswith("Số: 901/BC-SYT".encode())
    assert ("901/BC-SYT" in client.get(UNIT_PAGE).content.decode()) is shown
    page = client.get(LEAF_PAGE)
    assert page.status_code == (200 if level.shows_reasons else 404)
    assert ("901/BC-SYT" in page.content.decode()) is shown
    for kind in ("csv", "json"):
        for name, values in (("public:unit_file", PLACE), ("public:ranking_file", PLACE[:3])):
            assert "901/BC-SYT" not in client.get(address(name, (*values, kind))).content.decode()


def test_the_file_is_kept_and_never_shown(at_level, opened, visitors):
    """Under its own name, in a sandbox, by no cache."""
    at_level(Publicity.EVIDENCE)
    answer = visitors[ANYONE].get(_file(opened))
    b"".join(answer.streaming_content)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_what_is_marked_and_stands_behind_a_point_is_shown(at_level, opened, participant, visitors):
    """Not what is only marked, only attached, taken off, secret, or behind another criterion or unit."""
    at_level(Publicity.EVIDENCE)
    unmarked = _kept(participant, "902/BC-SYT")
    loose = make_public(document=_kept(participant, "903/BC-SYT", attached=False), checked=True, **ACT)
    taken_off = make_public(document=_kept(participant, "904/BC-SYT"), checked=True, **ACT)
    EvidenceLink.objects.filter(document=taken_off).update(detached_at=AT, detached_by="x")
    secret = cite_secret(
        unit=participant.unit,
        metadata=Metadata("905/BC-SYT", AT.date()),
        where="Văn thư",
        **ACT,
    )
    _attached(participant, secret)
    client = visitors[ANYONE]
    text = client.get(UNIT_PAGE).content.decode() + client.get(LEAF_PAGE).content.decode()
    assert "901/BC-SYT" in text
    for document in (unmarked, loose, taken_off, secret):
        assert document.number not in text
        assert client.get(_file(document)).status_code == 404
    assert client.get(_file(opened, "3.2.3")).status_code == 404
    assert client.get(_file(opened, "khong-co")).status_code == 404
    other = (*PLACE[:3], "so-van-hoa-the-thao-va-du-lich")
    assert client.get(_file(opened, place=other)).status_code == 404
    assert "901/BC-SYT" not in client.get(address("public:unit", other)).content.decode()


def test_a_mark_taken_back_and_an_erased_document_are_gone_at_once(at_level, opened, visitors):
    """The next page does not have it."""
    at_level(Publicity.EVIDENCE)
    take_from_public(document=opened, **ACT)
    assert visitors[ANYONE].get(_file(opened)).status_code == 404
    assert "901/BC-SYT" not in visitors[ANYONE].get(UNIT_PAGE).content.decode()


def test_what_is_not_published_or_stays_inside_shows_no_document(at_level, opened, participant, visitors):
    """Whatever its level says."""
    at_level(Publicity.EVIDENCE)
    for change in ({"state": Round.State.RUNNING}, {"audience": Round.Audience.INSIDE}):
        Round.objects.filter(pk=participant.round_id).update(**change)
        assert visitors[ANYONE].get(_file(opened)).status_code == 404


def test_while_it_is_corrected_what_came_since_is_not_shown(at_level, opened, participant, visitors):
    """What stood when the correction began is."""
    at_level(Publicity.EVIDENCE)
    Round.objects.filter(pk=participant.round_id).update(state=Round.State.RUNNING, corrected_since=AT)
    later = AT.replace(year=AT.year + 1)
    newer = make_public(document=_kept(participant, "906/BC-SYT", attached=False), checked=True, **ACT)
    EvidenceLink.objects.create(participant=participant, leaf=CODE, document=newer, by="x", at=later)
    text = visitors[ANYONE].get(UNIT_PAGE).content.decode()
    assert "901/BC-SYT" in text
    assert "906/BC-SYT" not in text


MAY = frozenset({"focal", "head"})


@pytest.mark.parametrize("who", [w for w in WHO if w != ANYONE])
def test_only_the_focal_officer_and_the_head_mark(world, visitors, who):
    """Everybody else of the unit sees that it is marked, and no button."""
    inside = Participant.objects.select_related("unit").get(
        round__code=TRAINING.partition("/")[2], round__territory__code="minh-hoa", unit__code="so-y-te"
    )
    document = _kept(inside, "907/BC-SYT")
    client, place = visitors[who], (TRAINING, "so-y-te", document.key)
    answer = client.post(address("unit:document_public", place), {"checked": "1"})
    document.refresh_from_db()
    assert document.public is (who in MAY)
    assert answer.status_code == (302 if who in MAY else 403)
    page = client.get(address("unit:document", place)).content.decode()
    assert ("Thôi công khai" in page) is (who in MAY)
    if who in OF_THE_UNIT and who not in MAY:
        assert "Công khai tài liệu này" not in page


def test_the_page_asks_before_it_marks_and_takes_back(world, visitors, read):
    """Without the tick nothing is marked; a document that may not be says why."""
    inside = Participant.objects.select_related("unit").get(
        round__code=TRAINING.partition("/")[2], round__territory__code="minh-hoa", unit__code="so-y-te"
    )
    document = _kept(inside, "908/BC-SYT")
    page = address("unit:document", (TRAINING, "so-y-te", document.key))
    act = address("unit:document_public", (TRAINING, "so-y-te", document.key))
    client = visitors["focal"]
    client.post(act, {})
    assert "đánh dấu ô đã kiểm tra" in read(page, by=client).root.text
    client.post(act, {"checked": "1"})
    assert "công khai lúc" in read(page, by=client).root.text
    assert "công khai" in read(address("unit:vault", (TRAINING, "so-y-te")), by=client).root.text
    client.post(act, {"back": "1"})
    assert "chỉ dùng nội bộ" in read(page, by=client).root.text
    Document.objects.filter(pk=document.pk).update(confirmed_at=None, confirmed_by="")
    assert "Hãy xác nhận thông tin văn bản" in read(page, by=client).root.text


def test_the_address_is_only_read(at_level, opened, visitors):
    """HEAD says what GET says; nothing else is taken."""
    at_level(Publicity.EVIDENCE)
    client = visitors[ANYONE]
    head = client.head(_file(opened))
    assert (head.status_code, b"".join(head.streaming_content)) == (200, b"")
    assert client.post(_file(opened)).status_code == 405
