"""What stores criteria sets."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.frameworks.chains import set_chain
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.core.formats.framework_file import framework_hash, parse_framework


@transaction.atomic
def store_framework(*, content: bytes, file: str, by: str, at: datetime) -> FrameworkVersion:
    """Check and keep a framework file; the same content again returns what stands.

    Raises:
        FileRefused: the file has problems; nothing is stored.
        IntegrityError: this identity and version stand with other content.
    """
    framework = parse_framework(content, file)
    content_hash = framework_hash(framework)
    stored = FrameworkVersion.objects.filter(content_hash=content_hash).first()
    if stored is not None:
        return stored
    stored = FrameworkVersion.objects.create(
        identifier=framework.id,
        version=framework.version,
        content_hash=content_hash,
        title_vi=framework.title.vi,
        title_en=framework.title.en,
        source=content.decode(),
        stored_at=at,
    )
    subject = f"{framework.id}@{framework.version}"
    record(
        chain=set_chain(framework.id),
        kind="framework.stored",
        subject=subject,
        payload={"v": 1, "hash": content_hash},
        by=by,
        at=at,
    )
    return stored
