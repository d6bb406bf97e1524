"""Published bundles, and the public keys by which their signatures are checked."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from parindex.apps.audit.signing import published_keys
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
