"""A lead department at work on its pages, and forged requests to them."""

from datetime import timedelta

import pytest
from addresses import address
from site_world import AT

from parindex.apps.assessments.models import Assignment, Explanation, Round, Ruling, Share, SignOff
from parindex.apps.assessments.queries.appraising import Standing, part_of
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.permissions import rights_of


ROUND = "minh-hoa/tap-huan-tham-dinh"
LEAF = "2.2.2"
NOW = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    """The day on which the demonstration was loaded: the appraisal round is open."""
    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: NOW)


@pytest.fixture
def round_(world):
    """The round that is being appraised."""
    return Round.objects.get(code="tap-huan-tham-dinh")


@pytest.fixture
def appraiser(visitors):
    """Of the justice department, which appraises area 2."""
    return visitors["appraiser"]


@pytest.fixture
def part(round_):
    """What that appraiser rules on."""
    return part_of(round_, rights_of(Person.objects.get(username="tham-dinh.so-tu-phap"), NOW), NOW)


@pytest.fixture
def waiting(part):
    """A case of one criterion that waits, plain."""
    return next(c for c in part.of_leaf(LEAF) if c.is_plain and not c.said.answer.startswith("no"))


def _case(case):
    return address("appraise:case", (ROUND, case.participant.unit.code, case.leaf.code))


def _stands(case):
    return Ruling.objects.filter(participant=case.participant, leaf=case.leaf.code).latest("id")


def _seen(case):
    return {"seen": str(case.stood.pk if case.stood else 0)}


def test_the_queue_counts_what_waits_and_shows_the_doubtful_first(read, appraiser, part):
    """By criterion and by unit."""
    waiting = [c for c in part.cases if c.standing is Standing.WAITING]
    page = read(address("appraise:queue", (ROUND,)), by=appraiser)
    rows = page.rows("stack")
    assert sum(int(r[2]) for r in rows) == len(waiting)
    doubtful = [int(r[1]) for r in rows]
    assert doubtful[0] == max(doubtful) > 0
    by_unit = read(address("appraise:queue", (ROUND,)) + "?xem=don-vi", by=appraiser).rows("stack")
    assert sum(int(r[2]) for r in by_unit) == len(waiting)


def test_one_criterion_over_all_units_with_tabs_and_filter(read, appraiser, part):
    """What was said, last year's points and documents; the doubtful before the others."""
    url = address("appraise:leaf", (ROUND, LEAF))
    page = read(url, by=appraiser)
    cards = page.root.all("article")
    assert len(cards) == sum(c.standing is Standing.WAITING for c in part.of_leaf(LEAF))
    odd = ["odd" in c.classes for c in cards]
    assert odd == sorted(odd, reverse=True)
    assert any(odd)
    assert len(read(f"{url}?muc=all", by=appraiser).root.all("article")) == len(part.of_leaf(LEAF))
    districts = read(f"{url}?muc=all&khoi=cap-huyen", by=appraiser).root.all("article")
    assert 0 < len(districts) < len(part.of_leaf(LEAF))


def test_accepting_keeps_the_units_answer_and_goes_to_the_next(appraiser, waiting):
    """One click, no reason."""
    sent = {
        "act": "accept",
        "back": "tieu-chi",
        "muc": "waiting",
        "then": "c-so-y-te-2.2.2",
        **_seen(waiting),
    }
    response = appraiser.post(_case(waiting), sent)
    assert response.status_code == 302
    assert response.headers["Location"].endswith("/tieu-chi/2.2.2/?muc=waiting#c-so-y-te-2.2.2")
    ruling = _stands(waiting)
    assert (ruling.stage, ruling.answer, ruling.reason) == ("appraised", waiting.said.answer, "")


def test_a_lower_answer_needs_a_reason_which_is_suggested_next_time(appraiser, read, waiting, part):
    """What was typed is shown again."""
    name = f"a-{waiting.participant.pk}-{LEAF}"
    sent = {"act": "rule", "how": "answer", f"{name}.part": "8", f"{name}.whole": "10", **_seen(waiting)}
    refused = appraiser.post(_case(waiting), sent)
    assert refused.status_code == 422
    assert 'value="8"' in refused.content.decode()
    assert _stands(waiting).stage == "self"
    appraiser.post(_case(waiting), {**sent, "reason": "Thiếu sản phẩm của hai nhiệm vụ"})
    assert (_stands(waiting).answer, _stands(waiting).reason) == ("8/10", "Thiếu sản phẩm của hai nhiệm vụ")
    other = next(c for c in part.of_leaf(LEAF) if c.is_plain and c.participant != waiting.participant)
    assert "Thiếu sản phẩm của hai nhiệm vụ" in read(_case(other), by=appraiser).content


@pytest.mark.parametrize(
    ("sent", "status", "answer"),
    [
        ({"how": "points", "points": "0,5", "reason": "Chỉ một phần"}, 302, "points:0,5"),
        ({"how": "points", "points": "99", "reason": "Nhiều"}, 422, None),
        ({"how": "points", "points": "-1", "reason": "Ít"}, 422, None),
        ({"how": "points", "points": "", "reason": "Ít"}, 422, None),
        ({"how": "na", "reason": "Không được giao"}, 302, "n/a"),
        ({"how": "na"}, 422, None),
        ({"how": "gì đó"}, 422, None),
        ({}, 422, None),
    ],
)
def test_points_and_not_assessed(appraiser, waiting, sent, status, answer):
    """Within the maximum, with a reason; whatever else is sent changes nothing."""
    response = appraiser.post(_case(waiting), {"act": "rule", **_seen(waiting), **sent})
    assert response.status_code == status
    assert _stands(waiting).answer == (answer or waiting.said.answer)
    assert (_stands(waiting).stage == "self") == (answer is None)


def test_a_unit_is_asked_to_explain(appraiser, read, waiting):
    """And the case then stands with the unit."""
    assert appraiser.post(_case(waiting), {"act": "ask", "question": " "}).status_code == 422
    appraiser.post(_case(waiting), {"act": "ask", "question": "Vì sao?", "back": "don-vi"})
    assert Explanation.objects.get(participant=waiting.participant, leaf=LEAF).state == "asked"
    page = read(address("appraise:leaf", (ROUND, LEAF)) + "?muc=explaining", by=appraiser)
    assert len(page.root.all("article")) == 1


@pytest.mark.parametrize("seen", ["0", "-1", "x", "9" * 30, ""])
def test_nothing_is_ruled_on_what_the_appraiser_did_not_see(appraiser, waiting, seen):
    """A hidden field that was changed, or a ruling made meanwhile."""
    response = appraiser.post(_case(waiting), {"act": "accept", "seen": seen})
    assert response.status_code == 422
    assert _stands(waiting).stage == "self"


def test_a_form_sent_twice_rules_once(appraiser, waiting):
    """The second was made for what stood before."""
    sent = {"act": "accept", **_seen(waiting)}
    assert [appraiser.post(_case(waiting), sent).status_code for _ in range(2)] == [302, 422]
    rulings = Ruling.objects.filter(participant=waiting.participant, leaf=LEAF, stage="appraised")
    assert rulings.count() == 1


@pytest.mark.parametrize(
    ("unit", "leaf"), [("so-y-te", "1.1.1"), ("so-tu-phap", LEAF), ("so-y-te", "B9"), ("khong-co", LEAF)]
)
def test_what_is_another_departments_or_ones_own_is_not_there(appraiser, unit, leaf):
    """Neither to see nor to rule on."""
    url = address("appraise:case", (ROUND, unit, leaf))
    before = Ruling.objects.count()
    assert appraiser.get(url).status_code == 404
    assert appraiser.post(url, {"act": "accept", "seen": "0"}).status_code == 404
    assert Ruling.objects.count() == before


@pytest.mark.parametrize("who", ["focal", "neighbour", "secretariat", "leader", "stranger"])
def test_nobody_else_rules(visitors, waiting, who):
    """Nor accepts many, nor signs."""
    for url in (_case(waiting), address("appraise:bulk", (ROUND,)), address("appraise:sign", (ROUND,))):
        assert visitors[who].post(url, {"act": "accept", **_seen(waiting)}).status_code == 403, url
    assert _stands(waiting).stage == "self"


def test_a_closed_phase_takes_nothing_and_says_so(appraiser, read, waiting, monkeypatch):
    """The page has no form any more; one sent all the same is refused."""
    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: AT + timedelta(days=8))
    appraiser.force_login(Person.objects.get(username="tham-dinh.so-tu-phap"))
    assert "chưa mở" in read(_case(waiting), by=appraiser).root.text
    assert appraiser.post(_case(waiting), {"act": "accept", **_seen(waiting)}).status_code == 422
    assert _stands(waiting).stage == "self"


def test_many_are_accepted_in_one_act_after_being_listed(appraiser, read, part):
    """Only plain ones; what was unticked stays."""
    url = address("appraise:bulk", (ROUND,))
    page = read(url, by=appraiser)
    keys = [e.attributes["value"] for e in page.root.all("input") if e.attributes.get("name") == "case"]
    assert len(keys) == sum(c.is_plain for c in part.cases) > 20
    assert appraiser.post(url, {"case": keys[1:]}).status_code == 302
    ruled = Ruling.objects.filter(participant__round=part.round, stage="appraised", at=NOW)
    assert ruled.count() == len(keys) - 1
    page = read(url, by=appraiser)
    left = [e.attributes["value"] for e in page.root.all("input") if e.attributes.get("name") == "case"]
    assert left == keys[:1]


def test_a_list_with_one_wrong_line_accepts_none(appraiser, part):
    """A doubtful case slipped in, one of another department, one changed meanwhile, none at all."""
    url = address("appraise:bulk", (ROUND,))
    plain = next(c for c in part.cases if c.is_plain)
    doubtful = next(c for c in part.cases if c.doubts and c.standing is Standing.WAITING)
    good = f"{plain.participant.pk}:{plain.leaf.code}:{plain.stood.pk}"
    for bad in (
        [f"{doubtful.participant.pk}:{doubtful.leaf.code}:{doubtful.stood.pk}"],
        [f"{plain.participant.pk}:1.1.1:{plain.stood.pk}"],
        [f"{plain.participant.pk}:{plain.leaf.code}:1"],
        ["\0"],
    ):
        assert appraiser.post(url, {"case": [good, *bad]}).status_code == 403
    assert appraiser.post(url, {}).status_code == 403
    assert not Ruling.objects.filter(stage="appraised", at=NOW).exists()


def test_the_head_signs_off_and_the_forms_are_closed(visitors, read, waiting):
    """With the letter's number and date; what is left is listed before."""
    url, head = address("appraise:sign", (ROUND,)), visitors["lead_head"]
    assert LEAF in read(url, by=head).root.text
    sent = {"lead": "so-tu-phap", "number": "45/STP-CCHC", "date": "2026-01-05"}
    assert visitors["appraiser"].post(url, sent).status_code == 403
    assert head.post(url, {**sent, "lead": "so-noi-vu"}).status_code == 403
    assert head.post(url, {**sent, "date": "hôm nay"}).status_code == 403
    assert head.post(url, {**sent, "number": " "}).status_code == 302
    assert not SignOff.objects.filter(round__code="tap-huan-tham-dinh").exists()
    head.post(url, sent)
    assert "45/STP-CCHC" in read(url, by=head).root.text
    assert "đã ký gửi" in read(_case(waiting), by=head).root.text
    assert head.post(_case(waiting), {"act": "accept", **_seen(waiting)}).status_code == 422
    assert head.post(_case(waiting), {"act": "ask", "question": "Vì sao?"}).status_code == 422


def test_a_shared_part_is_seen_by_whom_it_was_given_to(round_, visitors, read):
    """And whole by the head of the department."""
    one = Assignment.objects.get(round=round_, node="2")
    person = Person.objects.get(username="tham-dinh.so-tu-phap")
    Share.objects.create(assignment=one, person=person, node="2.3")
    codes = {
        r[0].split()[0]
        for r in read(address("appraise:queue", (ROUND,)), by=visitors["appraiser"]).rows("stack")
    }
    assert {c for c in codes if c.startswith("2")} == {"2.3.1", "2.3.2"}
    whole = {
        r[0].split()[0]
        for r in read(address("appraise:queue", (ROUND,)), by=visitors["lead_head"]).rows("stack")
    }
    assert "2.1.1" in whole


@pytest.mark.parametrize(
    ("name", "more"), [("appraise:queue", ()), ("appraise:leaf", (LEAF,)), ("appraise:bulk", ())]
)
def test_the_queue_costs_the_same_for_any_number_of_units(
    appraiser, round_, django_assert_max_num_queries, name, more
):
    """29 units here; nothing is asked for each."""
    url = address(name, (ROUND, *more))
    appraiser.get(url)
    with django_assert_max_num_queries(30):
        appraiser.get(url)
