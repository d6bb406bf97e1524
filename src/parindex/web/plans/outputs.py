"""What was handed in for a task, as it was kept."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from parindex.apps.evidence.models import Document
from parindex.apps.plans.permissions import can_open_outputs
from parindex.web.parts.documents import document_file
from parindex.web.parts.doors import Desk
from parindex.web.plans.frame import visible_task


def output(request: Desk, *, pk: int, key: str) -> HttpResponse:
    """A document that a report on the task came with.

    Raises:
        Http404: none did, or it is not the person's to open.
    """
    task = visible_task(request, pk)
    if not can_open_outputs(request.rights, task):
        raise Http404(key)
    documents = Document.objects.select_related("content").defer("text")
    return document_file(documents.filter(key=key, task_reports__task=task).first())
