"""A sample's frame out of the kept dossiers; the reserve, and who takes the place of whom."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from survey_world import AT, WHO, surveying

from parindex.apps.audit.models import Entry
from parindex.apps.indicators.dossiers import counted_units, store_of
from parindex.apps.organisations.queries import tree_of, units_below
from parindex.apps.surveys import actions
from parindex.apps.surveys.framing import Asked, framed, wanted_of_dossiers
from parindex.apps.surveys.models import Invitation, Reserve
from parindex.apps.surveys.queries import strata_of
from parindex.core.dossiers.store import ingest
from parindex.core.kernel.problems import Refused


HEAD = "code,procedure,field,unit,status,received,due,finished\n"
DAY = date(2026, 1, 5)
MARCH = Asked(date(2025, 3, 1), date(2025, 3, 31), smallest=3)


def _rows(unit, procedure, count):
    done = "9,03/03/2025 08:00,06/03/2025 17:00,04/03/2025 09:00"
    return "".join(f"{unit}-{procedure}-{n:03},{procedure},Đất đai,{unit},{done}\n" for n in range(count))


@pytest.fixture
def world(small):
    """A territory with two departments and no survey."""
    return surveying(small)


@pytest.fixture
def kept(world, tmp_path, settings):
    """Dossiers of one department: two usual procedures, two rare ones; one of the territory itself."""
    settings.PARINDEX_HOME = tmp_path / "home"
    path = tmp_path / "a.csv"
    text = _rows("so-mot", "1.001", 60) + _rows("so-mot", "1.002", 20)
    text += _rows("so-mot", "1.003", 2) + _rows("so-mot", "1.004", 1) + _rows(world.territory.code, "9.9", 1)
    path.write_text(HEAD + text)
    units = counted_units(tree_of(world.territory))
    _, refused = ingest([path], store=store_of(world.territory), units=units)
    assert refused == []
    return world


def _framed(world, group, asked=MARCH):
    return framed(group, units_below(world.territory, DAY), asked, day=DAY)


def test_strata_are_units_by_procedures_with_the_rare_ones_together(kept):
    """The size of each unit follows the formula, and is shared out by the populations."""
    group = kept.group(kept.survey())
    found = _framed(kept, group)
    assert [(r.unit.code, r.label, r.population) for r in found.rows] == [
        ("so-mot", "1.001", 60),
        ("so-mot", "1.002", 20),
        ("so-mot", "Thủ tục khác", 3),
    ]
    assert [r.quota for r in found.rows] == [50, 17, 2]  # 83 / (1 + 83 / 400) = 68.7, so 69
    assert found.left == 1
    by_field = _framed(kept, group, replace(MARCH, by="field"))
    assert [(r.label, r.population) for r in by_field.rows] == [("Đất đai", 83)]
    whole = _framed(kept, group, replace(MARCH, by="unit", error=Fraction(1, 10)))
    assert [(r.label, r.population, r.quota) for r in whole.rows] == [("", 83, 46)]


def test_what_cannot_be_asked_of_dossiers_is_refused(kept, tmp_path, settings):
    """Days in the wrong order, no error, a period without dossiers, a territory without a store."""
    group = kept.group(kept.survey())
    for change, code in (
        ({"last": date(2025, 2, 1)}, "survey_days_order"),
        ({"error": Fraction(0)}, "survey_error_range"),
        ({"by": "x"}, "choice_unknown"),
        ({"least": -1}, "survey_least"),
        ({"first": date(2024, 1, 1), "last": date(2024, 1, 31)}, "survey_frame_empty"),
    ):
        with pytest.raises(Refused) as refusal:
            _framed(kept, group, replace(MARCH, **change))
        assert refusal.value.code == code
    settings.PARINDEX_HOME = tmp_path / "another"
    with pytest.raises(Refused) as refusal:
        _framed(kept, group)
    assert refusal.value.code == "dossiers_missing"


def test_a_sample_of_dossiers_is_drawn_and_the_next_of_the_reserve_takes_a_place(kept):
    """The same draw again is the same; whoever is replaced cannot answer any more, with a reason in the
    ledger and without a name."""
    group = kept.group(kept.survey())
    rows = [replace(r, quota=3) for r in _framed(kept, group).rows[:2]]
    actions.set_strata(group=group, rows=rows, **WHO)
    units = units_below(kept.territory, DAY)
    wanted = wanted_of_dossiers(group, units, first=MARCH.first, last=MARCH.last, day=DAY)
    assert len(wanted) == 80  # the rare ones have no stratum here
    drawn = actions.draw_sample(group=group, frame=wanted, reserve=1, **WHO)
    again = actions.draw_sample(group=group, frame=wanted, reserve=1, **WHO)
    assert drawn.chosen == again.chosen
    actions.issue_invitations(group=group, wanted=actions.drawn_lines(drawn, wanted), **WHO)
    first, second = strata_of(group)
    assert [(s.issued, s.waiting, s.spare) for s in (first, second)] == [(3, 3, 1), (3, 3, 1)]
    out = Invitation.objects.filter(stratum=first).first().contact
    spare = Reserve.objects.get(stratum=first).contact
    with pytest.raises(Refused) as refusal:
        actions.replace_invited(group=group, contacts=[out], reason=" ", **WHO)
    assert refusal.value.code == "survey_reason_missing"
    made = actions.replace_invited(group=group, contacts=[out], reason="Đã chuyển đi", **WHO)
    assert [one.contact for one in made] == [spare]
    assert not Invitation.objects.filter(contact=out).exists()
    assert [(s.issued, s.waiting, s.spare) for s in strata_of(group)] == [(4, 3, 0), (3, 3, 1)]
    entry = Entry.objects.filter(kind="survey.replaced").order_by("-pk").first()
    assert out not in str(entry.payload)
    left = Invitation.objects.filter(stratum=first).first().contact
    with pytest.raises(Refused) as refusal:
        actions.replace_invited(group=group, contacts=[left], reason="Không gặp", **WHO)
    assert refusal.value.code == "survey_reserve_empty"
    assert Invitation.objects.filter(contact=left).exists()


def test_the_reserve_is_forgotten_as_the_survey_closes(kept):
    """As unused links are."""
    group = kept.citizens()
    stratum = group.strata.get()
    frame = [actions.Wanted(f"090{n}", stratum=stratum) for n in range(50)]
    actions.draw_sample(group=group, frame=frame, reserve=5, **WHO)
    assert group.reserves.count() == 5
    actions.close_survey(survey=group.survey, by="t", at=AT)
    assert group.reserves.count() == 0
