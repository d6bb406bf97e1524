"""Keeping what somebody uploads in a unit's store, from whichever page."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from parindex.apps.evidence.actions import upload_document
from parindex.apps.evidence.inspecting import Inspected, inspect_upload
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.queries import duplicate_findings
from parindex.apps.evidence.refusals import Finding
from parindex.apps.evidence.rules import TO_BE_ASKED
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.problems import Refused
from parindex.core.wording.findings import finding_sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.sent_tables import words_of


def keep(request: Desk, keeper: Unit, file: UploadedFile[bytes]) -> Document | None:
    """Keep one upload in a unit's vault; a refusal and what is worth a second look become messages."""
    name = file.name or ""
    try:
        with inspect_upload(stream=file, name=name, size=file.size) as upload:
            return _kept(request, keeper, upload)
    except Refused as refusal:
        said = words_of(refusal)
        messages.error(request, said if f"“{name}”" in said else f"{name}: {said}")
        return None


def _kept(request: Desk, keeper: Unit, upload: Inspected) -> Document | None:
    asked = [f for f in upload.findings if f.code in TO_BE_ASKED]
    despite = TO_BE_ASKED if request.POST.get("checked") == "1" else frozenset()
    if asked and not despite:
        words = gettext("Nếu đã kiểm tra và vẫn cần lưu, hãy đánh dấu ô xác nhận rồi tải lên lại.")
        for finding in asked:
            messages.error(request, f"{upload.name}: {_said(finding)} {words}")
        return None
    warn(request, duplicate_findings(unit=keeper, sha256=upload.sha256, name=upload.name))
    kept = upload_document(unit=keeper, upload=upload, despite=despite, by=request.user.ref, at=request.at)
    if kept.already:
        words = gettext("%(name)s đã có trong kho; dùng lại tài liệu đó.")
        messages.info(request, words % {"name": upload.name})
    return kept.document


def warn(request: Desk, findings: Iterable[Finding]) -> None:
    """Say on the next page what is worth a second look."""
    for finding in findings:
        messages.warning(request, _said(finding))


def _said(finding: Finding) -> str:
    return finding_sentence(finding.code, finding.data, language())
