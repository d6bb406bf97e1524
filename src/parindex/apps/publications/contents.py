"""What goes into a round's bundle, read from the database as of one moment."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from parindex.apps.assessments.ledger import round_name
from parindex.apps.assessments.models import EvidenceLink, Round
from parindex.apps.assessments.queries import answer_table
from parindex.apps.audit.queries import portable
from parindex.apps.audit.signing import signing_key
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.publications.models import Publication
from parindex.apps.results.models import Result, UnitResult
from parindex.core.formats.bundle import Contents
from parindex.core.formats.canonical import canonical
from parindex.core.formats.signatures import fingerprint, public_pem
from parindex.core.kernel.assess import Assessment, assess
from parindex.core.kernel.numbers import decimal_text
from parindex.core.wording.bundle_readme import readme
from parindex.core.wording.reasons import reason_sentence


@dataclass(frozen=True, slots=True)
class Said:
    """What a publication says of itself: its decision, which one it replaces, and why."""

    decision: str
    reason: str
    replaces: Publication | None

    @property
    def number(self) -> int:
        """Which publication of its round it is, from 1."""
        return self.replaces.number + 1 if self.replaces else 1


def contents_of(round_: Round, result: Result, *, said: Said) -> Contents:
    """Everything that the bundle of a round's standing result holds.

    Free texts of the ledger stay outside: its entries hold their salted hashes.
    """
    stored = FrameworkVersion.objects.get(content_hash=result.framework_hash)
    framework = by_hash(result.framework_hash)
    table, _ = answer_table(round_)
    assessment = assess(framework, table)
    key = signing_key().public_key()
    about = {
        "name": f"{round_.territory.code}-{round_.code}-{said.number}",
        "title": round_.title.vi,
        "round": round_name(round_),
        "year": round_.year,
        "territory": {"vi": round_.territory.name_vi, "en": round_.territory.name_en},
        "note": {"vi": round_.note.vi, "en": round_.note.en},
        "publication": said.number,
        "decision": said.decision,
        "reason": said.reason,
        "publicity": round_.publicity,
        "computed_at": result.computed_at.isoformat(),
        "replaces": said.replaces.sha256 if said.replaces else None,
        "key": fingerprint(key),
    }
    ledger, heads = _ledger(round_name(round_))
    return Contents(
        about=about,
        readme=readme(about, framework),
        framework=stored.source.encode(),
        assessment=assessment,
        sentence=lambda reason, leaf: reason_sentence(reason, leaf, "vi", decimals=framework.decimals),
        ledger=ledger,
        heads=heads,
        evidence=_evidence(round_),
        key=public_pem(key),
        changes=None if said.replaces is None else list(_changes(said.replaces, assessment)),
    )


def _ledger(book: str) -> tuple[bytes, dict[str, Sequence[Any]]]:
    """A round's entries without the texts beside them, and the last one of each chain."""
    lines: list[bytes] = []
    heads: dict[str, Sequence[Any]] = {}
    for line in portable(book):
        entry = json.loads(line)
        entry.pop("said", None)
        lines.append(canonical(entry))
        heads[entry["chain"]] = [entry["position"], entry["hash"]]
    return b"".join(line + b"\n" for line in lines), heads


def _evidence(round_: Round) -> list[list[str]]:
    """Which documents carried which criteria, by their hashes.

    A secret one is counted, and not described; in a bundle that everybody may fetch, none is.
    """
    is_public = not round_.is_inside and round_.level.shows_reasons
    links = EvidenceLink.objects.filter(participant__round=round_, detached_at=None)
    links = links.select_related("participant", "document__content").order_by("participant_id", "leaf", "id")
    return [_evidence_row(link, described=not is_public) for link in links]


def _evidence_row(link: EvidenceLink, *, described: bool) -> list[str]:
    document = link.document
    head = [link.participant.name_vi, link.leaf]
    if document.kind == document.Kind.SECRET:
        return [*head, "", "", "", "", document.kind, ""]
    day = document.issued_on.isoformat() if document.issued_on else ""
    sha256 = document.content.sha256 if document.content else ""
    if not described:
        return [*head, "", "", "", link.page, document.kind, sha256]
    return [*head, document.number, day, document.issuer, link.page, document.kind, sha256]


def _changes(replaced: Publication, now: Assessment) -> Iterator[list[str]]:
    """Whose index, grade or rank a correction changes, from what to what."""
    before = {
        (line.group.code, line.participant.name_vi): line
        for line in UnitResult.objects.filter(result=replaced.result).select_related("group", "participant")
    }
    for outcome in now.units:
        who = outcome.participant
        old = before.get((who.group, who.name))
        grade = outcome.grade.id if outcome.grade else ""
        for place, was, is_now in (
            ("index", _text(old.index if old else None), _text(outcome.index)),
            ("grade", old.grade if old else "", grade),
            ("rank", str((old.rank if old else None) or ""), str(outcome.rank or "")),
        ):
            if was != is_now:
                yield [who.name, place, was, is_now]


def _text(value: Fraction | None) -> str:
    return "" if value is None else decimal_text(value)
