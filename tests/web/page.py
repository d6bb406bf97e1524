"""A page as a reader without a browser sees it: elements, texts, links, and what is unsound about it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser


VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BLOCKS = {
    "div",
    "section",
    "ul",
    "ol",
    "dl",
    "table",
    "form",
    "h1",
    "h2",
    "h3",
    "p",
    "details",
    "header",
    "nav",
}
FETCHES = {"src", "srcset", "data", "poster", "xlink:href", "action", "formaction"}
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for")


@dataclass
class Element:
    """An element with its attributes, its children in order (text between them), and its parent."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """This element and all below it, as they stand in the page."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [c for c in reversed(element.children) if isinstance(c, Element)]

    def all(self, tag: str, css: str = "") -> list["Element"]:
        """The elements below of a tag (and a class)."""
        return [e for e in self.walk() if e is not self and e.tag == tag and (not css or css in e.classes)]

    @property
    def classes(self) -> list[str]:
        """The classes."""
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """What is read, hidden words included, white space made one."""
        parts = [c if isinstance(c, str) else c.text for c in self.children]
        return " ".join("".join(parts).split())

    @property
    def seen(self) -> str:
        """What is seen: without words that are only heard, and without titles of drawings."""
        parts = [
            c if isinstance(c, str) else "" if "sr" in c.classes or c.tag == "title" else f"{c.seen} "
            for c in self.children
        ]
        return " ".join("".join(parts).split())


class Page(HTMLParser):
    """A parsed page; `faults` names everything unsound."""

    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=True)
        self.content = content
        self.faults: list[str] = []
        self.root = self.at = Element("", {})
        self.feed(content)
        self.close()
        if self.at is not self.root:
            self.faults.append(f"<{self.at.tag}> is never closed")
        self._look()

    def handle_starttag(self, tag, attrs):
        """Open an element."""
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.faults += [f"<{tag}> has {name} twice" for name, n in Counter(names).items() if n > 1]
        element = Element(tag, {k: v or "" for k, v in attrs}, self.at)
        if tag in BLOCKS and any(e == "p" for e in self._open()):
            self.faults.append(f"<{tag}> inside <p>")
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag, attrs):
        """An element of a drawing that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.at = self.at.parent or self.root

    def handle_endtag(self, tag):
        """Close the element that was opened last, or name the fault."""
        if self.at.tag != tag:
            self.faults.append(f"</{tag}> closes <{self.at.tag}>")
            return
        self.at = self.at.parent or self.root

    def handle_data(self, data):
        """Text."""
        self.at.children.append(data)

    def _open(self) -> Iterator[str]:
        element = self.at
        while element.parent is not None:
            yield element.tag
            element = element.parent

    def _look(self) -> None:
        elements = list(self.root.walk())
        ids = Counter(e.attributes["id"] for e in elements if "id" in e.attributes)
        self.faults += [f"id {i!r} {n} times" for i, n in ids.items() if n > 1]
        self.faults += [
            f"id {i!r} holds white space or is empty" for i in ids if not i or len(i.split()) != 1
        ]
        for element in elements:
            self._look_at(element, ids)
        for tag in ("h1", "main", "title"):
            count = len(
                [e for e in self.root.all(tag) if e.parent and e.parent.tag != "svg" and not _drawn(e)]
            )
            if count != 1:
                self.faults.append(f"{count} <{tag}>")

    def _look_at(self, element: Element, ids: Counter[str]) -> None:
        """No script but the project's own files, no handler, no style of its own, nothing from elsewhere."""
        tag = element.tag
        own = element.attributes.get("src", "").startswith("/static/") and "defer" in element.attributes
        if tag == "script" and own and not element.children:
            return
        if tag in {"script", "style", "iframe", "object", "embed", "base"}:
            self.faults.append(f"<{tag}>")
        for name, value in element.attributes.items():
            if name.startswith("on") or name == "style":
                self.faults.append(f"<{tag} {name}>")
            elsewhere = name in FETCHES or (name == "href" and tag in {"a", "link", "use", "image"})
            if (elsewhere and not value.startswith(("/", "#", "?"))) or value.startswith("//"):
                self.faults.append(f"<{tag} {name}={value!r}>")
            if name in REFERENCES and (gone := {one for one in value.split() if one not in ids}):
                self.faults.append(f"<{tag} {name}> names {gone}, which is not on the page")
        href = element.attributes.get("href", "")
        if tag == "a" and href.startswith("#") and href[1:] not in ids:
            self.faults.append(f"link to {href}, which is not on the page")

    @property
    def language(self) -> str:
        """Of the whole page."""
        return self.root.all("html")[0].attributes["lang"]

    @property
    def links(self) -> list[str]:
        """Where the page leads to."""
        return [e.attributes["href"] for e in self.root.all("a") if "href" in e.attributes]

    @property
    def heading(self) -> str:
        """The page's own heading."""
        return self.root.all("h1")[0].text

    def rows(self, css: str = "ranking") -> list[list[str]]:
        """The cells of the first table of a class, as seen; the header is left out."""
        table = next(t for t in self.root.all("table") if not css or css in t.classes)
        body = table.all("tbody")[0]
        return [[c.seen for c in r.children if isinstance(c, Element)] for r in body.all("tr")]


def _drawn(element: Element) -> bool:
    """Whether an element is part of a drawing."""
    while element.parent is not None:
        element = element.parent
        if element.tag == "svg":
            return True
    return False
