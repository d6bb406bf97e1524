"""What a newcomer meets first: README, CONTRIBUTING, CHANGELOG, and that every guide can be reached."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from PIL import Image
from walkthrough import blocks

from parindex import __version__


ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ONE_SCREEN = 45
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"\bmake ([a-z][a-z-]*)")
PLACE = re.compile(r"`((?:src|tests|docs|bench|\.ci)/[\w./-]*)`")
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    DOCS.rglob("*.md")
)


def names(path: Path) -> str:
    """The path as a test's name."""
    return str(path.relative_to(ROOT))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def anchors(page: str) -> set[str]:
    """Addresses of a page's headings, as GitHub and MkDocs make them from plain words."""
    titles = re.findall(r"^#+ (.+)$", page, re.M)
    return {re.sub(r"[^\w\- ]", "", t.lower()).strip().replace(" ", "-") for t in titles}


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_link_leads_somewhere(page):
    """A file of the project, and a heading of it."""
    dead = []
    for link in LINK.findall(text(page)):
        if link.startswith("https://"):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        if not target.exists() or (anchor and anchor not in anchors(text(target))):
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_place_and_every_make_target_is_there(page):
    """What a page tells its reader to open or to run."""
    targets = set(re.findall(r"^([a-z][a-z-]*):", text(ROOT / "Makefile"), re.M))
    said = re.sub(r"\n", " ", " ".join(re.findall(r"`[^`]*`|^\$? ?make .*$", text(page), re.M)))
    assert set(COMMAND.findall(said)) - targets == set()
    places = [re.sub(r"[A-Z]{2,}", "*", p) for p in PLACE.findall(text(page))]
    assert [p for p in places if not any(ROOT.glob(p))] == []


def test_the_readme_fits_one_screen():
    """What it is, why, how it looks, how it starts, where to read on."""
    assert len(text(ROOT / "README.md").splitlines()) <= ONE_SCREEN


@pytest.mark.parametrize("page", [ROOT / "README.md", DOCS / "index.md"], ids=names)
def test_a_picture_is_told_to_those_who_cannot_see_it(page):
    """With the numbers that can be read in it, and that the province is fictional."""
    ((alt, file),) = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", text(page))
    with Image.open(page.parent / file) as picture:
        shown = re.findall(r"[\d.]+", picture.text["Words"])
    assert "fictional" in alt
    assert set(re.findall(r"[\d.]*\d", alt)) - set(shown) == set()


@pytest.mark.slow
def test_the_commands_of_the_readme_work():
    """Each as it is printed, from the project's folder."""
    commands = [
        line
        for block in blocks(text(ROOT / "README.md"))
        for line in block.text.splitlines()
        if line.startswith(".venv/bin/")
    ]
    assert {c.split()[1] for c in commands} == {"check", "score", "explain", "robustness"}
    here = f"{sys.executable} -m parindex"
    for command in commands:
        done = subprocess.run(
            ["bash", "-c", command.replace(".venv/bin/parindex", here, 1)],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, ""), command
        assert len(done.stdout.splitlines()) > 5, command


def test_the_two_commands_of_the_readme_do_their_own_set_up():
    """`make demo` and `make test` depend on the environment they need."""
    rules = dict(re.findall(r"^([a-z]+): (.*)$", text(ROOT / "Makefile"), re.M))
    assert ".venv/site" in rules["demo"]
    assert ".venv/dev" in rules["test"]
    assert {"demo", "test"} == set(
        COMMAND.findall("\n".join(re.findall(r"^make .*", text(ROOT / "README.md"), re.M)))
    )


def test_every_page_is_in_the_navigation():
    """None can be found by its address alone."""
    listed = re.findall(r"[\w/-]+\.md", yaml.safe_dump(yaml.safe_load(text(ROOT / "mkdocs.yml"))["nav"]))
    assert sorted(listed) == sorted(str(p.relative_to(DOCS)) for p in DOCS.rglob("*.md"))


def test_every_decision_is_in_the_list_of_decisions():
    """By its number and its title."""
    listed = re.findall(r"^(\d+)\. \[(.+)\]\((.+)\)$", text(DOCS / "decisions" / "index.md"), re.M)
    written = [text(p).splitlines()[0] for p in sorted((DOCS / "decisions").glob("0*.md"))]
    assert [f"# {number}. {title}" for number, title, _ in listed] == written


def test_the_changelog_knows_the_version():
    """That of pyproject.toml, of the package, and the newest entry are one."""
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    newest = re.search(r"^## (\S+)", text(ROOT / "CHANGELOG.md"), re.M)[1]
    assert project["version"] == __version__ == newest
