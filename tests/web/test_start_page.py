"""The start page: what waits stands out from what is only to be looked at."""

import pytest
from addresses import address


START = address("account:start", ())
FILL, LOOK = "Nhập bảng tự chấm", "Xem bảng tự chấm"


@pytest.fixture
def buttons(visitors, read):
    """The buttons of the focal officer's cards, in their order."""
    page = read(START, by=visitors["focal"])
    return [button for card in page.root.all("article", "card") for button in card.all("a", "btn")]


def test_a_sheet_to_fill_in_stands_before_one_handed_in(buttons):
    """The next act is first."""
    said = [b.text for b in buttons if b.text in (FILL, LOOK)]
    assert {FILL, LOOK} <= set(said)
    assert said == sorted(said, key=[FILL, LOOK].index)


def test_what_is_only_looked_at_has_a_quiet_button(buttons):
    """Two buttons that look alike ask for the same."""
    assert [b for b in buttons if b.text == FILL and "quiet" in b.classes] == []
    assert [b for b in buttons if b.text == LOOK and "quiet" not in b.classes] == []
