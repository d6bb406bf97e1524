"""Makes this release's bundles: ``python tests/cases/bundles/make.py``, once, before the release is tagged.

The year of the example as the demonstration publishes it, and the same published as far as the annex, with
its excerpt. In a home of its own, so that neither key nor ledger is anybody's.
"""

import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from parindex import __version__


HERE = Path(__file__).parent
AT = datetime(2025, 1, 15, 2, 0, tzinfo=UTC)


def make(level: str) -> None:
    """One publication of the example, at a level."""
    from parindex.apps.assessments.models import Round
    from parindex.apps.publications import store
    from parindex.apps.publications.actions import publish

    round_ = Round.objects.get(territory__code="minh-hoa", code="2024")
    made = publish(round_=round_, publicity=level, by="demo", at=AT)
    stem = HERE / f"{__version__}-{level}"
    shutil.copyfile(store.path_of(made.sha256), f"{stem}.parindex.zip")
    if made.excerpt:
        shutil.copyfile(store.path_of(made.excerpt), f"{stem}.excerpt.zip")
    made.delete()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["PARINDEX_HOME"] = home
        from parindex.config.site import prepare

        prepare()
        from parindex.config.worlds import steps
        from parindex.data.minhhoa import ROUNDS

        for _, act in steps()[: len(ROUNDS)]:
            act(AT)
        for level in ("reasons", "annex"):
            make(level)
