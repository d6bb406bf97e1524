"""The page beside last year: who sees it, its parts are the difference, what cannot be compared is said."""

from fractions import Fraction

import pytest
from addresses import address
from site_world import AT

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.improvement.actions import accept_loss, draft_remedies
from parindex.apps.improvement.promises import promises_of
from parindex.apps.improvement.queries import standing_of
from parindex.apps.improvement.years import last_year_of, rank_move
from parindex.apps.plans.actions import issue_plan, remove_task, report_progress
from parindex.apps.results.models import UnitResult
from parindex.apps.results.stages import forget_books
from parindex.core.kernel.improvement import Kind


UNIT, YEAR, FIRST = "so-y-te", "minh-hoa/2025-co-quan", "minh-hoa/2023"
CULTURE = "so-van-hoa-the-thao-va-du-lich"


@pytest.fixture(autouse=True)
def anew(world):
    """No round of another test."""
    forget_books()
    yield
    forget_books()


def _last(code="2025-co-quan"):
    found = Participant.objects.get(round__code=code, round__territory__code="minh-hoa", unit__code=UNIT)
    return last_year_of(standing_of(found))


@pytest.mark.parametrize("code", ["2024", "2025-co-quan"])
def test_the_parts_are_the_difference_of_the_published_indexes(code):
    """To the last digit, whether the set changed or only its dates."""
    kept = UnitResult.objects.filter(participant__unit__code=UNIT).order_by("-result_id")
    now = kept.get(participant__round__code=code)
    before = kept.get(participant__round=now.participant.round.previous)
    comparison = _last(code).comparison
    assert comparison.difference == now.index - before.index
    assert sum((c.difference for c in comparison.changes), Fraction(0)) == comparison.difference


def test_a_set_with_moved_dates_only_is_the_same_question():
    """Nothing is the rules' doing, but for what carries another weight."""
    kinds = {c.kind for c in _last("2024").comparison.changes if c.is_moved}
    assert kinds <= {Kind.KEPT, Kind.BESIDES, Kind.APPLIES, Kind.APPLIES_NO_MORE, Kind.LIMITS}


def test_the_page_tells_rules_from_doing(read, visitors):
    """New, dropped and merged criteria are named as such; the members of the unit read it, nobody else."""
    url = address("improve:years", (YEAR, UNIT))
    page = read(url, by=visitors["focal"])
    assert "Do quy định thay đổi" in page.root.text
    assert "tiêu chí đã bỏ" in page.root.text
    assert "mã cũ" in page.root.text
    assert url in read(address("improve:unit", (YEAR, UNIT)), by=visitors["head"]).links
    assert visitors["neighbour"].get(url).status_code == 403
    assert visitors["leader"].get(url).status_code == 200


def test_a_survey_that_became_one_question_is_told_as_a_group(read, visitors):
    """Five criteria of satisfaction are one now: all is the unit's or the weight's; where rules changed
    as well, the page says so."""
    changes = {c.codes: c for c in _last().comparison.changes}
    survey = changes["8.1.1",]
    assert (survey.kind, survey.untold) == (Kind.MERGED, 0)
    assert survey.codes_before == ("C.1", "C.2", "C.3", "C.4", "C.5")
    assert changes["1.5.1", "1.5.2"].kind is Kind.SPLIT_UNTOLD
    assert changes["2.3.1",].kind is Kind.MERGED_UNTOLD
    page = read(address("improve:years", (YEAR, UNIT)), by=visitors["focal"])
    row = next(r for t in page.root.all("tr") if "C.1, C.2, C.3, C.4, C.5" in (r := t.text))
    assert "gộp từ nhiều tiêu chí, so theo nhóm (" in row
    assert "so theo nhóm; cách chấm đã đổi" in page.root.text


def test_the_units_that_moved_the_rank_are_named_with_what_they_differ_by(read, visitors):
    """Whoever stood on the other side last year; the differences add up to that of the indexes."""
    lines = UnitResult.objects.filter(participant__unit__code=CULTURE).select_related("participant__round")
    now = lines.filter(participant__round__code="2025-co-quan").latest("pk")
    then = lines.filter(participant__round__code="2024").latest("pk")
    standing = standing_of(now.participant)
    move = rank_move(standing, last_year_of(standing))
    assert (move.before, move.now) == (then.rank, now.rank)
    before, after = (
        dict(r.result.units.filter(group=r.group).values_list("participant__unit", "rank"))
        for r in (then, now)
    )
    for units, passed in ((move.passed, True), (move.passing, False)):
        for _, other in units:
            assert (before[other.unit_id] < then.rank) is passed
            assert (after[other.unit_id] > now.rank) is passed
    page = visitors["leader"].get(address("improve:years", (YEAR, CULTURE)))
    rows = [*page.context["ranks"]["passed"], *page.context["ranks"]["passing"]]
    assert len(rows) == len(move.passed) + len(move.passing) > 0
    for row, (place, _) in zip(rows, [*move.passed, *move.passing], strict=True):
        assert row["total"] == standing.outcome.index - standing.assessment.units[place].index
    read(address("improve:years", (YEAR, CULTURE)), by=visitors["leader"])
    Round.objects.filter(pk=now.participant.round_id).update(audience=Round.Audience.INSIDE)
    theirs = visitors["head"].get(address("improve:years", (YEAR, UNIT))).context["ranks"]
    assert (theirs["named"], theirs["passed"], theirs["passing"]) == (False, [], [])


def test_without_a_published_year_before_there_is_nothing_to_compare(read, visitors):
    """The first year; and a year that is not published any more."""
    page = read(address("improve:years", (FIRST, UNIT)), by=visitors["focal"])
    assert "Không có kỳ trước để so sánh" in page.root.text
    Round.objects.filter(code="2024", territory__code="minh-hoa").update(state=Round.State.CONCLUDED)
    page = read(address("improve:years", (YEAR, UNIT)), by=visitors["focal"])
    assert "Không có kỳ trước để so sánh" in page.root.text


def test_what_was_promised_stands_beside_what_came_back(read, visitors):
    """Each task of last year's lost points with its state, and the points that the criterion regained."""
    before = _last().participant
    plan = draft_remedies(participant=before, by="test", at=AT).plan
    accepted = plan.tasks.order_by("number").last()
    remove_task(task=accepted, by="test", at=AT)
    code = accepted.origin.partition("/")[2]
    accept_loss(participant=before, code=code, reason="Do ít hồ sơ", by="test", at=AT)
    issue_plan(plan=plan, number="3/KH", issued_on=AT.date(), by="test", at=AT)
    last = _last()
    gained = {c.codes_before: c for c in last.comparison.changes if c.difference > 0}
    task = next(t for t in plan.tasks.order_by("number") if (t.criterion,) in gained and not t.output)
    report_progress(task=task, percent=100, line="Xong", by="test", at=AT)
    promises = {p.code: p for p in promises_of(last, AT.date())}
    assert len(promises) == plan.tasks.count() + 1
    done = promises[task.criterion]
    assert done.kept
    assert done.regained == gained[task.criterion,].difference
    assert promises[code].answer.acceptance.reason == "Do ít hồ sơ"
    assert sum(p.kept for p in promises.values()) == 1
    page = read(address("improve:years", (YEAR, UNIT)), by=visitors["head"])
    assert "Đã hứa và đã làm" in page.root.text
    assert "Do ít hồ sơ" in page.root.text


def test_the_invented_department_of_culture_got_points_back(read, visitors):
    """Its plan of 2025 answers what it lost in 2024: some kept, some not, one loss accepted."""
    found = Participant.objects.get(
        round__code="2025-co-quan", round__territory__code="minh-hoa", unit__code=CULTURE
    )
    promises = {p.code: p for p in promises_of(last_year_of(standing_of(found)), AT.date())}
    assert {code for code, p in promises.items() if p.kept} >= {"7.2", "5.4", "1.3.2"}
    assert promises["5.1"].answer.acceptance
    assert any(p.answer.task and not p.kept for p in promises.values())
    page = read(address("improve:years", (YEAR, CULTURE)), by=visitors["leader"])
    assert "Đã hứa và đã làm" in page.root.text
    before = read(address("improve:lost", ("minh-hoa/2024", CULTURE)), by=visitors["leader"])
    assert "Chấp nhận, vì Đề án vị trí việc làm" in before.root.text
