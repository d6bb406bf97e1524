"""The council's room: open cases only, a ruling that moves index, grade and rank, and how the round ends."""

import pytest
from addresses import address
from exchange import GROUND, LEAF, WHY, exchange_in

from parindex.apps.assessments.models import Assignment, Explanation, Round
from parindex.apps.organisations.actions import grant_role
from parindex.apps.organisations.roles import Role
from parindex.apps.results.stages import forget_books
from parindex.config.training import ROUNDS


CODE = ROUNDS[0].code
NAME = f"minh-hoa/{CODE}"
UNIT = "so-y-te"
ROOM = address("council:room", (NAME,))
CASE = address("council:case", (NAME, UNIT, LEAF))
STAGES = address("council:stages", (NAME,))
CONCLUDE, PUBLISH, REOPEN = (address(f"council:{n}", (NAME,)) for n in ("conclude", "publish", "reopen"))
RULING = {"how": "points", "points": "0,75", "reason": "Danh sách đã đủ"}


@pytest.fixture
def exchange(world, clock):
    """A leaf explained and kept; the council sits."""
    forget_books()
    made = exchange_in(CODE)
    made.submit()
    made.lower()
    made.ask()
    made.answer()
    made.keep()
    clock(made.at("council"))
    yield made
    forget_books()


def _seen(exchange):
    return {"seen": str(exchange.participant.rulings.filter(leaf=LEAF).order_by("id").last().pk)}


def _rule(visitors, exchange, who="chair", **more):
    return visitors[who].post(CASE, {**RULING, **_seen(exchange), **more})


def test_the_room_shows_open_cases_only(visitors, read, exchange):
    """With both sides' words on the case itself; the start page leads there."""
    page = read(ROOM, by=visitors["member"])
    assert CASE in page.links
    assert ROOM in read(address("account:start", ()), by=visitors["chair"]).links
    case = read(CASE, by=visitors["member"]).root.text
    for words in (WHY, GROUND, "0,75", "0,25"):
        assert words in case
    exchange.cases.update(state="closed", closed_by="x", closed_at=exchange.at("council"))
    assert CASE not in read(ROOM, by=visitors["member"]).links


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ({"how": "points", "points": "0,5"}, "points:0,5"),
        ({"how": "claim"}, "points:0,75"),
        ({"how": "keep"}, "points:0.25"),
        ({"how": "answer", "a.part": "8", "a.whole": "10"}, "8/10"),
    ],
)
def test_the_council_rules_in_four_ways(visitors, exchange, sent, answer):
    """Other points, as claimed, as they stand, or by the rule; the case is closed."""
    response = visitors["chair"].post(CASE, {"reason": "Đủ căn cứ", **_seen(exchange), **sent})
    made = exchange.ruled.get()
    assert response.headers["Location"] == address("council:ruled", (NAME, made.pk))
    assert (made.answer, made.by) == (answer, visitors.person("chair").ref)
    assert exchange.cases.get().state == "closed"


def test_a_ruling_moves_index_grade_and_rank_at_once(visitors, read, exchange):
    """0.25 → 0.75, and the page shows before and after; the closed case leads there as well."""
    response = _rule(visitors, exchange)
    page = read(response.headers["Location"], by=visitors["leader"])
    rows = {row[0]: row[1:] for row in page.rows("stack")}
    points = next(v for k, v in rows.items() if k.startswith("Điểm tiêu chí"))
    assert points[:2] == ["0,25", "0,75"]
    index = rows["Chỉ số (%)"]
    assert index[0] != index[1]
    assert index[2].startswith("+0,")
    assert visitors["member"].get(CASE).headers["Location"] == response.headers["Location"]


def test_the_move_is_told_as_it_was_when_more_is_ruled_later(visitors, read, exchange):
    """A page once shown says the same again."""
    url = _rule(visitors, exchange).headers["Location"]
    first = list(read(url, by=visitors["member"]).rows("stack"))
    other = exchange_in(CODE, "so-xay-dung")
    Explanation.objects.create(
        participant=other.participant,
        leaf=LEAF,
        state="council",
        opened_by="x",
        opened_at=exchange.at("council"),
    )
    sent = {"how": "answer", "a.part": "10", "a.whole": "10", "reason": "Đủ", "seen": "0"}
    assert (
        visitors["chair"].post(address("council:case", (NAME, "so-xay-dung", LEAF)), sent).status_code == 302
    )
    assert list(read(url, by=visitors["member"]).rows("stack")) == first


@pytest.mark.parametrize(
    "more",
    [
        {"points": "99"},
        {"points": "-1"},
        {"points": ""},
        {"reason": " "},
        {"how": ""},
        {"how": "answer"},
        {"seen": "0"},
        {"seen": "x"},
    ],
)
def test_a_ruling_that_cannot_stand_is_shown_again(visitors, exchange, more):
    """Nothing is kept: above the maximum, without reason, unchosen, or on what was not seen."""
    response = _rule(visitors, exchange, **more)
    assert response.status_code == 422
    assert "Chưa ghi được kết luận" in response.content.decode()
    assert not exchange.ruled.exists()
    assert exchange.cases.get().state == "replied"


def test_a_form_sent_twice_counts_once(visitors, exchange):
    """The second finds no open case."""
    seen = _seen(exchange)
    answers = [visitors["chair"].post(CASE, {**RULING, **seen}).status_code for _ in range(2)]
    assert answers == [302, 403]
    assert exchange.ruled.count() == 1


def test_what_is_not_before_the_council_is_refused(visitors, exchange):
    """Another unit's leaf, another leaf, another round."""
    for unit, code in (("so-xay-dung", LEAF), (UNIT, "3.2.4"), (UNIT, "9.9"), ("so-khong-co", LEAF)):
        url = address("council:case", (NAME, unit, code))
        assert visitors["chair"].post(url, {**RULING, "seen": "0"}).status_code == 403, url
        assert visitors["chair"].get(url).status_code == 404, url
    elsewhere = address("council:case", (f"minh-hoa/{ROUNDS[1].code}", UNIT, LEAF))
    assert visitors["chair"].post(elsewhere, RULING).status_code == 403
    assert not exchange.ruled.exists()


def test_nothing_is_ruled_out_of_the_councils_phase(visitors, exchange, clock):
    """Neither before nor after."""
    for moment in (exchange.at("appraisal", 2), exchange.at("council").replace(year=2027)):
        clock(moment)
        assert _rule(visitors, exchange).status_code == 422
    assert not exchange.ruled.exists()


@pytest.mark.parametrize(
    "who", ["member", "leader", "assistant", "auditor", "focal", "appraiser", "stranger"]
)
def test_only_who_holds_it_rules_or_ends(visitors, exchange, who):
    """Members and leaders read."""
    assert _rule(visitors, exchange, who).status_code == 403
    for url in (CONCLUDE, PUBLISH, REOPEN):
        assert visitors[who].post(url, {"reason": "thử"}).status_code == 403, url
    assert Round.objects.get(code=CODE).state == "running"
    assert not exchange.ruled.exists()


def test_nobody_rules_on_their_own_unit(visitors, exchange):
    """The chair that belongs to the unit reads why not."""
    grant_role(
        person=visitors.person("chair"),
        role=Role.OFFICER,
        unit=exchange.participant.unit,
        by="test",
        at=exchange.at("self"),
    )
    assert "Không ai thẩm định đơn vị của mình" in visitors["chair"].get(CASE).content.decode()
    assert _rule(visitors, exchange).status_code == 403


def test_leaves_that_only_the_unit_itself_could_rule_on_come_before_the_council(visitors, read, exchange):
    """Where its part has no stand-in; bonus that nobody claimed does not."""
    Assignment.objects.filter(round=exchange.round, node="2").update(
        lead=exchange.participant.unit, stand_in=None
    )
    links = read(ROOM, by=visitors["chair"]).links
    first = address("council:case", (NAME, UNIT, "2.1.1"))
    assert first in links
    assert address("council:case", (NAME, UNIT, "T1")) not in links
    assert address("council:case", (NAME, "so-xay-dung", "2.1.1")) not in links
    standing = exchange.participant.rulings.filter(leaf="2.1.1").last()
    sent = {"how": "points", "points": "0", "reason": "Không có tài liệu", "seen": str(standing.pk)}
    assert visitors["chair"].post(first, sent).status_code == 302
    assert first not in read(ROOM, by=visitors["chair"]).links


def test_the_chair_concludes_when_nothing_is_open_and_the_secretariat_publishes(visitors, read, exchange):
    """Each step once; reopened with a reason, before publication only."""
    assert "chưa kết luận" in read(ROOM, by=visitors["chair"]).root.text
    visitors["chair"].post(CONCLUDE)
    assert _state() == "running"
    _rule(visitors, exchange)
    assert visitors["secretariat"].post(CONCLUDE).status_code == 403
    assert visitors["chair"].post(CONCLUDE).headers["Location"] == STAGES
    assert _state() == "concluded"
    assert "chưa công bố" in read(STAGES, by=visitors["leader"]).root.text
    assert visitors["chair"].post(PUBLISH).status_code == 403
    visitors["secretariat"].post(REOPEN, {"reason": " "})
    assert _state() == "concluded"
    visitors["secretariat"].post(REOPEN, {"reason": "Sai số liệu"})
    assert _state() == "running"
    visitors["chair"].post(CONCLUDE)
    visitors["secretariat"].post(PUBLISH)
    assert _state() == "published"
    visitors["secretariat"].post(REOPEN, {"reason": "Sai số liệu"})
    visitors["chair"].post(CONCLUDE)
    assert _state() == "published"


def _state():
    return Round.objects.get(code=CODE).state


def test_the_round_is_not_concluded_before_the_council_sits(visitors, exchange, clock):
    """Though nothing would be open."""
    exchange.cases.update(state="closed", closed_by="x", closed_at=exchange.at("council"))
    clock(exchange.at("appraisal", 2))
    visitors["chair"].post(CONCLUDE)
    assert _state() == "running"


def test_the_room_costs_the_same_however_many_cases(visitors, exchange, django_assert_max_num_queries):
    """A fixed number of queries."""
    chair = visitors["chair"]
    chair.get(ROOM)
    with django_assert_max_num_queries(22):
        chair.get(ROOM)
    with django_assert_max_num_queries(34):
        chair.get(CASE)
