"""Dossiers that a system hands in row by row: taken into the territory's store as a file of them would be."""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.indicators.dossiers import codes_of, counted_units, store_of
from parindex.apps.indicators.models import Push, Token
from parindex.apps.indicators.sent_rows import Cells, Wrong, read_sent_dossiers
from parindex.apps.indicators.tokens import Delivered, Sent, answered_before, scope_of
from parindex.core.dossiers.problems import DossiersRefused
from parindex.core.dossiers.record import BY_NAME
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import LEGAL_ZONE
from parindex.core.wording.dossier_problems import row_sentence
from parindex.core.wording.refusals import refusal_sentence


if TYPE_CHECKING:
    from parindex.core.dossiers.manifest import Ingested

TAKEN, REFUSED = "taken", "refused"
LANGUAGES = ("vi", "en")
COUNTS = ("added", "changed", "same", "older", "repeated")


def push_dossiers(*, token: Token, sent: Sent, by: str, at: datetime) -> Delivered:
    """Take in what a system hands in: right rows are kept, wrong ones refused, each with its reason.

    The store is written first, in one step, then the delivery is remembered. Broken off in between, the same
    rows again change nothing there, and are answered.

    Raises:
        Refused: ``dossiers_not_granted``; ``push_key_reused``: with other content; ``store_busy``, or another
            word on a store that cannot be written.
    """
    if not token.dossiers:
        raise Refused("dossiers_not_granted")
    if (earlier := answered_before(token, sent)) is not None:
        return earlier
    rows, wrong, unread = read_sent_dossiers(sent.rows)
    found, refusals = _take_in(token, rows, at) if rows else (None, [])
    answer = _answer(found, places=list(rows), wrong=wrong, refusals=refusals, unread=unread)
    return _remember(token, sent, answer, by=by, at=at)


def _take_in(token: Token, rows: Mapping[int, Cells], at: datetime) -> tuple[Ingested, list[dict[str, str]]]:
    """Ingest the rows; what became of them, and each refusal as the store keeps it. Raises Refused."""
    from parindex.core.dossiers.store import ingest

    scope = scope_of(token)
    store, code = store_of(token.territory), codes_of(scope.tree, scope.tree.walk())
    with tempfile.TemporaryDirectory(prefix="parindex-") as folder:
        path = Path(folder) / _name(token, at)
        with path.open("w", encoding="utf-8") as stream:
            for cells in rows.values():
                line = {field: cells.get(field, "") for field in BY_NAME}
                stream.write(json.dumps(line, ensure_ascii=False) + "\n")
        try:
            done, refused = ingest(
                [path],
                store=store,
                units=counted_units(scope.tree),
                only={code[u.pk] for u in scope.units},
            )
            for refusal in refused:
                raise refusal
        except DossiersRefused as refusal:
            raise Refused(refusal.code, **refusal.data) from refusal
    return done[0], _refusals(store, done[0])


def _name(token: Token, at: datetime) -> str:
    """How the list of files names a delivery: its system and when it came."""
    system = re.sub(r"[^\w-]+", "-", token.system).strip("-")[:60]
    return f"{system}-{at.astimezone(LEGAL_ZONE):%Y-%m-%d-%H%M%S}.jsonl"


def _refusals(store: Path, found: Ingested) -> list[dict[str, str]]:
    if not found.refusals:
        return []
    with (store / found.refusals).open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


def _answer(
    found: Ingested | None,
    *,
    places: list[int],
    wrong: Wrong,
    refusals: list[dict[str, str]],
    unread: Collection[str],
) -> dict[str, Any]:
    """What is answered, in both languages, row by row."""
    rows: dict[int, dict[str, Any]] = {place: {"row": place, "outcome": TAKEN} for place in places}
    for one in refusals:
        place = places[int(one["row"]) - 1]
        said = {
            lang: row_sentence(one["field"], one["reason"], lang, shown=one["value"]) for lang in LANGUAGES
        }
        rows[place] = _refused(place, one["field"], one["reason"], said=said)
    for place, why in wrong.items():
        said = {lang: refusal_sentence(why.why.code, why.why.data, lang) for lang in LANGUAGES}
        rows[place] = _refused(place, why.column, why.why.code, said=said)
    count = sum(row["outcome"] == REFUSED for row in rows.values())
    return {
        **_counts(found),
        "refused": count,
        "unread": list(unread),
        "rows": [rows[place] for place in sorted(rows)],
    }


def _refused(place: int, field: str, code: str, *, said: Mapping[str, str]) -> dict[str, Any]:
    return {"row": place, "outcome": REFUSED, "field": field, "code": code, "said": said}


def _counts(found: Ingested | None) -> dict[str, int]:
    """What became of the rows that were taken; of the very rows that were taken before, nothing did."""
    if found is None or found.known:
        return dict.fromkeys(COUNTS, 0) | ({"same": found.good} if found else {})
    return {
        "added": found.added,
        "changed": found.replaced,
        "same": found.unchanged,
        "older": found.older,
        "repeated": found.repeated,
    }


@transaction.atomic
def _remember(token: Token, sent: Sent, answer: dict[str, Any], *, by: str, at: datetime) -> Delivered:
    """Keep the answer; one entry of the ledger where anything was taken. Two that came with one key at once
    get the same answer."""
    locked = Token.objects.select_for_update().get(pk=token.pk)
    if (earlier := answered_before(locked, sent)) is not None:
        return earlier
    counts = {key: answer[key] for key in ("added", "changed", "same", "refused")}
    Push.objects.create(
        token=locked,
        kind=Push.Kind.DOSSIERS,
        key=sent.key,
        fingerprint=sent.fingerprint,
        answer=answer if sent.key else {},
        at=at,
        **counts,
    )
    if any(answer[key] for key in COUNTS):
        territory = token.territory
        record(
            chain=f"indicators:{territory.code}",
            kind="dossiers.taken_in",
            subject=territory.code,
            payload={"v": 1, **counts, "fingerprint": sent.fingerprint},
            by=by,
            at=at,
        )
    return Delivered(answer)
