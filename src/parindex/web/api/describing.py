"""The description: the OpenAPI document, and a page drawn from it. Nothing is fetched from outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as in_words
from ninja import Schema

from parindex.apps.indicators.tokens import KEPT, MOST_ROWS
from parindex.web.api.dossiers import api
from parindex.web.api.reading import LARGEST
from parindex.web.api.shapes import Delivery, Dossiers


SHAPES = "#/components/schemas/"
SPOKEN = ("summary", "description")
BODIES: Mapping[str, type[Schema]] = {"values": Delivery, "dossiers": Dossiers}
"""What is sent to each path; rows are read one by one, so no operation declares it."""


def document() -> dict[str, Any]:
    """The OpenAPI document in the page's language."""
    found = dict(api.get_openapi_schema(path_prefix="api/v1/"))
    shapes = dict(found["components"]["schemas"])
    for body in BODIES.values():
        shape = body.model_json_schema(ref_template=SHAPES + "{model}")
        shapes |= {**shape.pop("$defs"), body.__name__: shape}
    for described in shapes.values():
        described.pop("description", None)  # what the module says of it, in one language
    found["components"] = {**found["components"], "schemas": shapes}
    for path, methods in found["paths"].items():
        if "post" in methods:
            methods["post"]["requestBody"] = _body(BODIES[path.rpartition("/")[2]].__name__)
    spoken: dict[str, Any] = _spoken(found)
    return spoken


def _body(shape: str) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": {"$ref": SHAPES + shape}}}}


def _spoken(part: Any) -> Any:
    """The same with what is said in words translated; titles that only repeat a name are left out."""
    if isinstance(part, list):
        return [_spoken(p) for p in part]
    if not isinstance(part, dict):
        return part
    found = {}
    for key, value in part.items():
        if key in SPOKEN and isinstance(value, str):
            found[key] = in_words(value)
        elif key != "title" or not isinstance(value, str) or "version" in part:
            found[key] = _spoken(value)
    return found


def openapi(request: HttpRequest) -> HttpResponse:
    """The document as a file."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False, "indent": 1})


def page(request: HttpRequest) -> HttpResponse:
    """How a system hands in values: in a few steps, and every operation."""
    found = document()
    shapes = found["components"]["schemas"]
    context = {
        "section": "",
        "operations": [
            _operation(path, method, one)
            for path, methods in found["paths"].items()
            for method, one in methods.items()
        ],
        "fields": _fields(shapes["Row"]),
        "answers": _fields(shapes["RowAnswer"]),
        "dossier_fields": _fields(shapes["Dossier"]),
        "dossier_answers": _fields(shapes["DossiersAnswer"]),
        "values": request.build_absolute_uri(reverse("api:values")),
        "rounds": request.build_absolute_uri(reverse("api:public_rounds")),
        "most_rows": MOST_ROWS,
        "largest": LARGEST // 100_000 / 10,
        "days": KEPT.days,
    }
    return render(request, "api/page.html", context)


def _operation(path: str, method: str, one: dict[str, Any]) -> dict[str, Any]:
    return {
        "path": path,
        "method": method.upper(),
        "summary": one["summary"],
        "description": one.get("description", ""),
        "parameters": [
            {"name": p["name"], "where": p["in"], "description": p.get("description", "")}
            for p in one["parameters"]
        ],
        "statuses": ", ".join(str(s) for s in sorted(one["responses"])),
    }


def _fields(shape: dict[str, Any]) -> list[dict[str, Any]]:
    needed = shape.get("required", ())
    return [
        {"name": name, "description": part.get("description", ""), "required": name in needed}
        for name, part in shape["properties"].items()
    ]
