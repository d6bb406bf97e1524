"""The secretariat's pages: reminders, more time, returned sheets, exceptions."""

import pytest
from addresses import address
from test_unit_sheet import NOW, OPEN, UNIT, on_the_day, participant  # noqa: F401  fixtures

from parindex.apps.assessments.models import Extension, Ruling
from parindex.apps.notices.models import Notice


def test_units_are_reminded_and_the_words_are_ready_to_paste(visitors, read, participant):  # noqa: F811
    """Only those that were ticked are told."""
    page = read(address("steer:remind", (OPEN,)), by=visitors["assistant"])
    assert "Sở Y tế" in page.root.all("textarea")[1].text
    visitors["assistant"].post(address("steer:remind", (OPEN,)), {"unit": [UNIT], "text": "Gấp"})
    told = set(Notice.objects.filter(kind="reminder").values_list("to", flat=True))
    assert told == {
        f"person:{g.person_id}" for g in participant.unit.grants.filter(role__in=["focal", "head"])
    }


def test_more_time_is_given_and_shown(visitors, read, participant):  # noqa: F811
    """With its reason and document."""
    url, phase = address("steer:extend", (OPEN,)), participant.round.phases.get(kind="self")
    sent = {
        "phase": phase.pk,
        "until": "2026-01-20T17:30",
        "unit": [UNIT],
        "reason": "Mất điện",
        "document": "12/TB-SNV",
    }
    visitors["secretariat"].post(url, sent)
    assert f"{Extension.objects.get().closes_at:%H:%M}" == "10:30"
    assert "12/TB-SNV" in read(url, by=visitors["secretariat"]).root.text
    visitors["secretariat"].post(url, sent | {"until": "mai"})
    assert Extension.objects.count() == 1


def test_a_leaf_is_taken_out_with_its_ground(visitors, participant):  # noqa: F811
    """And not without."""
    url = address("steer:not_applicable", (OPEN, UNIT))
    sent = {"leaf": ["3.2.2"], "ground": "Không có TTHC", "document": "12/TB-SNV"}
    for missing in ("ground", "document"):
        visitors["secretariat"].post(url, sent | {missing: ""})
    assert not Ruling.objects.filter(participant=participant, answer="n/a").exists()
    visitors["secretariat"].post(url, sent)
    assert Ruling.objects.get(participant=participant, answer="n/a").reason == "Không có TTHC (12/TB-SNV)"


@pytest.mark.parametrize("who", ["focal", "head", "appraiser", "leader", "auditor", "administrator"])
def test_nobody_else_runs_the_round(visitors, participant, who):  # noqa: F811
    """Whatever form they send."""
    sent = {"unit": [UNIT], "reason": "x", "until": "2026-02-01T08:00", "leaf": ["3.2.2"], "ground": "x"}
    for name, more in [
        ("steer:remind", ()),
        ("steer:extend", ()),
        ("steer:open_next", ()),
        ("steer:return_sheet", (UNIT,)),
        ("steer:not_applicable", (UNIT,)),
    ]:
        assert visitors[who].post(address(name, (OPEN, *more)), sent).status_code == 403
    assert not Extension.objects.exists()
    assert not Notice.objects.filter(kind__in=["reminder", "phase_extended", "sheet_returned"]).exists()
