"""Who comes in here: whoever shows a token. Sessions of the site count for nothing."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from parindex.apps.access.actions import count_try, wait_after_miss
from parindex.apps.access.actions.guessing import Side
from parindex.apps.indicators.models import Token
from parindex.apps.indicators.tokens import find_token
from parindex.core.kernel.problems import Refused
from parindex.web.parts.callers import address_of, counted_address
from parindex.web.parts.doors import Desk


class Bearer(HttpBearer):
    """A token in the header ``Authorization: Bearer …``."""

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """The token that was shown; who shows wrong ones, or asks too often, waits.

        Raises:
            Refused: ``token_wrong``.
            GuessedTooOften: with `until`.
        """
        at = cast(Desk, request).at
        found = find_token(token.strip(), at)
        if found is None:
            sides = [Side("token", counted_address(request))]
            count_try(sides=sides, at=at)
            wait_after_miss(sides=sides, person=None, address=address_of(request), by="unknown", at=at)
            raise Refused("token_wrong")
        count_try(sides=[Side("requests", str(found.pk))], at=at)
        return found
