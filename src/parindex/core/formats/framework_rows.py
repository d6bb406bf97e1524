"""A criteria set's plain data row by row: where each stands, how it is changed, what is wrong with it.

A row is a criterion of any level, or a bonus or penalty item. Its key (`ROW`, a small number as text) stays
while the row is moved, renamed or given another code; keys are given by `with_keys` and never written to the
file.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from parindex.core.formats.framework_file import read_framework
from parindex.core.formats.framework_writer import write_plain, write_rule
from parindex.core.formats.problems import FileRefused
from parindex.core.formats.shapes import MISSING, Path, Reader
from parindex.core.formats.yaml_nodes import compose
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.rules import AnyRule


Plain = dict[str, Any]
ROW, NEXT, ORIGIN, PROPOSED = "_row", "_next", "_from", "_proposed"
"""A row's key; the next key; the code it has in the set before; whether its rule is only proposed."""
TREE, BONUS, PENALTY = "tree", "bonus", "penalty"
PARTS = (TREE, BONUS, PENALTY)
MOST_ROWS = 1000
DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One row where it stands.

    Attributes:
        node: its data, children included; the very mapping that the set holds.
        depth: 0 at the top. `above`: the key of the row it stands under, "" at the top.
        position: among its siblings. `path`: as in `parindex.core.kernel.problems.Problem`.
    """

    node: Plain
    part: str
    depth: int
    above: str
    position: int
    siblings: list[Plain]
    path: Path

    @property
    def key(self) -> str:
        """What names it in addresses and workbooks."""
        return str(self.node.get(ROW, ""))

    @property
    def code(self) -> str:
        """Its code as typed."""
        return str(self.node.get("code", ""))

    @property
    def is_leaf(self) -> bool:
        """Whether it is scored itself."""
        return not self.node.get("children")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong, with the key of its row; "" where it concerns the set as a whole."""

    row: str
    code: str
    data: Mapping[str, object] = field(default_factory=dict)


def rows_of(data: Plain) -> Iterator[Row]:
    """Every row in printed order: the tree's, then bonus and penalty items."""
    yield from _walk(data.get(TREE) or [], TREE, 0, above="", path=(TREE,))
    for part in (BONUS, PENALTY):
        items = (data.get(part) or {}).get("items") or []
        yield from _walk(items, part, 0, above="", path=(part, "items"))


def _walk(nodes: list[Plain], part: str, depth: int, *, above: str, path: Path) -> Iterator[Row]:
    for k, node in enumerate(nodes):
        row = Row(node, part, depth, above, k, nodes, (*path, k))
        yield row
        children = node.get("children") or []
        yield from _walk(children, part, depth + 1, above=row.key, path=(*path, k, "children"))


def find_row(data: Plain, key: str) -> Row:
    """A row by its key. Raises Refused ``row_gone``."""
    found = next((r for r in rows_of(data) if r.key == key), None)
    if found is None:
        raise Refused("row_gone")
    return found


def with_keys(data: Plain) -> Plain:
    """The same data, a key for each row that has none (in place)."""
    number = int(data.get(NEXT, 1))
    for row in rows_of(data):
        if not row.key:
            row.node[ROW] = str(number)
            number += 1
    data[NEXT] = number
    return data


def originating(data: Plain) -> Plain:
    """A copy in which each row remembers the code that it has now."""
    found = copy.deepcopy(data)
    for row in rows_of(found):
        row.node[ORIGIN] = row.code
    return found


def own(node: Plain) -> Plain:
    """What a row says of itself, without what stands below it."""
    return {k: v for k, v in node.items() if k != "children"}


def siblings_at(data: Plain, *, part: str, above: str) -> list[Plain]:
    """The list that holds what stands under a row, or at the top of a part; made where there is none.

    Raises:
        Refused: ``row_gone``, ``too_deep``.
    """
    if above:
        row = find_row(data, above)
        if row.depth + 1 >= DEEPEST:
            raise Refused("too_deep", limit=DEEPEST)
        children: list[Plain] = row.node.setdefault("children", [])
        return children
    if part == TREE:
        roots: list[Plain] = data.setdefault(TREE, [])
        return roots
    extra = data.setdefault(part, {})
    items: list[Plain] = extra.setdefault("items", [])
    return items


def add_row(data: Plain, node: Plain, *, part: str = TREE, above: str = "", after: str = "") -> str:
    """Put a new row under `above`, behind the sibling `after` or last; a former leaf loses its rule to it.

    Returns:
        its key.

    Raises:
        Refused: ``row_gone``, ``too_deep``, ``too_many_rows``.
    """
    if sum(1 for _ in rows_of(data)) >= MOST_ROWS:
        raise Refused("too_many_rows", limit=MOST_ROWS)
    siblings = siblings_at(data, part=part, above=above)
    place = next((k + 1 for k, n in enumerate(siblings) if str(n.get(ROW)) == after), len(siblings))
    siblings.insert(place, node)
    if above:
        upper = find_row(data, above).node
        upper.pop("rule", None)
        upper.pop(PROPOSED, None)
    with_keys(data)
    return str(node[ROW])


def remove_row(data: Plain, key: str) -> Plain:
    """Take a row out with all below it; returns it. Raises Refused ``row_gone``."""
    row = find_row(data, key)
    taken = row.siblings.pop(row.position)
    _tidy(data, row)
    return taken


def _tidy(data: Plain, row: Row) -> None:
    """An empty list of children, or an empty part, says nothing."""
    if row.siblings:
        return
    if row.above:
        find_row(data, row.above).node.pop("children", None)
    elif row.part != TREE:
        data[row.part].pop("items", None)
        if not data[row.part]:
            data.pop(row.part)


def move_row(data: Plain, key: str, step: int) -> None:
    """Among its siblings by that many places, as far as there are any. Raises Refused ``row_gone``."""
    row = find_row(data, key)
    row.siblings.insert(max(row.position + step, 0), row.siblings.pop(row.position))


def put_under(data: Plain, key: str, *, part: str, above: str) -> None:
    """Move a row with all below it under another one, as the last there.

    Raises:
        Refused: ``row_gone``, ``too_deep``, ``row_under_itself``.
    """
    row = find_row(data, key)
    inside = {r.key for r in _walk([row.node], part, 0, above="", path=())}
    if above in inside:
        raise Refused("row_under_itself")
    levels = 1 + max(r.depth for r in _walk([row.node], part, 0, above="", path=()))
    if above and find_row(data, above).depth + 1 + levels > DEEPEST:
        raise Refused("too_deep", limit=DEEPEST)
    if part not in PARTS:
        raise Refused("row_gone")
    node = remove_row(data, key)
    add_row(data, node, part=part, above=above)


def check_plain(data: Plain) -> tuple[Framework | None, list[RowProblem]]:
    """The criteria set that the data say, and everything wrong with them, each at its row.

    Returns:
        no set where there are problems.
    """
    file = "draft"
    try:
        framework, reader, contradictions = read_framework(write_plain(data).encode(), file)
    except FileRefused as refusal:
        return None, [RowProblem("", p.code, p.data) for p in refusal.problems]
    rows = list(rows_of(data))
    by_path = {row.path: row.key for row in rows}
    starts = sorted((reader.lines[row.path], row.key) for row in rows if row.path in reader.lines)
    ends = {reader.lines[k]: "" for k in reader.lines if len(k) == 1 and k[0] not in PARTS}
    lines = sorted([*starts, *ends.items()])
    found = [
        RowProblem(_row_at(lines, p.line), p.code, p.data)
        for p in sorted(reader.problems, key=lambda p: p.line)
    ]
    for problem in contradictions:
        above = (problem.path[:n] for n in range(len(problem.path), 0, -1))
        here = next((by_path[path] for path in above if path in by_path), "")
        found.append(RowProblem(here, problem.code, problem.data))
    return (None if found else framework), found


def _row_at(lines: list[tuple[int, str]], line: int) -> str:
    """The row to which a line of the file belongs: the last that begins at or before it."""
    return next((key for start, key in reversed(lines) if start <= line), "")


def rule_of(rule: Plain) -> AnyRule | None:
    """The rule that a row's data say; None where they cannot be read as one."""
    reader = Reader("rule")
    found = reader.read(compose(write_rule(rule).encode(), "rule"), AnyRule, ())
    return None if reader.problems or found is MISSING else found
