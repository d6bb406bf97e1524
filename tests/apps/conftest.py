"""A small territory with an open round, beside the loaded demonstration."""

import pytest
from site_world import loaded, world  # noqa: F401  fixtures
from small_round import ACT, UNITS, Small, small_set

from parindex.apps.assessments.actions import Enrolment, NewRound, open_round
from parindex.apps.audit.models import Entry
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.organisations.actions import add_units, found_territory
from parindex.core.kernel.text import Text


@pytest.fixture
def small(db) -> Small:
    """See the class."""
    territory = found_territory(
        code="tinh-thu", name=Text("Tỉnh Thử", "Trial Province"), type_="tinh", illustrative=True, **ACT
    )
    units = add_units(territory=territory, units=UNITS, **ACT)
    framework = store_framework(content=small_set(), file="small.yaml", **ACT)
    opened = open_round(
        new=NewRound(
            territory=territory,
            code="2024",
            year=2024,
            title=Text("Kỳ thử", "Trial round"),
            note=Text("Số liệu thử", "Trial data"),
            framework=framework,
            groups={"khoi": Text("Khối", "Group")},
        ),
        enrolments=[Enrolment(u, "khoi") for u in units.values()],
        **ACT,
    )
    return Small(territory, units, opened)


@pytest.fixture
def broken_ledger(monkeypatch):
    """Every act fails at its last step, writing to the ledger; returns the error that comes of it."""
    from parindex.apps.assessments import actions as assessments
    from parindex.apps.frameworks import actions as frameworks
    from parindex.apps.organisations import actions as organisations
    from parindex.apps.results import actions as results

    def fail(**_: object) -> Entry:
        raise LedgerFullError

    for module in (assessments, frameworks, organisations, results):
        monkeypatch.setattr(module, "record", fail)
    return LedgerFullError


class LedgerFullError(Exception):
    """The ledger takes nothing more."""
