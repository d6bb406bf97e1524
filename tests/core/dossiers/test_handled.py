"""Dossiers with a result, one by one: what a sample is drawn from."""

from datetime import date

from parindex.core.dossiers.frames import handled


HEAD = "code,procedure,field,unit,status,received,due,finished\n"
ROWS = (
    "B,p1,Đất đai,S1,9,03/03/2025 08:00,06/03/2025 17:00,04/03/2025 09:00\n"
    "A,p2,,S1,9,25/02/2025 08:00,06/03/2025 17:00,31/03/2025 23:59\n"
    "C,p1,Đất đai,S1,9,25/02/2025 08:00,06/03/2025 17:00,28/02/2025 09:00\n"  # before the period
    "D,p1,Đất đai,S2,4,03/03/2025 08:00,06/03/2025 17:00,\n"  # still open
    "E,p1,Đất đai,S2,9,03/03/2025 08:00,06/03/2025 17:00,01/04/2025 00:00\n"  # after it
)


def test_what_was_resolved_in_a_period_is_listed_by_code(shelf):
    """Its first and last minute inclusive; no more than was asked for, and that is said."""
    shelf.take(shelf.file("a.csv", HEAD + ROWS))
    march = {"first": date(2025, 3, 1), "last": date(2025, 3, 31)}
    found, more = handled(shelf.store, **march)
    assert [(h.code, h.unit, h.procedure, h.field or "") for h in found] == [
        ("A", "S1", "p2", ""),
        ("B", "S1", "p1", "Đất đai"),
    ]
    assert not more
    found, more = handled(shelf.store, **march, most=1)
    assert ([h.code for h in found], more) == (["A"], True)


def test_a_store_without_dossiers_has_nobody(shelf):
    """And is no error."""
    assert handled(shelf.store, first=date(2025, 3, 1), last=date(2025, 3, 31)) == ([], False)
