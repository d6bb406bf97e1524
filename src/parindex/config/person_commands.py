"""`parindex person`: what an operator does for somebody who cannot get in."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from parindex.config.site import REFUSED, ready


if TYPE_CHECKING:
    from parindex.apps.organisations.models import Person

OPERATOR = "operator"
"""How the ledger names whoever can run commands on the server."""


def give_password(name: str, *, language: str) -> int:
    """Print a one-time password. Returns 0, or 2 where nobody signs in by that name."""
    ready(language)
    from parindex.apps.access.actions import reset_password

    person = _person(name, language)
    if person is None:
        return REFUSED
    password = reset_password(person=person, by=OPERATOR, at=datetime.now(UTC))
    until = _until(person, language)
    print(password)
    said = (
        f"Mật khẩu dùng một lần của {person.full_name} ({person.username}), đến {until}. Chỉ hiện lần này."
        if language == "vi"
        else f"One-time password of {person.full_name} ({person.username}), until {until}. Not shown again."
    )
    print(said, file=sys.stderr)
    return 0


def second_factor_off(name: str, *, language: str) -> int:
    """Turn a person's second factor off. Returns 0; 2 where nobody signs in by that name or it is not on."""
    ready(language)
    from parindex.apps.access.actions import turn_off_factor
    from parindex.core.kernel.problems import Refused
    from parindex.core.wording.refusals import refusal_sentence

    person = _person(name, language)
    if person is None:
        return REFUSED
    try:
        turn_off_factor(person=person, by=OPERATOR, at=datetime.now(UTC))
    except Refused as refused:
        print(f"parindex: {refusal_sentence(refused.code, refused.data, language)}", file=sys.stderr)
        return REFUSED
    said = "Đã tắt xác thực hai lớp của" if language == "vi" else "The second factor is off:"
    print(f"{said} {person.full_name} ({person.username}).")
    return 0


def _person(name: str, language: str) -> Person | None:
    """Who signs in by that name; says so where nobody does."""
    from parindex.apps.access.rules import named
    from parindex.apps.organisations.models import Person

    found = Person.objects.filter(username__iexact=named(name), is_active=True).first()
    if found is None:
        said = (
            f"Không có ai đang dùng tên đăng nhập “{name}”."
            if language == "vi"
            else f"Nobody signs in as “{name}”."
        )
        print(f"parindex: {said}", file=sys.stderr)
    return found


def _until(person: Person, language: str) -> str:
    from parindex.core.wording.notation import instant

    return instant(person.one_time_until, language) if person.one_time_until else ""
