"""A site with a small round, a document and a person, filled by a process of its own once and then copied."""

from pathlib import Path

import pytest
from processes import another, with_tables


TESTS = Path(__file__).resolve().parents[1]
FILL = f"""
sys.path.insert(0, {str(TESTS)!r})
import io
from small_round import ACT, open_small
from parindex.apps.assessments.ledger import round_name
from parindex.apps.audit.seals import seal
from parindex.apps.evidence.actions import upload_document
from parindex.apps.evidence.inspecting import inspect_upload
from parindex.apps.organisations.actions import NewPerson, add_person
from parindex.apps.results.actions import compute_result
small = open_small()
small.answer(("so-mot", "A2", "3"), ("so-hai", "A2", "5"))
compute_result(round_=small.round, **ACT)
seal(book=round_name(small.round), subject="round.concluded", **ACT)
act("round:tinh-thu/2024", texts={{"lý do": "vì ₫ “lạ” " * 20}})
with inspect_upload(stream=io.BytesIO("bằng chứng".encode()), name="so.txt") as upload:
    made = upload_document(unit=small.units["so-mot"], upload=upload, **ACT)
name = made.document.content.sha256
add_person(new=NewPerson("an", "Ân", password="mật khẩu dài"), **ACT)
print(name)
"""


@pytest.fixture(scope="session")
def filled_once(template, tmp_path_factory):
    """The one that is copied; nobody works on it."""
    with with_tables(template, tmp_path_factory.mktemp("filled") / "home") as site:
        site.content = site.run(FILL).strip()
        yield site


@pytest.fixture
def filled(filled_once, tmp_path):
    """`content`: the hash of its document."""
    with another(filled_once, tmp_path / "home") as site:
        site.content = filled_once.content
        yield site
