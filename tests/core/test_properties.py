"""What holds for every criteria set and every round (Hypothesis)."""

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.core.formats.answers_hash import answers_hash
from parindex.core.formats.framework_file import framework_hash
from parindex.core.formats.results_file import as_json
from parindex.core.kernel.answers import AnswerTable, Column, Input, NoAnswer, NotApplicable, Participant
from parindex.core.kernel.assess import assess
from parindex.core.kernel.calendar import Calendar
from parindex.core.kernel.framework import Framework, IndexPolicy, Node, RankPolicy
from parindex.core.kernel.rules import Linear, Points, Proportional, Satisfaction, Steps, SurveyOptions, Terms
from parindex.core.kernel.rules.base import Named, Ratio
from parindex.core.kernel.rules.ratios import Step
from parindex.core.kernel.rules.surveys import WeightedOption
from parindex.core.kernel.text import Text
from parindex.core.kernel.totals import add_up, percentages


pytestmark = pytest.mark.slow
NAME = Text("x")
LEAVES = 5
MAXIMA = (Fraction(2), Fraction(1, 2), Fraction(3), Fraction(7, 4), Fraction(5))
shares = st.fractions(0, 1, max_denominator=997)
cells = st.one_of(shares, st.just(None), st.just("n/a"))
rounds = st.lists(st.lists(cells, min_size=LEAVES, max_size=LEAVES), min_size=1, max_size=7)
policies = st.sampled_from(["applicable_maximum", "rescale_then_add_survey", "total"])


def _framework(policy="applicable_maximum", scale=Fraction(1), *, ties="competition"):
    """Two areas over five leaves of uneven maxima; the last is a survey."""
    leaves = [
        Node(f"{k}", NAME, m * scale, rule=Points(), method="survey" if k == LEAVES - 1 else None)
        for k, m in enumerate(MAXIMA)
    ]
    areas = [
        Node(name, NAME, sum((n.max for n in part), Fraction(0)), children=tuple(part))
        for name, part in (("A", leaves[:3]), ("B", leaves[3:]))
    ]
    return Framework(
        1, "p", "1", NAME, "constructed", tuple(areas),
        index=IndexPolicy(policy), ranking=RankPolicy(ties=ties, tie_breakers=("A",)),
    )  # fmt: skip


def _answer(cell, maximum):
    if cell is None:
        return NoAnswer()
    return NotApplicable() if cell == "n/a" else Input(cell * maximum, str(cell))


def _table(rows, scale=Fraction(1), names=None):
    names = names or [f"u{k}" for k in range(len(rows))]
    columns = {
        f"{k}": Column([_answer(row[k], MAXIMA[k] * scale) for row in rows], list(range(len(rows))))
        for k in range(LEAVES)
    }
    return AnswerTable([Participant(n) for n in names], columns)


def _outcomes(result):
    return {u.participant.name: (u.points, u.applicable_max, u.index, u.rank) for u in result.units}


@given(rounds, policies, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(rows, policy, random):
    """Shuffled units get the same results and the same hash of answers."""
    order = list(range(len(rows)))
    random.shuffle(order)
    table, shuffled = _table(rows), _table([rows[k] for k in order], names=[f"u{k}" for k in order])
    framework = _framework(policy)
    assert _outcomes(assess(framework, table)) == _outcomes(assess(framework, shuffled))
    assert answers_hash(table) == answers_hash(shuffled)


@given(rounds, policies, st.integers(0, LEAVES - 1), shares)
def test_adding_points_never_lowers_an_index_nor_worsens_a_rank(rows, policy, leaf, share):
    """One answered leaf of the first unit goes up, the rest stays."""
    framework = _framework(policy)
    before = assess(framework, _table(rows)).units[0]
    old = rows[0][leaf]
    if old == "n/a":
        return
    better = [list(r) for r in rows]
    better[0][leaf] = max(old or Fraction(0), share)
    after = assess(framework, _table(better)).units[0]
    assert (after.index is None) == (before.index is None)
    assert after.index is None or after.index >= before.index
    assert after.rank is None or after.rank <= before.rank


@given(rounds)
def test_points_never_exceed_maxima_at_any_node(rows):
    """And neither is negative; the index lies within 0..100."""
    result = assess(_framework(), _table(rows))
    for unit in range(len(rows)):
        for node in result.nodes(unit).values():
            assert 0 <= node.points <= node.max
            assert node.index is None or 0 <= node.index <= 100


@given(rounds, policies)
def test_a_replay_is_equal_to_the_last_byte(rows, policy):
    """The same framework and answers give the same file."""
    one, two = (assess(_framework(policy), _table(rows)) for _ in range(2))
    assert as_json(one, lambda r, n: r.code) == as_json(two, lambda r, n: r.code)
    assert framework_hash(one.framework) == framework_hash(two.framework)


@given(rounds, st.sampled_from(["applicable_maximum", "rescale_then_add_survey"]), st.fractions("1/50", 50))
def test_rescaling_every_weight_by_a_constant_changes_no_index_and_no_rank(rows, policy, scale):
    """Only points and maxima grow."""
    one = assess(_framework(policy), _table(rows))
    two = assess(_framework(policy, scale), _table(rows, scale))
    assert [(u.index, u.rank) for u in one.units] == [(u.index, u.rank) for u in two.units]
    assert [u.points * scale for u in one.units] == [u.points for u in two.units]


@given(rounds)
def test_sums_of_scaled_integers_equal_sums_of_fractions(rows):
    """With every leaf tame, with none, and mixed."""
    framework, table = _framework(), _table(rows)
    exact = add_up(framework, table, tame=0)
    for tame in (1000, 10**30):
        fast = add_up(framework, table, tame=tame)
        for code in framework.nodes:
            assert [fast.points[code][u] for u in range(len(rows))] == [
                exact.points[code][u] for u in range(len(rows))
            ]
            assert [fast.maxima[code][u] for u in range(len(rows))] == [
                exact.maxima[code][u] for u in range(len(rows))
            ]
            assert percentages(fast.points[code], fast.maxima[code]) == percentages(
                exact.points[code], exact.maxima[code]
            )


@given(rounds)
def test_node_points_are_the_sum_of_their_children(rows):
    """For every unit, points and maxima."""
    result = assess(_framework(), _table(rows))
    for unit in range(len(rows)):
        for node in result.framework.tree:
            below = [result.node(unit, c.code) for c in node.children]
            assert result.node(unit, node.code).points == sum(b.points for b in below)
            assert result.node(unit, node.code).max == sum(b.max for b in below)


@given(rounds)
def test_dense_ranks_have_no_gap_and_competition_ranks_count_who_is_ahead(rows):
    """By the definition of each."""
    dense = [u.rank for u in assess(_framework(ties="dense"), _table(rows)).units if u.rank]
    ranks = [u.rank for u in assess(_framework(), _table(rows)).units if u.rank]
    assert set(dense) == set(range(1, len(set(dense)) + 1))
    assert all(r == 1 + sum(other < r for other in ranks) for r in ranks)


TERMS = Terms(Fraction(7, 4), Calendar())
SURVEY_RULES = [
    Satisfaction(),
    Satisfaction(round=2),
    SurveyOptions((WeightedOption("A", NAME, Fraction(100)), WeightedOption("B", NAME, Fraction(20)))),
    Proportional(full_at=Fraction(80), zero_below=Fraction(40)),
    Proportional(round=1),
    Linear(zero_at=Fraction(50), full_at=Fraction(90)),
    Linear(zero_at=Fraction(90), full_at=Fraction(10), round=2),
    Steps((
        Step(points=Fraction(7, 4), from_=Fraction(90)),
        Step(percent=Fraction(50), above=Fraction(70), below=Fraction(90)),
        Step(points=Fraction(1, 4), to=Fraction(70), above=Fraction(30)),
        Step(points=Fraction(1, 8), equals=Fraction(30)),
    )),
]  # fmt: skip


@pytest.mark.parametrize("rule", SURVEY_RULES, ids=lambda r: f"{r.kind}-{getattr(r, 'round', None)}")
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=30))
def test_the_vectorised_rate_equals_the_exact_score(rule, hundredths):
    """On hundredths of a percent, thresholds and rounding ties among them: equal but for the last bits."""
    values = [Fraction(h, 100) for h in [*hundredths, 3000, 4000, 5000, 7000, 8000, 9000, 10_000]]
    rates = rule.rate(np.array([float(v) for v in values]), TERMS)
    exact = [float(rule.score(v, TERMS).points / TERMS.maximum) for v in values]
    np.testing.assert_allclose(rates, exact, rtol=0, atol=1e-9)


@pytest.mark.parametrize(
    "rule",
    [*SURVEY_RULES, Proportional(round=0, input="number", over_100="allow")],
    ids=lambda r: f"{r.kind}-{r.round if hasattr(r, 'round') else None}",
)
@given(st.fractions(-50, 250, max_denominator=999), st.fractions("1/50", 9, max_denominator=97))
def test_no_value_gives_less_than_nothing_or_more_than_the_maximum(rule, value, maximum):
    """Not even by rounding up; exact score and rate alike."""
    terms = Terms(maximum, Calendar())
    if isinstance(rule, Satisfaction | SurveyOptions):
        value = min(max(value, Fraction(0)), Fraction(100))
    elif isinstance(rule, Steps):
        terms = TERMS
    assert 0 <= rule.score(value, terms).points <= terms.maximum
    assert 0 <= rule.rate(np.array([float(value)]), terms)[0] <= 1 + 1e-12


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_number_of_a_survey_is_what_its_score_uses(a, b):
    """Counts and the percentage they make score the same."""
    options = SURVEY_RULES[2]
    if a + b:
        counts = Named((("A", Fraction(a)), ("B", Fraction(b))))
        assert options.score(counts, TERMS).points == options.score(options.number(counts), TERMS).points
        ratio = Ratio(Fraction(a), Fraction(a + b))
        assert Satisfaction().score(ratio, TERMS).points == Satisfaction().score(ratio.percent, TERMS).points


days = st.dates(date(2023, 12, 1), date(2024, 3, 1))


@given(days, days, st.frozensets(days, max_size=20), st.frozensets(days, max_size=20))
def test_working_days_are_counted_as_one_would_on_a_calendar(start, end, holidays, worked):
    """Day by day after the first, whatever is off or worked in exchange; backwards it is negative."""
    calendar = Calendar(holidays, worked)
    low, high = min(start, end), max(start, end)
    counted = sum(calendar.is_working(low + timedelta(days=k)) for k in range(1, (high - low).days + 1))
    assert calendar.working_days(start, end) == (counted if start <= end else -counted)
