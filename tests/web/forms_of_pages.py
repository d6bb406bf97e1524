"""The forms of a page as a browser would send them, and what each of their fields offers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from page import Element, Page


TYPED = {
    "date": "2026-01-05",
    "datetime-local": "2026-01-09T08:00",
    "time": "08:00",
    "month": "2026-01",
    "email": "ai-do@vi-du.vn",
    "url": "https://vi-du.vn/",
    "number": "1",
    "text": "Nội dung thử",
}
NOTHING = {"file", "submit", "button", "reset", "image"}
CHOICES = {"radio", "checkbox", "hidden"}


@dataclass
class Form:
    """`sent`: what is sent when each empty field is filled in somehow; `offered`: by field, the values that
    its page offers; `typed`: the fields into which anything may be typed."""

    action: str
    sent: dict[str, list[str]]
    offered: dict[str, set[str]] = field(default_factory=dict)
    buttons: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()
    selects: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    TOKEN: ClassVar[str] = "csrfmiddlewaretoken"


def forms_of(page: Page, here: str) -> Iterator[Form]:
    """Each form that is posted, once for each of its buttons."""
    fields = [e for e in page.root.walk() if e.tag in {"input", "select", "textarea", "button"}]
    known = {e.attributes["id"]: e for e in page.root.all("datalist") if "id" in e.attributes}
    for form in page.root.all("form"):
        if form.attributes.get("method", "").lower() != "post":
            continue
        mine = [e for e in fields if _belongs(e, form)]
        uploads = [e.attributes["name"] for e in mine if e.attributes.get("type") == "file"]
        made = Form(form.attributes.get("action") or here, {}, files=tuple(uploads))
        for element in mine:
            _add(made, element, known)
        yield from _by_button(made, mine)


def _belongs(element: Element, form: Element) -> bool:
    if "disabled" in element.attributes or (element.tag != "button" and not element.attributes.get("name")):
        return False
    if "form" in element.attributes:
        return element.attributes["form"] == form.attributes.get("id")
    at: Element | None = element
    while at is not None and at.tag != "form":
        at = at.parent
    return at is form


def _add(form: Form, element: Element, known: Mapping[str, Element]) -> None:
    said, name = element.attributes, element.attributes.get("name", "")
    kind = said.get("type", "text") if element.tag == "input" else element.tag
    if element.tag == "button" or kind in NOTHING or name == Form.TOKEN:
        return
    if element.tag == "select":
        options = element.all("option")
        values = [o.attributes.get("value", o.text) for o in options]
        chosen = [v for o, v in zip(options, values, strict=True) if "selected" in o.attributes and v]
        form.offered.setdefault(name, set()).update(v for v in values if v)
        form.selects.add(name)
        form.sent.setdefault(name, chosen or [v for v in values if v][-1:] or [""])
    elif kind in CHOICES:
        value = said.get("value", "on")
        form.offered.setdefault(name, set()).add(value)
        if kind == "hidden" or (kind == "checkbox" and "checked" in said):
            form.sent.setdefault(name, []).append(value)
        elif kind == "radio" and "checked" in said:
            form.sent[name] = [value]
        else:
            form.sent.setdefault(name, [value])
    else:
        listed = [o.attributes["value"] for o in known[said["list"]].all("option")] if "list" in said else []
        form.typed.add(name)
        form.offered.setdefault(name, set()).update(listed)
        filled = listed[0] if listed else ""
        filled = filled or element.text if kind == "textarea" else filled or said.get("value", "")
        form.sent.setdefault(name, [filled or said.get("min") or TYPED.get(kind, TYPED["text"])])


def _by_button(form: Form, elements: list[Element]) -> Iterator[Form]:
    buttons = [e.attributes for e in elements if e.tag == "button"]
    seen = set()
    for said in buttons or [{}]:
        if said.get("type", "submit") != "submit":
            continue
        own: Mapping[str, str] = {said["name"]: said.get("value", "")} if said.get("name") else {}
        action = said.get("formaction") or form.action
        if (key := (action, *own.items())) in seen:
            continue
        seen.add(key)
        offered = {**form.offered, **{name: {value} for name, value in own.items()}}
        sent = {**form.sent, **{k: [v] for k, v in own.items()}}
        yield Form(action, sent, offered, tuple(own.items()), form.files, form.selects, form.typed)
