"""The result by stage, the self-assessment against what stands, and the minutes; as pages and as files."""

import csv
import io

import pytest
from addresses import address
from exchange import GROUND, KEPT, LEAF, WHY, exchange_in

from parindex.apps.assessments.actions import Verdict, council_rule
from parindex.apps.assessments.models import Round
from parindex.apps.results.minutes import minutes_of
from parindex.apps.results.stages import book_of, forget_books, stage_lines
from parindex.config.training import ROUNDS


CODE = ROUNDS[0].code
NAME = f"minh-hoa/{CODE}"
UNIT = "so-y-te"


@pytest.fixture
def exchange(world, clock):
    """A leaf at 0.81, 0.25, 0.25 and 0.75: self, appraised, after explanation, council."""
    forget_books()
    made = exchange_in(CODE)
    made.submit()
    made.lower()
    made.answer()
    made.keep()
    verdict = Verdict(made.participant.pk, LEAF, "points:0.75", "Danh sách đã đủ")
    council_rule(round_=made.round, verdict=verdict, by="person:1", at=made.at("council"))
    clock(made.at("council"))
    yield made
    forget_books()


def _rows(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_each_stage_has_its_own_index(exchange):
    """And the last is what stands; each differs by that leaf alone."""
    book = book_of(exchange.round)
    place = book.at[exchange.participant.pk]
    given = [a.node(place, LEAF).points for a in book.stages.values()]
    own = given[0]
    assert [str(p) for p in given[1:]] == ["1/4", "1/4", "3/4"]
    totals = [a.units[place].points for a in book.stages.values()]
    assert [t - totals[0] for t in totals] == [p - own for p in given]
    lines = [line for _, lines in stage_lines(book) for line in lines]
    assert len(lines) == exchange.round.participants.count()
    line = next(line for line in lines if line.participant.unit.code == UNIT)
    assert line.overrating.points == own - given[-1]
    assert line.overrating.cases == (own > given[-1])


def test_the_page_and_its_file_say_the_same(visitors, read, exchange):
    """Every unit has its line; links lead to one unit by criterion."""
    url = address("council:stages", (NAME,))
    page = read(url, by=visitors["member"])
    assert address("council:stages_unit", (NAME, UNIT)) in page.links
    rows = _rows(visitors["member"].get(address("council:stages_file", (NAME, "csv"))))
    assert len(rows) == exchange.round.participants.count()
    row = next(r for r in rows if r["unit"] == "Sở Y tế")
    assert row["self:points"] != row["appraised:points"]
    assert row["explained:index"] != row["council:index"]
    sheet = visitors["member"].get(address("council:stages_file", (NAME, "xlsx")))
    assert sheet.content[:2] == b"PK"


def test_one_unit_by_criterion_with_reasons_and_names(visitors, read, exchange):
    """Only where something changed or was in dispute."""
    page = read(address("council:stages_unit", (NAME, UNIT)), by=visitors["leader"]).root.text
    for words in (WHY, KEPT, "Danh sách đã đủ", "0,25", "0,75"):
        assert words in page
    rows = _rows(visitors["leader"].get(address("council:stages_unit_file", (NAME, UNIT, "csv"))))
    assert {r["criterion"] for r in rows} == {LEAF}
    assert [r["reason"] for r in rows] == ["", WHY, KEPT, "Danh sách đã đủ"]


def test_units_and_criteria_that_overrate_themselves_stand_first(visitors, read, exchange):
    """Only what a unit assessed itself counts."""
    page = read(address("council:overrating", (NAME,)), by=visitors["secretariat"])
    assert page.root.text.index("Theo đơn vị") < page.root.text.index("Theo lĩnh vực")
    rows = _rows(visitors["secretariat"].get(address("council:overrating_file", (NAME, "csv"))))
    assert [r["name"] for r in rows if r["by"] == "unit"] == ["Sở Y tế"]
    assert next(r["code"] for r in rows if r["by"] == "criterion") == LEAF
    assert next(r["code"] for r in rows if r["by"] == "area") == "3"
    assert len({r["self_minus_final"] for r in rows if r["code"] in (UNIT, LEAF, "3")}) == 1


def test_the_minutes_are_drawn_from_the_rulings(visitors, read, exchange):
    """Both sides' last words, before and after, the reason."""
    (item,) = minutes_of(exchange.round)
    assert (str(item.before), str(item.given)) == ("1/4", "3/4")
    assert (item.said, item.claimed, item.replied) == (GROUND, "0,75", KEPT)
    page = read(address("council:minutes", (NAME,)), by=visitors["assistant"]).root.text
    assert "0,75 điểm (trước đó 0,25)" in page
    assert "Danh sách đã đủ" in page


def test_what_is_computed_is_kept_until_the_ledger_moves(exchange, django_assert_num_queries):
    """One query finds out."""
    round_ = Round.objects.select_related("framework", "territory__parent").get(pk=exchange.round.pk)
    first = book_of(round_)
    with django_assert_num_queries(1):
        assert book_of(round_) is first
    verdict = Verdict(exchange.participant.pk, LEAF, "points:0.5", "Xem lại")
    council_rule(round_=exchange.round, verdict=verdict, by="person:1", at=exchange.at("council"))
    again = book_of(round_)
    assert again is not first
    assert again.now.node(again.at[exchange.participant.pk], LEAF).points * 2 == 1


@pytest.mark.parametrize(
    ("name", "more"), [("stages", ()), ("stages_unit", (UNIT,)), ("overrating", ()), ("minutes", ())]
)
def test_each_page_costs_the_same_for_any_number_of_units(
    visitors, exchange, django_assert_max_num_queries, name, more
):
    """Read anew."""
    url = address(f"council:{name}", (NAME, *more))
    member = visitors["member"]
    member.get(url)
    forget_books()
    with django_assert_max_num_queries(24):
        member.get(url)
