"""Runs a page's fenced blocks as its reader would.

A block after ``<!-- write: NAME -->`` becomes a file; one after ``<!-- change: NAME -->`` (lines with ``-``
and ``+``) changes it; a ``console`` block holds commands after ``$`` and what they print.
``<!-- exits: N -->`` before a console block says what its last command ends with, ``<!-- elsewhere -->`` that
another test runs it.

``python tests/docs/walkthrough.py docs/tutorial.md`` writes what is printed now into the page; look at the
difference before committing it.
"""

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path


BLOCK = re.compile(
    r"(?:<!-- (?P<mark>\w+)(?:: (?P<what>[^>]+?))? -->\n\n?)?^```(?P<lang>\w*)\n(?P<text>.*?)^```$",
    re.M | re.S,
)


@dataclass(frozen=True)
class Block:
    """One fenced block: its mark with what it says, its language, its text, where it stands."""

    mark: str
    what: str
    lang: str
    text: str
    span: tuple[int, int]
    line: int

    @property
    def commands(self) -> list[tuple[str, str]]:
        """(command, what the page shows after it)."""
        parts = re.split(r"^\$ (.*)\n", self.text, flags=re.M)[1:]
        return list(zip(parts[::2], parts[1::2], strict=True))


def blocks(page: str) -> list[Block]:
    """Every fenced block of a page in order."""
    return [
        Block(
            m["mark"] or "",
            m["what"] or "",
            m["lang"],
            m["text"],
            m.span("text"),
            page.count("\n", 0, m.start("text")),
        )
        for m in BLOCK.finditer(page)
    ]


def run(command: str, folder: Path) -> tuple[str, int]:
    """What a command prints (both streams) and its exit code."""
    bin_folder = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        check=False,
    )
    return done.stdout.decode(), done.returncode


def apply_file(block: Block, folder: Path) -> None:
    """Write or change the file a block names."""
    path = folder / block.what
    if block.mark == "write":
        path.write_text(block.text, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    old = "".join(line[1:] for line in block.text.splitlines(keepends=True) if line[0] in "- ")
    new = "".join(line[1:] for line in block.text.splitlines(keepends=True) if line[0] in "+ ")
    assert text.count(old) == 1, f"line {block.line}: {block.what} does not hold these lines once:\n{old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def walk(page: str, folder: Path):
    """Run a page; gives (block, command, shown, printed, exit code) for each command."""
    for block in blocks(page):
        if block.mark in ("write", "change"):
            apply_file(block, folder)
        elif block.lang == "console" and block.mark != "elsewhere":
            for command, shown in block.commands:
                yield block, command, shown, *run(command, folder)


def refreshed(page: str) -> str:
    """The page with what its commands print now."""
    with tempfile.TemporaryDirectory() as folder:
        printed: dict[tuple[int, int], str] = {}
        for block, command, _, output, _ in walk(page, Path(folder)):
            printed[block.span] = printed.get(block.span, "") + f"$ {command}\n{output}"
    for (start, end), text in sorted(printed.items(), reverse=True):
        page = page[:start] + text + page[end:]
    return page


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(refreshed(target.read_text(encoding="utf-8")), encoding="utf-8")
