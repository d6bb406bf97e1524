"""Samples, second entries and odd forms."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.core.surveys.double_entry import Difference, compare
from parindex.core.surveys.problems import SurveyRefused
from parindex.core.surveys.questionnaire_file import load_questionnaire
from parindex.core.surveys.sampling import allocate, draw, sample_size
from parindex.core.surveys.suspicion import (
    Entry,
    binomial_tail,
    bursts,
    identical,
    poisson_tail,
    straight_lines,
)
from parindex.data.surveys import questionnaire_path


EXIT = load_questionnaire(questionnaire_path("one-stop-exit"))
ROWS = ("place", "papers", "attitude", "guidance", "right", "heard")
PINNED = ("m5", "m7", "m4", "m2", "m1")


@pytest.mark.parametrize(("population", "size"), [(10_000, 385), (100, 80), (400, 200), (0, 0)])
def test_the_size_of_a_sample_by_hand(population, size):
    """10,000 / 26 = 384.6; 100 / 1.25 = 80; 400 / 2 = 200."""
    assert sample_size(population, Fraction(1, 20)) == size


def test_a_size_needs_an_error_between_0_and_1():
    """Named, not computed."""
    for population, error, code in (
        (10, Fraction(0), "sample_error_range"),
        (-1, Fraction(1, 2), "below_zero"),
    ):
        with pytest.raises(SurveyRefused, match=code):
            sample_size(population, error)


def test_an_allocation_by_hand():
    """10 over 50, 30, 20: 5, 3, 2; with at least 3 each, the small ones are lifted first."""
    assert allocate(10, {"a": 50, "b": 30, "c": 20}) == {"a": 5, "b": 3, "c": 2}
    assert allocate(10, {"a": 50, "b": 30, "c": 20}, least=3) == {"a": 4, "b": 3, "c": 3}
    assert allocate(10, {"a": 4, "b": 3}) == {"a": 4, "b": 3}
    assert allocate(1, {"b": 5, "a": 5}) == {"a": 1, "b": 0}


@given(
    st.integers(0, 200),
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60), min_size=1),
    st.integers(0, 5),
)
def test_an_allocation_adds_up_and_fits(total, populations, least):
    """Within every population, at least the least, and as many as asked where that can be."""
    found = allocate(total, populations, least=least)
    assert all(min(least, populations[c]) <= n <= populations[c] for c, n in found.items())
    floor = sum(min(least, size) for size in populations.values())
    assert sum(found.values()) == max(floor, min(total, sum(populations.values())))
    assert found == allocate(total, dict(reversed(populations.items())), least=least)


def test_a_draw_is_the_same_on_every_machine():
    """Pinned: whoever has the seed gets this list."""
    found = draw({"s": [f"m{k}" for k in range(8)]}, {"s": 3}, seed="2025", reserve=2)["s"]
    assert (found.drawn, found.reserve, found.short) == (PINNED[:3], PINNED[3:], 0)


@given(st.lists(st.text(max_size=4), max_size=30), st.integers(0, 40), st.integers(0, 5), st.randoms())
def test_a_draw_does_not_know_the_order_of_its_frame(members, quota, reserve, random):
    """Nobody twice, nobody invented, short by what is missing."""
    found = draw({"s": members}, {"s": quota}, seed="x", reserve=reserve)["s"]
    mixed = random.sample(members, len(members))
    assert found == draw({"s": mixed}, {"s": quota}, seed="x", reserve=reserve)["s"]
    chosen = [*found.drawn, *found.reserve]
    assert len(set(chosen)) == len(chosen)
    assert set(chosen) <= set(members)
    assert len(found.drawn) + found.short == quota


def test_every_member_has_the_same_chance():
    """Over 2,000 seeds each of ten is drawn for two places about 400 times (standard deviation 18)."""
    times = dict.fromkeys("abcdefghij", 0)
    for seed in range(2_000):
        for member in draw({"s": list(times)}, {"s": 2}, seed=str(seed))["s"].drawn:
            times[member] += 1
    assert all(310 < n < 490 for n in times.values())


def test_a_quota_of_nothing_known_is_refused():
    """By the name of the stratum."""
    with pytest.raises(SurveyRefused, match="stratum_unknown"):
        draw({"a": ["x"]}, {"b": 1}, seed="1")
    with pytest.raises(SurveyRefused, match="below_zero"):
        draw({"a": ["x"]}, {"a": -1}, seed="1")


def test_a_planted_difference_is_found():
    """One row of the grid, one text that differs in more than its blanks, one answer left out."""
    first = {"s": dict.fromkeys(ROWS, "4"), "wishes": "Nhanh  hơn\nnữa", "in_time": "on_day"}
    second = {"s": {**first["s"], "right": "2"}, "wishes": "nhanh hơn nữa"}
    assert compare(EXIT, first, second) == [
        Difference("in_time", "", "on_day", None),
        Difference("s", "right", "4", "2"),
    ]


answers = st.fixed_dictionaries(
    {},
    optional={
        "in_time": st.sampled_from(["early", "late"]),
        "s": st.dictionaries(st.sampled_from(ROWS), st.sampled_from("12345"), min_size=1),
        "wishes": st.text(max_size=5),
    },
)


@given(answers, answers)
def test_a_comparison_is_symmetrical(first, second):
    """Turned round it says the same; with itself, nothing."""
    assert [d.turned for d in compare(EXIT, first, second)] == compare(EXIT, second, first)
    assert compare(EXIT, first, first) == []


def test_a_burst_is_told_against_the_usual_hour():
    """Forty in an hour where three are usual; six are not yet odd."""
    tallies = {("q1", f"h{k}"): 3 for k in range(9)} | {("q2", "h1"): 40, ("q3", "h1"): 6}
    (found,) = bursts(tallies)
    assert (found.source, found.slot, found.count, found.usual) == ("q2", "h1", 40, 3.0)
    assert bursts({}) == []
    assert poisson_tail(3, 1.0) == pytest.approx(1 - 2.5 * 0.36787944117)
    assert binomial_tail(2, 3, 0.5) == pytest.approx(0.5)


def _entry(number, source, options):
    return Entry(str(number), source, {"s": dict(zip(ROWS, options, strict=True))})


def test_straight_lines_are_told_where_others_have_few():
    """Thirty of one option at one counter, none among sixty elsewhere."""
    honest = [_entry(k, "q1", "434543") for k in range(60)]
    stuffed = [_entry(100 + k, "q2", "555555") for k in range(30)]
    (found,) = straight_lines(EXIT, honest + stuffed)
    assert (found.source, found.count, found.of) == ("q2", 30, 30)
    assert straight_lines(EXIT, stuffed) == []  # nobody to compare with
    content = [_entry(k, f"q{k % 3}", "555555") for k in range(60)]
    assert straight_lines(EXIT, content) == []  # satisfied everywhere


def test_the_same_form_again_and_again_is_told():
    """Five that agree in everything; four, or forms of one option, are not."""
    entries = [_entry(k, "q1", "434543") for k in range(5)] + [_entry(9, "q1", "434544")]
    (found,) = identical(entries)
    assert (found.forms, found.of) == (("0", "1", "2", "3", "4"), 6)
    assert identical(entries[1:]) == []
    assert identical([_entry(k, "q1", "444444") for k in range(9)]) == []


def test_what_many_say_everywhere_is_no_sign_and_what_one_counter_repeats_is():
    """A tenth of everybody agrees in a plain form; at one counter twenty hand in an odd one."""
    forms = [f"54{k // 4 % 5 + 1}3{k // 4 % 3 + 1}2" if k % 10 else "555554" for k in range(200)]
    plain = [_entry(k, f"q{k % 4}", form) for k, form in enumerate(forms)]
    assert identical(plain) == []
    odd = [_entry(1000 + k, "q1", "251432") for k in range(20)]
    (found,) = identical(plain + odd)
    assert (found.source, found.count, found.of) == ("q1", 20, 70)
    assert found.usual < 0.02


def test_five_of_very_many_are_no_twins():
    """The same odd form five times among three hundred of one counter, none of sixty elsewhere."""
    forms = [f"{k % 5 + 1}{k % 3 + 1}{k % 4 + 1}{k % 2 + 1}5{k % 5 + 1}" for k in range(300)]
    honest = [_entry(k, "q1", form) for k, form in enumerate(forms)]
    others = [_entry(900 + k, "q2", "543215") for k in range(60)]
    alike = [_entry(500 + k, "q1", "251432") for k in range(5)]
    assert not [s for s in identical(honest + others + alike) if "500" in s.forms]
