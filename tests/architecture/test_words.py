"""What no file may say, and what every dependency must."""

import re
import tomllib

import pytest


TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
    ".cfg",
    ".ini",
    ".html",
    ".css",
    ".js",
    ".json",
    ".svg",
    ".po",
    ".sh",
    "",
}
LONGEST_LINE = 2_000
# joined here, so that this file does not say them itself
HOSTS = [
    "".join(parts)
    for parts in (("pypi", ".org"), ("python", "hosted.org"), ("index", "-url"), ("npmjs", ".com"))
]
PATHS = re.compile(
    "|".join(("/" + "work/", "/" + r"root/\w", "/" + r"home/\w+/", "/" + r"Users/\w", r"[A-Z]:\\" + "Users"))
)
REQUIREMENT = re.compile(r'^\s+"[A-Za-z0-9_.-]+(\[[a-z,]+\])?\s*[<>=~!]')


@pytest.fixture(scope="module")
def texts(tracked, root):
    """(name, text) of every tracked text file."""
    return [(str(p.relative_to(root)), p.read_text(encoding="utf-8")) for p in tracked if p.suffix in TEXT]


def test_no_file_names_a_package_index(texts):
    """Where packages come from is the machine's own setting."""
    assert [(name, host) for name, text in texts for host in HOSTS if host in text] == []


def test_no_file_names_a_path_of_a_machine(texts):
    """The repository works wherever it lies."""
    assert [(name, found[0]) for name, text in texts if (found := PATHS.search(text))] == []


def test_every_dependency_has_its_reason(root):
    """In a comment on its own line."""
    lines = (root / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    requirements = [line for line in lines if REQUIREMENT.match(line)]
    assert [line for line in requirements if not re.search(r"#\s*\w", line)] == []
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    named = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(r for extra in project["project"]["optional-dependencies"].values() for r in extra),
        *(r for group in project["dependency-groups"].values() for r in group),
    ]
    assert len(requirements) == len([r for r in named if not r.startswith("parindex[")])  # its own extras


def test_nothing_made_or_minified_is_tracked(tracked, root):
    """No lock file that names a host, no compiled or minified file."""
    names = [str(p.relative_to(root)) for p in tracked]
    assert [n for n in names if n.endswith(("uv.lock", ".min.js", ".min.css", ".mo", ".pyc", ".map"))] == []
    sources = [p for p in tracked if p.suffix in {".py", ".css", ".js", ".html"}]
    long = [
        p.name
        for p in sources
        if max(map(len, p.read_text(encoding="utf-8").splitlines()), default=0) > LONGEST_LINE
    ]
    assert long == []
