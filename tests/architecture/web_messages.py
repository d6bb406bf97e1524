"""Every sentence of the pages that must have a translation, and the words that were left outside one."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize


QUOTED = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(n?gettext|_)\(({QUOTED})(?:,\s*({QUOTED}))?")
LETTERS = re.compile(r"[^\W\d_]{2,}")
VIETNAMESE = re.compile(r"[à-ỹÀ-Ỹ]")
SPOKEN = {"alt", "title", "aria-label", "placeholder", "aria-description", "label"}
GETTEXT = {"gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "gettext_noop"}

Message = str | tuple[str, str]


def template_messages(text: str) -> set[Message]:
    """What `translate` and `blocktranslate` of a template ask for; a pair where there is a plural."""
    found: set[Message] = set()
    for name, one, many in CALL.findall(templatize(text)):
        single = ast.literal_eval(one)
        found.add((single, ast.literal_eval(many)) if name == "ngettext" else single)
    return found


def python_messages(source: str) -> set[Message]:
    """What gettext calls of a module ask for.

    Raises:
        ValueError: a call whose text is not written out, which no translator could find.
    """
    found: set[Message] = set()
    for call in _calls(source):
        if _name(call) in GETTEXT:
            written = [a.value for a in call.args[:2] if isinstance(a, ast.Constant)]
            texts = [t for t in written if isinstance(t, str)]
            plural = _name(call).startswith("ngettext")
            if len(texts) != 1 + plural:
                raise ValueError(f"line {call.lineno}: the text of a gettext call must be written out")
            found.add((texts[0], texts[1]) if plural else texts[0])
    return found


def untranslated_python(source: str) -> list[str]:
    """Vietnamese strings of a module that stand alone: not in gettext, nor beside their English."""
    tree = ast.parse(source)
    allowed = {id(node) for node in _docstrings(tree)}
    for call in _calls(source, tree):
        pair = _name(call) in {"pick", "Text"} and len(call.args) == 2
        if pair or _name(call) in GETTEXT:
            allowed |= {id(part) for argument in call.args for part in ast.walk(argument)}
    return [
        f"{node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if VIETNAMESE.search(node.value) and LETTERS.search(node.value) and id(node) not in allowed
    ]


def untranslated_words(text: str) -> list[str]:
    """Words of a template that readers would see or hear in one language only."""
    reader = _Words()
    reader.feed("".join(_raw(text)))
    return [word for piece in reader.said for word in LETTERS.findall(piece)]


def templates(root: Path) -> dict[str, str]:
    """Every template of the site by its name."""
    web = root / "src" / "parindex" / "web"
    return {
        str(p.relative_to(web)).partition("templates/")[2]: p.read_text(encoding="utf-8")
        for p in sorted(web.rglob("*.html"))
    }


def modules(root: Path) -> dict[str, str]:
    """Every Python module of the site."""
    web = root / "src" / "parindex" / "web"
    return {str(p.relative_to(web)): p.read_text(encoding="utf-8") for p in sorted(web.rglob("*.py"))}


def _calls(source: str, tree: ast.Module | None = None) -> list[ast.Call]:
    return [n for n in ast.walk(tree or ast.parse(source)) if isinstance(n, ast.Call)]


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _docstrings(tree: ast.Module) -> list[ast.expr]:
    """Strings that stand as statements of their own."""
    return [n.value for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)]


def _raw(text: str) -> list[str]:
    """A template's own text: without tags, variables, comments and what `blocktranslate` holds."""
    pieces, inside = [], False
    for token in Lexer(text).tokenize():
        if token.token_type is TokenType.BLOCK:
            name = token.contents.split()[0]
            inside = name in {"blocktranslate", "blocktrans"} or (
                inside and name not in {"endblocktranslate", "endblocktrans"}
            )
        elif token.token_type is TokenType.TEXT and not inside:
            pieces.append(token.contents)
    return pieces


class _Words(HTMLParser):
    """Text and spoken attributes; not code, which is the same in every language."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.code += tag == "code"
        self.said += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag == "code"

    def handle_data(self, data: str) -> None:
        if not self.code:
            self.said.append(data)
