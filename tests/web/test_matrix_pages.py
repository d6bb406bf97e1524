"""The matrix of a running round: units × areas, one unit's criteria, the whole as a workbook."""

from addresses import address
from django.db import connection
from django.test.utils import CaptureQueriesContext
from test_unit_sheet import NOW, OPEN, UNIT, on_the_day, participant  # noqa: F401  fixtures

from parindex.apps.assessments.actions import grant_not_applicable
from parindex.core.formats.workbooks import xlsx_rows


def test_the_matrix_shows_what_is_assessed_where_and_why_not(visitors, read, participant):  # noqa: F811
    """An exception made since is shown as one, at the unit's own page with its ground and document."""
    ruled = {"ground": "Không có TTHC", "document": "12/TB-SNV", "by": "test", "at": NOW}
    grant_not_applicable(participant=participant, leaves=["3.2.2"], **ruled)
    page = read(address("steer:round", (OPEN,)), by=visitors["leader"])
    assert address("steer:matrix", (OPEN,)) in [a.attributes.get("href") for a in page.root.all("a")]
    text = read(address("steer:matrix", (OPEN,)), by=visitors["leader"]).root.text
    assert "1 ngoại lệ" in text
    assert "Sở Y tế" in text
    text = read(address("steer:matrix_unit", (OPEN, UNIT)), by=visitors["secretariat"]).root.text
    assert "Không có TTHC (12/TB-SNV)" in text
    assert "quyết định sau khi mở kỳ" in text
    read(address("steer:matrix_unit", (OPEN, UNIT), "en"), by=visitors["leader"])
    read(address("steer:matrix", (OPEN,), "en"), by=visitors["leader"])


def test_the_matrix_goes_out_as_a_workbook(visitors, participant):  # noqa: F811
    """Blank where something is left out, with the reason on the second sheet."""
    ruled = {"ground": "Không có TTHC", "document": "12/TB-SNV", "by": "test", "at": NOW}
    grant_not_applicable(participant=participant, leaves=["3.2.2"], **ruled)
    content = visitors["auditor"].get(address("steer:matrix_file", (OPEN,))).content
    (_, head), _, *rows = xlsx_rows(content, "m.xlsx")
    line = next(cells for _, cells in rows if cells[0] == UNIT)
    assert line[head.index("3.2.2")] == ""
    assert line[head.index("3.2.1")] == "x"
    assert xlsx_rows(content, "m.xlsx", sheet=1)[1][1] == ["3.2.2", UNIT, "Không có TTHC (12/TB-SNV)"]
    assert xlsx_rows(content, "m.xlsx", sheet=2) == []


def test_the_matrix_costs_a_few_queries(visitors):
    """Whatever the number of units."""
    visitors["leader"].get(address("steer:matrix", (OPEN,)))
    with CaptureQueriesContext(connection) as queries:
        visitors["leader"].get(address("steer:matrix", (OPEN,)))
    assert len(queries) <= 16
