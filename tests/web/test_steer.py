"""The secretariat's pages: reminders, more time, returned sheets, exceptions, the next round."""

import pytest
from addresses import address
from test_unit_sheet import NOW, OPEN, UNIT, on_the_day, participant  # noqa: F401  fixtures

from parindex.apps.assessments.models import Extension, Round, Ruling
from parindex.apps.frameworks.models import FrameworkVersion
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


def test_the_next_round_is_opened_on_one_page(visitors, read, participant):  # noqa: F811
    """What is wrong is said and what was typed stays."""
    url, secretariat = address("steer:open_next", (OPEN,)), visitors["secretariat"]
    sent = {
        "title": "Kỳ 2026",
        "code": "2026",
        "year": "2026",
        "framework": participant.round.framework.content_hash,
    }
    wrong = secretariat.post(url, sent | {"opens-0": "2026-02-01T08:00"})
    assert wrong.status_code == 422
    assert 'value="Kỳ 2026"' in wrong.content.decode()
    right = secretariat.post(url, sent | {"opens-0": "2026-02-01T08:00", "closes-0": "2026-02-15T17:00"})
    assert right.headers["Location"] == address("steer:round", ("minh-hoa/2026",))
    assert Round.objects.get(code="2026").phases.get().closes_at.hour == 10


def test_a_round_has_as_many_turns_of_explanation_as_wanted_and_says_what_is_left_open(visitors, read):
    """What is not a small number is the usual one; a set that lacks the units' type says so."""
    url, secretariat = address("steer:open_next", (OPEN,)), visitors["secretariat"]
    for said, rows in (("4", 11), ("0", 3), ("x", 7), ("999", 7), ("", 7)):
        page = read(f"{url}?lan={said}", by=secretariat)
        assert (
            sum(box.attributes.get("name", "").startswith("opens-") for box in page.root.all("input")) == rows
        )
    other = FrameworkVersion.objects.get(identifier="minhhoa-2025-communes")
    text = read(f"{url}?bo={other.content_hash}", by=secretariat).root.text
    assert "bộ tiêu chí không có loại đơn vị" in text
    read(address("steer:open_next", (OPEN,), "en") + f"?bo={other.content_hash}", by=secretariat)


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
