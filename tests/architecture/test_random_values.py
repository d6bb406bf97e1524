"""What must not be guessed comes from the system's source; what is drawn may be drawn again."""

import ast
import random
from pathlib import Path

import numpy as np
import pytest

from parindex.apps.access.totp import new_secret
from parindex.apps.surveys.sittings import new_sitting
from parindex.apps.surveys.tokens import new_code, new_token


SOURCE = Path(__file__).resolve().parents[2] / "src" / "parindex"
DRAWN = {
    *("config/training_sheets.py", "config/training_surveys.py"),
    *(f"data/minhhoa/{name}.py" for name in ("units", "answers", "people", "dossiers")),
    *("core/dossiers/generate.py", "core/kernel/robustness/draws.py", "core/surveys/bootstrap.py"),
}
"""Invented worlds, and draws whose seed is told so that anybody draws the same: nothing in them is secret."""


def _draws(tree):
    """Whether a module reaches a source of numbers that can be foretold."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and any(a.name.partition(".")[0] == "random" for a in node.names):
            return True
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = {node.module or "", *(f"{node.module}.{a.name}" for a in node.names)}
            if names & {"random", "numpy.random", "uuid.uuid1"}:
                return True
        named = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if named and (node.value.id, node.attr) in {("uuid", "uuid1"), ("np", "random"), ("numpy", "random")}:
            return True
    return False


@pytest.mark.parametrize(
    ("text", "draws"),
    [
        ("import random", True),
        ("from random import choice", True),
        ("from numpy import random", True),
        ("import numpy as np\nnp.random.default_rng(1)", True),
        ("import uuid\nuuid.uuid1()", True),
        ("import secrets\nsecrets.token_hex()", False),
    ],
)
def test_a_source_that_can_be_foretold_is_seen(text, draws):
    """However it is named."""
    assert _draws(ast.parse(text)) is draws


def test_only_what_is_drawn_openly_uses_numbers_that_can_be_foretold():
    """Every other module of the program has no source but the system's."""
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if _draws(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == DRAWN


@pytest.mark.parametrize("make", [new_secret, new_token, new_code, new_sitting])
def test_who_knows_the_state_of_the_program_cannot_say_the_next_secret(make):
    """The same state twice gives two secrets."""
    made = set()
    for _ in range(20):
        random.seed(1)
        np.random.seed(1)
        made.add(make())
    assert len(made) == 20
