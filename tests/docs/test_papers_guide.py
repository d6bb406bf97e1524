"""The guide to papers names every kind that the site offers."""

import re
from pathlib import Path

from parindex.core.papers.rounds import PAPERS


PAGE = Path(__file__).parents[2] / "docs" / "papers.md"


def test_the_table_of_kinds_is_the_shelf():
    """Its name in both languages, its address and who issues it, in the order of the page."""
    guide = PAGE.read_text(encoding="utf-8")
    table = guide.partition("<!-- kinds -->")[2].partition("<!-- /kinds -->")[0]
    rows = re.findall(r"^\| (.+) \(\*(.+)\*\) \| `(.+)` \| (.+) \| .+ \|$", table, re.MULTILINE)
    assert rows == [
        (kind.name.en, kind.name.vi, kind.code, kind.issuer.en[:1].lower() + kind.issuer.en[1:])
        for kind in PAPERS
    ]
