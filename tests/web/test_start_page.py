"""The start page: what waits stands first and has a button; what is only to be looked at is a line."""

from datetime import timedelta

import pytest
from addresses import address
from site_world import AT

from parindex.web.account.start import _urgency
from parindex.web.parts.cards import Card


START = address("account:start", ())
FILL, LOOK = "Nhập bảng tự chấm", "Xem bảng tự chấm"


@pytest.fixture
def page(visitors, read):
    """The focal officer's."""
    return read(START, by=visitors["focal"])


def test_a_sheet_to_fill_in_has_a_button_and_one_handed_in_a_line(page):
    """Who looks for the next act reads buttons alone."""
    said = [button.text for card in page.root.all("article", "card") for button in card.all("a", "btn")]
    assert FILL in said
    assert LOOK not in said
    assert LOOK in page.root.text


def test_what_waits_stands_before_what_can_be_looked_at(page):
    headings = [h.text for h in page.root.all("h2")]
    assert headings.index("Đang chờ bạn") < headings.index("Các phần việc khác")


def test_what_is_overdue_comes_first_then_what_is_due_soonest():
    """What has no deadline comes last; equals keep the order of their rooms."""

    def card(title, days=None, late=False):
        due = None if days is None else AT + timedelta(days=days)
        return Card("", title, "/", "", state="x", due_at=due, late=late)

    placed = [card("some day"), card("soon", 1), card("any day"), card("late", late=True), card("later", 9)]
    assert [c.title for c in sorted(placed, key=_urgency)] == ["late", "soon", "later", "some day", "any day"]
