"""What a release published verifies with every later one."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from parindex import __version__
from parindex.cli import main
from parindex.core.formats.bundle_check import check_bundle
from parindex.core.formats.framework_file import parse_framework
from parindex.data import minhhoa


FOLDER = Path(__file__).parent / "bundles"
WHOLE = sorted(FOLDER.glob("*.parindex.zip"))
EXCERPTS = sorted(FOLDER.glob("*.excerpt.zip"))
LARGEST = 1_000_000


def test_this_release_has_its_own():
    """Added before it is tagged."""
    names = {p.name for p in (*WHOLE, *EXCERPTS)}
    assert f"{__version__}-reasons.parindex.zip" in names
    assert f"{__version__}-annex.excerpt.zip" in names


@pytest.mark.parametrize("path", WHOLE, ids=lambda p: p.name)
def test_every_bundle_is_identical(path, capsys):
    """By the command, as anybody runs it."""
    assert main(["verify", str(path)]) == 0
    assert capsys.readouterr().out.startswith("identical\n")
    assert path.stat().st_size < LARGEST


@pytest.mark.parametrize("path", EXCERPTS, ids=lambda p: p.name)
def test_every_excerpt_is_intact_and_follows_from_its_bundle(path):
    """Alone, and with what it was taken from."""
    whole = path.with_name(path.name.replace(".excerpt.", ".parindex."))
    assert check_bundle(path.read_bytes(), path.name).differences == []
    assert check_bundle(path.read_bytes(), path.name, whole=whole.read_bytes()).differences == []


@pytest.mark.parametrize("path", [*WHOLE, *EXCERPTS], ids=lambda p: p.name)
def test_no_bundle_says_where_it_was_made(path):
    """No folder of a machine, in whichever file."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
        text = b"".join(packed.read(n) for n in packed.namelist() if not n.endswith(".xlsx"))
    assert re.findall(rb"/(?:tmp|home|root|Users|work)/[\w.-]+", text) == []


def test_what_this_release_publishes_is_made_of_what_it_ships():
    """Criteria set and answers are those of the example; only keys, salts and hours are a home's own."""
    sample = next(r for r in minhhoa.ROUNDS if r.code == "2024")
    with zipfile.ZipFile(FOLDER / f"{__version__}-reasons.parindex.zip") as packed:
        framework = packed.read("framework.yaml")
        answers = packed.read("answers.csv").decode()
        manifest = json.loads(packed.read("manifest.json"))
    assert framework == minhhoa.framework_file(sample)
    units, rows = minhhoa.answers_of(sample)
    assert all(unit.name.vi in answers for unit in units)
    assert len(rows) <= len(answers.splitlines())
    assert manifest["publicity"] == "reasons"
    assert parse_framework(framework).id == sample.framework
