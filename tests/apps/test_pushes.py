"""Deliveries of one system at the same moment, from processes of their own."""

import pytest
from processes import finished


pytestmark = [pytest.mark.slow, pytest.mark.django_db]

PREPARE = """
from datetime import timedelta
from parindex.apps.indicators.actions import NewIndicator, define_indicator
from parindex.apps.indicators.tokens import NewToken, create_token
from parindex.apps.organisations.actions import NewUnit, add_units, found_territory
from parindex.core.kernel.text import Text
now = datetime.now(UTC)
act = {"by": "test", "at": now}
place = found_territory(code="thu", name=Text("Thử", "Trial"), type_="tinh", illustrative=True, **act)
add_units(territory=place, units=[NewUnit("so", Text("Sở", "Office"), "so")], **act)
define_indicator(new=NewIndicator("tin-bai", "Tin, bài", "News", "count", "tin", "Cổng"), **act)
new = NewToken("Cổng", [place], None, (now + timedelta(days=30)).date())
print(create_token(territory=place, new=new, **act)[0].pk)
"""
SEND = """
from parindex.apps.indicators.models import Token
from parindex.apps.indicators.tokens import Sent, push_values
token = Token.objects.get(pk=int(sys.argv[1]))
rows = [{"indicator": "tin-bai", "unit": "so", "period": "2025", "value": "7", "as_of": "2025-12-31"}]
print("ready", flush=True)
sys.stdin.readline()
for _ in range(5):
    done = push_values(token=token, sent=Sent(rows, sys.argv[2], "f"), by=token.ref, at=datetime.now(UTC))
    print(done.answer["added"], done.answer["same"], done.again)
"""
COUNT = """
from parindex.apps.indicators.models import Push, Value
print(Value.objects.count(), Push.objects.count(), Entry.objects.filter(kind="values.recorded").count())
"""


@pytest.mark.parametrize("key", ["ngay-1", ""])
def test_the_same_delivery_at_the_same_moment_is_recorded_once(site, key):
    """With a key everybody gets the one answer; without it all but the first find the row known."""
    token = site.run(PREPARE).strip()
    senders = [site.start(SEND, token, key) for _ in range(3)]
    for sender in senders:
        assert sender.stdout.readline() == "ready\n"
    for sender in senders:
        sender.stdin.write("go\n")
        sender.stdin.flush()
    said = [line for sender in senders for line in finished(sender).splitlines()]
    first, others = "1 0 False", "1 0 True" if key else "0 1 False"
    assert sorted(said) == sorted([first, *[others] * 14])
    assert site.run(COUNT).split() == ["1", "1" if key else "15", "1"]
