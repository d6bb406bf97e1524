"""One of several processes that upload the same files at once; run by `test_upload_race`.

Arguments: ``prepare`` (migrate, and found the unit), ``upload FOLDER`` (every file of the folder, in order,
when the file ``go`` is there), or ``count`` (JSON of what stands, and whether every chain and file holds).
"""

import io
import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import django


ACT = {"by": "race", "at": datetime(2026, 1, 5, tzinfo=UTC)}


def found() -> None:
    """A territory with one unit."""
    from parindex.apps.organisations.actions import NewUnit, add_units, found_territory
    from parindex.core.kernel.text import Text

    territory = found_territory(code="t", name=Text("T"), type_="tinh", illustrative=True, **ACT)
    add_units(territory=territory, units=[NewUnit("u", Text("U"), "so")], **ACT)


def upload(folder: Path) -> None:
    """Every file, as soon as all may begin; says how many were new."""
    from parindex.apps.evidence import reading
    from parindex.apps.evidence.actions import upload_document
    from parindex.apps.evidence.inspecting import inspect_upload
    from parindex.apps.organisations.models import Unit

    # what is in the files is not the matter here
    reading._ask = lambda *_: {}
    unit = Unit.objects.get(code="u")
    looked = [
        inspect_upload(stream=io.BytesIO(p.read_bytes()), name=p.name) for p in sorted(folder.glob("*.txt"))
    ]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not (folder / "go").exists():
        time.sleep(0.002)
    new = 0
    for one in looked:
        with one:
            new += not upload_document(unit=unit, upload=one, **ACT).already
    sys.stdout.write(f"{new}\n")


def count() -> None:
    """What stands in the end."""
    from parindex.apps.audit.models import Entry
    from parindex.apps.audit.verify import broken_at
    from parindex.apps.evidence.models import Document, StoredContent
    from parindex.apps.evidence.queries import open_document
    from parindex.apps.search.models import Findable

    for document in Document.objects.select_related("content"):
        open_document(document).close()
    stands = {
        "documents": Document.objects.count(),
        "contents": StoredContent.objects.count(),
        "found": Findable.objects.count(),
        "entries": Entry.objects.filter(kind="document.uploaded").count(),
        "broken": broken_at("evidence:t/u"),
    }
    sys.stdout.write(json.dumps(stands))


def begin() -> None:
    """Migrate and found."""
    from parindex.config.site import prepare

    prepare()
    found()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parindex.config.settings")
    if sys.argv[1] != "prepare":
        django.setup()
    acts = {"prepare": begin, "count": count, "upload": lambda: upload(Path(sys.argv[2]))}
    acts[sys.argv[1]]()
