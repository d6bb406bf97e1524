"""Entries of the ledger as pages show them: who, when, from what to what, why, on which page of what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from parindex.apps.assessments.models import Participant, Round, Ruling
from parindex.apps.assessments.queries import STAGES
from parindex.apps.assessments.rules.appraising import points_of
from parindex.apps.audit.models import Entry, LedgerText
from parindex.apps.audit.queries import texts_beside
from parindex.apps.evidence.queries import labels_of
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.queries import names_of
from parindex.apps.organisations.roles import Role
from parindex.apps.results.replay import RULINGS
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.time import LEGAL_ZONE
from parindex.core.wording.ledger_entries import (
    FIELDS_APART,
    actor_words,
    kind_words,
    payload_facts,
    text_words,
)
from parindex.web.parts.answers import answer_facts
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import role_name, said


@dataclass(frozen=True)
class Change:
    """One leaf of one unit in an entry that rules: from what to what, why, on which documents.

    Attributes:
        before, after: answers in words. `was`, `now`: the points they give; None where nothing stood, or the
            criteria set of today cannot score it. `typed_by`: who typed it since the last submission.
    """

    unit: str
    leaf: str
    name: str
    stage: str
    before: str
    after: str
    was: Fraction | None
    now: Fraction | None
    reason: LedgerText | None = None
    documents: Sequence[str] = ()
    typed_by: Sequence[str] = ()


@dataclass(frozen=True)
class Line:
    """An entry for a page."""

    entry: Entry
    who: str
    what: str
    unit: str
    facts: Sequence[tuple[str, str]]
    changes: Sequence[Change]
    documents: Sequence[tuple[str, str]]
    texts: Sequence[tuple[str, LedgerText]] = field(default_factory=tuple)


def lines_of(round_: Round, entries: Sequence[Entry], *, only: str = "") -> list[Line]:
    """Entries in words. A fixed number of queries, whatever they hold.

    Args:
        only: show only this leaf's changes, and only entries that speak of it.
    """
    return [line for line in _Reader(round_, entries, only).lines() if not only or _speaks_of(line, only)]


def plain_lines(entries: Sequence[Entry]) -> list[Line]:
    """Entries of persons, units and criteria sets in words. Two queries."""
    lang, texts = language(), texts_beside(entries)
    refs = {e.by for e in entries} | {str(e.payload.get("to") or "") for e in entries}
    names = names_of({ref for ref in refs if ref})
    found = []
    for entry in entries:
        payload = dict(entry.payload)
        payload["to"] = names.get(str(payload.get("to") or ""), "")
        role = str(payload.get("role", ""))
        payload["role"] = role_name(role) if role in set(Role) else role
        beside = texts.get((entry.chain, entry.position), {})
        found.append(
            Line(
                entry=entry,
                who=actor_words(names.get(entry.by, entry.by), lang),
                what=kind_words(entry.kind, lang),
                unit="",
                facts=payload_facts(payload, lang, FIELDS_APART),
                changes=(),
                documents=(),
                texts=[(text_words(n, lang), t) for n, t in sorted(beside.items())],
            )
        )
    return found


def _speaks_of(line: Line, leaf: str) -> bool:
    payload = line.entry.payload
    named = {payload.get("leaf"), *(payload.get("leaves") or ())}
    return (
        leaf in named
        or any(c.leaf == leaf for c in line.changes)
        or any(d[0] == leaf for d in line.documents)
    )


class _Reader:
    """What a page of entries is read with: one query for each kind of thing."""

    def __init__(self, round_: Round, entries: Sequence[Entry], only: str) -> None:
        self.entries, self.only = entries, only
        self.framework: Framework = by_hash(round_.framework.content_hash)
        self.participants: dict[str, Participant] = {
            p.unit.code: p for p in round_.participants.select_related("unit", "group")
        }
        self.texts = texts_beside(entries)
        refs = {e.by for e in entries} | {str(e.payload.get("to", "")) for e in entries}
        refs |= {row[1] for e in entries for row in e.payload.get("edits", ())}
        self.names = names_of(refs)
        self.labels = labels_of({row[-2] for e in entries for row in _document_rows(e)})
        self.before = self._before(round_)

    def _before(self, round_: Round) -> Mapping[tuple[str, str, int, int], str]:
        """What stood before each ruling, by unit, leaf, stage and turn. One query."""
        told = [line for e in self.entries for line in _rulings(e)]
        rulings = Ruling.objects.filter(
            participant__round=round_,
            participant__unit__code__in={t.unit for t in told},
            leaf__in={t.leaf for t in told},
        )
        rows = rulings.order_by("id").values_list(
            "participant__unit__code", "leaf", "stage", "turn", "answer"
        )
        stood: dict[tuple[str, str], str] = {}
        found = {}
        for unit, leaf, stage, turn, answer in rows if told else ():
            found[unit, leaf, STAGES.index(stage), turn] = stood.get((unit, leaf), "")
            stood[unit, leaf] = answer
        return found

    def lines(self) -> Iterator[Line]:
        """Each entry."""
        lang = language()
        for entry in self.entries:
            texts = self.texts.get((entry.chain, entry.position), {})
            changes = list(self._changes(entry, texts))
            ruled = {line.leaf for line in _rulings(entry)}
            shown = {f"{name}:{leaf}" for leaf in ruled for name in ("reason", "note")}
            payload = dict(entry.payload) | {"to": self.names.get(str(entry.payload.get("to", "")), "")}
            participant = self.participants.get(entry.subject.partition("/")[0])
            yield Line(
                entry=entry,
                who=actor_words(self.names.get(entry.by, entry.by), lang),
                what=kind_words(entry.kind, lang),
                unit=said(participant.name) if participant else "",
                facts=payload_facts(payload, lang),
                changes=changes,
                documents=[] if ruled else list(self._documents(entry)),
                texts=[(text_words(n, lang), t) for n, t in sorted(texts.items()) if n not in shown],
            )

    def _changes(self, entry: Entry, texts: Mapping[str, LedgerText]) -> Iterator[Change]:
        evidence = entry.payload.get("evidence", {})
        typed: dict[str, list[str]] = {}
        for leaf, by, *_ in entry.payload.get("edits", ()):
            typed.setdefault(leaf, []).append(self.names.get(by, by))
        for line in (r for r in _rulings(entry) if self.only in ("", r.leaf)):
            participant, node = self.participants.get(line.unit), self.framework.leaves.get(line.leaf)
            before = self.before.get((line.unit, line.leaf, STAGES.index(line.stage), line.turn), "")
            rows = evidence.get(line.leaf, ()) if isinstance(evidence, dict) else ()
            yield Change(
                unit=said(participant.name) if participant else line.unit,
                leaf=line.leaf,
                name=said(node.name) if node else "",
                stage=line.stage,
                before=self._words(line.leaf, before) if before else "",
                after=self._words(line.leaf, line.answer),
                was=self._points(participant, line.leaf, before) if before else None,
                now=self._points(participant, line.leaf, line.answer),
                reason=texts.get(f"reason:{line.leaf}") or texts.get(f"note:{line.leaf}"),
                documents=[self._document(key, page) for _, key, page in rows],
                typed_by=typed.get(line.leaf, ()),
            )

    def _words(self, code: str, answer: str) -> str:
        leaf = self.framework.leaves.get(code)
        if leaf is None:
            return answer
        try:
            facts = answer_facts(leaf, answer, language())
        except AnswerRefused:
            return answer
        return "; ".join(f"{label}: {value}" if label else value for label, value in facts)

    def _points(self, participant: Participant | None, code: str, answer: str) -> Fraction | None:
        leaf = self.framework.leaves.get(code)
        if participant is None or leaf is None:
            return None
        try:
            return points_of(self.framework, participant, leaf, answer=answer)
        except AnswerRefused:
            return None

    def _documents(self, entry: Entry) -> Iterator[tuple[str, str]]:
        for row in _document_rows(entry):
            leaf = row[0] if len(row) == LINKED else str(entry.payload.get("leaf", ""))
            yield leaf, self._document(row[-2], row[-1])

    def _document(self, key: str, page: str) -> str:
        label = self.labels.get(key, key)
        where = f"{'trang' if language() == 'vi' else 'page'} {page}" if page.isdigit() else page
        return f"{label}, {where}" if where else label


LINKED = 4  # leaf, hash, key, page


def _document_rows(entry: Entry) -> Iterator[Sequence[str]]:
    """Documents that an entry names: ``[leaf, ]sha-256, key, page``."""
    payload: Mapping[str, Any] = entry.payload
    yield from payload.get("links", ())
    evidence = payload.get("evidence", ())
    if isinstance(evidence, dict):
        for rows in evidence.values():
            yield from rows
    else:
        yield from evidence


def _rulings(entry: Entry) -> Iterable[Any]:
    """The rulings of an entry of one unit; those of a whole round are too many for a page."""
    if entry.kind not in RULINGS or entry.chain.startswith("round:"):
        return ()
    return RULINGS[entry.kind](entry.payload)


def day_in(text: str, *, after: bool = False) -> datetime | None:
    """The first instant of a day in Việt Nam as a form sends it, or of the day after; None for no day."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(found + timedelta(days=int(after)), time(), LEGAL_ZONE)
