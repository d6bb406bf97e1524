"""Dates of a criteria set moved to the next year."""

from parindex.core.formats.framework_dates import move_dates, years_of


def test_every_date_moves_and_nothing_else():
    """Leap days too; days off, words and what only looks like a date stay."""
    content = {
        "period": {"start": "2024-02-29", "end": "2024-12-14"},
        "holidays": ["2024-01-01"],
        "title": {"vi": "Ban hành trước 2024-12-15"},
        "tree": [{"rule": {"due": "2024-08-15"}, "children": [{"window": {"start": "2024-01-01"}}]}],
        "version": "2024-99-99",
    }
    assert move_dates(content, 1) == 4
    assert content["period"] == {"start": "2025-02-28", "end": "2025-12-14"}
    assert content["holidays"] == ["2024-01-01"]
    assert content["tree"][0]["rule"]["due"] == "2025-08-15"
    assert content["tree"][0]["children"][0]["window"]["start"] == "2025-01-01"
    assert content["version"] == "2024-99-99"
    assert years_of(content) == {2025}
    assert years_of({"holidays": ["2024-01-01"]}) == {2024}
    assert years_of({}) == set()
