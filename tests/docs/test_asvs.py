"""What docs/asvs.md says is tested, is: every row names a test that exists, or says that it is not met."""

import re
from pathlib import Path

import pytest


ROOT = Path(__file__).resolve().parents[2]
LAST_CELLS = re.findall(
    r"^\|(?! section| fault| ---).*\| ([^|]+) \|$", (ROOT / "docs/asvs.md").read_text(encoding="utf-8"), re.M
)


def test_the_tables_are_read():
    """An empty list would pass everything."""
    assert len(LAST_CELLS) > 60


@pytest.mark.parametrize("cell", sorted(set(LAST_CELLS)))
def test_every_row_names_a_test_that_exists_or_is_not_met(cell):
    """By file and function."""
    if cell == "not met":
        return
    file, name = re.fullmatch(r"`(tests/[\w/]+\.py)::(test_\w+)`", cell).groups()
    assert f"\ndef {name}(" in (ROOT / file).read_text(encoding="utf-8")
