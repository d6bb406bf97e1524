"""Digital signatures of PDFs: whether the document is as it was signed, by whom, when, who vouches for them.

Who may be believed is for the administrator to say: certificates in ``PARINDEX_HOME/trust``. A signer whom
none of these vouches for is not determined (chưa xác định được); that is not to say the signature is bad.
Nothing is fetched. Needs the extra ``sign-pdf``.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from django.conf import settings

from parindex.apps.evidence.apart import ask_apart
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.queries import open_document


class Issuer(StrEnum):
    """Whether somebody vouches for the signer."""

    TRUSTED = "trusted"  # a certificate of the trust store does
    WAS_TRUSTED = (
        "was_trusted"  # one did at the time that the signer states; the signer's certificate has run out
    )
    UNKNOWN = "unknown"  # not determined: none does


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature of a document.

    Attributes:
        signer: the name in the certificate.
        organisation: in the certificate; "".
        at: when it was signed; None where nothing tells.
        at_proved: by a timestamp authority of the trust store; else by the signer's own clock.
        intact: what was signed is unchanged.
        changed_after: something was added later that a signature does not allow.
        issuer: see `Issuer`.
    """

    signer: str
    organisation: str
    at: datetime | None
    at_proved: bool
    intact: bool
    changed_after: bool
    issuer: Issuer


def can_verify() -> bool:
    """The extra ``sign-pdf`` is installed."""
    return find_spec("pyhanko") is not None


def signatures_of(document: Document) -> list[Signature] | None:
    """Every signature of a stored PDF, in the order of signing; None where it could not be looked at.

    Raises:
        EvidenceRefused: there is no file, or it is missing or damaged in the storage.
    """
    if not can_verify() or document.content is None or document.content.type.name != "pdf":
        return None
    with open_document(document) as content, tempfile.NamedTemporaryFile(prefix="parindex-signed-") as copy:
        shutil.copyfileobj(content, copy)
        copy.flush()
        said = ask_apart("parindex.apps.evidence.verifying", copy.name, str(trust_folder()))
    if "signatures" not in said:
        return None
    return [_signature(row) for row in cast("list[Mapping[str, object]]", said["signatures"])]


def trust_folder() -> Path:
    """Where the administrator puts certificates (.pem, .crt, .cer, .der) of those who vouch for signers."""
    return Path(settings.PARINDEX_HOME) / "trust"


def _signature(row: Mapping[str, object]) -> Signature:
    at = row["at"]
    return Signature(
        signer=str(row["signer"]),
        organisation=str(row["organisation"]),
        at=datetime.fromisoformat(str(at)) if at else None,
        at_proved=bool(row["at_proved"]),
        intact=bool(row["intact"]),
        changed_after=bool(row["changed_after"]),
        issuer=Issuer(str(row["issuer"])),
    )
