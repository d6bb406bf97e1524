"""What is held of one person, as a page and as a file; for that person and for who manages accounts."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse

from parindex.apps.organisations.models import Person
from parindex.apps.personal.exporting import export_person
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language


def data_context(request: Desk, person: Person) -> dict[str, Any]:
    """What `parts/person_data.html` shows."""
    data = export_person(person, request.at)
    told = [
        {
            "purpose": one["purpose"][language()],
            "kept": one["kept"][language()],
            "about": len(one["about"]),
            "done": one["done"],
        }
        for one in data["tables"]
    ]
    return {"person": person, "data": data, "told": told, "named": sum(data["named_in"].values())}


def data_file(request: Desk, person: Person) -> HttpResponse:
    """All of it as JSON."""
    told = json.dumps(export_person(person, request.at), ensure_ascii=False, indent=1)
    answer = HttpResponse(told, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="du-lieu-{person.pk}.json"'
    return answer
