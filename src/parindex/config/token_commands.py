"""`parindex token`: tokens of other systems, given and revoked where nobody signs in to the site."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from parindex.config.person_commands import OPERATOR
from parindex.config.site import REFUSED, ready
from parindex.core.kernel.problems import Refused
from parindex.core.wording.notation import day
from parindex.core.wording.refusals import refusal_sentence


if TYPE_CHECKING:
    from parindex.apps.indicators.models import Indicator, Token
    from parindex.apps.organisations.models import Unit

DONE = 0


def create(
    system: str,
    *,
    units: Sequence[str],
    indicators: Sequence[str],
    dossiers: bool = False,
    days: int,
    language: str,
) -> int:
    """Print a new token. Returns 0; 2 where it is refused.

    Args:
        units: ways to units of one territory. `indicators`: codes; none: every one.
        dossiers: whether it may also send dossiers, row by row.
        days: how many days it holds after today.
    """
    ready(language)
    from parindex.apps.indicators.tokens import NewToken, create_token
    from parindex.core.kernel.time import legal_date

    at = datetime.now(UTC)
    try:
        found = [_unit(way) for way in units]
        place = found[0]
        while place.parent is not None:
            place = place.parent
        chosen = [_indicator(code) for code in indicators] or None
        until = legal_date(at) + timedelta(days=days)
        new = NewToken(system, found, chosen, until, dossiers=dossiers)
        token, secret = create_token(territory=place, new=new, by=OPERATOR, at=at)
    except Refused as refusal:
        return _refused(refusal, language)
    print(secret)
    last = day(token.valid_to, language)
    said = (
        f"Mã truy cập {token.pk} của {token.system}, đến hết {last}. Chỉ hiện lần này."
        if language == "vi"
        else f"Token {token.pk} of {token.system}, until {last}. Not shown again."
    )
    print(said, file=sys.stderr)
    return DONE


def listed(*, language: str) -> int:
    """Print every token: number, beginning, system, units, last day, last use. Returns 0."""
    ready(language)
    from parindex.apps.indicators.models import Token

    for token in Token.objects.prefetch_related("units").order_by("pk"):
        print(_line(token, language))
    return DONE


def revoke(number: int, *, language: str) -> int:
    """End a token at once. Returns 0; 2 where there is none or it was revoked already."""
    ready(language)
    from parindex.apps.indicators.tokens import numbered_token, revoke_token

    try:
        token = revoke_token(token=numbered_token(number), by=OPERATOR, at=datetime.now(UTC))
    except Refused as refusal:
        return _refused(refusal, language)
    said = "Đã thu hồi mã truy cập của" if language == "vi" else "Revoked: the token of"
    print(f"{said} {token.system} ({token.head}…).")
    return DONE


def _line(token: Token, language: str) -> str:
    now = datetime.now(UTC)
    states = ("đã thu hồi", "revoked") if token.revoked_at else ("hết hạn", "expired")
    ends = "" if token.holds(now) else f" ({states[language != 'vi']})"
    used = day(token.last_used_at.date(), language) if token.last_used_at else "–"
    units = ", ".join(u.code for u in token.units.all())
    return "\t".join(
        [str(token.pk), token.head, token.system, units, day(token.valid_to, language) + ends, used]
    )


def _unit(way: str) -> Unit:
    """Raises Refused ``unit_not_found``."""
    from parindex.apps.organisations.queries import find_unit

    found = find_unit(way)
    if found is None:
        raise Refused("unit_not_found", unit=way[:100])
    return found


def _indicator(code: str) -> Indicator:
    """Raises Refused ``indicator_unknown``."""
    from parindex.apps.indicators.queries import find_indicator

    found = find_indicator(code)
    if found is None:
        raise Refused("indicator_unknown", indicator=code[:60])
    return found


def _refused(refusal: Refused, language: str) -> int:
    print(f"parindex: {refusal_sentence(refusal.code, refusal.data, language)}", file=sys.stderr)
    return REFUSED
