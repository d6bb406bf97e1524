"""What random machines over a round share: an order of acts that leaves nothing, tried as time goes on."""

from datetime import timedelta
from typing import ClassVar

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine

from parindex.apps.assessments.actions import close_phases, open_phases
from parindex.core.kernel.problems import Refused


class PlayedRound(RuleBasedStateMachine):
    """The clock goes on by itself; every act is tried whether or not its time has come.

    `done`: the acts that were not refused, in any of the orders. `pace`: the time from act to act.
    """

    done: ClassVar[set[str]]
    pace = timedelta(hours=1)

    def __init__(self):
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()

    def teardown(self):
        """Nothing of it stays for the next."""
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def attempt(self, act, **arguments):
        """An act, later than the one before it; what may not be is refused in words."""
        self.at += self.pace
        open_phases(by="system", at=self.at)
        if close_phases(by="system", at=self.at):
            self.done.add("close_phases")
        try:
            with transaction.atomic():
                act(**arguments, at=self.at)
        except Refused:
            return
        self.done.add(act.__name__)


def bounded(*, examples, steps):
    """The same orders each time: a failure is the same on every machine."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
