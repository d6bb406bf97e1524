"""Why an act was refused and what to do, for every code that the applications refuse with.

Each module of this package holds the sentences of one subject in `SENTENCES`, code -> (Vietnamese, English);
and in `BLANK` those that ask for what is missing, where a sentence would quote nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from parindex.core.wording import problems
from parindex.core.wording.notation import value_text
from parindex.core.wording.terms import term


SENTENCES: Mapping[str, tuple[str, str]] = {
    code: sentences
    for module in iter_modules(__path__)
    for code, sentences in import_module(f"{__name__}.{module.name}").SENTENCES.items()
}

BLANK: Mapping[str, tuple[str, str]] = {
    code: sentences
    for module in iter_modules(__path__)
    for code, sentences in getattr(import_module(f"{__name__}.{module.name}"), "BLANK", {}).items()
}

# a datum that is a stored code, and the family of words it is said with
FAMILIES: Mapping[str, str] = {"act": "act", "kind": "phase", "state": "state", "step": "step"}


def refusal_sentence(code: str, data: Mapping[str, object], language: str) -> str:
    """The sentence for a refusal's code and data; what the kernel refuses is said as on the command line."""
    if code not in SENTENCES:
        return problems.sentence(code, data, language)
    words = {
        key: term(FAMILIES[key], str(value), language) if key in FAMILIES else value_text(value, language)
        for key, value in data.items()
    }
    nothing = any(isinstance(value, str) and not value.strip() for value in data.values())
    sentences = BLANK[code] if nothing and code in BLANK else SENTENCES[code]
    return sentences[0 if language == "vi" else 1].format_map(words)
