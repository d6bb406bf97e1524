"""What `pip install` brings: everything the command and the pages need, and nothing of the tests."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "parindex"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Names of the files in the wheel, built from a copy of what is under version control."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a working copy of git")
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            copy = source / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes((ROOT / name).read_bytes())
    # letters come from packages that building requires, and here are no requirements
    for letters in (PACKAGE / "core/papers/letters", PACKAGE / "web/parts/static/fonts"):
        shutil.copytree(letters, source / letters.relative_to(ROOT))
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    built = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (file,) = target.iterdir()
    with zipfile.ZipFile(file) as content:
        yield {i.filename: i.file_size for i in content.infolist()}


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_package(wheel):
    """Criteria sets, answers, figures, templates, style sheet and catalogues too."""
    made = {"__pycache__", ".compiled"}
    wanted = {
        str(p.relative_to(ROOT / "src"))
        for p in PACKAGE.rglob("*")
        if p.is_file() and not made & set(p.parts)
    }
    assert {"csv", "yaml", "html", "css", "svg", "po"} <= {name.rpartition(".")[2] for name in wanted}
    assert sorted(wanted - set(wheel)) == []
    assert sorted(n for n in wheel if not n.startswith(("parindex/", "parindex-"))) == []


@pytest.mark.slow
def test_the_wheel_holds_the_translations_compiled(wheel):
    """They are not under version control, so building makes them: English pages, wherever it is installed."""
    catalogues = [name for name in wheel if name.endswith(".po")]
    assert catalogues
    assert [n for n in catalogues if not wheel.get(n.removesuffix(".po") + ".mo")] == []
