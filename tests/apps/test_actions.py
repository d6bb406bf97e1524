"""What the actions keep, what they write in the ledger, and that they do both or neither."""

import pytest
from django.db import IntegrityError, transaction
from small_round import ACT, UNITS, small_set

from parindex.apps.assessments.actions import record_answers
from parindex.apps.assessments.models import Participant, RankingGroup, Round, Ruling
from parindex.apps.assessments.rules import AnswerRow, RowsRefused
from parindex.apps.audit.models import Entry, LedgerText
from parindex.apps.audit.verify import broken_at
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.organisations.actions import NewUnit, add_units, found_territory
from parindex.apps.organisations.models import Unit
from parindex.apps.results.actions import compute_result, record_published_figures
from parindex.apps.results.models import GroupResult, PublishedFigure, Result, UnitResult
from parindex.core.formats.problems import FileRefused
from parindex.core.kernel.assessment import TableRefused
from parindex.core.kernel.text import Text


KEPT = (
    Entry, Unit, FrameworkVersion, Round, RankingGroup, Participant, Ruling, Result, GroupResult, UnitResult,
    PublishedFigure,
)  # fmt: skip


def _rows():
    """How many rows every table holds."""
    return {model.__name__: model.objects.count() for model in KEPT}


def _figure(**more):
    said = {"authority": "Bộ Nội vụ", "index": "PAR INDEX", "year": 2024, "unit": "Tỉnh Thử", "source": "s"}
    return PublishedFigure(**{**said, "figure": "index", "value": "86.71", **more})


ACTS = {
    "territory.founded": lambda s: found_territory(
        code="khac", name=Text("Khác"), type_="tinh", illustrative=False, **ACT
    ),
    "units.added": lambda s: add_units(
        territory=s.territory, units=[NewUnit("so-ba", Text("Sở Ba"), "so")], **ACT
    ),
    "framework.stored": lambda s: store_framework(content=small_set("another"), file="f.yaml", **ACT),
    "round.opened": lambda s: s.open("2025", 2025),
    "answers.recorded": lambda s: s.answer(("so-mot", "A1", "12/16"), ("so-hai", "A2", "5")),
    "result.computed": lambda s: compute_result(round_=s.round, **ACT),
    "figures.recorded": lambda s: record_published_figures(figures=[_figure()], **ACT),
}


@pytest.mark.parametrize("kind", ACTS)
def test_every_act_writes_one_entry(small, kind):
    """Of its kind, with who and when, at the end of a chain that holds."""
    before = set(Entry.objects.values_list("pk", flat=True))
    ACTS[kind](small)
    (entry,) = Entry.objects.exclude(pk__in=before)
    assert (entry.kind, entry.by, entry.at) == (kind, ACT["by"], ACT["at"])
    assert entry.payload["v"] == 1
    assert broken_at(entry.chain) is None


@pytest.mark.parametrize("kind", ACTS)
def test_an_act_that_cannot_be_recorded_has_not_happened(small, broken_ledger, kind):
    """Not a row more or less in any table."""
    before = _rows()
    with pytest.raises(broken_ledger):
        ACTS[kind](small)
    assert _rows() == before


def test_figures_stand_when_their_replacement_fails(small, monkeypatch):
    """The old ones are not lost with the new ones."""
    record_published_figures(figures=[_figure(value="80")], **ACT)
    monkeypatch.setattr("parindex.apps.results.actions.record", _refuse)
    with pytest.raises(ZeroDivisionError):
        record_published_figures(figures=[_figure(), _figure(value="81")], **ACT)
    assert [f.value for f in PublishedFigure.objects.all()] == ["80"]


def _refuse(**_):
    raise ZeroDivisionError


def test_founding_and_adding_again_change_nothing(small):
    """The same territory and units; no entry."""
    before = _rows()
    again = found_territory(code="tinh-thu", name=Text("Tên khác"), type_="tinh", illustrative=False, **ACT)
    assert (again.pk, again.name_vi, again.illustrative) == (small.territory.pk, "Tỉnh Thử", True)
    assert add_units(territory=again, units=UNITS, **ACT) == small.units
    assert _rows() == before


def test_only_named_units_are_returned(small):
    """Others of the territory stay out."""
    assert set(add_units(territory=small.territory, units=UNITS[:1], **ACT)) == {"so-mot"}


def test_units_of_an_invented_territory_are_invented(small):
    assert all(u.illustrative for u in small.units.values())


def test_the_same_criteria_set_is_one_row(small):
    """Also when comments and spaces in the file differ; nothing is written again."""
    before = _rows()
    file = b"# ghi ch\xc3\xba\n" + small_set()
    again = store_framework(content=file, file="copy.yaml", **ACT)
    assert again == small.round.framework
    assert again.source == small_set().decode()
    assert _rows() == before


def test_other_content_under_the_same_version_is_refused(small):
    """A version that results refer to never changes."""
    before = _rows()
    more = "decimals: 3\n"
    with pytest.raises(IntegrityError), transaction.atomic():
        store_framework(content=small_set(more=more), file="small.yaml", **ACT)
    assert _rows() == before
    assert store_framework(content=small_set(version="2", more=more), file="small.yaml", **ACT).version == "2"


def test_a_criteria_set_with_problems_is_not_stored(small):
    before = _rows()
    with pytest.raises(FileRefused):
        store_framework(content=small_set("bad").replace(b"max: 10", b"max: 11"), file="bad.yaml", **ACT)
    assert _rows() == before


def test_a_round_freezes_names_types_and_groups(small):
    """A unit renamed later keeps its old name in the round."""
    Unit.objects.filter(pk=small.units["so-mot"].pk).update(name_vi="Tên mới", type="khac")
    who = small.round.participants.get(unit__code="so-mot")
    assert (who.name, who.type, who.group.code) == (Text("Sở Một", "Department One"), "so", "khoi")


BAD_ROWS = [
    AnswerRow("so-mot", "A1", "12/16"),
    AnswerRow("so-khong-co", "A1", "1/2"),
    AnswerRow("so-mot", "A9", "1"),
    AnswerRow("so-mot", "A1", "3/4"),
    AnswerRow("so-hai", "A2", "nhiều"),
    AnswerRow("so-hai", "A1", "120%"),
]


def test_refused_rows_are_all_named_and_nothing_is_kept(small):
    """Rows 2 to 6 each have their own fault; row 1, which is sound, is not kept either."""
    before = _rows()
    with pytest.raises(RowsRefused) as refusal:
        small.answer(*((r.unit, r.leaf, r.text) for r in BAD_ROWS))
    assert [(p.row, p.code) for p in refusal.value.problems[:3]] == [
        (2, "unit_not_found"),
        (3, "criterion_unknown"),
        (4, "answer_twice"),
    ]
    assert [p.row for p in refusal.value.problems] == [2, 3, 4, 5, 6]
    assert _rows() == before


def test_answers_are_kept_word_for_word(small):
    """As they were written, who wrote them and when."""
    assert small.answer(("so-mot", "A1", "12/16"), ("so-mot", "A2", "5,50")) == 2
    kept = Ruling.objects.filter(participant__round=small.round)
    assert [(r.leaf, r.answer, r.stage, r.by, r.at) for r in kept] == [
        ("A1", "12/16", "council", ACT["by"], ACT["at"]),
        ("A2", "5,50", "council", ACT["by"], ACT["at"]),
    ]


def test_the_ledger_holds_every_answer(small):
    """Unit, leaf, turn and what was written, so that a round can be rebuilt from its ledger."""
    small.answer(("so-mot", "A1", "12/16"), ("so-hai", "A2", "5,50"), stage=Ruling.Stage.SELF)
    assert Entry.objects.get(kind="answers.recorded", book="tinh-thu/2024").payload == {
        "v": 1,
        "stage": "self",
        "rulings": [["so-mot", "A1", 1, "12/16", "", ""], ["so-hai", "A2", 1, "5,50", "", ""]],
    }


def test_notes_lie_beside_the_ledger(small):
    """Where they can be redacted; the entry has their hashes."""
    rows = [AnswerRow("so-mot", "A1", "12/16", note="theo báo cáo 12"), AnswerRow("so-mot", "A2", "5")]
    record_answers(round_=small.round, rows=rows, stage=Ruling.Stage.SELF, **ACT)
    (text,) = LedgerText.objects.filter(chain="round:tinh-thu/2024")
    assert (text.name, text.text) == ("so-mot A1", "theo báo cáo 12")
    entry = Entry.objects.get(chain=text.chain, position=text.position)
    assert list(entry.texts) == ["so-mot A1"]
    assert "báo cáo" not in str(entry.payload)


def test_an_answer_that_cannot_be_scored_keeps_no_result(small):
    """7 of 6 points: readable, but more than the maximum."""
    small.answer(("so-mot", "A2", "7"))
    before = _rows()
    with pytest.raises(TableRefused):
        compute_result(round_=small.round, **ACT)
    assert _rows() == before


def test_computing_again_keeps_the_earlier_result(small):
    """The newest stands; what was published before can still be read."""
    from parindex.apps.results.queries import group_tables

    small.answer(("so-mot", "A2", "3"), stage=Ruling.Stage.APPRAISED)
    compute_result(round_=small.round, **ACT)
    small.answer(("so-mot", "A2", "6"))
    compute_result(round_=small.round, **ACT)
    assert Result.objects.filter(round=small.round).count() == 2
    (table,) = group_tables("tinh-thu", 2024)
    assert [(line.code, line.index) for line in table.lines] == [("so-mot", 60), ("so-hai", 0)]
