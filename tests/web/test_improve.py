"""The page of why and how to climb: who sees it, its sums are the result's, what it says is reached."""

import re
from fractions import Fraction
from urllib.parse import urlencode

import pytest
from addresses import address
from django.db import connection
from django.test.utils import CaptureQueriesContext
from site_world import AT

from parindex.apps.assessments.models import Participant, Round, Ruling
from parindex.apps.improvement.queries import standing_of
from parindex.apps.results.models import UnitResult
from parindex.apps.results.stages import forget_books
from parindex.core.kernel.improvement import Goal, falls_of, gaps
from parindex.core.kernel.numbers import decimal_text
from parindex.core.kernel.rules import Linear, Proportional, Steps
from parindex.web.parts.templatetags.parts import points, said


UNIT = "so-y-te"
YEAR = "minh-hoa/2024"
TRAINING = "minh-hoa/tap-huan-tham-dinh"
MOST = 20


@pytest.fixture(autouse=True)
def anew(world):
    """No round of another test."""
    forget_books()
    yield
    forget_books()


@pytest.fixture
def url(world):
    """The page of a unit in a published round."""
    return address("improve:unit", (YEAR, UNIT))


@pytest.fixture
def standing(world):
    """The same unit as the arithmetic sees it."""
    found = Participant.objects.get(round__code="2024", round__territory__code="minh-hoa", unit__code=UNIT)
    return standing_of(found)


def test_members_see_their_own_unit_once_it_is_published(visitors, url):
    """The neighbour does not; nor do they before, when only those who follow the round do."""
    assert {w: visitors[w].get(url).status_code for w in ("focal", "officer", "head", "neighbour")} == {
        "focal": 200,
        "officer": 200,
        "head": 200,
        "neighbour": 403,
    }
    running = address("improve:unit", (TRAINING, UNIT))
    assert visitors["focal"].get(running).status_code == 403
    assert visitors["leader"].get(running).status_code == 200


def test_the_page_stands_on_the_published_result(read, visitors, url, standing):
    """Index, grade and rank are those that were published."""
    kept = UnitResult.objects.filter(participant=standing.participant).order_by("-result_id").first()
    assert (standing.outcome.index, standing.outcome.rank) == (kept.index, kept.rank)
    text = read(url, by=visitors["focal"]).root.text
    assert f"{float(kept.index):.2f}".replace(".", ",") in text


def test_the_difference_to_every_rival_adds_up(standing):
    """To the last digit, leaf by leaf."""
    for place, _ in standing.rivals:
        parts = gaps(standing.assessment, standing.unit, place)
        other = standing.assessment.units[place].index
        assert sum(gap.difference for gap in parts) == standing.outcome.index - other


def test_a_unit_is_compared_with_whom_one_asks_for(read, visitors, url, standing):
    """The one just above without a word; the median; somebody else. Who does not exist is nobody."""
    above = [p for k, p in standing.rivals if standing.assessment.units[k].rank < standing.outcome.rank][-1]
    heading = read(url, by=visitors["focal"]).root.text
    assert f"Vì sao khác {above.name_vi}?" in heading
    assert "Vì sao khác trung vị của khối?" in read(f"{url}?voi=trung-vi", by=visitors["focal"]).root.text
    best = standing.rivals[0][1]
    asked = read(f"{url}?voi={best.unit.code}", by=visitors["focal"]).root.text
    assert f"Vì sao khác {best.name_vi}?" in asked
    assert f"Vì sao khác {above.name_vi}?" in read(f"{url}?voi=khong-co", by=visitors["focal"]).root.text


@pytest.mark.parametrize("kept", [{"audience": "inside"}, {"publicity": "areas"}, {"publicity": "annex"}])
def test_what_is_not_public_shows_the_median_only(read, visitors, url, kept):
    """Other units' points are not shown criterion by criterion; the leader sees them."""
    Round.objects.filter(code="2024", territory__code="minh-hoa").update(**kept)
    shown = read(f"{url}?voi=so-tu-phap", by=visitors["focal"])
    assert "Vì sao khác trung vị của khối?" in shown.root.text
    assert [o.attributes["value"] for o in shown.root.all("select")[0].all("option")] == ["trung-vi"]
    assert "Vì sao khác Sở Tư pháp?" in read(f"{url}?voi=so-tu-phap", by=visitors["leader"]).root.text


def test_the_way_up_is_reached_when_it_is_tried(read, visitors, url, standing):
    """The goal one rank up; the link of the first way computes to that rank."""
    goal = standing.outcome.rank - 1
    page = read(f"{url}?muc-tieu=hang-{goal}", by=visitors["focal"])
    assert "Phương án 1" in page.root.text
    link = next(a for a in page.root.all("a") if a.text == "Thử phương án này").attributes["href"]
    tried = read(url + link.partition("#")[0].replace("&amp;", "&"), by=visitors["focal"]).root.text
    then = re.search(rf"Thứ hạng\s?{standing.outcome.rank} → (\d+)", tried)
    assert int(then[1]) <= goal
    assert "Vượt" in tried


def test_what_cannot_be_done_is_left_alone(read, visitors, url, standing):
    """The criterion is in no way any more, and is said to be left."""
    asked = f"{url}?muc-tieu=hang-{standing.outcome.rank - 1}"
    page = read(asked, by=visitors["focal"])
    leave = next(a for a in page.root.all("a") if a.text.startswith("Không làm được"))
    code = leave.text.split()[-1]
    again = read(url + leave.attributes["href"].partition("#")[0].replace("&amp;", "&"), by=visitors["focal"])
    assert "Để nguyên:" in again.root.text
    assert f"Không làm được {code}" not in again.root.text


def test_others_that_rise_too_make_it_dearer(read, visitors, url, standing):
    """By two points more than without."""
    moves = standing.moves({})
    goal = standing.outcome.rank - 1
    plain = standing.plans(Goal("rank", goal), moves)[0]
    raced = standing.plans(Goal("rank", goal, margin=2), moves)[0]
    assert raced.effort > plain.effort
    assert "Phương án 1" in read(f"{url}?muc-tieu=hang-{goal}&cong=2", by=visitors["focal"]).root.text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("muc-tieu=chi-so&chi-so=chín mươi", "Chỉ số cần đạt phải là số"),
        ("muc-tieu=hang-2&cong=-1", "Phần các đơn vị khác cùng tăng phải là số"),
        ("cs.3.2.4=0", "Công sức của tiêu chí 3.2.4 phải là số"),
        ("cs.3.2.4=1e9", "Công sức của tiêu chí 3.2.4 phải là số"),
        ("muc-tieu=hang-99", "Đích này không có đối với đơn vị."),
        ("muc-tieu=loai-khong-co", "Đích này không có đối với đơn vị."),
        ("muc-tieu=chi-so&chi-so=1000", "Đạt điểm tối đa ở mọi tiêu chí còn lại vẫn chưa đủ."),
        ("muc-tieu=chi-so&chi-so=1", "Đã đạt đích"),
    ],
)
def test_what_cannot_be_meant_is_said(read, visitors, url, sent, said):
    """And nothing is computed from it."""
    assert said in read(f"{url}?{sent}", by=visitors["focal"]).root.text


@pytest.mark.parametrize(
    "sent",
    [
        "m.3.2.4=99",
        "m.3.2.4=-1",
        "m.3.2.4=b99",
        "m.3.2.4=b",
        "m.3.2.4=b0",
        "mo=x",
        "mo=x&tl.x=1",
        "m.x=1",
        "muc-tieu=hang-²",
        "giu=x",
        "m.3.2.4=１",
    ],
)
def test_levels_that_there_are_not_change_nothing(read, visitors, url, sent):
    """Whatever is typed into the address."""
    assert "Nếu thay đổi" not in read(f"{url}?{sent}", by=visitors["focal"]).root.text


def _leaf(standing, rule, least=0):
    """A measured leaf of that rule that holds more than a share of its maximum."""
    held = standing.assessment.node
    return next(
        node
        for code, node in standing.assessment.framework.nodes.items()
        if isinstance(node.rule, rule)
        and node.rule.input == "ratio"
        and held(standing.unit, code).points > least * held(standing.unit, code).max
    )


def _kept_anew(standing, answers):
    """The round as it stands once the council has ruled those answers: computed from the kept rulings."""
    for code, text in answers.items():
        Ruling.objects.create(
            participant=standing.participant,
            leaf=code,
            stage=Ruling.Stage.COUNCIL,
            turn=9,
            answer=text,
            at=AT,
        )
    forget_books()
    return standing_of(standing.participant)


def test_lower_answers_give_what_a_full_computation_of_the_round_gives(read, visitors, url, standing):
    """Levels below and a figure typed in, several at once: index, grade, rank, band, who passes the unit."""
    measured = _leaf(standing, (Proportional, Linear, Steps), Fraction(1, 2))
    falls = falls_of(standing.assessment, standing.unit)
    lower = {code: moves[-1] for code, moves in list(falls.items())[:3] if code != measured.code}
    sent = {f"m.{code}": f"b{len(falls[code])}" for code in lower}
    sent |= {"mo": measured.code, f"tl.{measured.code}.part": "1", f"tl.{measured.code}.whole": "40"}
    page = read(f"{url}?{urlencode(sent)}", by=visitors["focal"])
    answers = {code: f"points:{decimal_text(move.points)}" for code, move in lower.items()}
    whole = _kept_anew(standing, answers | {measured.code: "1/40"})
    assert whole.outcome.index < standing.outcome.index
    card = page.root.all("div", "score-now")[0].text
    for was, then in (
        (standing.outcome.index, whole.outcome.index),
        *(
            (standing.assessment.node(standing.unit, c).points, whole.assessment.node(whole.unit, c).points)
            for c in (*lower, measured.code)
        ),
    ):
        assert f"{points(was)} → {points(then)}" in card
    assert f"{standing.outcome.rank} → {whole.outcome.rank}/" in card
    assert said(whole.outcome.grade.name) in card
    was, band = standing.spread(standing.assessment), whole.spread(whole.assessment)
    shown = f"{was.low_rank}–{was.high_rank} → {band.low_rank}–{band.high_rank}"
    assert shown in card
    ranks = {p.pk: (whole.assessment.units[k].rank, p.name_vi) for k, p in whole.rivals}
    passing = [
        ranks[p.pk][1]
        for k, p in standing.rivals
        if standing.assessment.units[k].rank > standing.outcome.rank and ranks[p.pk][0] < whole.outcome.rank
    ]
    assert passing
    assert f"Bị vượt bởi {', '.join(passing)}." in card


def test_every_leaf_can_be_answered_otherwise_and_the_form_stays_as_filled_in(read, visitors, url, standing):
    """Opened it shows what stands and changes nothing; what cannot be read is said, and nothing is computed
    from it; all is dropped by one link."""
    page = read(url, by=visitors["focal"])
    framework = standing.assessment.framework
    open_ = {b.attributes["value"] for b in page.root.all("button") if b.attributes.get("name") == "mo"}
    assert open_ == {code for code in framework.leaves if standing.assessment.node(standing.unit, code).max}
    everything = urlencode([("mo", code) for code in open_])
    page = read(f"{url}?{everything}", by=visitors["focal"])
    assert not page.faults
    assert "Nếu thay đổi" not in page.root.text
    leaf = _leaf(standing, (Proportional, Linear, Steps))
    held = standing.assessment.node(standing.unit, leaf.code).answer.value
    fields = {e.attributes.get("name"): e.attributes.get("value") for e in page.root.all("input")}
    assert fields[f"tl.{leaf.code}.part"] == str(held.part)
    bad = f"mo={leaf.code}&tl.{leaf.code}.part=9&tl.{leaf.code}.whole=0"
    page = read(f"{url}?{bad}", by=visitors["focal"])
    assert f"Tiêu chí {leaf.code}: “9/0”" in page.root.text
    assert "Nếu thay đổi" not in page.root.text
    good = f"mo={leaf.code}&tl.{leaf.code}.part=0&tl.{leaf.code}.whole=9&m.1.1.1=b1&voi=trung-vi"
    page = read(f"{url}?{good}", by=visitors["focal"])
    clear = next(a for a in page.root.all("a") if a.text == "Bỏ hết các thay đổi").attributes["href"]
    assert clear == "?voi=trung-vi#thu"


def test_a_leaf_opened_for_one_level_is_computed_by_its_level(read, visitors, url, standing):
    """As long as its form says what stands; another answer goes before the level."""
    leaf = _leaf(standing, (Proportional, Linear, Steps))
    held = standing.assessment.node(standing.unit, leaf.code).answer.value
    kept = f"mo={leaf.code}&tl.{leaf.code}.part={held.part}&tl.{leaf.code}.whole={held.whole}"
    for sent in (f"m.{leaf.code}=b1", f"m.{leaf.code}=b1&mo={leaf.code}", f"m.{leaf.code}=b1&{kept}"):
        then = falls_of(standing.assessment, standing.unit)[leaf.code][0].points
        text = read(f"{url}?{sent}", by=visitors["focal"]).root.text
        assert f"→ {points(then)} /" in text
        assert "Nếu thay đổi 1 tiêu chí" in text
    text = read(
        f"{url}?m.{leaf.code}=b1&{kept}0".replace("part=", "part=0&x="), by=visitors["focal"]
    ).root.text
    assert "→ 0,00 /" in text


def test_an_effort_turns_the_choice(standing):
    """What costs much is not chosen where something else does."""
    goal = Goal("rank", standing.outcome.rank - 1)
    first = standing.plans(goal, standing.moves({}))[0]
    dear = standing.plans(goal, standing.moves(dict.fromkeys(first.leaves, 50)))[0]
    assert not dear.leaves & first.leaves or dear.effort >= 50


def test_the_page_costs_few_queries(visitors, url):
    """However many units and criteria."""
    visitors["focal"].get(url)
    with CaptureQueriesContext(connection) as queries:
        visitors["focal"].get(f"{url}?muc-tieu=hang-2&m.3.2.4=1")
    assert len(queries) <= MOST


def test_whoever_follows_a_round_finds_every_unit(read, visitors):
    """From the desk to the list, by rank, and on to each unit."""
    desk = read(address("account:start", ()), by=visitors["leader"])
    here = address("improve:round", ("minh-hoa/2025-co-quan",))
    assert here in desk.links
    page = read(address("improve:round", (YEAR,)), by=visitors["leader"])
    assert address("improve:unit", (YEAR, UNIT)) in page.links
    mine = read(address("account:start", ()), by=visitors["focal"])
    assert any(link.startswith("/cai-thien/") for link in mine.links)
