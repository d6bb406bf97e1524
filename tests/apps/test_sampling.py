"""A sample is drawn by its seed alone, and each leaf of it marked once more by somebody else."""

import hashlib
from datetime import timedelta

import pytest
from test_telling import FIRST, LEAD, START, Turns

from parindex.apps.assessments.actions import (
    Marked,
    Verdict,
    appraise,
    draw_sample,
    mark_visit,
)
from parindex.apps.assessments.models import Round, Visit
from parindex.apps.assessments.queries.sampling import agreement_by, drawn_of, population_of
from parindex.apps.assessments.rules.sampling import drawn
from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.core.kernel.problems import AnswerRefused, Refused


@pytest.fixture
def turns(small):
    """A unit has handed in two leaves, both appraised: one accepted, one lowered."""
    made = Turns(small)
    made.submit()
    verdicts = [Verdict(made.unit.pk, "A1", "3/4"), Verdict(made.unit.pk, "A2", "points:2", "Thiếu")]
    appraise(round_=made.round, verdicts=verdicts, by=made.ref("appraiser"), at=FIRST)
    return made


def _draw(turns, each=2, **more):
    return draw_sample(round_=turns.round, each=each, by=turns.ref("secretariat"), at=FIRST, **more)


def _mark(turns, leaf="A1", who="lead_head", **more):
    marked = Marked(
        **{"answer": "3/4", "on": FIRST.date(), "place": "Trụ sở", "present": "Ông A", "found": "Đúng"} | more
    )
    visit = Visit.objects.get(participant=turns.unit, leaf=leaf)
    return mark_visit(visit=visit, marked=marked, by=turns.ref(who), at=FIRST + timedelta(hours=1))


def test_the_draw_follows_from_the_seed_alone():
    """Worked by hand: the smallest hashes of each unit, whatever the order they come in."""
    places = [(unit, f"L{k}") for unit in ("b", "a") for k in range(20)]
    found = drawn(places, seed="hạt", each=3)
    by_hand = [
        place
        for unit in ("a", "b")
        for place in sorted(
            (p for p in places if p[0] == unit),
            key=lambda p: hashlib.sha256(f"hạt|{p[0]}|{p[1]}".encode()).hexdigest(),
        )[:3]
    ]
    assert found == by_hand == drawn(reversed(places), seed="hạt", each=3)
    assert found != drawn(places, seed="hạt khác", each=3)


def test_a_draw_is_recorded_so_that_it_can_be_repeated(turns):
    """With the entry whose hash is its seed, and how many there were to choose from."""
    head = Entry.objects.filter(chain="round:tinh-thu/2025").latest("position")
    pool = list(population_of(turns.round))
    sample = _draw(turns, each=1)
    entry = Entry.objects.get(kind="sample.drawn")
    assert (sample.seed, sample.seed_from, sample.population) == (head.hash, head.place, 2)
    assert entry.payload["drawn"] == [list(p) for p in drawn(pool, seed=head.hash, each=1)]
    assert verify("tinh-thu/2025").faults == []
    assert turns.told("sample_drawn") == LEAD


def test_a_later_draw_takes_what_is_left(turns):
    """It replaces nothing; where nothing is left it is refused."""
    first, second = _draw(turns, each=1, seed="một"), _draw(turns, each=1, seed="hai")
    assert {v.leaf for v in turns.round.visits.all()} == {"A1", "A2"}
    assert (first.number, second.number, second.population, second.seed_from) == (1, 2, 1, "")
    with pytest.raises(Refused, match="sample_empty"):
        _draw(turns)


@pytest.mark.parametrize("each", [0, -1, 51])
def test_a_draw_of_a_senseless_size_is_refused(turns, each):
    with pytest.raises(Refused, match="sample_size_wrong"):
        _draw(turns, each=each)


def test_nothing_is_drawn_of_a_round_that_does_not_run(turns):
    Round.objects.filter(pk=turns.round.pk).update(state=Round.State.CONCLUDED)
    turns.round.refresh_from_db()
    with pytest.raises(Refused, match="phase_absent"):
        _draw(turns)


def test_who_appraised_does_not_mark_again(turns):
    """Somebody else does, once, and it cannot be changed."""
    _draw(turns)
    with pytest.raises(Refused, match="visit_own_marking"):
        _mark(turns, who="appraiser")
    _mark(turns)
    with pytest.raises(Refused, match="visit_marked"):
        _mark(turns, answer="1/4")
    entry = Entry.objects.get(kind="visit.marked")
    assert (entry.payload["answer"], sorted(entry.texts)) == ("3/4", ["found", "place", "present"])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"answer": ""}, "visit_unmarked"),
        ({"on": None}, "visit_incomplete"),
        ({"place": " "}, "visit_incomplete"),
        ({"present": ""}, "visit_incomplete"),
        ({"found": ""}, "visit_incomplete"),
        ({"on": (START - timedelta(days=1)).date()}, "visit_before_draw"),
        ({"on": (FIRST + timedelta(days=2)).date()}, "visit_before_draw"),
    ],
)
def test_minutes_that_lack_something_are_refused(turns, wrong, code):
    """And nothing is kept."""
    _draw(turns)
    with pytest.raises(Refused, match=code):
        _mark(turns, **wrong)
    assert not Visit.objects.filter(participant=turns.unit).exclude(at=None).exists()


def test_an_answer_that_the_rule_refuses_is_refused(turns):
    _draw(turns)
    with pytest.raises(AnswerRefused):
        _mark(turns, answer="points:99")


def test_the_two_markings_are_compared_by_leaf_and_by_person(turns):
    """A1 as before; A2 was lowered to 2 and is found to deserve 5. It moves no points."""
    _draw(turns)
    assert drawn_of(turns.round)[0].marks is None
    _mark(turns)
    _mark(turns, leaf="A2", answer="points:5")
    found = drawn_of(turns.round)
    assert [(d.leaf.code, d.marks.first, d.marks.second) for d in found] == [("A1", 3, 3), ("A2", 2, 5)]
    whole = agreement_by(found, lambda d: "")[""]
    assert (whole.size, whole.same, whole.points, whole.share) == (2, 1, 3, 50)
    assert set(agreement_by(found, lambda d: d.first.by)) == {turns.ref("appraiser")}
    assert not turns.unit.rulings.filter(stage="explained").exists()


def test_a_leaf_that_was_not_appraised_is_not_drawn(small):
    """Nor one that the unit left to others."""
    made = Turns(small)
    made.submit()
    assert population_of(made.round) == {}
    with pytest.raises(Refused, match="sample_empty"):
        _draw(made)


def test_the_sample_of_a_whole_round_costs_few_queries(world, django_assert_max_num_queries):
    """29 units, two of each."""
    round_ = Round.objects.get(code="tap-huan-giai-trinh")
    at = round_.phases.get(kind="explanation").opens_at
    draw_sample(round_=round_, each=2, by="person:1", at=at)
    with django_assert_max_num_queries(12):
        assert len(drawn_of(round_)) > 40
