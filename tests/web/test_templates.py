"""Templates by themselves: each is used, none holds script, style or an unescaped text, none asks in vain."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override
from page import Page

import parindex
from parindex.web.parts.design import design


WEB = Path(parindex.__file__).parent / "web"
TEMPLATES = {
    p.relative_to(p.parents[1]).as_posix(): p.read_text(encoding="utf-8") for p in WEB.glob("*/templates/*/*")
}
SOURCES = {p: p.read_text(encoding="utf-8") for p in WEB.rglob("*.py")}
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?%\}.*?\{% endcomment %\}", re.DOTALL)
NAMED = re.compile(r"""["']((?:\w+/)+[\w.]+\.(?:html|txt))(?:#\w+)?["']""")
AHEAD = {"parts/controls.html"}  # of the page that will show it
BY_DJANGO = {f"parts/{code}.html" for code in (400, 403, 404, 500)}
FORBIDDEN = {
    "a script within the page": r"""<script(?! src="{% static "[\w/.-]+" %}" defer></script>)""",
    "a handler": r"<[^>]*\son\w+\s*=",
    "a style of its own": r"<[^>]*\sstyle\s*=|<style",
    "a scripted link": r"javascript:",
    "something from elsewhere": r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""",
    "unescaped text": r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b",
    "a comment that everybody reads": r"<!--",
}


def _uses(name):
    """Who names a template: Python files, and other templates."""
    code = [str(p) for p, text in SOURCES.items() if name in NAMED.findall(text)]
    return code + [
        other for other, text in TEMPLATES.items() if other != name and name in NAMED.findall(text)
    ]


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_template_is_used(name):
    """By a view or by another template."""
    assert _uses(name) or name in AHEAD


def test_every_template_that_is_named_is_there():
    """Also where a view is seldom reached."""
    named = {n for text in (*SOURCES.values(), *TEMPLATES.values()) for n in NAMED.findall(text)}
    assert named - set(TEMPLATES) == set()
    assert len(named) > 15
    assert set(TEMPLATES) >= BY_DJANGO


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_template_holds_nothing_that_the_browser_would_refuse(name):
    """Nor what a reader could abuse."""
    text = COMMENT.sub("", TEMPLATES[name])
    assert {what for what, pattern in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)} == set()


def test_only_drawings_and_tags_make_markup_in_python():
    """Everything else is escaped by the template."""
    makers = {
        p.relative_to(WEB).as_posix()
        for p, text in SOURCES.items()
        if re.search(r"mark_safe\(|SafeString\(", text)
    }
    assert makers <= {"parts/charts.py", "parts/templatetags/parts.py"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_design_system_is_a_sound_page(world, language):
    """It is there in development only, so it has no address here."""
    with override(language):
        response = design(RequestFactory().get("/design/"))
    assert response.status_code == 200
    assert Page(response.content.decode()).faults == ["2 <h1>"]  # its own, and one as a specimen


@pytest.mark.parametrize(
    "text",
    [
        "{{ a }}",
        "{% if a %}{% endif %}",
        "{% if b.c %}{% endif %}",
        "{% for x in a %}{% endfor %}",
        "{{ a|default:'x' }}",
        "{% with y=b.d %}{% endwith %}",
        "{% load i18n %}{% blocktranslate with z=a %}{{ z }}{% endblocktranslate %}",
    ],
)
def test_a_template_that_asks_in_vain_is_noticed(undefined, text):
    """Each way of asking; the tests of all pages rely on it."""
    Template(text).render(Context({"b": {}}))
    assert len(undefined) == 1
    undefined.clear()
