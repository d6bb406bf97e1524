"""Files that are sent with a form: photos of a camera, and documents for a vault."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from parindex.apps.evidence.actions import upload_document
from parindex.apps.evidence.inspecting import inspect_upload
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.rules import TO_BE_ASKED
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.problems import Refused
from parindex.core.wording.findings import finding_sentence
from parindex.web.inspections.frame import why
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language


def sent(request: Desk, name: str) -> list[UploadedFile[bytes]]:
    """The files of a field; empty ones, which some browsers send for no file, left out."""
    return [f for f in request.FILES.getlist(name) if f.size]


def as_photos(files: Iterable[UploadedFile[bytes]]) -> list[tuple[BinaryIO, int]]:
    """Files as `parindex.apps.inspections.actions.add_photos` takes them."""
    return [(cast(BinaryIO, f), f.size or 0) for f in files]


def keep_all(request: Desk, keeper: Unit, files: Iterable[UploadedFile[bytes]]) -> list[Document] | None:
    """Keep files in a unit's vault; the same file again is recognised. What is refused becomes a message.

    Returns:
        None where any was refused: then nothing more is to be done with the form.
    """
    kept = [_keep(request, keeper, file) for file in files]
    return None if None in kept else [d for d in kept if d is not None]


def _keep(request: Desk, keeper: Unit, file: UploadedFile[bytes]) -> Document | None:
    name = file.name or ""
    despite = TO_BE_ASKED if request.POST.get("checked") == "1" else frozenset()
    try:
        with inspect_upload(stream=file, name=name, size=file.size) as upload:
            asked = [f for f in upload.findings if f.code in TO_BE_ASKED and f.code not in despite]
            for one in asked:
                words = gettext("Nếu đã kiểm tra và vẫn cần lưu, hãy đánh dấu ô xác nhận rồi gửi lại.")
                messages.error(request, f"{name}: {finding_sentence(one.code, one.data, language())} {words}")
            if asked:
                return None
            act = {"by": request.user.ref, "at": request.at}
            return upload_document(unit=keeper, upload=upload, despite=despite, **act).document  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, f"{name}: {why(refusal)}")
        return None
