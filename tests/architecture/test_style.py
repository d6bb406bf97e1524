"""The style sheet and the pages know each other: one sheet, light, no class in vain on either side."""

import re

import pytest


MADE_UP = re.compile(r"(b|c|g|gr|s)\d+|sw-[a-z0-9-]+")  # a number or a name is put in by a tag or a chart
HEAVIEST = 45_000
LEVELS = {"success", "warning", "error"}  # of Django's messages


@pytest.fixture(scope="module")
def web(root):
    """The folder of all pages."""
    return root / "src/parindex/web"


@pytest.fixture(scope="module")
def sheet(web):
    """The one style sheet, without comments and addresses."""
    (path,) = web.rglob("*.css")
    text = path.read_text(encoding="utf-8")
    assert len(text.encode()) < HEAVIEST
    return re.sub(r"/\*.*?\*/|url\([^)]*\)", "", text, flags=re.S)


@pytest.fixture(scope="module")
def ruled(sheet):
    """Every class that a rule names."""
    return set(re.findall(r"\.([a-z][a-z0-9-]*)", sheet))


def test_every_class_of_a_page_has_a_rule(web, ruled):
    """A class that no rule knows is a slip of the pen."""
    unknown: dict[str, set[str]] = {}
    for path in web.rglob("*.html"):
        for value in re.findall(r'class="([^"]*)"', _without_tags(path.read_text(encoding="utf-8"))):
            names = {n for n in value.split() if "\0" not in n}
            if gone := names - ruled:
                unknown.setdefault(path.name, set()).update(gone)
    assert unknown == {}


def test_every_rule_has_its_page(web, ruled):
    """A rule for what no template, tag or chart writes is dead."""
    written = "\n".join(p.read_text(encoding="utf-8") for kind in ("*.html", "*.py") for p in web.rglob(kind))
    words = LEVELS | set(re.findall(r"[a-z][a-z0-9-]*", written))
    assert {name for name in ruled if name not in words and not MADE_UP.fullmatch(name)} == set()


def test_colours_are_named_once(sheet):
    """Below the tokens no rule writes a colour of its own: dark screens would not follow."""
    rules = sheet[sheet.index("box-sizing") : sheet.index("@media print")]
    assert re.findall(r"#[0-9a-f]{3,8}\b", rules) == []


def _without_tags(text):
    """A template with its tags cut out and its variables marked; both sides of a condition stay."""
    return re.sub(r"{{.*?}}", "\0", re.sub(r"{%.*?%}", " ", text, flags=re.S), flags=re.S)
