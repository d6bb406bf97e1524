"""Tokens of other systems: given, revoked, looked for; the values that are handed in by one."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.indicators.actions import ValuesRefused, record_values
from parindex.apps.indicators.models import Indicator, Push, Token
from parindex.apps.indicators.planning import plan_values
from parindex.apps.indicators.sent_rows import read_sent
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.core.formats.registers import CellRefused, Outcome, Planned, RegisterRow, refused_row
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.refusals import refusal_sentence


BEGINS = "pix_"
HEAD = 10
LONGEST_LIFE = timedelta(days=731)
LONGEST_SYSTEM = 120
MOST_ROWS = 5_000
"""Rows of one delivery."""
KEPT = timedelta(days=30)
"""How long a delivery is remembered."""
TELL_APART = timedelta(minutes=5)
ORIGIN = "API"
HELD = "held"
"""The outcome of a sound row that was left because another one is refused."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token as it is asked for; `indicators` None: every one; `dossiers`: whether also row by row."""

    system: str
    units: Sequence[Unit]
    indicators: Sequence[Indicator] | None
    valid_to: date
    dossiers: bool = False


@transaction.atomic
def create_token(*, territory: Unit, new: NewToken, by: str, at: datetime) -> tuple[Token, str]:
    """Give a system a token.

    Returns:
        what is kept, and the token itself, which is shown once.

    Raises:
        Refused: ``token_system_missing``, ``text_too_long``, ``token_units_missing``, ``unit_outside``,
            ``token_indicators_missing``, ``token_day_over``, ``token_too_long``.
    """
    _check_scope(territory, new)
    _check_life(new.valid_to, legal_date(at))
    secret = BEGINS + secrets.token_urlsafe(32)
    made = Token.objects.create(
        territory=territory,
        system=new.system.strip(),
        hash=hash_of(secret),
        head=secret[:HEAD],
        every_indicator=new.indicators is None,
        dossiers=new.dossiers,
        valid_to=new.valid_to,
        created_by=by,
        created_at=at,
    )
    made.units.set(new.units)
    made.indicators.set(new.indicators or ())
    codes = None if new.indicators is None else sorted(i.code for i in new.indicators)
    more = {"dossiers": True} if new.dossiers else {}
    payload = {"units": sorted(u.code for u in new.units), "indicators": codes, "head": made.head, **more}
    _record(made, "token.created", {**payload, "valid_to": new.valid_to.isoformat()}, by=by, at=at)
    return made, secret


@transaction.atomic
def revoke_token(*, token: Token, by: str, at: datetime) -> Token:
    """End a token at once. Raises Refused ``token_revoked_already``."""
    locked = Token.objects.select_for_update().get(pk=token.pk)
    if locked.revoked_at is not None:
        raise Refused("token_revoked_already")
    locked.revoked_at = at
    locked.save(update_fields=["revoked_at"])
    _record(locked, "token.revoked", {"head": locked.head}, by=by, at=at)
    return locked


def find_token(secret: str, at: datetime) -> Token | None:
    """The token that somebody shows, if it holds. One query, and one more where it is used anew."""
    if not secret.startswith(BEGINS) or len(secret) > 100:
        return None
    found = Token.objects.select_related("territory__parent").filter(hash=hash_of(secret)).first()
    if found is None or not found.holds(at):
        return None
    if found.last_used_at is None or at - found.last_used_at >= TELL_APART:
        Token.objects.filter(pk=found.pk).update(last_used_at=at)
    return found


def numbered_token(number: int) -> Token:
    """A token by its number. Raises Refused ``token_unknown``."""
    found = (
        Token.objects.select_related("territory").filter(pk=number).first() if 0 < number < 2**62 else None
    )
    if found is None:
        raise Refused("token_unknown", number=number)
    return found


@dataclass(frozen=True)
class Scope:
    """What a token may hand in."""

    token: Token
    tree: Tree

    @cached_property
    def units(self) -> list[Unit]:
        """Its units and all that is below them, in the tree's order."""
        own = set(self.token.units.values_list("pk", flat=True))
        found: dict[int, Unit] = {}
        for unit in self.tree.walk():
            above = self.tree.parents.get(unit.pk)
            if unit.pk in own or (above is not None and above.pk in found):
                found[unit.pk] = unit
        return list(found.values())

    @cached_property
    def indicators(self) -> list[Indicator]:
        """Its indicators, by code."""
        every = self.token.every_indicator
        return list(Indicator.objects.all() if every else self.token.indicators.all())

    @property
    def only(self) -> set[str] | None:
        """Codes of its indicators; None: all."""
        return None if self.token.every_indicator else {i.code for i in self.indicators}


def scope_of(token: Token) -> Scope:
    """What a token may hand in. One query for each level of the tree, two more when it is asked for."""
    return Scope(token, tree_of(token.territory))


@dataclass(frozen=True, slots=True)
class Sent:
    """A delivery as it came: `rows` as JSON gave them; `key`: by which its system knows it, "" by nothing;
    `fingerprint`: of all that was sent; `atomic`: all rows or none."""

    rows: Sequence[object]
    key: str
    fingerprint: str
    atomic: bool = False


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a delivery: `answer` as it is kept, and whether it was given before."""

    answer: Mapping[str, Any]
    again: bool = False


@transaction.atomic
def push_values(*, token: Token, sent: Sent, by: str, at: datetime) -> Delivered:
    """Record what a system hands in: right rows are kept, wrong ones refused, each with its reason; with
    `atomic` all or none. The same key and content again does nothing and gets the same answer.

    Two deliveries of one token wait for each other.

    Raises:
        Refused: ``token_wrong`` where it was revoked meanwhile; ``push_key_reused``: with other content.
    """
    locked = Token.objects.select_for_update().get(pk=token.pk)
    if not locked.holds(at):
        raise Refused("token_wrong")
    if (earlier := answered_before(locked, sent)) is not None:
        return earlier
    rows, wrong = read_sent(sent.rows)
    scope = scope_of(token)
    planned, is_kept = _keep(scope, rows, atomic=sent.atomic, spoiled=bool(wrong), by=by, at=at)
    answer = _answer(planned, wrong, is_kept=is_kept)
    counts = {o.value: answer[o.value] for o in Outcome}
    kept = answer if sent.key else {}
    Push.objects.create(
        token=locked, key=sent.key, fingerprint=sent.fingerprint, answer=kept, at=at, **counts
    )
    return Delivered(answer)


def answered_before(token: Token, sent: Sent) -> Delivered | None:
    """What was answered to the same delivery. Raises Refused ``push_key_reused``."""
    earlier = token.pushes.filter(key=sent.key).first() if sent.key else None
    if earlier is None:
        return None
    if earlier.fingerprint != sent.fingerprint:
        raise Refused("push_key_reused")
    return Delivered(earlier.answer, again=True)


def clear_old_pushes(*, at: datetime) -> int:
    """Forget deliveries of long ago; what they brought stays. Returns how many."""
    gone, _ = Push.objects.filter(at__lt=at - KEPT).delete()
    return gone


def hash_of(secret: str) -> str:
    """As a token is kept: long and random, so one hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _check_scope(territory: Unit, new: NewToken) -> None:
    if not new.system.strip():
        raise Refused("token_system_missing")
    if len(new.system.strip()) > LONGEST_SYSTEM:
        raise Refused("text_too_long", limit=LONGEST_SYSTEM)
    if not new.units:
        raise Refused("token_units_missing")
    inside = {u.pk for u in tree_of(territory).walk()}
    for unit in new.units:
        if unit.pk not in inside:
            raise Refused("unit_outside", unit=unit.name_vi)
    if new.indicators is not None and not new.indicators and not new.dossiers:
        raise Refused("token_indicators_missing")


def _check_life(valid_to: date, today: date) -> None:
    if valid_to < today:
        raise Refused("token_day_over", day=valid_to)
    if valid_to > today + LONGEST_LIFE:
        raise Refused("token_too_long", limit=today + LONGEST_LIFE)


def _record(token: Token, kind: str, payload: Mapping[str, object], *, by: str, at: datetime) -> None:
    record(
        chain=f"tokens:{token.territory.code}",
        kind=kind,
        subject=token.ref,
        payload={"v": 1, **payload},
        texts={"system": token.system},
        by=by,
        at=at,
    )


def _keep(
    scope: Scope, rows: Sequence[RegisterRow], *, atomic: bool, spoiled: bool, by: str, at: datetime
) -> tuple[Sequence[Planned], bool]:
    """Record the rows; what each did or would have done, and whether anything may have been kept."""
    allowed, only = {u.pk for u in scope.units}, scope.only
    if atomic and spoiled:
        return plan_values(scope.tree, rows, at=at, allowed=allowed, only=only).rows, False
    try:
        done = record_values(
            territory=scope.token.territory,
            rows=rows,
            origin=ORIGIN,
            allowed=allowed,
            only=only,
            sound_only=not atomic,
            by=by,
            at=at,
        )
    except ValuesRefused as refusal:
        return refusal.rows, False
    return done, True


def _answer(planned: Sequence[Planned], wrong: Mapping[int, CellRefused], *, is_kept: bool) -> dict[str, Any]:
    """What is answered, in both languages, row by row."""
    unread = [refused_row(RegisterRow(line, {}, {}), "", why) for line, why in wrong.items()]
    rows = [_told(p, is_kept) for p in sorted([*planned, *unread], key=lambda p: p.line)]
    counts = {o.value: sum(r["outcome"] == o.value for r in rows) for o in Outcome}
    return {**counts, HELD: sum(r["outcome"] == HELD for r in rows), "rows": rows}


def _told(planned: Planned, is_kept: bool) -> dict[str, Any]:
    is_refused = planned.outcome is Outcome.REFUSED
    found: dict[str, Any] = {
        "row": planned.line,
        "outcome": planned.outcome.value if is_kept or is_refused else HELD,
    }
    if planned.why is not None:
        said = {lang: refusal_sentence(planned.why.code, planned.why.data, lang) for lang in ("vi", "en")}
        found |= {"field": planned.column, "code": planned.why.code, "said": said}
    return found
