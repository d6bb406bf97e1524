"""Functions and files stay small enough to be read."""

import ast
from math import ceil


MOST_LINES_OF_A_FUNCTION, USUAL_LINES_OF_A_FUNCTION = 60, 40
MOST_LINES_OF_A_FILE, USUAL_LINES_OF_A_FILE = 500, 350


def _ninety_fifth(sizes):
    """The size that 95 of 100 do not exceed."""
    return sorted(sizes)[ceil(len(sizes) * 0.95) - 1]


def _functions(path):
    """(lines, place) of every function of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.end_lineno - node.lineno + 1, f"{path.name}:{node.lineno} {node.name}"


def test_functions_are_short(modules):
    """None over 60 lines, 95 of 100 within 40."""
    sizes = [found for path in modules for found in _functions(path)]
    assert [place for lines, place in sizes if lines > MOST_LINES_OF_A_FUNCTION] == []
    assert _ninety_fifth([lines for lines, _ in sizes]) <= USUAL_LINES_OF_A_FUNCTION


def test_files_are_short(modules):
    """None over 500 lines, 95 of 100 within 350."""
    sizes = [(len(path.read_text(encoding="utf-8").splitlines()), path.name) for path in modules]
    assert [name for lines, name in sizes if lines > MOST_LINES_OF_A_FILE] == []
    assert _ninety_fifth([lines for lines, _ in sizes]) <= USUAL_LINES_OF_A_FILE


def test_every_module_says_what_it_is_for(modules):
    """A docstring first; empty package markers need none."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in modules}
    assert [str(p) for p, tree in trees.items() if tree.body and ast.get_docstring(tree) is None] == []
