"""A kept document as what a browser saves, whichever page hands it out."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse

from parindex.apps.evidence.models import Document
from parindex.apps.evidence.queries import open_document
from parindex.web.parts.files import SANDBOX


def document_file(document: Document | None, *, stays: bool = True) -> HttpResponse:
    """The file as it was uploaded, under its own name, never shown inside the site.

    Args:
        stays: False where no copy may be kept on the way: a right that is taken back holds at once.

    Raises:
        Http404: there is no such document, or it has no file.
    """
    if document is None or not document.has_file:
        raise Http404
    answer = FileResponse(
        open_document(document),
        as_attachment=True,
        filename=document.file_name,
        content_type="application/octet-stream",
    )
    answer.headers["Content-Security-Policy"] = SANDBOX
    if not stays:
        answer.headers["Cache-Control"] = "no-store"
    return answer  # type: ignore[return-value]
