"""Addresses of the API: its page, its description, its operations."""

from django.urls import URLPattern, path

from parindex.web.api import describing
from parindex.web.api.faults import nowhere
from parindex.web.api.speech import to_everybody, to_systems
from parindex.web.api.surveys import api
from parindex.web.parts.doors import open_page
from parindex.web.parts.methods import reads


app_name = "api"
FIRST = "v1/"


def _operations() -> list[URLPattern]:
    """What ninja serves, without the pages that it would add."""
    found = {p.name or "": p for p in api.urls[0] if isinstance(p, URLPattern) and p.name != "api-root"}
    return [
        path(
            f"{FIRST}{p.pattern}",
            (to_everybody if name.startswith("public_") else to_systems)(p.callback),
            name=name,
        )
        for name, p in found.items()
    ]


urlpatterns = [
    path("", open_page(reads(describing.page)), name="page"),
    path(f"{FIRST}openapi.json", open_page(reads(describing.openapi)), name="openapi"),
    *_operations(),
    path(f"{FIRST}<path:rest>", to_systems(nowhere(api)), name="nowhere"),
]
