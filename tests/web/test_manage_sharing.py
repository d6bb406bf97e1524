"""An appraiser's own part: criteria over groups, given by the head or by whoever keeps the people."""

import pytest
from addresses import TRAINING, address
from site_world import AT

from parindex.apps.assessments.models import Assignment, Share
from parindex.apps.assessments.queries.appraising import part_of
from parindex.apps.audit.models import Entry
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.permissions import rights_of


WHOSE = "tham-dinh.so-tu-phap"


@pytest.fixture(autouse=True)
def then(clock):
    """The day on which the demonstration was loaded."""
    clock(AT)


@pytest.fixture
def part(world):
    """What Sở Tư pháp appraises in the round under appraisal."""
    return Assignment.objects.get(round__code=TRAINING.partition("/")[2], lead__code="so-tu-phap")


def _seen(part):
    """The leaves that the appraiser sees now."""
    person = Person.objects.get(username=WHOSE)
    return {c.leaf.code for c in part_of(part.round, rights_of(person, AT), AT).cases}


@pytest.mark.parametrize("who", ["lead_head", "administrator", "secretariat"])
def test_what_is_shared_is_what_the_appraiser_sees(visitors, read, part, who):
    """Until it is taken back; each time with its entry."""
    url, before = address("manage:share", (WHOSE, TRAINING)), _seen(part)
    away = {c for c in before if c.startswith("2.") and not c.startswith("2.1")}
    assert any(c.startswith("2.1") for c in before)
    assert away
    page = read(url, by=visitors[who])
    assert page.root.all("input")
    visitors[who].post(url, {f"part-{part.pk}": ["2.1"]})
    assert _seen(part) == before - away
    assert Entry.objects.get(kind="appraisal.shared").payload["parts"][0][3] == "2.1"
    visitors[who].post(url, {})
    assert _seen(part) == before


def test_only_parts_of_the_department_are_shared(visitors, part):
    """Another's part, a node elsewhere, a person who does not appraise: nothing is kept."""
    url, other = address("manage:share", (WHOSE, TRAINING)), Assignment.objects.exclude(pk=part.pk).first()
    visitors["lead_head"].post(url, {f"part-{part.pk}": ["1.1"]})
    visitors["lead_head"].post(url, {f"part-{other.pk}": [other.node]})
    assert not Share.objects.exists()
    officer = address("manage:share", ("chuyen-vien.so-y-te", TRAINING))
    assert visitors["lead_head"].post(officer, {f"part-{part.pk}": ["2.1"]}).status_code == 403


@pytest.mark.parametrize("who", ["appraiser", "focal", "auditor", "leader", "stranger"])
def test_nobody_else_shares(visitors, part, who):
    """Not even the appraiser themselves."""
    url = address("manage:share", (WHOSE, TRAINING))
    assert visitors[who].post(url, {f"part-{part.pk}": ["2.1"]}).status_code == 403
    assert not Share.objects.exists()


def test_the_persons_page_leads_there(visitors, read, part):
    """For each running round in which they appraise."""
    page = read(address("manage:person", (WHOSE,)), by=visitors["administrator"])
    assert address("manage:share", (WHOSE, TRAINING)) in page.links
