"""The process that looks at signatures: PATH and the folder of trusted certificates in, JSON out."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from parindex.apps.evidence.apart import answer, limit_this_process


ENDINGS = {".pem", ".crt", ".cer", ".der"}


def verify(path: Path, trusted: Path) -> dict[str, object]:
    """Every signature of a PDF; nothing where the file is no PDF that can be read."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    roots = _certificates(trusted)
    with path.open("rb") as file:
        try:
            embedded = PdfFileReader(file, strict=False).embedded_regular_signatures
            return {"signatures": [_looked_at(signature, roots) for signature in embedded]}
        except PdfError:
            return {}


def _looked_at(signature: Any, roots: list[Any]) -> dict[str, object]:
    status = _status(signature, roots, None)
    issuer = "trusted" if status.trusted else "unknown"
    stated: datetime | None = status.signer_reported_dt
    proved = status.timestamp_validity is not None and status.timestamp_validity.trusted
    at = status.timestamp_validity.timestamp if proved else stated
    if not status.trusted and stated is not None and _status(signature, roots, stated).trusted:
        issuer = "was_trusted"
    subject = status.signing_cert.subject.native
    return {
        "signer": _text(subject.get("common_name")) or status.signing_cert.subject.human_friendly,
        "organisation": _text(subject.get("organization_name")),
        "at": at.isoformat() if at is not None else "",
        "at_proved": proved,
        "intact": bool(status.intact and status.valid),
        "changed_after": status.docmdp_ok is False,
        "issuer": issuer,
    }


def _status(signature: Any, roots: list[Any], moment: datetime | None) -> Any:
    """pyHanko's answer: nothing is fetched, any key may sign, revocation counts where told."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=roots, allow_fetching=False, moment=moment, retroactive_revinfo=moment is not None
    )
    return validate_pdf_signature(
        signature,
        signer_validation_context=context,
        key_usage_settings=KeyUsageConstraints(key_usage=set()),
    )


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _certificates(folder: Path) -> list[Any]:
    """Every certificate of a folder; a file that holds none is passed over."""
    paths = sorted(folder.glob("*")) if folder.is_dir() else []
    return [
        c for path in paths if path.suffix.lower() in ENDINGS for c in _certificates_in(path.read_bytes())
    ]


def _certificates_in(content: bytes) -> list[Any]:
    from asn1crypto import pem, x509  # type: ignore[import-untyped]

    try:
        parts = [b for _, _, b in pem.unarmor(content, multiple=True)] if pem.detect(content) else [content]
        found = [x509.Certificate.load(part, strict=True) for part in parts]
        for certificate in found:
            _ = certificate.native
    except (ValueError, TypeError):
        return []
    return found


if __name__ == "__main__":
    limit_this_process()
    answer(verify(Path(sys.argv[1]), Path(sys.argv[2])))
