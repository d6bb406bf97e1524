"""Small rounds of every shape for the robustness tests, and the exact result of a perturbed one."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from parindex.core.kernel.answers import AnswerTable, Column, NoAnswer, NotApplicable, Participant, Ruled
from parindex.core.kernel.assess import Assessment, assess
from parindex.core.kernel.framework import (
    Band,
    Cap,
    Condition,
    Extra,
    Framework,
    GradePolicy,
    IndexPolicy,
    LatePolicy,
    LateStep,
    Node,
    Quota,
    RankPolicy,
    UnitType,
    Unranked,
)
from parindex.core.kernel.text import Text


NAME = Text("x")
F = Fraction
# leaf: maximum for type a, for type b; "C" is a leaf beside inner nodes, "D2" one below a mixed parent
SHAPE = {
    "A": {"A1": (2, 2), "A2": (4, 0), "A3": (1, 5)},
    "B": {"B1": (3, 3), "B2": (1, 2)},
    "C": (2, 4),
    "D": {"D1": (4, 4), "D2": {"D21": (1, 1), "D22": (2, 2)}},
}
SURVEYED = {"B1", "B2"}


def node(code, shape, *, typed):
    """A node with everything below it; maxima add up for each type."""
    if isinstance(shape, dict):
        children = tuple(node(c, s, typed=typed) for c, s in shape.items())
        maxima = {t: sum((c.max_for(t) for c in children), F(0)) for t in "ab"}
        return Node(code, NAME, maxima if typed else maxima["a"], children=children)
    maximum = {"a": F(shape[0]), "b": F(shape[1])} if typed else F(shape[0])
    return Node(code, NAME, maximum, method="survey" if code in SURVEYED else None)


def condition(codes):
    """A test on an index (points of tree nodes are read differently in a draw, so not here)."""
    limit = st.sampled_from([F(40), F(50), F(60), F(75)])
    below = st.builds(lambda c, n: Condition(c, index_below=n), st.sampled_from(codes), limit)
    least = st.builds(lambda c, n: Condition(c, index_at_least=n), st.sampled_from(codes), limit)
    return st.one_of(below, least, st.just(Condition("N", points_below=F(0))))


@st.composite
def grade_policies(draw):
    """Three bands with needs, a cap, quotas."""
    codes = ["", "A", "D", "A1"]
    bands = tuple(
        Band(i, NAME, F(m), tuple(draw(st.lists(condition(codes), max_size=1))))
        for i, m in (("top", 70), ("good", 50), ("fair", 30))
    )
    caps = tuple(Cap("good", (c,)) for c in draw(st.lists(condition(codes), max_size=1)))
    quota = st.builds(
        Quota, st.sampled_from(["top", "good"]), st.sampled_from([F(0), F(20), F(50)]),
        of=st.sampled_from([None, "good", "fair"]), rounding=st.sampled_from(["down", "half_up", "up"]),
        ties=st.sampled_from(["keep", "fall"]),
    )  # fmt: skip
    return GradePolicy(bands, caps, tuple(draw(st.lists(quota, max_size=2, unique_by=lambda q: q.grade))))


@st.composite
def rounds(draw):
    """A round with types, groups, holes, extras, lateness, and any policy."""
    typed = draw(st.booleans())
    tree = tuple(node(c, s, typed=typed) for c, s in SHAPE.items())
    framework = Framework(
        1, "t", "1", NAME, "constructed", tree,
        unit_types=(UnitType("a", NAME), UnitType("b", NAME)),
        bonus=draw(st.sampled_from([None, Extra((Node("X", NAME, F(2)),), F(1))])),
        penalty=Extra((Node("N", NAME, F(3)),)),
        index=IndexPolicy(
            draw(st.sampled_from(["applicable_maximum", "rescale_then_add_survey", "total"])),
            draw(st.sampled_from(["zero", "unranked"])),
            draw(st.sampled_from(["rescale", "zero"])),
            draw(st.sampled_from(["points", "index"])),
            draw(st.sampled_from([None, F(80)])),
        ),
        grades=draw(st.one_of(st.just(GradePolicy()), grade_policies())),
        ranking=RankPolicy(
            draw(st.sampled_from(["competition", "dense"])),
            draw(st.sampled_from([(), ("A",), ("D", "B1")])),
            draw(st.sampled_from([None, 0, 2])),
            (Unranked(NAME, units=("u1",)),) if draw(st.booleans()) else (),
        ),
        late_submission=LatePolicy((LateStep(1, F(1, 2)),), 2),
    )  # fmt: skip
    count = draw(st.integers(1, 9))
    people = [
        Participant(
            f"u{k}",
            draw(st.sampled_from("ab")),
            draw(st.sampled_from(["", "g"])),
            draw(st.sampled_from([0, 0, 0, 1, 3])),
        )
        for k in range(count)
    ]
    return assess(
        framework, AnswerTable(people, {c: draw(columns(framework, c, people)) for c in framework.leaves})
    )


def columns(framework, code, people):
    """Ruled quarters of the maximum, so that ties are common; now and then a hole."""

    def answer(person):
        maximum = framework.leaves[code].max_for(person.type)
        if not maximum:
            return st.just(NoAnswer())
        ruled = [Ruled(maximum * k / 4) for k in (0, 2, 3, 4)]
        return st.sampled_from([*ruled, *ruled, NoAnswer(), NotApplicable()])

    return st.tuples(*map(answer, people)).map(lambda given: Column(given, range(len(given))))


def perturbed(assessment: Assessment, multipliers: dict[tuple[str, str], Fraction]) -> Assessment:
    """The exact result when each leaf's maximum, and the points earned on it, are multiplied.

    Args:
        multipliers: by leaf and unit type.
    """
    framework, table = assessment.framework, assessment.table

    def grown(old: Node) -> Node:
        children = tuple(map(grown, old.children))
        if children:
            maxima = {t: sum((c.max_for(t) for c in children), F(0)) for t in "ab"}
        else:
            maxima = {t: old.max_for(t) * multipliers[old.code, t] for t in "ab"}
        return replace(old, max=maxima, children=children)

    columns = {}
    for code, column in table.columns.items():
        answers = [column.distinct[k] for k in column.index]
        if code in framework.nodes:
            answers = [
                Ruled(a.points * multipliers[code, p.type]) if isinstance(a, Ruled) else a
                for a, p in zip(answers, table.participants, strict=True)
            ]
        columns[code] = Column(answers, range(len(answers)))
    changed = replace(framework, tree=tuple(map(grown, framework.tree)))
    return assess(changed, AnswerTable(table.participants, columns))
