"""What is worth a second look at the files of a folder, said in the preview, before anything is kept.

The same is said as when a file is uploaded alone: what its content says and how it fits its criterion, other
documents that look like it, and whether it did not carry its points the year before.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext

from parindex.apps.assessments.models import Participant
from parindex.apps.assessments.queries.checks import cut_evidence
from parindex.apps.assessments.rules.checks import Cut, cut_before
from parindex.apps.evidence.findings import metadata_findings
from parindex.apps.evidence.inspecting import inspect_upload
from parindex.apps.evidence.queries import duplicates_among
from parindex.apps.evidence.refusals import Finding
from parindex.apps.evidence.rules import Metadata
from parindex.apps.evidence.unpacking import PlannedFile, open_planned
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.checks import check_sentence
from parindex.core.wording.findings import finding_sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.sent_tables import words_of
from parindex.web.unit.evidence import expected_of


SECONDS = 15
"""How long a preview may read files; what is left over is read when it is kept."""
KEPT = 2000


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file says: its proposed metadata and findings, or why it cannot be kept."""

    told: Metadata = field(default_factory=Metadata)
    findings: Sequence[Finding] = ()
    refused: Refused | None = None


_looked: OrderedDict[tuple[str, str], Looked] = OrderedDict()
"""By content and name: a preview is looked at several times, its files read once."""


class Remarks:
    """The remarks on the files of one plan.

    Args:
        sent: the archive and its name. `hashes`: SHA-256 of each usable file, by position.
    """

    def __init__(
        self,
        request: Desk,
        participant: Participant,
        sent: tuple[BinaryIO, str],
        *,
        files: Sequence[PlannedFile],
        hashes: Mapping[int, str],
    ) -> None:
        self.participant, self.hashes = participant, hashes
        self.today = legal_date(request.at)
        self.looked = self._look(sent, [f for f in files if f.position in hashes])
        self.cut: Mapping[tuple[int, str], Cut] = cut_evidence(participant.round, unit=participant.unit_id)
        named = {
            hashes[f.position]: (f.name, self.looked[f.position].told.number)
            for f in files
            if f.position in self.looked
        }
        self.alike = duplicates_among(participant.unit, named)

    def _look(self, sent: tuple[BinaryIO, str], files: Sequence[PlannedFile]) -> dict[int, Looked]:
        """Read what can be read in time."""
        end, found = time.monotonic() + SECONDS, {}
        for file in files:
            key = self.hashes[file.position], file.name
            if key not in _looked:
                if time.monotonic() > end:
                    continue
                _looked[key] = _read(sent, file)
                while len(_looked) > KEPT:
                    _looked.popitem(last=False)
            found[file.position] = _looked[key]
        return found

    def of(self, file: PlannedFile, code: str) -> Iterator[str]:
        """All remarks on one file that would go to a criterion, or to none."""
        if file.position not in self.hashes:
            return
        looked, sha256 = self.looked.get(file.position), self.hashes[file.position]
        yield from (
            check_sentence(f.code, f.data, language())
            for f in cut_before(file.name, self.cut.get((self.participant.unit_id, sha256)))
        )
        if looked is None:
            yield gettext("Chưa kịp đọc nội dung; sẽ kiểm tra khi lưu.")
            return
        if looked.refused is not None:
            yield words_of(looked.refused)
            return
        for finding in (*looked.findings, *self.alike.get(sha256, ()), *self._fit(looked, code)):
            yield finding_sentence(finding.code, finding.data, language())

    def _fit(self, looked: Looked, code: str) -> Sequence[Finding]:
        if not code:
            return ()
        return metadata_findings(looked.told, expected_of(self.participant, code), today=self.today)


def _read(sent: tuple[BinaryIO, str], file: PlannedFile) -> Looked:
    try:
        with (
            open_planned(*sent, file.position) as content,
            inspect_upload(stream=content, name=file.name, size=file.size) as upload,
        ):
            return Looked(upload.proposed, upload.findings)
    except Refused as refusal:
        return Looked(refused=refusal)
