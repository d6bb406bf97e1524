"""A published result is corrected through its pages: brought up, ruled on, published again; both stay."""

from datetime import date, timedelta

import pytest
from addresses import ANYONE, address
from exchange import LEAF, exchange_in

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.queries.checks import past_leaves
from parindex.apps.audit.signing import published_keys
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.improvement.queries import newest_lines, newest_rounds, standing_of
from parindex.apps.improvement.unanswered import unanswered_of
from parindex.apps.indicators.reporting import find_period
from parindex.apps.publications import store
from parindex.apps.publications.models import Publication
from parindex.apps.results.compared import before_of
from parindex.apps.results.past import past_of
from parindex.apps.results.rebuild import rebuild
from parindex.apps.results.stages import forget_books
from parindex.config.training import ROUNDS
from parindex.core.formats.bundle_check import check_bundle
from parindex.web.reports.paper import known_of


CODE = ROUNDS[0].code
NAME = f"minh-hoa/{CODE}"
UNIT = "so-y-te"
ROOM = address("council:room", (NAME,))
CONCLUDE, PUBLISH, CORRECT = (address(f"council:{n}", (NAME,)) for n in ("conclude", "publish", "correct"))
PAGES = [address("public:publication", ("minh-hoa", CODE, n)) for n in (1, 2)]
BEING_CORRECTED = "Kết quả đã công bố đang được đính chính; trang này vẫn theo kết quả đã công bố."
WRONG = {"unit": UNIT, "code": LEAF, "reason": "Nhập nhầm số hồ sơ đúng hạn", "until": "2040-01-31T17:00"}


@pytest.fixture
def published(world, clock, visitors, settings, tmp_path):
    """A round ruled on, concluded and published through its pages, at the level of reasons."""
    settings.PARINDEX_HOME = tmp_path
    forget_books()
    made = exchange_in(CODE)
    made.submit()
    made.lower()
    made.ask()
    made.answer()
    made.keep()

    def put(hours):
        clock(made.at("council") + timedelta(hours=hours))

    made.clock = put
    made.clock(0)
    _rule(visitors, made, "0,25", "Giữ nguyên")
    visitors["chair"].post(CONCLUDE)
    visitors["secretariat"].post(PUBLISH, {"publicity": "reasons", "decision": "12/QĐ-UBND ngày 5/1"})
    assert _round().state == "published"
    made.clock(1)
    yield made
    forget_books()


def _round():
    return Round.objects.get(code=CODE)


def _rule(visitors, exchange, points, reason):
    standing = exchange.participant.rulings.order_by("id").filter(leaf=LEAF).last()
    url = address("council:case", (NAME, UNIT, LEAF))
    sent = {"how": "points", "points": points, "reason": reason, "seen": str(standing.pk)}
    answer = visitors["chair"].post(url, sent)
    assert answer.status_code == 302, answer.content.decode()


def _corrected(visitors, exchange):
    """From the secretariat's form to the second publication."""
    assert visitors["secretariat"].post(CORRECT, WRONG).status_code == 302
    exchange.clock(2)
    _rule(visitors, exchange, "0,75", "Đã kiểm tra lại sổ theo dõi")
    exchange.clock(3)
    visitors["chair"].post(CONCLUDE)
    exchange.clock(4)
    visitors["secretariat"].post(PUBLISH, {"publicity": "reasons"})
    exchange.clock(5)


def test_a_correction_goes_through_the_pages_and_both_versions_stay(published, visitors, read):
    """Each page of a publication says what it is to the other."""
    assert "Đính chính kết quả đã công bố" in read(ROOM, by=visitors["secretariat"]).root.text
    assert "12/QĐ-UBND" in read(PAGES[0]).root.text
    _corrected(visitors, published)
    assert _round().state == "published"
    old, new = (read(url) for url in PAGES)
    assert "đã được đính chính" in old.root.text
    assert PAGES[1] in old.links
    assert PAGES[0] in new.links
    assert WRONG["reason"] in new.root.text
    row = next(r for r in new.rows("stack") if r[0] == "Sở Y tế")
    assert "→" in row[1]
    assert f"{LEAF} " in row[-1]
    assert "Đã kiểm tra lại sổ theo dõi" in row[-1]
    ranking = address("public:ranking", ("minh-hoa", _round().year, "co-quan"))
    assert read(ranking).root.text
    assert rebuild(_round()).differences == []


def test_both_bundles_verify_and_the_new_one_names_the_old(published, visitors):
    """By the file that everybody fetches."""
    _corrected(visitors, published)
    first, second = Publication.objects.filter(round=_round()).order_by("number")
    assert (second.replaces, second.reason) == (first, WRONG["reason"])
    for one in (first, second):
        content = visitors[ANYONE].get(address("public:bundle", ("minh-hoa", CODE, one.number))).content
        checked = check_bundle(content, "b", published_keys().encode())
        assert (checked.differences, checked.signer) == ([], True)
    assert checked.about["replaces"] == first.sha256
    assert checked.about["reason"] == WRONG["reason"]
    assert store.path_of(first.sha256).read_bytes() != store.path_of(second.sha256).read_bytes()


def test_the_public_sees_the_old_result_until_the_new_one_is_published(published, visitors, read):
    """On every page and in every file, also while the round is concluded and not yet published."""
    year = _round().year
    leaf = address("public:criterion", ("minh-hoa", year, "co-quan", UNIT, LEAF))
    urls = [
        address("public:unit_file", ("minh-hoa", year, "co-quan", UNIT, "json")),
        address("public:ranking_file", ("minh-hoa", year, "co-quan", "csv")),
        address("public:answers_file", ("minh-hoa", year, "co-quan")),
        leaf,
    ]
    # the year of the example stands at the same addresses: here only the corrected round is public
    Round.objects.filter(territory__code="minh-hoa", year=year).exclude(code=CODE).update(audience="inside")
    before = [visitors[ANYONE].get(url).content for url in urls]
    visitors["secretariat"].post(CORRECT, WRONG)
    published.clock(2)
    _rule(visitors, published, "0,75", "Đã kiểm tra lại")
    assert [visitors[ANYONE].get(url).content for url in urls] == before
    published.clock(3)
    visitors["chair"].post(CONCLUDE)
    assert _round().state == "concluded"
    assert [visitors[ANYONE].get(url).content for url in urls] == before
    published.clock(4)
    visitors["secretariat"].post(PUBLISH)
    after = [visitors[ANYONE].get(url).content for url in urls]
    assert all(a != b for a, b in zip(after, before, strict=True))
    assert "0,75" in read(leaf).root.text
    assert "bản đính chính" in read(address("public:unit", ("minh-hoa", year, "co-quan", UNIT))).root.text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"until": ""}, "Hãy ghi hạn kết luận"),
        ({"until": "2001-01-01T00:00"}, "hạn"),
        ({"unit": "so-khong-co"}, "so-khong-co"),
        ({"code": "9.9"}, "9.9"),
        ({"reason": " "}, ""),
    ],
)
def test_a_form_that_cannot_stand_changes_nothing(published, visitors, read, more, said):
    """The next page says why."""
    page = visitors["secretariat"].post(CORRECT, {**WRONG, **more}, follow=True)
    assert said in page.content.decode()
    round_ = _round()
    assert (round_.state, round_.corrected_since) == ("published", None)
    assert round_.phases.filter(kind="council").count() == 1


@pytest.mark.parametrize("who", ["chair", "member", "leader", "assistant", "focal", "appraiser", "stranger"])
def test_only_who_runs_the_round_corrects_it(published, visitors, who):
    """Nobody else, whatever they see."""
    assert visitors[who].post(CORRECT, WRONG).status_code == 403
    assert _round().state == "published"


def test_more_is_brought_up_while_it_is_corrected_and_never_before(published, visitors):
    """A second leaf joins; the same one twice is refused; a round that is not corrected takes none."""
    visitors["secretariat"].post(CORRECT, WRONG)
    assert published.cases.filter(state="council").count() == 1
    visitors["secretariat"].post(CORRECT, {**WRONG, "code": "2.2.2"})
    visitors["secretariat"].post(CORRECT, WRONG)
    assert set(published.cases.filter(state="council").values_list("leaf", flat=True)) == {LEAF, "2.2.2"}
    visitors["chair"].post(CONCLUDE)
    assert _round().state == "running"


def test_below_reasons_a_correction_names_no_criterion(published, visitors, read):
    """Who changed, from what to what, and why on the whole."""
    _corrected(visitors, published)
    Publication.objects.filter(round=_round()).update(publicity="annex")
    text = read(PAGES[1]).root.text
    assert "Đơn vị được kết luận lại." in text
    assert WRONG["reason"] in text
    assert LEAF not in text
    assert "Đã kiểm tra lại sổ theo dõi" not in text


def test_next_years_sheet_has_last_years_figures_while_they_are_corrected(published, visitors):
    """Those that are public still; the corrected ones once they are published."""
    Round.objects.filter(code=ROUNDS[1].code).update(previous=_round())

    def known():
        found = Participant.objects.select_related("round__previous__framework", "unit")
        participant = found.get(round__code=ROUNDS[1].code, unit__code=UNIT)
        framework = by_hash(participant.round.framework.content_hash)
        was = past_leaves(participant.round, framework, {LEAF})[participant.unit_id, LEAF]
        return past_of(participant)[LEAF].points, was.points, before_of(participant)[LEAF]

    before = known()
    assert before[0] == before[1]
    visitors["secretariat"].post(CORRECT, WRONG)
    published.clock(2)
    _rule(visitors, published, "0,75", "Đã kiểm tra lại sổ theo dõi")
    assert known() == before
    published.clock(3)
    visitors["chair"].post(CONCLUDE)
    assert known() == before
    published.clock(4)
    visitors["secretariat"].post(PUBLISH, {"publicity": "reasons"})
    after = known()
    assert after[0] == after[1] != before[0]
    assert after[2] != before[2]


def test_improvement_stays_with_what_is_published(published, visitors, read):
    """Every page of the room for everybody who may read it, and the periodic report, until the corrected
    result is out; and nobody who could read it before is shut out meanwhile."""
    Round.objects.filter(code=ROUNDS[1].code).update(previous=_round())
    pages = [
        (who, address(name, arguments))
        for who in ("focal", "leader")
        for name, arguments in (
            ("improve:unit", (NAME, UNIT)),
            ("improve:lost", (NAME, UNIT)),
            ("improve:ahead", (NAME, UNIT)),
            ("improve:round", (NAME,)),
            ("improve:handover", (NAME,)),
        )
        if who == "leader" or arguments == (NAME, UNIT)
    ]
    pages.append(("leader", address("improve:years", (f"minh-hoa/{ROUNDS[1].code}", UNIT))))

    def seen():
        texts = [read(url, by=visitors[who]).root.all("main")[0].text for who, url in pages]
        return [text.replace(BEING_CORRECTED, "") for text in texts], [BEING_CORRECTED in t for t in texts]

    def held():
        unit = _participant().unit
        line = next(one for one in newest_lines([unit.pk]) if one.participant.round.year == _round().year)
        own = standing_of(_participant()).outcome
        report = known_of(unit, find_period(f"{_round().year}-nam"), date(2026, 1, 5)).result
        return line.index, own.index, report.line.index, unanswered_of([unit.pk])[unit.pk].points

    # the newest result of the unit is that of the corrected round
    Round.objects.filter(year__gte=_round().year).exclude(pk=_round().pk).update(state="running")
    (before, told), then = seen(), held()
    assert not any(told)
    assert len(set(then[:3])) == 1
    visitors["secretariat"].post(CORRECT, WRONG)
    published.clock(2)
    _rule(visitors, published, "0,75", "Đã kiểm tra lại sổ theo dõi")
    assert (seen()[0], held()) == (before, then)
    assert all(seen()[1][:-1])
    assert _round() in newest_rounds([_round().territory_id])
    published.clock(3)
    visitors["chair"].post(CONCLUDE)
    assert _round().state == "concluded"
    assert (seen()[0], held()) == (before, then)
    published.clock(4)
    visitors["secretariat"].post(PUBLISH, {"publicity": "reasons"})
    assert all(now > was for now, was in zip(held()[:3], then[:3], strict=True))
    assert held()[3] < then[3]
    assert all(now != was for now, was in zip(seen()[0], before, strict=True))


def _participant():
    found = Participant.objects.select_related("round__territory", "round__framework", "unit", "group")
    return found.get(round__code=CODE, unit__code=UNIT)
