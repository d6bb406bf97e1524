"""The shipped criteria sets are sound, bilingual, and say what they are."""

import json
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
import yaml

from parindex.cli import main
from parindex.core.formats.answers_file import read_answers
from parindex.core.formats.framework_file import load_framework
from parindex.core.formats.schema import framework_schema
from parindex.core.kernel.assess import assess
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.rules import Branch
from parindex.data import framework_ids, framework_path


SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "framework.schema.json"
IDS = framework_ids()
NOT_OF_100 = {"khanhhoa-2026-annual-commune", "papi-2011", "papi-2018", "papi-2019", "papi-2021"}
PUBLISHED_POINTS_ONLY = {"papi-2011", "papi-2018", "papi-2019", "papi-2021", "qd766"}


class _NoDates(yaml.SafeLoader):
    """YAML as JSON Schema sees it: a date stays text."""


_NoDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_the_sets_that_should_ship_do():
    """The list is part of what users are promised."""
    assert {
        "binhthuan-2024",
        "binhthuan-2025",
        "khanhhoa-2026-annual-commune",
        "khanhhoa-2026-monthly",
        "minhhoa-2025-communes",
        "papi-2011",
        "papi-2018",
        "papi-2019",
        "papi-2021",
        "qd766",
    } <= set(IDS)


@pytest.mark.parametrize("name", IDS)
def test_check_accepts_the_file(name, capsys):
    """`parindex check` says so with 0, and the file's id is its name."""
    assert main(["check", str(framework_path(name))]) == 0
    assert load_framework(framework_path(name)).id == name
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", IDS)
def test_the_published_schema_accepts_the_file(name):
    """An editor that follows docs/framework.schema.json finds nothing wrong."""
    document = yaml.load(framework_path(name).read_text(encoding="utf-8"), _NoDates)
    jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))).validate(document)


def test_the_published_schema_refuses_an_unknown_key():
    """The schema is not one that accepts everything."""
    document = yaml.load(framework_path("qd766").read_text(encoding="utf-8"), _NoDates)
    document["tree"][0]["maximun"] = 3
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, framework_schema())


def test_the_published_schema_is_current():
    """After a change of the format: parindex schema > docs/framework.schema.json."""
    assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == framework_schema()


@pytest.mark.parametrize("name", IDS)
def test_every_name_is_in_both_languages(name):
    """Title, note and each node; the note says what the set is."""
    framework = load_framework(framework_path(name))
    texts = [framework.title, framework.status_note, framework.subject]
    texts += [n.name for n in (*framework.nodes.values(), *framework.extras.values())]
    assert [t for t in texts if not (t and t.vi and t.en)] == []


@pytest.mark.parametrize("name", [i for i in IDS if i not in PUBLISHED_POINTS_ONLY])
def test_every_leaf_prints_its_way_of_scoring(name):
    """Rules stand beside the words an official reads."""
    leaves = load_framework(framework_path(name)).leaves.values()
    assert [leaf.code for leaf in leaves if not leaf.printed] == []


@pytest.mark.parametrize("name", IDS)
def test_a_rule_rounds_only_where_the_printed_way_says_so(name):
    """Nothing is rounded except where a rule's own text says it."""
    for leaf in load_framework(framework_path(name)).leaves.values():
        inside = leaf.rule.branches if isinstance(leaf.rule, Branch) else ()
        rounds = any(getattr(r, "round", None) is not None for r in (leaf.rule, *(b.rule for b in inside)))
        assert rounds == bool(leaf.printed and "làm tròn" in leaf.printed.vi), leaf.code


@pytest.mark.parametrize("name", IDS)
def test_a_node_compares_only_if_what_stands_below_it_does(name):
    """A node called the same has, below it, the leaves that its old ones became: none came, went or moved."""
    new = load_framework(framework_path(name))
    for code_map in new.code_maps:
        old = load_framework(framework_path(code_map.id))
        for link in code_map.codes:
            if link.relation in ("same", "renamed") and not new.nodes[link.new[0]].is_leaf:
                became = set()
                for leaf in _leaves(old, link.old[0]):
                    (target,) = [other for other in code_map.codes if leaf in other.old] or [None]
                    became |= set(target.new) if target else {leaf}
                assert became == _leaves(new, link.new[0]), link


def _leaves(framework: Framework, code: str) -> set[str]:
    return {n.code for n in framework.nodes[code].walk() if n.is_leaf}


def test_the_example_year_lies_between_its_plan_and_its_result():
    """Plan 4912/KH-UBND of 15/12/2023, result 2162/QĐ-UBND of 11/12/2024: nothing is due after that day."""
    framework = load_framework(framework_path("binhthuan-2024"))
    assert framework.period.start == date(2023, 12, 15)
    assert framework.period.cutoff < framework.period.end < date(2024, 12, 11)
    dues = [leaf.rule.due for leaf in framework.leaves.values() if hasattr(leaf.rule, "due")]
    assert dues
    assert max(dues) < framework.period.end
    windows = [n.window for n in framework.nodes.values() if n.window]
    assert windows
    assert all(framework.period.start <= w.start < w.end <= framework.period.end for w in windows)


@pytest.mark.parametrize("name", [i for i in IDS if i not in NOT_OF_100])
def test_the_maximum_is_100_for_every_type(name):
    """The annual Khánh Hòa set lacks an area (85); PAPI adds up dimensions of 10."""
    framework = load_framework(framework_path(name))
    assert {t.code: framework.max_for(t.code) for t in framework.unit_types} == {
        t.code: Fraction(100) for t in framework.unit_types
    }


@pytest.mark.parametrize("name", IDS)
def test_days_off_fall_on_weekdays_and_worked_days_do_not(name):
    """A holiday on a Sunday would be a mistake in the list."""
    framework = load_framework(framework_path(name))
    assert [d for d in framework.holidays if d.weekday() > 4] == []
    assert [d for d in framework.worked_days if d.weekday() < 5] == []


def test_the_real_frame_of_2024_is_kept():
    """1013/QĐ-UBND of 9 May 2024: parts 75, 15, 10; index on the applicable maximum; bands 80, 65, 50."""
    framework = load_framework(framework_path("binhthuan-2024"))
    assert [(n.code, n.max) for n in framework.tree] == [("A", 75), ("B", 15), ("C", 10)]
    assert [b.min for b in framework.grades.bands] == [80, 65, 50, 0]
    assert (framework.status, framework.index.policy) == ("constructed", "applicable_maximum")


def test_the_real_frame_of_2025_is_kept():
    """591/QĐ-UBND of 31 March 2025: eight areas; Thanh tra tỉnh graded, not ranked; 42 leaves."""
    framework = load_framework(framework_path("binhthuan-2025"))
    assert [str(float(n.max)) for n in framework.tree] == [
        "13.0",
        "10.0",
        "16.0",
        "9.0",
        "12.5",
        "11.0",
        "18.5",
        "10.0",
    ]
    assert [u.units for u in framework.ranking.not_ranked] == [("Thanh tra tỉnh",)]
    assert sum(n.is_leaf for n in framework.nodes.values()) == 42
    assert framework.status == "constructed"


def test_codes_of_2025_lead_back_to_codes_of_2024():
    """Every old code that the map names is there, and every leaf of 2025 has an origin or is new."""
    old = load_framework(framework_path("binhthuan-2024"))
    new = load_framework(framework_path("binhthuan-2025"))
    (code_map,) = new.code_maps
    named = {c for link in code_map.codes for c in link.old}
    assert named - set(old.nodes) == set()
    reached = {c for link in code_map.codes for c in link.new}
    assert {c for c, n in new.nodes.items() if n.is_leaf} - reached == set()


def test_an_office_without_one_stop_dossiers_is_scored_on_72_points(tmp_path):
    """Ban Dân tộc of the 2024 set: 3.2 (9), 3.4 (1), 7.3 (8) and part C (10) leave its base."""
    framework = load_framework(framework_path("binhthuan-2024"))
    path = tmp_path / "answers.csv"
    officials, citizens = [f"B.{k}" for k in range(1, 5)], [f"C.{k}" for k in range(1, 6)]
    rows = [
        ["unit", "type", "1.5", *officials, *citizens],
        ["Ban Dân tộc", "so", "2", *["80"] * 4, *[""] * 5],
        ["Sở Nội vụ", "so", "2", *["80"] * 9],
    ]
    path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    result = assess(framework, read_answers(framework, path).table)
    assert [u.applicable_max for u in result.units] == [72, 100]


def test_misconduct_caps_the_grade_of_2025(tmp_path):
    """92 points less 2 for one case would be Tốt; the set's cap makes it Khá."""
    framework = load_framework(framework_path("binhthuan-2025"))
    leaves = [c for c, n in framework.nodes.items() if n.is_leaf]
    path = tmp_path / "answers.csv"
    points = [f"points:{float(framework.nodes[c].max)}" if c != "8.1.1" else "points:2" for c in leaves]
    rows = [f"{unit},so,{','.join(points)},{cases}" for unit, cases in (("Sở Một", 1), ("Sở Hai", 0))]
    path.write_text("\n".join([f"unit,type,{','.join(leaves)},P3", *rows, ""]), encoding="utf-8")
    result = assess(framework, read_answers(framework, path).table)
    assert [(u.index, u.grade.id) for u in result.units] == [(90, "kha"), (92, "tot")]


@pytest.mark.parametrize("name", ["khanhhoa-2026-annual-commune", "khanhhoa-2026-monthly"])
def test_the_party_regulation_is_not_passed_off_as_a_reform_set(name):
    """Its pages say so first, in both languages."""
    note = load_framework(framework_path(name)).status_note
    assert note.vi.startswith("Không phải bộ tiêu chí cải cách hành chính")
    assert re.match(r"Not a .*\(PAR index\) set but a Party regulation on unit quality", note.en)
