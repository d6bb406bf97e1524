"""Every refusal of the applications has a sentence in both languages, and no sentence is left over."""

import ast
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from string import Formatter

import pytest

import parindex
from parindex.core.wording import refusals
from parindex.core.wording.problems import SENTENCES as KERNEL
from parindex.core.wording.refusals import BLANK, SENTENCES, refusal_sentence
from parindex.core.wording.terms import TERMS


PACKAGE = Path(parindex.__file__).parent
SPEAKING = ("apps", "web", "config")
CLASSES = {"Refused"}


def _trees():
    return [
        ast.parse(p.read_text(encoding="utf-8"))
        for part in SPEAKING
        for p in sorted((PACKAGE / part).rglob("*.py"))
    ]


def _classes(trees):
    """Names of classes that are refusals, however deep."""
    found = set(CLASSES)
    for _ in range(3):
        for node in (n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.ClassDef)):
            if any(isinstance(b, ast.Name) and b.id in found for b in node.bases):
                found.add(node.name)
    return found


def _raised():
    """Code -> names of its data, of everything the applications raise."""
    trees = _trees()
    names, codes = _classes(trees), {}
    for call in (n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Call)):
        own = (
            isinstance(call.func, ast.Attribute) and call.func.attr == "__init__"
        )  # super().__init__(code, …)
        if call.args and (own or (isinstance(call.func, ast.Name) and call.func.id in names)):
            code = call.args[0]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                codes.setdefault(code.value, set()).update(k.arg for k in call.keywords if k.arg)
    return codes


def _reported():
    """Codes that are handed on as data: a name or a key `code` that is given a text, what is put into words
    at once, or what a rule is told to refuse with (`missing`)."""
    found = set()
    for node in (n for tree in _trees() for n in ast.walk(tree)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "refusal_sentence"
        ):
            found |= {node.args[0].value} if isinstance(node.args[0], ast.Constant) else set()
        if isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id in {"code", "missing"} for t in node.targets
        ):
            found |= {c.value for c in ast.walk(node.value) if isinstance(c, ast.Constant)}
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            given = [k.value for k in node.keywords if k.arg == "missing"]
            given += node.args if called == "check_text" else []
            found |= {a.value for a in given if isinstance(a, ast.Constant)}
        if isinstance(node, ast.Dict):
            found |= {
                c.value
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and key.value == "code"
                for c in ast.walk(value)
                if isinstance(c, ast.Constant)
            }
    return found


def test_every_code_has_its_sentence():
    """With the data it needs."""
    raised = _raised()
    assert raised
    assert set(raised) - set(SENTENCES) - set(KERNEL) == set()
    lacking = {
        code: fields - raised[code]
        for code, fields in ((c, _fields(c)) for c in SENTENCES if c in raised)
        if fields - raised[code]
    }
    assert lacking == {}


def test_no_sentence_is_left_over():
    """What nobody raises, nor reports as the code of what could not be taken, is not said."""
    assert set(SENTENCES) - set(_raised()) - _reported() == set()


def test_both_languages_ask_for_the_same_data():
    """And neither sentence is the other."""
    for code, (vi, en) in SENTENCES.items():
        assert vi != en
        assert _names(vi) == _names(en), code
        assert vi.endswith((".", "?")), code
        assert en.endswith((".", "?")), code


@pytest.mark.parametrize("family", TERMS)
def test_every_term_stands_in_both_languages(family):
    """The English is not the Vietnamese."""
    assert all(text.vi and text.en and text.vi != text.en for code, text in TERMS[family].items())


def test_every_stored_state_has_its_term():
    """A state, stage, phase or step that is added needs a word."""
    from django.db.models import TextChoices

    from parindex.apps.assessments import models, states
    from parindex.apps.evidence.models import Document
    from parindex.apps.organisations.roles import Act

    kept = {
        "round": models.Round.State,
        "phase": models.Phase.Kind,
        "sheet": models.Sheet.State,
        "explanation": models.Explanation.State,
        "stage": models.Ruling.Stage,
        "party": models.Statement.Party,
        "document": Document.Kind,
        "act": Act,
    }
    for family, choices in kept.items():
        assert issubclass(choices, TextChoices | StrEnum)
        assert {c.value for c in choices} == set(TERMS[family]), family
    steps = {s.value for e in (states.RoundStep, states.SheetStep, states.ExplanationStep) for s in e}
    assert steps == set(TERMS["step"])


def _names(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def _fields(code):
    return _names(SENTENCES[code][0])


def test_a_code_that_two_modules_say_needs_the_same_data_in_both():
    """The later one stands: with other data, the refusals of the earlier one would have no words."""
    needed: dict[str, set[str]] = {}
    for module in iter_modules(refusals.__path__):
        said = import_module(f"{refusals.__name__}.{module.name}").SENTENCES
        for code, sentences in said.items():
            names = {name for text in sentences for _, name, _, _ in Formatter().parse(text) if name}
            assert needed.setdefault(code, names) == names, (code, module.name)


@pytest.mark.parametrize("code", BLANK)
def test_what_was_not_sent_is_asked_for_rather_than_quoted(code):
    """In both languages; what was sent is still quoted."""
    assert code in SENTENCES
    names = {name for _, name, _, _ in Formatter().parse(SENTENCES[code][0]) if name}
    for language in ("vi", "en"):
        asked = refusal_sentence(
            code, dict.fromkeys(names, "x") | dict.fromkeys(names - {"field"}, ""), language
        )
        assert "“”" not in asked
        assert asked != refusal_sentence(code, dict.fromkeys(names, "x"), language)
