"""An excerpt: what is for everybody of a bundle that is not, as one signed ZIP.

It holds the criteria set and the published figures, and names the bundle by its SHA-256: whoever is given
that bundle sees that it is the one, and that the figures follow from its answers.
"""

from __future__ import annotations

from collections.abc import Callable

from parindex.core.formats import results_file
from parindex.core.formats.bundle import (
    CHANGE_COLUMNS,
    CHANGES,
    CSV,
    FRAMEWORK,
    KEY,
    PACKAGE,
    README,
    Contents,
    hashes_of,
    signed,
)
from parindex.core.formats.publicity import Publicity
from parindex.core.formats.results_file import rows_as_csv
from parindex.core.kernel.assess import Assessment


FORMAT = "parindex-excerpt/1"
NEEDED = (README, PACKAGE, FRAMEWORK, CSV, KEY)
OF_AN_AREA = "index:"


def make_excerpt(
    contents: Contents, *, publicity: Publicity, bundle: str, readme: str, sign: Callable[[bytes], str]
) -> bytes:
    """The ZIP; the same contents and key give the same bytes.

    Args:
        bundle: SHA-256 of the bundle of the same contents. `sign`: as of `make_bundle`.
    """
    said = {"format": FORMAT, **contents.about, **hashes_of(contents.assessment), "bundle": bundle}
    files = {
        README: readme.encode(),
        FRAMEWORK: contents.framework,
        CSV: figures_csv(contents.assessment, publicity),
        KEY: contents.key,
    }
    if contents.changes is not None:
        files[CHANGES] = rows_as_csv(CHANGE_COLUMNS, contents.changes).encode()
    return signed(said, contents, files=files, sign=sign)


def figures_csv(assessment: Assessment, publicity: Publicity) -> bytes:
    """The table of results as far as it is for everybody."""
    header, rows = results_file.table_rows(assessment)
    width = len(header) if publicity.shows_areas else sum(not h.startswith(OF_AN_AREA) for h in header)
    return rows_as_csv(header[:width], [row[:width] for row in rows]).encode()
