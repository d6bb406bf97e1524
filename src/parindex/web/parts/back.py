"""A small form that was refused comes back on its page with what was typed, and with the reason beside its
field; the reason also stands on top of the page, whose form may be gone by now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages

from parindex.core.kernel.problems import Refused
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.doors import Desk, Made
from parindex.web.parts.languages import language


TOO_LONG = "text_too_long"


@dataclass(frozen=True, slots=True)
class SmallForm:
    """One form of a page as it was sent.

    Attributes:
        name: which form of the page, and of which row. sent: what was typed, by field.
        beside: by the code of a refusal, the field that it is about; else it is the first one, or the longest
            where a text is too long.
    """

    name: str
    sent: Mapping[str, str]
    beside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Back:
    """What a page says of a form that was refused: beside which field, and why; tag ``field`` shows it."""

    form: str
    field: str
    wrong: str
    sent: Mapping[str, str]


def tried(
    request: Desk, form: SmallForm, act: Callable[..., Made], **arguments: Any
) -> tuple[Made | None, Back | None]:
    """Call an action as the person at the desk with what a small form said.

    Returns:
        What the action returned, or the form as it comes back.
    """
    try:
        return act(**arguments, by=request.user.ref, at=request.at), None
    except Refused as refusal:
        return None, come_back(request, form, refusal)


def come_back(request: Desk, form: SmallForm, refusal: Refused) -> Back:
    """A form as it comes back after a refusal; see `tried`."""
    words, sent = refusal_sentence(refusal.code, refusal.data, language()), form.sent
    usual = max(sent, key=lambda name: len(sent[name])) if refusal.code == TOO_LONG else next(iter(sent), "")
    messages.error(request, words)
    return Back(form.name, form.beside.get(refusal.code, usual), words, sent)
