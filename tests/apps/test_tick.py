"""The minute tick: each job once, at its time, whatever the others do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from ledger_guards import lift
from site_world import AT

from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import record
from parindex.apps.schedule.models import JobRun
from parindex.apps.schedule.queries import job_runs
from parindex.apps.schedule.tick import AGAIN, LEASE, Job, tick
from parindex.cli import main


MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
pytestmark = pytest.mark.django_db


class Counting:
    """A job that notes when it ran, and fails while it is told to."""

    def __init__(self):
        self.ran = []
        self.error = None

    def __call__(self, at):
        self.ran.append(at)
        if self.error:
            raise self.error
        return len(self.ran)


@pytest.fixture
def counting():
    return Counting()


def run(*jobs, at=AT):
    return [(ran.name, ran.count, ran.error) for ran in tick(jobs, at=at)]


def test_a_job_runs_at_each_tick_and_its_last_run_is_kept(counting):
    job = Job("phases.close", counting)
    assert [run(job), run(job, at=AT + MINUTE)] == [[("phases.close", 1, "")], [("phases.close", 2, "")]]
    assert counting.ran == [AT, AT + MINUTE]
    (kept,) = job_runs()
    assert (kept.name, kept.last_run_at, kept.outcome, kept.count, kept.error) == (
        "phases.close",
        AT + MINUTE,
        "done",
        2,
        "",
    )
    assert kept.running_since is None


def test_a_failing_job_does_not_stop_the_others(counting):
    """Its error is told and kept until it goes well again."""
    failing = Counting()
    failing.error = ValueError("hỏng")
    jobs = Job("a.fail", failing), Job("b.count", counting)
    assert run(*jobs) == [("a.fail", 0, "ValueError: hỏng"), ("b.count", 1, "")]
    kept = JobRun.objects.get(name="a.fail")
    assert (kept.outcome, kept.error, kept.running_since) == ("failed", "ValueError: hỏng", None)
    failing.error = None
    run(*jobs, at=AT + MINUTE)
    kept.refresh_from_db()
    assert (kept.outcome, kept.error, kept.count) == ("done", "", 2)


def test_a_daily_job_waits_a_day(counting):
    job = Job("a.daily", counting, every=DAY)
    for later in (timedelta(), MINUTE, DAY - MINUTE, DAY, DAY + MINUTE):
        run(job, at=AT + later)
    assert counting.ran == [AT, AT + DAY]


def test_a_daily_job_that_failed_is_tried_again_sooner(counting):
    """After a quarter of an hour, not each minute."""
    job = Job("a.daily", counting, every=DAY)
    counting.error = ValueError()
    for minutes in range(0, 40, 5):
        run(job, at=AT + minutes * MINUTE)
    assert counting.ran == [AT, AT + AGAIN, AT + 2 * AGAIN]


def test_a_job_that_another_process_is_at_is_left_alone(counting):
    """Here the other tick comes while the job is running."""
    nested = []
    inner = Job("a.slow", counting)
    outer = Job("a.slow", lambda at: nested.extend(run(inner, at=at)) or 7)
    assert run(outer) == [("a.slow", 7, "")]
    assert (nested, counting.ran) == ([], [])


def test_a_job_whose_process_died_is_taken_over_after_its_lease(counting):
    JobRun.objects.create(name="a.dead", running_since=AT, holder="gone")
    job = Job("a.dead", counting)
    assert run(job, at=AT + LEASE - MINUTE) == []
    assert run(job, at=AT + LEASE) == [("a.dead", 1, "")]


def test_who_was_overtaken_does_not_speak_for_the_one_after_him(counting):
    """A run that outlived its lease leaves the row to the process that took it over."""

    def slow(at):
        JobRun.objects.filter(name="a.slow").update(holder="another", running_since=at)
        return 99

    run(Job("a.slow", slow))
    kept = JobRun.objects.get(name="a.slow")
    assert (kept.holder, kept.count, kept.outcome) == ("another", 0, "")


def test_the_ticks_of_the_command_say_what_they_did(capsys):
    """The daily check of the ledger runs once; the next tick has nothing to do."""
    record(chain="thu:x", kind="test.done", subject="s", payload={"v": 1}, by="a", at=AT)
    assert main(["tick"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("phases.close: ")
    assert said[-2].startswith(f"ledger.verify: {Entry.objects.count()} (")
    assert main(["tick"]) == 0
    assert capsys.readouterr().out.startswith("phases.close: 0 (")


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "Chưa có việc nào đến hạn.\n"), ("en", "Nothing is due.\n")]
)
def test_a_tick_that_finds_nothing_to_do_says_so(capsys, monkeypatch, language, said):
    """For instance while another process is at it."""
    monkeypatch.setattr("parindex.config.jobs.jobs", list)
    assert main(["tick", "--lang", language]) == 0
    assert capsys.readouterr().out == said


@pytest.mark.parametrize(("language", "word"), [("vi", "lỗi"), ("en", "failed")])
def test_a_failed_job_is_named_on_standard_error(capsys, language, word):
    """And the command ends with 1."""
    entry = record(chain="thu:x", kind="test.done", subject="s", payload={"v": 1}, by="a", at=AT)
    lift(connection)
    QuerySet(Entry).filter(pk=entry.pk).update(by="b")
    assert main(["tick", "--lang", language]) == 1
    err = capsys.readouterr().err
    assert f"ledger.verify: {word}: LedgerBrokenError: thu:x#1 entry_changed" in err
