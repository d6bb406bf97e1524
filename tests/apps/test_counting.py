"""Our own count of the dossiers that are kept, as values beside the authoritative ones."""

from datetime import UTC, date, datetime

import pytest

from parindex.apps.audit.models import Entry
from parindex.apps.indicators import counting
from parindex.apps.indicators.actions import ValuesRefused
from parindex.apps.indicators.counting import record_all_counts, record_counts
from parindex.apps.indicators.dossiers import counted_units, store_of
from parindex.apps.indicators.models import Value
from parindex.apps.organisations.queries import tree_of
from parindex.config import dossier_stores
from parindex.core.dossiers.store import ingest
from parindex.core.kernel.problems import Refused
from parindex.data.indicators import OWN_COUNT


AT = datetime(2026, 1, 5, 2, 30, tzinfo=UTC)
HEAD = "code,procedure,unit,status,received,due,finished,channel,fee,paid_online,digitised\n"
ROWS = (
    "A,p,so-mot,9,03/03/2025 08:00,06/03/2025 17:00,04/03/2025 09:00,online_full,5000,1,1\n"
    "B,p,so-mot,9,03/03/2025 08:00,06/03/2025 17:00,07/03/2025 09:00,in_person,5000,0,0\n"
    "C,p,so-hai,4,24/03/2025 08:00,28/03/2025 17:00,,in_person,,,\n"
)
LATER = "D,p,so-hai,9,01/04/2025 08:00,02/04/2025 17:00,02/04/2025 09:00,post,,,\n"
OLDER = "E,p,so-hai,9,02/02/2025 08:00,03/02/2025 17:00,03/02/2025 09:00,post,,,\n"
MARCH = (date(2025, 3, 1), date(2025, 3, 31))


@pytest.fixture
def take(small, tmp_path, settings):
    """Puts rows into the territory's own store."""
    settings.PARINDEX_HOME = tmp_path / "home"

    def put(text, name="a.csv"):
        path = tmp_path / name
        path.write_text(HEAD + text)
        units = counted_units(tree_of(small.territory))
        _, refused = ingest([path], store=store_of(small.territory), units=units)
        assert refused == []

    return put


def _standing(code, unit="so-mot"):
    found = Value.objects.filter(indicator__code=code, unit__code=unit, source=OWN_COUNT)
    return found.filter(start=MARCH[0], end=MARCH[1]).order_by("-version").first()


def test_what_is_counted_stands_beside_with_its_source_and_day(small, take):
    """For each unit and indicator; one entry of the ledger."""
    take(ROWS)
    found = record_counts(territory=small.territory, periods=[MARCH], by="person:1", at=AT)
    assert (found.recorded, found.same, found.strangers) == (14, 0, ())
    on_time = _standing("ho-so-dung-han")
    assert (on_time.written, on_time.as_of, on_time.origin) == ("1/2", date(2025, 3, 24), "dossiers:1")
    assert on_time.source != on_time.indicator.source
    written = [_standing(c).written for c in ("ho-so-truc-tuyen", "thanh-toan-truc-tuyen", "so-hoa-ho-so")]
    assert written == ["1/2", "1/2", "1/2"]
    assert _standing("ho-so-dung-han", "so-hai").written == "0/0"
    assert _standing("ho-so-tiep-nhan", "so-hai").value == "1"
    assert Entry.objects.filter(kind="values.recorded", chain="indicators:tinh-thu").count() == 1


def test_what_has_not_changed_makes_no_new_version(small, take):
    """However fresh it is; what has does."""
    take(ROWS)
    act = {"territory": small.territory, "periods": [MARCH], "by": "person:1", "at": AT}
    record_counts(**act)
    take(LATER, "b.csv")
    again = record_counts(**act)
    assert (again.recorded, again.same) == (1, 13)  # what lies there was not overdue on the 24th
    assert _standing("ho-so-ton-qua-han", "so-hai").version == 2
    assert _standing("ho-so-dung-han").version == 1
    assert record_counts(**act).recorded == 0


def test_the_day_job_counts_only_what_came_since(small, take):
    """The year, its last month and the one before."""
    assert record_all_counts(AT, by="system") == 0
    take(ROWS)
    recorded = record_all_counts(AT, by="system")
    assert recorded == 2 * 14
    assert record_all_counts(AT, by="system") == 0
    take(LATER, "b.csv")
    assert record_all_counts(AT, by="system") > 0


def test_a_file_of_which_nothing_was_taken_leads_to_no_count(small, take, monkeypatch):
    """Every row was refused: the store says what it said when it was counted."""
    take(ROWS)
    assert record_all_counts(AT, by="system") > 0
    take("Z,p,so-hai,4,31/02/2025,28/03/2025,,,,,\n", "bad.csv")
    monkeypatch.setattr(counting, "record_counts", lambda **_: pytest.fail("counted again"))
    assert record_all_counts(AT, by="system") == 0


def test_the_command_takes_in_and_counts_by_the_sites_own_units(small, take, capsys):
    """And says how much was new; a territory or period that is none is told of."""
    place, units = dossier_stores.site_store(small.territory.code, "vi")
    assert place == store_of(small.territory)
    assert {u.code for u in units} >= {"so-mot", "so-hai"}
    asked = {"territory": small.territory.code, "language": "vi"}
    assert dossier_stores.record(period=None, **asked) == 2
    assert "chưa nạp hồ sơ nào" in capsys.readouterr().err
    take(ROWS)
    assert dossier_stores.record(period="2025-03", **asked) == 0
    assert "14 giá trị mới, 0 không đổi" in capsys.readouterr().out
    assert dossier_stores.record(period="2025-03", territory="khong-co", language="en") == 2
    with pytest.raises(SystemExit):
        dossier_stores.site_store("khong-co", "vi")


def test_units_that_are_not_of_the_territory_are_named(small, tmp_path, take):
    """Their dossiers are in no value."""
    path = tmp_path / "c.csv"
    path.write_text(HEAD + ROWS.replace("so-hai", "H99"))
    take(OLDER)
    ingest([path], store=store_of(small.territory))
    found = record_counts(territory=small.territory, periods=[MARCH], by="person:1", at=AT)
    assert found.strangers == ("H99",)


def test_without_dossiers_there_is_nothing_to_count(small, take):
    """And a store that was put back cannot take the place of newer data."""
    with pytest.raises(Refused, match="dossiers_missing"):
        record_counts(territory=small.territory, by="person:1", at=AT)
    take(ROWS)
    record_counts(territory=small.territory, periods=[MARCH], by="person:1", at=AT)
    store = store_of(small.territory)
    store.rename(store.with_name("away"))
    take(OLDER.replace("02/2025", "03/2025"), "d.csv")
    with pytest.raises(ValuesRefused):
        record_counts(territory=small.territory, periods=[MARCH], by="person:1", at=AT)
