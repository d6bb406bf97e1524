"""The reference pages say all there is and no more: settings, options, keys, rule kinds, sets, rooms."""

import argparse
import re
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from parindex import cli
from parindex.config.given import FILE
from parindex.config.given import KINDS as GIVEN
from parindex.core.formats.framework_file import load_framework, parse_framework
from parindex.core.formats.shapes import fields_of
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.rules import KINDS
from parindex.core.wording.labels import STATUS
from parindex.data import framework_ids, framework_path


ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "parindex"


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def rows(text: str) -> dict[str, str]:
    """Rows of tables that begin with code: what stands in the first cell, the rest."""
    return dict(re.findall(r"^\| `([^`|]+)`[^|]* \|(.*)\|$", text, re.M))


def section(text: str, title: str) -> str:
    """What stands under a heading, up to the next one of its level."""
    level = title.split()[0]
    found = text.split(f"{title}\n", 1)[1]
    return re.split(rf"^{level} ", found, maxsplit=1, flags=re.M)[0]


# settings


def test_every_setting_is_documented_and_nothing_else_is():
    """What can be given, in the environment or the file, is what docs/site.md lists."""
    listed = {name for name in rows(page("site.md")) if name.startswith("PARINDEX_")}
    assert {*GIVEN, FILE} == listed


def test_no_setting_is_read_that_cannot_be_given():
    """What the code takes from the environment by its own name is among them."""
    read = set()
    for file in SOURCE.rglob("*.py"):
        read |= set(
            re.findall(r"""environ(?:\.\w+\(|\[)\s*"(PARINDEX_\w+)""", file.read_text(encoding="utf-8"))
        )
    assert read - {*GIVEN, FILE} == set()


# the command line


def commands(parser: argparse.ArgumentParser, *before: str) -> dict[str, argparse.ArgumentParser]:
    """Every subcommand with its parser, those within another by both names."""
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not inner:
        return {" ".join(before): parser}
    return {k: v for name, p in inner[0].choices.items() for k, v in commands(p, *before, name).items()}


COMMANDS = commands(cli._parser())
SECTIONS = {
    m[1]: m[0]
    for m in re.finditer(
        r"^### `parindex ([a-z-]+(?: [a-z-]+)*).*?(?=^##)", page("command-line.md"), re.M | re.S
    )
}


def test_every_command_has_its_section():
    """And no section stands for a command that is gone."""
    assert set(SECTIONS) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_documented_with_its_default_and_choices(command):
    """`--lang`, which all commands have, stands before them."""
    said = SECTIONS[command]
    options = [a for a in COMMANDS[command]._actions if a.option_strings and a.dest not in ("help", "lang")]
    assert {o for a in options for o in a.option_strings} == set(
        re.findall(r"(?<![\w-])--[a-z][a-z-]*", said)
    )
    for action in options:
        row = next((r for r in said.splitlines() if action.option_strings[0] in r and r.startswith("|")), "")
        shown = f"{action.default:,}" if action.dest == "draws" else str(action.default)
        if action.default not in (None, False) and not action.choices:
            assert f"default {shown}" in row, action.dest
        for choice in action.choices or ():
            assert re.search(rf"\b{choice}\b", said), (action.dest, choice)
    positional = [a.metavar for a in COMMANDS[command]._actions if not a.option_strings]
    assert f"### `parindex {' '.join([command, *positional])}`" in said


# the framework file


FORMAT = page("framework-format.md")


def literals(hint: object) -> set[str]:
    """Words that a key may hold."""
    if get_origin(hint) is Literal:
        return {word for word in get_args(hint) if isinstance(word, str)}
    return {word for inner in get_args(hint) for word in literals(inner)}


def shapes(hint: object) -> set[type]:
    """Dataclasses within a type."""
    found = {hint} if hasattr(hint, "__dataclass_fields__") else set()
    return found | {s for inner in get_args(hint) for s in shapes(inner)}


def keys_and_words(start: type) -> set[str]:
    """Every key that can stand below a shape, rules apart, and every word from a closed list."""
    found, seen, waiting = set(), set(), {start}
    while waiting:
        shape = waiting.pop()
        seen.add(shape)
        for field in fields_of(shape):
            found |= {field.key} | literals(field.hint)
            waiting |= {s for s in shapes(field.hint) if s not in KINDS.values()} - seen
    return found


def test_every_key_of_the_file_is_documented():
    """With the words it may hold, in code."""
    code = " ".join(re.findall(r"```yaml.*?```|`[^`\n]+`", FORMAT, re.S))
    assert len(keys_and_words(Framework)) > 60
    assert {k for k in keys_and_words(Framework) if not re.search(rf"(?<!\w){k}(?!\w)", code)} == set()


def test_the_example_is_sound():
    """It can be copied."""
    example = re.search(r"<!-- sound -->\n\n```yaml\n(.*?)```", FORMAT, re.S)[1]
    framework = parse_framework(example.encode(), "example.yaml")
    assert [n.code for n in framework.tree] == ["1", "2"]
    assert framework.bonus
    assert framework.late_submission


KIND_ROWS = rows(section(FORMAT, "## Rule kinds"))


def test_every_rule_kind_has_its_row_and_no_row_is_left_over():
    """In the table under "Rule kinds"."""
    assert set(KIND_ROWS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kinds_row_names_its_keys_and_no_others(kind):
    """Its own, and those of the options, steps or awards inside it."""
    cell = KIND_ROWS[kind].split(" | ")[0]
    said = {w for code in re.findall(r"`([^`]+)`", cell) for w in re.findall(r"[a-z][a-z_0-9]*", code)}
    own = {f.key for f in fields_of(KINDS[kind])}
    assert own - said == set(), "as `steps`" not in cell and cell
    known = keys_and_words(KINDS[kind]) | {"rule", "or"}
    assert said - known == set()


# shipped sets


def test_every_shipped_set_has_its_row_with_its_status():
    """As the file itself says."""
    table = rows(section(page("frameworks.md"), "## The sets"))
    assert set(table) == set(framework_ids())
    for name, said in table.items():
        assert said.split(" | ")[1].strip() == load_framework(framework_path(name)).status, name


def test_every_status_is_explained_as_pages_show_it():
    """Code and Vietnamese word."""
    table = {k: v.split(" | ")[0].strip() for k, v in rows(page("frameworks.md")).items()}
    assert {k: v for k, v in table.items() if k in STATUS} == {k: vi for k, (vi, _) in STATUS.items()}


def test_the_dimensions_that_stay_are_those_of_the_code_maps():
    """The table of PAPI's makes."""
    text = page("frameworks.md").split("<!-- same dimensions -->")[1]
    for old, new, codes in re.findall(r"^\| `(\S+)` \| `(\S+)` \| (.+) \|$", text, re.M):
        (found,) = (m for m in load_framework(framework_path(new)).code_maps if m.id == old)
        same = [link.new[0] for link in found.codes if link.relation in ("same", "renamed")]
        roots = [n.code for n in load_framework(framework_path(new)).tree]
        assert [c for c in same if c in roots] == codes.split(", "), (old, new)


# architecture


def test_every_room_is_on_the_plan_and_no_other():
    """docs/architecture.md against the tree."""
    named = set(re.findall(r"`parindex\.([a-z_.]+)`", page("architecture.md")))
    assert [n for n in named if not _exists(n)] == []
    rooms = {f"{floor}.{p.name}" for floor in ("core", "apps", "web") for p in _packages(SOURCE / floor)}
    rooms |= {p.name for p in _packages(SOURCE)} - {"core", "apps", "web"} | {"cli"}
    assert rooms - named == set()


def _exists(name: str) -> bool:
    place = SOURCE.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()


def _packages(folder: Path) -> list[Path]:
    return [p for p in folder.iterdir() if (p / "__init__.py").is_file()]
