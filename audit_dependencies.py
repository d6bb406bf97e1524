"""Whether any pinned package has a known vulnerability: the last step of `make check`.

The package index that pip uses on this machine is asked, and so is a folder of advisories in OSV's format,
where ADVISORIES names one: for a machine without a network. Where neither answers, that is said and nothing
fails: what nobody knows is no fault of the code. What is known fails, unless `[tool.parindex.audit]` in
pyproject.toml gives the reason why it does not concern us.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen


ROOT = Path(__file__).resolve().parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", re.MULTILINE)
SECONDS = 5
FIRST = 5
Pin = tuple[str, str]
Known = tuple[Pin, str, str]


class Unreachable(Exception):  # noqa: N818  says what is the matter
    """The index does not answer, or knows of no advisories."""


def main(
    requirements: Sequence[Path] = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt"),
    *,
    project: Path = ROOT / "pyproject.toml",
    index: str | None = None,
    advisories: str | None = os.environ.get("ADVISORIES"),
) -> int:
    """Look up every pin and say what is known. Returns 1 for a vulnerability that nobody excused."""
    pins = sorted({pin for path in requirements for pin in pins_of(path.read_text(encoding="utf-8"))})
    found: list[Known] = list(of_folder(Path(advisories), pins)) if advisories else []
    try:
        answered, known = of_index(index_of_pip() if index is None else index, pins)
        found += known
        said = f"{answered} of {len(pins)} packages looked up"
    except Unreachable as why:
        said = f"not looked up: {why}" + ("; the folder of advisories was" if advisories else "")
    excused = _excused(project)
    faults = sorted({one for one in found if one[1] not in excused})
    for (name, version), advisory, fixed in faults:
        print(f"{name} {version}: {advisory}{f', mended in {fixed}' if fixed else ''}", file=sys.stderr)
    print(f"parindex: {said}; {len(faults)} known vulnerabilities, {len(set(found)) - len(faults)} excused")
    return 1 if faults else 0


def _excused(project: Path) -> Mapping[str, str]:
    """Advisories that do not concern us, each with its reason."""
    tools = tomllib.loads(project.read_text(encoding="utf-8")).get("tool", {})
    found: Mapping[str, str] = tools.get("parindex", {}).get("audit", {})
    return found


def pins_of(text: str) -> list[Pin]:
    """Name and version of each line of a requirement file, the name as an index writes it."""
    return [(re.sub(r"[-_.]+", "-", name).lower(), version) for name, version in PINNED.findall(text)]


def index_of_pip() -> str:
    """The address of the index that pip uses here: by its environment, its files, or as it is made."""
    asked = [sys.executable, "-m", "pip", "--disable-pip-version-check", "config", "list"]
    listed = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    named = dict(re.findall(r"^(\S+)\.index.url='(.+)'$", listed, re.MULTILINE))
    given: str = named.get(":env:") or named.get("install") or named.get("global") or ""
    if not given:
        code = "from pip._internal.models.index import PyPI; print(PyPI.simple_url)"
        asked = [sys.executable, "-c", code]
        given = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return given


def of_index(index: str, pins: Sequence[Pin]) -> tuple[int, list[Known]]:
    """How many packages the index told of, and what it knows of them.

    Raises:
        Unreachable: it does not answer, or tells of no advisories.
    """
    base = re.sub(r"/simple/?$", "", index.rstrip("/"))
    if not base.startswith(("http://", "https://")):
        raise Unreachable("the index of this machine is no web address")
    # a few by themselves: where nobody answers, or none is known, that is found out at once
    if all(_asked(base, pin) is None for pin in pins[:FIRST]):
        raise Unreachable("the index tells of no advisories")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda pin: _quietly(base, pin), pins))
    told = [(pin, answer) for pin, answer in zip(pins, answers, strict=True) if answer is not None]
    return len(told), [
        (pin, str(one.get("id")), ", ".join(map(str, one.get("fixed_in") or ())))
        for pin, answer in told
        for one in answer
        if not one.get("withdrawn")
    ]


def _quietly(base: str, pin: Pin) -> list[dict[str, Any]] | None:
    try:
        return _asked(base, pin)
    except Unreachable:
        return None


def _asked(base: str, pin: Pin) -> list[dict[str, Any]] | None:
    """The advisories about one package; None where the index knows nothing of it.

    Raises:
        Unreachable: nobody answers.
    """
    try:
        with urlopen(f"{base}/pypi/{pin[0]}/{pin[1]}/json", timeout=SECONDS) as answer:
            found = json.load(answer).get("vulnerabilities")
    except HTTPError:
        return None
    except (OSError, ValueError, AttributeError) as fault:
        raise Unreachable(f"the index does not answer ({type(fault).__name__})") from fault
    return found if isinstance(found, list) else None


def of_folder(folder: Path, pins: Sequence[Pin]) -> Iterator[Known]:
    """What a folder of OSV files, one advisory each, says of the pins: by the versions that it lists."""
    wanted = set(pins)
    for path in sorted(folder.rglob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        if said.get("withdrawn"):
            continue
        for affected in said.get("affected", ()):
            name = re.sub(r"[-_.]+", "-", affected.get("package", {}).get("name", "")).lower()
            for version in affected.get("versions", ()):
                if (name, version) in wanted:
                    yield (name, version), str(said.get("id", path.stem)), ""


if __name__ == "__main__":
    sys.exit(main())
