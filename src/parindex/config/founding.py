"""`parindex begin`: what a new site starts from: its territory, and the first administrator."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from parindex.config.person_commands import OPERATOR
from parindex.config.site import REFUSED, need_site, prepare


DONE = 0


def begin(code: str, name: str, *, kind: str, username: str, full_name: str, language: str) -> int:
    """Make the database if it is not there, the territory, and an administrator with a one-time password,
    which is printed alone on standard output.

    Returns:
        0; 2 where something is refused, or there is a territory already: then nothing is made.
    """
    need_site()
    prepare()
    from django.db import transaction

    from parindex.apps.access.actions import reset_password
    from parindex.apps.organisations.actions import NewPerson, add_person, found_territory, grant_role
    from parindex.apps.organisations.models import Unit
    from parindex.apps.organisations.roles import Role
    from parindex.apps.organisations.rules import check_code, check_name, check_type
    from parindex.core.kernel.problems import Refused
    from parindex.core.kernel.text import Text
    from parindex.core.wording.refusals import refusal_sentence

    at = datetime.now(UTC)
    try:
        with transaction.atomic():
            standing = Unit.objects.filter(parent=None).first()
            if standing is not None:
                raise Refused("site_begun", unit=standing.name_vi)
            check_code(code)
            check_name(name)
            check_type(kind)
            territory = found_territory(
                code=code, name=Text(name), type_=kind, illustrative=False, by=OPERATOR, at=at
            )
            person = add_person(new=NewPerson(username, full_name), by=OPERATOR, at=at)
            grant_role(person=person, role=Role.ADMINISTRATOR, unit=territory, by=OPERATOR, at=at)
            password = reset_password(person=person, by=OPERATOR, at=at)
    except Refused as refused:
        print(f"parindex: {refusal_sentence(refused.code, refused.data, language)}", file=sys.stderr)
        return REFUSED
    print(password)
    said = (
        f"Đã có {name}. {full_name} ({username}) đăng nhập bằng mật khẩu dùng một lần này. Chỉ hiện lần này."
        if language == "vi"
        else f"{name} is there. {full_name} ({username}) signs in by this one-time password, not shown again."
    )
    print(said, file=sys.stderr)
    return DONE
