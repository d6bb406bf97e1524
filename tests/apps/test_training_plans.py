"""The demonstration's plans: something in every state that a role can play with."""

from site_world import AT

from parindex.apps.audit.verify import verify
from parindex.apps.organisations.models import Unit
from parindex.apps.plans.models import HandDown, Plan, Task
from parindex.apps.plans.rules import Status, progress_of, status_of
from parindex.config.training_plans import plans
from parindex.core.kernel.time import legal_date


def test_something_stands_in_every_state(world):
    """And loading it again adds nothing."""
    day = legal_date(AT)
    assert not plans(AT)
    assert {status_of(t, day) for t in Task.objects.all()} >= set(Status) - {Status.DONE_LATE}
    assert set(HandDown.objects.values_list("state", flat=True)) == {"offered", "accepted", "declined"}
    assert set(Plan.objects.values_list("state", flat=True)) == {"draft", "issued", "closed"}
    province = Unit.objects.get(code="minh-hoa", parent=None)
    own = Plan.objects.get(unit=province).tasks.filter(origin="")
    counts = progress_of(own, day)
    assert (counts.total, counts.done, counts.cancelled) == (6, 2, 1)
    assert verify().faults == []
