"""A unit that existed for part of the year: on what it is assessed, by which document."""

from datetime import date

import pytest
from addresses import TRAINING, WHO, address
from site_world import AT

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.audit.models import Entry
from parindex.apps.organisations.models import Succession, Unit


UNIT = "minh-hoa.so-y-te"
SENT = {"basis": "period", "first": "01/07/2025", "last": "", "document": "Nghị quyết 1/NQ-HĐND"}


@pytest.fixture(autouse=True)
def then(clock):
    """The day on which the demonstration was loaded."""
    clock(AT)


def _taking():
    return Participant.objects.get(round__code=TRAINING.partition("/")[2], unit__code="so-y-te")


def test_its_own_period_is_kept_and_shown(visitors, read):
    """On the unit's page and on its sheet; whole again, nothing is left of it."""
    url, clerk = address("manage:basis", (UNIT, TRAINING)), visitors["secretariat"]
    assert clerk.post(url, SENT).status_code == 302
    kept = _taking()
    assert (kept.basis, kept.first_day, kept.last_day) == ("period", date(2025, 7, 1), None)
    assert Entry.objects.get(kind="participant.basis").payload["first"] == "2025-07-01"
    assert "01/07/2025" in read(address("manage:unit", (UNIT,)), by=clerk).root.text
    assert (
        "Nghị quyết 1/NQ-HĐND"
        in read(address("unit:sheet", (TRAINING, "so-y-te")), by=visitors["focal"]).root.text
    )
    clerk.post(url, SENT | {"basis": "whole"})
    assert (_taking().basis, _taking().first_day, _taking().basis_document) == ("whole", None, "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"basis": "halb"},
        {"first": ""},
        {"document": ""},
        {"last": "01/01/2025"},
        {"first": "mai"},
        {"basis": "predecessors"},
        {"basis": "unranked"},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(visitors, wrong):
    """No period, no document, no predecessors, a set that ranks it."""
    url = address("manage:basis", (UNIT, TRAINING))
    assert visitors["secretariat"].post(url, SENT | wrong).status_code == 422
    assert _taking().basis == "whole"


def test_predecessors_and_the_set_open_the_other_ways(visitors, monkeypatch):
    """A merger that is entered; a type that the set does not rank; not once the round is over."""
    url, clerk = address("manage:basis", (UNIT, TRAINING)), visitors["secretariat"]
    later, earlier = (Unit.objects.get(parent__code="minh-hoa", code=c) for c in ("so-y-te", "so-xay-dung"))
    Succession.objects.create(earlier=earlier, later=later, kind="merged", on=date(2025, 7, 1))
    assert clerk.post(url, SENT | {"basis": "predecessors"}).status_code == 302
    Round.objects.filter(pk=_taking().round_id).update(state=Round.State.CONCLUDED)
    assert clerk.post(url, SENT).status_code == 422


@pytest.mark.parametrize("who", [w for w in WHO if w not in {"secretariat", "anyone"}])
def test_nobody_else_says_it(visitors, who):
    """Only who runs the round."""
    assert visitors[who].post(address("manage:basis", (UNIT, TRAINING)), SENT).status_code == 403
    assert _taking().basis == "whole"
