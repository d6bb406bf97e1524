"""What was handed in for a task, as it was kept."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from parindex.apps.plans.permissions import can_open_outputs
from parindex.apps.plans.queries import output_of
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
    return document_file(output_of(task, key))
