"""Forms as data, drawn by one template; what is wrong is said and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from parindex.core.formats.days import read_day
from parindex.core.kernel.problems import Refused
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language


Options = Sequence[tuple[str, str]]
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form.

    Attributes:
        kind: ``text``, ``date``, ``email``, ``select``, ``many`` (some of the options), ``area``, ``check``.
        value: what stands in it before anything is typed; for ``many`` the chosen ones.
        options: value and label, of ``select`` and ``many``.
        known: what is offered for a text that may be another.
    """

    name: str
    label: str
    kind: str = "text"
    value: Any = ""
    hint: str = ""
    required: bool = True
    short: bool = False
    options: Options = ()
    known: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A page with one form: heading, what it does, its questions and its button.

    Attributes:
        over, lead: a line above and one below the heading.
        danger: what the button does is not easily undone.
        crumbs: address and name of what is above this page.
        carried: key of the territory that was chosen, if any.
    """

    title: str
    button: str
    fields: Sequence[Field]
    over: str = ""
    lead: str = ""
    danger: bool = False
    crumbs: Sequence[tuple[str, str]] = ()
    carried: int = 0


def answer(
    request: Desk, form: Form, frame: dict[str, Any], *, send: Callable[[Desk], tuple[str, str] | None]
) -> HttpResponse:
    """Show the form; sent, act. A refusal is said above what was typed, with status 422.

    Args:
        send: does what the form asks for and returns the words of success and where to go on; None where
            there was nothing to do.
    """
    if request.method == "POST":
        try:
            done = send(request)
        except Refused as refusal:
            messages.error(request, refusal_sentence(refusal.code, refusal.data, language()))
        else:
            if done is not None:
                words, url = done
                messages.success(request, words)
                return redirect(url)
    context = {**frame, "form": form, "fields": [_shown(request, f) for f in form.fields]}
    return render(request, "manage/form.html", context, status=422 if request.method == "POST" else 200)


def _shown(request: Desk, asked: Field) -> dict[str, Any]:
    """A field as the template draws it: with what was typed, if anything was."""
    sent = request.method == "POST"
    value: Any = request.POST.get(asked.name, "") if sent else asked.value
    chosen = request.POST.getlist(asked.name) if sent else asked.value
    if isinstance(value, date):
        value = value.isoformat()
    return {
        "name": asked.name,
        "label": asked.label,
        "kind": asked.kind,
        "value": value or "",
        "hint": asked.hint,
        "required": asked.required,
        "short": asked.short,
        "known": asked.known,
        "options": [
            {
                "value": code,
                "label": label,
                "chosen": code in chosen if asked.kind == "many" else code == str(value),
            }
            for code, label in asked.options
        ],
    }


def text(request: Desk, name: str, *, limit: int = LONGEST) -> str:
    """What was typed in a field, without space around it."""
    return request.POST.get(name, "").strip()[:limit]


def day(request: Desk, name: str) -> date | None:
    """A date that was typed, None where the field is empty. Raises Refused ``day_unreadable``."""
    typed = text(request, name, limit=40)
    return read_day(typed) if typed else None


def needed_day(request: Desk, name: str) -> date:
    """A date that must be there. Raises Refused ``day_missing`` or ``day_unreadable``."""
    found = day(request, name)
    if found is None:
        raise Refused("day_missing")
    return found
