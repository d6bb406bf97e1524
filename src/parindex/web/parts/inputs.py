"""The form a leaf's rule asks for, and the answer that a filled-in form says.

A rule becomes a few controls (radio, checkboxes, number, ratio, date); their values come back as the bare
text that `parindex.core.kernel.reading.read_answer` reads. What cannot be read is not judged here: the text
goes to the rule as it is, and its refusal names what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext

from parindex.core.kernel.framework import Node
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.rules import (
    AllOrNothing,
    AnyRule,
    Branch,
    Choice,
    Conditions,
    DaysAfter,
    Deadline,
    Formula,
    LevelRange,
    Linear,
    PerDayLate,
    Proportional,
    Steps,
)
from parindex.core.kernel.rules.values import read_date
from parindex.core.wording.rules import award_words
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import bare, said


NO_CASE = "no-case"
NONE = "none"
Posted = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; `controls` are asked for with it (a branch's own rule, points within a level)."""

    value: str
    label: str
    worth: str = ""
    checked: bool = False
    controls: Sequence[Control] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """One thing to fill in. `kind`: radio, check, number, ratio, date, text; `values` by sub-name."""

    kind: str
    name: str
    label: str = ""
    hint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    options: Sequence[Option] = ()


def controls_of(leaf: Node, name: str, text: str) -> list[Control]:
    """What a leaf asks for, filled in from the answer that stands (as text, may be empty)."""
    if leaf.rule is None:
        return []
    nothing = text.casefold() == NO_CASE
    controls = _controls(leaf.rule, name, "" if nothing else text)
    if leaf.no_case is not None:
        options = [Option(NO_CASE, gettext("Không phát sinh trong kỳ"), checked=nothing)]
        controls.append(Control("check", f"{name}.instead", options=options))
    return controls


def answer_in(leaf: Node, name: str, posted: Posted) -> str:
    """The answer that a filled-in form says, as text; empty where nothing is filled in."""
    if leaf.rule is None:
        return ""
    if posted.get(f"{name}.instead") == NO_CASE:
        return NO_CASE
    return _answer(leaf.rule, name, posted)


def _controls(rule: AnyRule, name: str, text: str) -> list[Control]:
    for kinds, make, _ in _KINDS:
        if isinstance(rule, kinds):
            return make(rule, name, text)
    return [Control("number", name, values={"": text})]


def _answer(rule: AnyRule, name: str, posted: Posted) -> str:
    for kinds, _, read in _KINDS:
        if isinstance(rule, kinds):
            return read(rule, name, posted)
    return _plain(posted, name)


def _plain(posted: Posted, name: str) -> str:
    return posted.get(name, "").strip()


def _many(posted: Posted, name: str) -> list[str]:
    """All values of a name: of Django's QueryDict, or of a plain mapping."""
    values = getattr(posted, "getlist", None)
    return list(values(name)) if values else [posted[name]] if name in posted else []


def _choice(rule: Choice, name: str, text: str) -> list[Control]:
    options = [Option(o.id, said(o.name), award_words(o, language()), o.id == text) for o in rule.options]
    return [Control("radio", name, options=options)]


def _level(rule: LevelRange, name: str, text: str) -> list[Control]:
    chosen, _, points = text.partition(":")
    options = []
    for o in rule.options:
        inner = []
        if o.from_ != o.to:
            value = {"": points.strip() if o.id == chosen.strip() else ""}
            label = gettext("Điểm trong mức này")
            inner = [Control("number", f"{name}.{o.id}", label, values=value)]
        worth = bare(o.to) if o.from_ == o.to else f"{bare(o.from_)} – {bare(o.to)}"
        worth = gettext("%(points)s điểm") % {"points": worth}
        options.append(Option(o.id, said(o.name), worth, o.id == chosen.strip(), inner))
    return [Control("radio", name, options=options)]


def _level_in(rule: LevelRange, name: str, posted: Posted) -> str:
    chosen = _plain(posted, name)
    points = _plain(posted, f"{name}.{chosen}")
    return f"{chosen}:{points}" if points else chosen


def _met(rule: AllOrNothing | Conditions, name: str, text: str) -> list[Control]:
    known = [c.id for c in rule.conditions]
    whole, given = text.casefold(), {part.strip() for part in text.split(";")}
    met = set(known) if whole in ("all", "yes") else given
    options = [
        Option(
            c.id,
            said(c.name),
            award_words(c, language()) if isinstance(rule, Conditions) else "",  # type: ignore[arg-type]
            c.id in met,
        )
        for c in rule.conditions
    ]
    none = Option(NONE, gettext("Không đạt nội dung nào"), checked=whole in (NONE, "no"))
    return [Control("check", name, options=[*options, none])]


def _met_in(rule: AllOrNothing | Conditions, name: str, posted: Posted) -> str:
    given = _many(posted, name)
    met = [g for g in given if g != NONE]
    if met:
        return ";".join(met)
    return (NONE if isinstance(rule, Conditions) else "no") if given else ""


def _ratio(rule: Steps | Proportional | Linear, name: str, text: str) -> list[Control]:
    if rule.input != "ratio":
        unit = said(rule.unit) if rule.unit else ""
        return [Control("number", name, unit, values={"": text})]
    part, slash, whole = text.partition("/")
    values = {"part": part.strip(), "whole": whole.strip(), "percent": ""}
    if not slash:
        values = {"part": "", "whole": "", "percent": text}
    return [Control("ratio", name, values=values)]


def _ratio_in(rule: Steps | Proportional | Linear, name: str, posted: Posted) -> str:
    if rule.input != "ratio":
        return _plain(posted, name)
    part, whole = _plain(posted, f"{name}.part"), _plain(posted, f"{name}.whole")
    return f"{part}/{whole}" if part or whole else _plain(posted, f"{name}.percent")


def _dated(rule: Deadline | PerDayLate | DaysAfter, name: str, text: str) -> list[Control]:
    first, _, base = text.partition(";base=")
    none = text.casefold() == NONE
    controls = [
        Control("date", name, gettext("Ngày văn bản"), values={"": "" if none else _iso(first)}),
    ]
    if isinstance(rule, DaysAfter) and rule.base is None:
        label = said(rule.base_name) if rule.base_name else gettext("Tính từ ngày")
        controls.append(Control("date", f"{name}.base", label, values={"": _iso(base)}))
    options = [Option(NONE, gettext("Không ban hành, không thực hiện"), checked=none)]
    return [*controls, Control("check", f"{name}.none", options=options)]


def _dated_in(rule: Deadline | PerDayLate | DaysAfter, name: str, posted: Posted) -> str:
    if NONE in _many(posted, f"{name}.none"):
        return NONE
    first, base = _plain(posted, name), _plain(posted, f"{name}.base")
    return f"{first};base={base}" if base else first


def _iso(text: str) -> str:
    """A date as the browser's field takes it; what is no date stays as typed."""
    try:
        found: date = read_date(text)
    except AnswerRefused:
        return text.strip()
    return found.isoformat()


def _branch(rule: Branch, name: str, text: str) -> list[Control]:
    chosen, _, rest = text.partition(":")
    options = [
        Option(
            b.id,
            said(b.name),
            checked=b.id == chosen.strip(),
            controls=_controls(b.rule, f"{name}.{b.id}", rest.strip() if b.id == chosen.strip() else ""),
        )
        for b in rule.branches
    ]
    return [Control("radio", name, options=options)]


def _branch_in(rule: Branch, name: str, posted: Posted) -> str:
    chosen = _plain(posted, name)
    case = next((b for b in rule.branches if b.id == chosen), None)
    return f"{chosen}: {_answer(case.rule, f'{name}.{chosen}', posted)}" if case else ""


def _formula(rule: Formula, name: str, text: str) -> list[Control]:
    given = {k.strip(): v.strip() for k, _, v in (part.partition("=") for part in text.split(";"))}
    if len(rule.inputs) == 1 and "=" not in text:
        given = {rule.inputs[0].id: text}
    return [
        Control(
            "number",
            f"{name}.{i.id}",
            said(i.name) + (f" ({said(i.unit)})" if i.unit else ""),
            values={"": given.get(i.id, "")},
        )
        for i in rule.inputs
    ]


def _formula_in(rule: Formula, name: str, posted: Posted) -> str:
    values = {i.id: _plain(posted, f"{name}.{i.id}") for i in rule.inputs}
    return ";".join(f"{k}={v}" for k, v in values.items() if v) if any(values.values()) else ""


Maker = Callable[[Any, str, str], list[Control]]
Reader = Callable[[Any, str, Posted], str]
_KINDS: Sequence[tuple[type | tuple[type, ...], Maker, Reader]] = (
    (Choice, _choice, lambda rule, name, posted: _plain(posted, name)),
    (LevelRange, _level, _level_in),
    ((AllOrNothing, Conditions), _met, _met_in),
    ((Steps, Proportional, Linear), _ratio, _ratio_in),
    ((Deadline, PerDayLate, DaysAfter), _dated, _dated_in),
    (Branch, _branch, _branch_in),
    (Formula, _formula, _formula_in),
)
