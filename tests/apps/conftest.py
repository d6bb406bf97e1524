"""A small territory with an open round, and a ledger that takes nothing."""

import pytest
from filled_site import filled, filled_once  # noqa: F401  fixtures
from processes import bare, site, template  # noqa: F401  fixtures of the tests with several processes
from small_round import Small, open_small

from parindex.apps.audit.models import Entry


@pytest.fixture
def small(db) -> Small:
    """See the class."""
    return open_small()


@pytest.fixture
def broken_ledger(monkeypatch):
    """Every act fails at its last step, writing to the ledger; returns the error that comes of it."""
    from parindex.apps.assessments.actions import rounds
    from parindex.apps.frameworks.actions import storing as frameworks
    from parindex.apps.organisations.actions import people, units
    from parindex.apps.results import actions as results

    def fail(**_: object) -> Entry:
        raise LedgerFullError

    for module in (rounds, frameworks, people, units, results):
        monkeypatch.setattr(module, "record", fail)
    return LedgerFullError


class LedgerFullError(Exception):
    """The ledger takes nothing more."""
