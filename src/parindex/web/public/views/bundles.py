"""Published bundles, and the public keys by which their signatures are checked."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from parindex.apps.audit.signing import KeysUnreadable, public_keys, published_keys
from parindex.apps.publications import store
from parindex.apps.publications.queries import find_public


def bundle(request: HttpRequest, *, territory: str, code: str, number: int) -> HttpResponse:
    """What is public of a publication as it was signed; a later one does not change it."""
    found = find_public(territory, code, number)
    path = store.path_of(found.public_sha256) if found else None
    if found is None or path is None or not path.is_file():
        raise Http404(f"{territory}/{code}/{number}")
    answer = HttpResponse(path.read_bytes(), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.public_name}"'
    return answer


def keys(request: HttpRequest) -> HttpResponse:
    """Every public key of this installation, older ones included."""
    answer = HttpResponse(published_keys(), content_type="application/x-pem-file; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="khoa-cong-khai.pem"'
    return answer


def keys_page(request: HttpRequest) -> HttpResponse:
    """The keys by their names, which of them signs now, and a notice of each that others may have."""
    try:
        known = public_keys()
        rows = [
            {
                "name": name,
                "current": name == list(known)[-1],
                "leaked": date.fromisoformat(known.leaked[name]) if name in known.leaked else None,
            }
            for name in reversed(known)
        ]
    except KeysUnreadable:
        rows = []
    return render(request, "public/keys.html", {"keys": rows, "leaked": [r for r in rows if r["leaked"]]})
