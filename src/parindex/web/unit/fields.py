"""The form of a leaf as single cells, one thing to fill in each, and the answer that filled-in cells say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from parindex.core.formats.workbooks import cell_text
from parindex.core.kernel.framework import Node
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.rules.values import NO, YES
from parindex.web.parts.inputs import NONE, Control, Option, answer_in, controls_of


NAME = "a"
_NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,14})?")
_SERIAL = re.compile(r"[2-7]\d{4}")
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets
EXACT_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of a leaf.

    Attributes:
        key: unlike any other of the leaf.
        name: of the form's control; several cells of yes and no share one.
        kind: ``choice``, ``yes``, ``date`` or ``number``.
        label: what to fill in.
        text: what stands in it.
        options: what may be chosen, as shown, and the form's value for it.
        may_deny: all said no is an answer too: none of them.
    """

    key: str
    name: str
    kind: str
    label: str
    text: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    may_deny: bool = False


class FieldRefused(Exception):  # noqa: N818  says what happened, as the kernel's refusals do
    """What a cell may not hold, and which cell."""

    def __init__(self, key: str, refusal: Refused) -> None:
        super().__init__(key)
        self.key, self.refusal = key, refusal


def yes_and_no() -> tuple[str, str]:
    """The two words of a cell that is ticked or not."""
    return gettext("có"), gettext("không")


def fields_of(leaf: Node, text: str) -> list[Field]:
    """A leaf's cells, filled in from the answer that stands (as text, may be empty)."""
    return list(_flat(controls_of(leaf, NAME, text), within=""))


def said_in(leaf: Node, cells: Mapping[str, str]) -> str:
    """The answer that filled-in cells say, as text; empty where all are.

    Args:
        cells: by the keys of `fields_of`.

    Raises:
        FieldRefused: ``cell_not_of_list``: a word that is none of its choices.
    """
    fields = {f.key: f for f in [*fields_of(leaf, ""), *_percentage(leaf)]}
    posted: MultiValueDict[str, str] = MultiValueDict()
    denied = set()
    for key, text in cells.items():
        if text and key in fields:
            value = _posted(fields[key], text)
            if value:
                posted.appendlist(fields[key].name, value)
            elif fields[key].may_deny:
                denied.add(fields[key].name)
    for name in denied - set(posted):
        posted.appendlist(name, NONE)
    return answer_in(leaf, NAME, posted)


def unused(leaf: Node, answer: str, cells: Mapping[str, str]) -> list[str]:
    """Keys of cells that hold something which the answer does not say: it would be lost without a word."""
    said = {f.key for f in fields_of(leaf, answer) if f.text}
    no = NO | {_folded(yes_and_no()[1])}
    return [key for key, text in cells.items() if text and _folded(text) not in no and key not in said]


def plain(kind: str, text: str) -> str:
    """A cell's text as a spreadsheet gives it back: ``12,50`` is 12.5; a day's number is a date."""
    text = text.strip()
    if kind == "date" and _SERIAL.fullmatch(text):
        return (_EPOCH + timedelta(days=int(text))).isoformat()
    if is_number(kind, text):
        return cell_text(float(text.replace(",", ".")))
    return text


def is_number(kind: str, text: str) -> bool:
    """Whether a cell can hold the text as a number, every digit kept."""
    digits = sum(c.isdigit() for c in text)
    return kind == "number" and _NUMBER.fullmatch(text) is not None and digits <= EXACT_DIGITS


def same(leaf: Node, text: str) -> str:
    """An answer as it would come back from its own cells, to be compared with what did."""
    try:
        return said_in(leaf, {f.key: plain(f.kind, f.text) for f in fields_of(leaf, text)})
    except FieldRefused:
        return text


def _flat(controls: Sequence[Control], *, within: str) -> Iterator[Field]:
    for control in controls:
        yield from _FLAT.get(control.kind, _typed)(control, within)


def _radio(control: Control, within: str) -> Iterator[Field]:
    labels = _labels(control.options)
    chosen = next((label for label, option in labels.items() if option.checked), "")
    options = {label: option.value for label, option in labels.items()}
    label = _label(gettext("Chọn một trong danh sách"), within)
    yield Field(control.name, control.name, "choice", label, chosen, options)
    for label, option in labels.items():
        yield from _flat(option.controls, within=label)


def _check(control: Control, within: str) -> Iterator[Field]:
    yes, no = yes_and_no()
    shown = [o for o in control.options if o.value != NONE] or control.options
    may_deny = len(shown) < len(control.options)
    answered = any(o.checked for o in control.options)
    for option in shown:
        text = yes if option.checked else no if may_deny and answered else ""
        key = f"{control.name}={option.value}"
        label = _label(option.label, within)
        yield Field(key, control.name, "yes", label, text, {yes: option.value, no: ""}, may_deny)


def _ratio(control: Control, within: str) -> Iterator[Field]:
    labels = {
        "part": gettext("Tử số"),
        "whole": gettext("Mẫu số"),
        "percent": gettext("Hoặc tỷ lệ phần trăm"),
    }
    for key, label in labels.items():
        text = control.values[key]
        if key != "percent" or text:
            name = f"{control.name}.{key}"
            yield Field(name, name, "number", _label(label, within), plain("number", text))


def _typed(control: Control, within: str) -> Iterator[Field]:
    label = _label(control.label or gettext("Số liệu"), within)
    kind = "date" if control.kind == "date" else "number"
    yield Field(control.name, control.name, kind, label, plain(kind, control.values[""]))


_FLAT = {"radio": _radio, "check": _check, "ratio": _ratio}


def _label(label: str, within: str) -> str:
    return f"{label} ({gettext('nếu chọn')}: {within})" if within else label


def _labels(options: Sequence[Option]) -> dict[str, Option]:
    """Options by their words; two with the same words are told apart by their codes."""
    words = [o.label for o in options]
    return {o.label if words.count(o.label) == 1 else f"{o.label} ({o.value})": o for o in options}


def _percentage(leaf: Node) -> Iterator[Field]:
    """The cells of percentages, which stand in a workbook only where one was typed."""
    for control in _ratios(controls_of(leaf, NAME, "")):
        name = f"{control.name}.percent"
        yield Field(name, name, "number", "")


def _ratios(controls: Sequence[Control]) -> Iterator[Control]:
    for control in controls:
        if control.kind == "ratio":
            yield control
        for option in control.options:
            yield from _ratios(option.controls)


def _posted(one: Field, text: str) -> str:
    """What a form would send for the cell's text; empty: a no."""
    if not one.options:
        return plain(one.kind, text)
    folded = _folded(text)
    if one.kind == "yes" and folded in YES | NO:
        folded = _folded(yes_and_no()[folded in NO])
    for label, value in one.options.items():
        if folded in (_folded(label), value and _folded(value)):
            return value
    raise FieldRefused(one.key, Refused("cell_not_of_list", text=text[:100]))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
