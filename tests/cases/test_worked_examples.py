"""Worked examples: each YAML file here is a case with its source, its answers and what must come out."""

from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from parindex.core.formats.answers_file import read_answers
from parindex.core.formats.framework_file import load_framework, parse_framework
from parindex.core.kernel.answers import Input
from parindex.core.kernel.assess import Assessment, assess
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.numbers import half_up
from parindex.core.kernel.rules import KINDS, Branch
from parindex.data import answers_path, framework_path


FILES = sorted(Path(__file__).parent.glob("*.yaml"))


def _framework(case: dict) -> Framework:
    if "framework_id" in case:
        return load_framework(framework_path(case["framework_id"]))
    return parse_framework(case["framework"].encode())


def _assess(case: dict, folder: Path) -> Assessment:
    framework = _framework(case)
    path = folder / "answers.csv"
    if "answers_id" in case:
        path = answers_path(case["answers_id"])
    else:
        path.write_text(case["answers"], encoding="utf-8")
    return assess(framework, read_answers(framework, path).table)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_the_case_comes_out_as_its_source_says(file, tmp_path):
    """Points and maxima exactly; the index to the two decimals that are printed; grade and rank."""
    case = yaml.safe_load(file.read_text(encoding="utf-8"))
    result = _assess(case, tmp_path)
    at = {outcome.participant.name: unit for unit, outcome in enumerate(result.units)}
    found, wanted = [], []
    for line in case["expect"]:
        outcome = result.units[at[line["unit"]]]
        shown = {
            "unit": line["unit"],
            "points": outcome.points,
            "maximum": outcome.applicable_max,
            "index": None if outcome.index is None else half_up(outcome.index, 2),
            "grade": outcome.grade.id if outcome.grade else None,
            "rank": outcome.rank,
            "nodes": {code: result.node(at[line["unit"]], code).points for code in line.get("nodes", {})},
        }
        found.append({key: shown[key] for key in line})
        wanted.append(_wanted(line))
    assert found == wanted


def _wanted(line: dict) -> dict:
    """A line of a case with its decimal texts as exact numbers."""
    numbers = {k: Fraction(line[k]) for k in ("points", "maximum", "index") if line.get(k) is not None}
    nodes = {"nodes": {c: Fraction(p) for c, p in line["nodes"].items()}} if "nodes" in line else {}
    return {**line, **numbers, **nodes}


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_case_names_its_source(file):
    """The comment that opens the file says where the numbers come from."""
    comment = file.read_text(encoding="utf-8").partition("says:")[0]
    assert any(word in comment for word in ("Source", "github.com", "worked by hand"))


def test_every_kind_of_rule_has_a_worked_example(tmp_path):
    """Every kind that the format knows is answered in some case, inside branches too."""
    answered = set()
    for file in FILES:
        result = _assess(yaml.safe_load(file.read_text(encoding="utf-8")), tmp_path)
        for unit in range(len(result.units)):
            for code, leaf in result.framework.leaves.items():
                answer = result.node(unit, code).answer
                if isinstance(answer, Input):
                    answered |= {leaf.rule.kind}
                    if isinstance(leaf.rule, Branch):
                        answered |= {leaf.rule.case(answer.value.branch).rule.kind}
    assert set(KINDS) == answered
