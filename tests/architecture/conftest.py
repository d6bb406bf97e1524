"""The files of the project."""

import subprocess
from pathlib import Path

import pytest


ROOT = Path(__file__).parents[2]
NOT_OURS = {".venv", ".git", "build", "dist", "var", "__pycache__", "node_modules"}


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    """Every file under version control; in an unpacked archive, every file that is not made."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        paths = [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]
    else:
        paths = [p for p in ROOT.rglob("*") if not NOT_OURS & set(p.relative_to(ROOT).parts)]
    return [p for p in paths if p.is_file()]


@pytest.fixture(scope="session")
def modules(tracked) -> list[Path]:
    """Our Python files under src, tests and bench, without migrations."""
    ours = [
        p for p in tracked if p.suffix == ".py" and p.relative_to(ROOT).parts[0] in {"src", "tests", "bench"}
    ]
    return [p for p in ours if "migrations" not in p.parts]
