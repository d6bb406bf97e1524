"""The page's language."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import translate_url
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language


ENGLISH = "/en/"


def language() -> str:
    """The page's language as `core.wording` names it: "vi" or "en"."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def same_page(request: HttpRequest, code: str) -> str:
    """This page's address in another language; an address that leads nowhere keeps its words too."""
    here = escape_leading_slashes(request.get_full_path())
    there = translate_url(here, code)
    if there != here or code == language():
        return there
    other = ENGLISH + here.removeprefix("/") if code == "en" else "/" + here.removeprefix(ENGLISH)
    return escape_leading_slashes(other)
