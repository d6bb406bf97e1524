"""A store of evidence in a folder of its own, and units that upload into it."""

import io
from dataclasses import dataclass

import pytest
from evidence_files import pdf
from small_round import ACT

from parindex.apps.evidence.actions import Uploaded, upload_document
from parindex.apps.evidence.inspecting import inspect_upload
from parindex.apps.organisations.models import Unit


@dataclass
class Desk:
    """A unit's officer who uploads; `other`: another unit."""

    unit: Unit
    other: Unit

    def upload(self, content: bytes | None = None, name: str = "ke-hoach.pdf", **more) -> Uploaded:
        """Look at a file and keep it."""
        content = pdf() if content is None else content
        with inspect_upload(stream=io.BytesIO(content), name=name) as upload:
            return upload_document(**{"unit": self.unit, "upload": upload, **ACT, **more})


@pytest.fixture(autouse=True)
def evidence_folder(settings, tmp_path):
    """Where this test's files lie."""
    folder = tmp_path / "evidence"
    settings.STORAGES = {
        **settings.STORAGES,
        "evidence": {
            "BACKEND": "parindex.apps.evidence.store.ContentFolder",
            "OPTIONS": {"location": folder},
        },
    }
    return folder


@pytest.fixture(autouse=True)
def reading_here(monkeypatch):
    """Files are read in this process, which starts none; `test_reading` does as the site does."""
    from parindex.apps.evidence import reading
    from parindex.apps.evidence.reading.__main__ import main

    monkeypatch.setattr(reading, "_ask", lambda kind, path, ocr_pages: main(kind, path, 0))


@pytest.fixture
def desk(small) -> Desk:
    """See the class."""
    return Desk(small.units["so-mot"], small.units["so-hai"])
