"""The ledger of what stands outside rounds, as pages: a person, a unit, a criteria set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from parindex.apps.audit.queries import page_of_chains, portable_chains
from parindex.apps.schedule.queries import job_runs
from parindex.web.parts.doors import Desk
from parindex.web.parts.ledger import plain_lines


VERIFYING = "ledger.verify"


def chain_page(
    request: Desk, chains: Sequence[str], *, file: str, wanted: Sequence[int] | None = None
) -> dict[str, Any]:
    """A page of the entries of some chains, newest first, for ``parts/chain.html``.

    Args:
        file: where the whole chains are fetched. `wanted`: of the first chain only these entries, by key.
    """
    number = request.GET.get("trang", "")
    asked = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    found = page_of_chains(chains, wanted, number=asked)
    near = range(max(1, found.number - 3), min(found.pages, found.number + 3) + 1)
    return {
        "lines": plain_lines(found.entries),
        "found": found,
        "pages": sorted({1, found.pages, *near}),
        "chains": chains,
        "file": file,
        "checked": next((run for run in job_runs() if run.name == VERIFYING), None),
    }


def chain_file(chains: Sequence[str], name: str) -> StreamingHttpResponse:
    """Whole chains as JSON, an entry a line, with all that their hashes are made of."""
    where = content_disposition_header(as_attachment=True, filename=f"{name}-nhat-ky.jsonl")
    return StreamingHttpResponse(
        portable_chains(chains),
        content_type="application/jsonl; charset=utf-8",
        headers={"Content-Disposition": where},
    )
