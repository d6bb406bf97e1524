"""Every round that is shipped, computed a second time by `by_hand`: not a digit differs."""

import pytest
from by_hand import Round
from invented_round import answers_file

from parindex.core.formats.answers_file import read_answers
from parindex.core.formats.framework_file import parse_framework
from parindex.core.kernel.assess import assess
from parindex.data import answers_path, framework_path, minhhoa


PAPI = {year: max(y for y in (2011, 2018, 2019, 2021) if y <= year) for year in range(2011, 2025)}
SHIPPED = [*(r.code for r in minhhoa.ROUNDS), *(f"papi-{year}" for year in PAPI)]


def files(name: str) -> tuple[str, str]:
    """A round's criteria set and answers as they stand in files."""
    sample = next((r for r in minhhoa.ROUNDS if r.code == name), None)
    if sample is not None:
        return minhhoa.framework_file(sample).decode(), answers_file(sample)
    papi = framework_path(f"papi-{PAPI[int(name[-4:])]}")
    return papi.read_text(encoding="utf-8"), answers_path(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SHIPPED)
def test_points_maxima_index_grade_and_rank_are_the_same(name, tmp_path):
    """Every unit and every node, exactly."""
    framework_text, answers_text = files(name)
    path = tmp_path / "answers.csv"
    path.write_text(answers_text, encoding="utf-8")
    framework = parse_framework(framework_text.encode(), "framework.yaml")
    result = assess(framework, read_answers(framework, path).table)
    again = Round(framework_text, answers_text).units
    assert len(again) == len(result.units)
    for unit, outcome in enumerate(result.units):
        other = again[outcome.participant.name]
        grade = outcome.grade.id if outcome.grade else None
        assert (outcome.points, outcome.applicable_max, outcome.index, grade, outcome.rank) == (
            other["points"],
            other["max"],
            other["index"],
            other["grade"],
            other["rank"],
        ), outcome.participant.name
        nodes = {c: (abs(n.points), n.max) for c, n in result.nodes(unit).items()}
        assert nodes == other["nodes"], outcome.participant.name
