"""A unit explains: it sees what it lost and why, answers, claims, accepts or goes before the council."""

import pytest
from addresses import address
from exchange import GROUND, KEPT, LEAF, QUESTION, WHY, exchange_in

from parindex.apps.evidence.models import Document
from parindex.config.training import ROUNDS


CODE = ROUNDS[0].code
ROUND = f"minh-hoa/{CODE}"
UNIT = "so-y-te"
LIST = address("unit:explanations", (ROUND, UNIT))
CASE = address("unit:explanation", (ROUND, UNIT, LEAF))
ACCEPT = address("unit:explanation_accept", (ROUND, UNIT, LEAF))
COUNCIL = address("unit:explanation_council", (ROUND, UNIT, LEAF))


@pytest.fixture
def exchange(world, clock):
    """A leaf that lost points; the clock stands in the explanation phase."""
    made = exchange_in(CODE)
    made.submit()
    made.lower()
    clock(made.at("explanation"))
    return made


def _document(participant, number="15/BC"):
    return Document.objects.create(
        unit=participant.unit,
        kind="cited",
        number=number,
        title="Báo cáo",
        uploaded_by="person:1",
        uploaded_at=participant.round.opened_at,
    )


def test_what_was_lost_is_listed_with_the_reason(visitors, read, exchange):
    """Also where nobody asked; and the start page and the sheet lead there."""
    page = read(LIST, by=visitors["officer"])
    assert WHY in page.root.text
    assert CASE in page.links
    assert LIST in read(address("unit:sheet", (ROUND, UNIT)), by=visitors["officer"]).links
    assert LIST not in read(address("account:start", ()), by=visitors["focal"]).links
    exchange.ask()
    assert LIST in read(address("account:start", ()), by=visitors["focal"]).links


def test_before_the_appraisal_is_over_only_what_is_asked_is_told(visitors, read, exchange, clock):
    """Points may still change until then."""
    clock(exchange.at("appraisal"))
    page = read(LIST, by=visitors["focal"])
    assert CASE not in page.links
    exchange.ask()
    assert CASE in read(LIST, by=visitors["focal"]).links
    case = read(CASE, by=visitors["focal"]).root.text
    assert QUESTION in case
    assert WHY not in case


def test_an_answer_is_kept_with_its_claim_and_its_document(visitors, read, exchange):
    """And the thread names who said what."""
    exchange.ask()
    document = _document(exchange.participant)
    sent = {"text": GROUND, "claimed": "0,75", "document": document.key, "page": "trang 3"}
    response = visitors["focal"].post(CASE, sent)
    assert (response.status_code, response.headers["Location"]) == (302, CASE)
    said = exchange.said.get(party="unit")
    assert (said.text, said.claimed, said.evidence) == (GROUND, "0,75", [["", document.key, "trang 3"]])
    assert exchange.participant.evidence_links.get().leaf == LEAF
    page = read(CASE, by=visitors["appraiser"]).root.text
    assert QUESTION in page
    assert "15/BC" in page
    assert visitors.person("focal").full_name in page


@pytest.mark.parametrize(
    "sent",
    [
        {"text": ""},
        {"text": "x", "claimed": "99"},
        {"text": "x", "claimed": "-1"},
        {"text": "x", "claimed": "nhiều"},
        {"text": "x", "document": "khong-co"},
    ],
)
def test_what_cannot_be_sent_is_shown_again(visitors, exchange, sent):
    """Beside its reason; nothing is kept."""
    response = visitors["focal"].post(CASE, sent)
    assert response.status_code == 422
    assert "Chưa gửi được" in response.content.decode()
    assert not exchange.cases.exists()


def test_another_units_documents_are_refused(visitors, exchange):
    """By its key, and by a link's number that is not this leaf's."""
    other = exchange.round.participants.get(unit__code="so-xay-dung")
    document = _document(other)
    assert visitors["focal"].post(CASE, {"text": "x", "document": document.key}).status_code == 422
    assert visitors["focal"].post(CASE, {"text": "x", "link": "1"}).status_code == 404
    assert not exchange.cases.exists()


def test_a_form_sent_twice_counts_once(visitors, exchange):
    """The second is refused: it is not the unit's turn."""
    statuses = [visitors["focal"].post(CASE, {"text": GROUND}).status_code for _ in range(2)]
    assert statuses == [302, 422]
    assert exchange.said.count() == 1


def test_out_of_its_phase_nothing_is_taken(visitors, read, exchange, clock):
    """The page says when it is."""
    clock(exchange.at("council"))
    assert "đã đóng lúc" in read(CASE, by=visitors["focal"]).root.text
    assert visitors["focal"].post(CASE, {"text": GROUND}).status_code == 422
    assert not exchange.cases.exists()


def test_a_reply_is_accepted_or_taken_to_the_council(visitors, read, exchange, clock):
    """Each once; then it is no longer the unit's."""
    exchange.answer()
    assert "đã trả lời" not in read(CASE, by=visitors["head"]).root.text
    visitors["head"].post(ACCEPT)
    assert exchange.cases.get().state == "answered"
    exchange.keep()
    clock(exchange.at("appraisal", 2))
    page = read(CASE, by=visitors["head"])
    assert KEPT in page.root.text
    visitors["head"].post(COUNCIL, {"text": ""})
    assert exchange.cases.get().state == "replied"
    visitors["head"].post(COUNCIL, {"text": "Đề nghị xem xét"})
    assert exchange.cases.get().state == "council"
    visitors["head"].post(ACCEPT)
    visitors["head"].post(COUNCIL, {"text": "Lần nữa"})
    assert exchange.cases.get().state == "council"
    assert exchange.said.filter(text="Lần nữa").count() == 0


def test_accepting_closes_the_case(visitors, exchange, clock):
    """With who and when."""
    exchange.answer()
    exchange.keep()
    clock(exchange.at("appraisal", 2))
    visitors["focal"].post(ACCEPT)
    case = exchange.cases.get()
    assert (case.state, case.closed_by) == ("closed", visitors.person("focal").ref)


@pytest.mark.parametrize("who", ["officer", "neighbour", "appraiser", "secretariat", "leader", "stranger"])
def test_nobody_else_speaks_for_the_unit(visitors, exchange, who):
    """Neither officers without that right, nor other units, nor those who follow."""
    exchange.answer()
    exchange.keep()
    for url in (CASE, ACCEPT, COUNCIL):
        assert visitors[who].post(url, {"text": "thay mặt"}).status_code == 403, url
    assert exchange.cases.get().state == "replied"
    assert not exchange.said.filter(text="thay mặt").exists()


def test_the_list_costs_the_same_however_long_it_is(visitors, exchange, django_assert_max_num_queries):
    """A fixed number of queries."""
    exchange.ask()
    focal = visitors["focal"]
    focal.get(LIST)
    with django_assert_max_num_queries(20):
        focal.get(LIST)
