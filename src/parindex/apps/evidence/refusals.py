"""What is said about a document: refused outright, or found worth a second look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parindex.core.kernel.problems import Refused


class EvidenceRefused(Refused):
    """A file, archive or citation that cannot be kept: a code with data, whose sentence is in
    `core.wording`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A warning about a document: never a refusal. Its sentence is in `core.wording`, like a refusal's.

    Attributes:
        code: stable name.
        data: the facts its sentence needs.
    """

    code: str
    data: Mapping[str, object] = field(default_factory=dict)
