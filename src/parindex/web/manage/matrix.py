"""Who may do what, drawn from the data that the rights themselves are read from; for everyone signed in."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from parindex.apps.organisations.roles import ROLES, Act
from parindex.core.formats.results_file import rows_as_xlsx
from parindex.core.wording.terms import term
from parindex.web.manage.frame import frame
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said
from parindex.web.parts.workbooks import XLSX


def roles(request: Desk) -> HttpResponse:
    """Acts × roles, and each role in words."""
    mine = {held.role for held in request.rights.held}
    context: dict[str, Any] = {
        **frame(request, "roles"),
        "sideways": True,
        "roles": [{"info": info, "mine": role in mine} for role, info in ROLES.items()],
        "acts": [
            {"code": act.value, "cells": [(info, act in info.acts) for info in ROLES.values()]} for act in Act
        ],
    }
    return render(request, "manage/roles.html", context)


def roles_file(request: Desk) -> HttpResponse:
    """The matrix as a workbook."""
    header = [gettext("Việc"), *(said(info.name) for info in ROLES.values())]
    rows: list[list[str | int | Fraction | None]] = [
        [term("act", act.value, language()), *("x" if act in info.acts else "" for info in ROLES.values())]
        for act in Act
    ]
    answer = HttpResponse(rows_as_xlsx(header, rows, title=gettext("Vai trò và quyền")), content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="vai-tro-va-quyen.xlsx"'
    return answer
