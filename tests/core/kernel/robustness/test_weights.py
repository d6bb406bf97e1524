"""What a draw multiplies weights by, and that a seed gives the same draws for ever."""

import numpy as np
import pytest

from parindex.core.kernel.robustness import simulate, simulation
from parindex.core.kernel.robustness.draws import Normals, Uniforms
from parindex.core.kernel.robustness.weights import Multipliers


TREE = """
    unit_types: [{code: so, name: Sở}, {code: xa, name: Xã}]
    tree:
      - code: A
        name: A
        max: {so: 5, xa: 6}
        children:
          - {code: A1, name: A1, max: {so: 2, xa: 6}, rule: {kind: points}}
          - {code: A2, name: A2, max: {so: 3, xa: 0}, rule: {kind: points}}
      - code: B
        name: B
        max: 7
        children:
          - {code: B1, name: B1, max: 1, rule: {kind: points}}
          - code: B2
            name: B2
            max: 6
            children:
              - {code: B21, name: B21, max: 4, rule: {kind: points}}
              - {code: B22, name: B22, max: 2, rule: {kind: points}}
    """
CODES = ["A1", "A2", "B1", "B21", "B22"]


def test_children_keep_their_parents_total_and_a_leaf_beside_inner_nodes_is_scaled_with_them(tiny):
    """B1 x 1.2 and B2 x 1 make 1.2 + 6 = 7.2, so both shrink by 7/7.2; B21 and B22 share what B2 then has."""
    uniforms = np.array([[1.25, 0.75, 1.2, 0.9, 1.1]])
    so, xa = Multipliers(tiny.framework(TREE), CODES, ["so", "xa"]).take(uniforms).reshape(2, 5)
    shrunk = 7 / 7.2
    inner = 6 / (4 * 0.9 + 2 * 1.1)
    below = [1.2 * shrunk, 0.9 * inner * shrunk, 1.1 * inner * shrunk]
    assert so.tolist() == pytest.approx([1.25 * 5 / 4.75, 0.75 * 5 / 4.75, *below])
    assert xa[[0, 2, 3, 4]].tolist() == pytest.approx([1.0, *below])
    assert np.dot(so, [2, 3, 1, 4, 2]) == pytest.approx(12)


def test_leaves_at_the_root_share_the_whole(tiny):
    framework = tiny.framework(
        "tree: [{code: P, name: P, max: 1, rule: {kind: points}}, "
        "{code: Q, name: Q, max: 3, rule: {kind: points}}]"
    )
    found = Multipliers(framework, ["P", "Q"], [""]).take(np.array([[0.8, 1.2]]))[0]
    assert found.tolist() == pytest.approx([0.8 * 4 / 4.4, 1.2 * 4 / 4.4])


def test_uniforms_come_from_the_upper_bits_of_raw_words():
    """The upper 53 bits of a PCG64 word make the number; the first word of seed 1 is kept here."""
    words = [int(w) for w in np.random.PCG64(1).random_raw(4)]
    expected = [0.75 + 0.5 * (w >> 11) / 2**53 for w in words]
    assert Uniforms(1, 2, 0.25).take(2).ravel().tolist() == pytest.approx(expected, rel=1e-15)
    assert words[0] == 9441442522235856127


def test_uniforms_fill_the_interval_evenly():
    drawn = Uniforms(5, 10, 0.25).take(10_000)
    assert drawn.min() >= 0.75
    assert drawn.max() < 1.25
    counts = np.histogram(drawn, bins=20, range=(0.75, 1.25))[0]
    assert ((counts - 5000) ** 2 / 5000).sum() < 43.8  # chi-square, 19 degrees of freedom, 0.1 %


def test_normals_have_the_mean_spread_and_tails_of_the_normal_distribution():
    drawn = Normals(5, 7).take(30_000)
    assert drawn.shape == (30_000, 7)
    assert abs(drawn.mean()) < 0.01
    assert drawn.std() == pytest.approx(1, abs=0.01)
    assert (drawn > 1.959964).mean() == pytest.approx(0.025, abs=0.002)
    assert abs(np.corrcoef(drawn[:, 0], drawn[:, 1])[0, 1]) < 0.03


def test_a_draw_does_not_depend_on_how_many_are_taken_at_once():
    one, many = Normals(9, 6), Normals(9, 6)
    assert np.array_equal(one.take(5), np.concatenate([many.take(2), many.take(3)]))


ANSWERS = """
unit,type,A1,A2,B1,B21,B22
xã một,xa,4,,1,3,1
xã hai,xa,5,,0,3,2
sở ba,so,2,1,1,2,2
sở bốn,so,1,2,1,4,1
sở năm,so,2,2,0,3,0
"""


@pytest.fixture
def drawn(tiny):
    """Simulates a small round of two types, its units in any order."""

    def run(seed=1, *, order=slice(None), draws=500):
        head, *lines = ANSWERS.strip().splitlines()
        assessment = tiny.assess(TREE, "\n".join([head, *lines[order]]) + "\n")
        result = simulate(assessment, draws=draws, weights=0.25, seed=seed)
        return {u.name: (u.low_rank, u.median_rank, u.high_rank, u.ranks, u.tier) for u in result.units}

    return run


def test_a_seed_repeats_and_another_differs(drawn):
    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_batches_and_the_order_of_units_change_nothing(drawn, monkeypatch):
    whole = drawn()
    assert drawn(order=slice(None, None, -1)) == whole
    monkeypatch.setattr(simulation, "MOST_BATCH", 7)
    assert drawn() == whole


@pytest.mark.parametrize(("draws", "weights"), [(0, 0.25), (10, 1.0), (10, -0.1)])
def test_a_recipe_without_meaning_is_refused(tiny, draws, weights):
    with pytest.raises(ValueError, match="draws"):
        simulate(tiny.assess(TREE, ANSWERS.strip()), draws=draws, weights=weights, seed=1)
