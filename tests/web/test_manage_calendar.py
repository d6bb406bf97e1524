"""The pages of the working-day calendar and of what the installation runs on."""

from datetime import timedelta

import pytest
from addresses import WHO, address
from site_world import AT

from parindex.apps.schedule.holidays import decided, proposed_days
from parindex.apps.schedule.models import JobRun
from parindex.apps.schedule.noting import BACKUP
from parindex.config.jobs import jobs
from parindex.web.manage.operating import words_of_jobs


URL, YEAR = "manage:calendar", 2026


@pytest.fixture(autouse=True)
def then(clock):
    """The day on which the demonstration was loaded."""
    clock(AT)


def _sent(**more):
    """The form as it was proposed."""
    sent = {"document": "Thông báo 9441/TB-BNV"}
    for k, d in enumerate(proposed_days(YEAR)):
        sent |= {
            f"day-{k}": f"{d.day:%d/%m/%Y}",
            f"kind-{k}": "worked" if d.worked else "off",
            f"name-{k}": d.name,
        }
    return sent | more


def test_the_year_leads_to_the_one_it_is(visitors):
    """Whoever is signed in."""
    answer = visitors["officer"].get(address("manage:calendar_now", ()))
    assert answer.headers["Location"].endswith("/2026/")


def test_a_proposal_is_decided_with_its_document(read, visitors):
    """Before, the page says that it is none; after, by which document."""
    url = address(URL, (YEAR,))
    assert "Chưa chốt" in read(url, by=visitors["officer"]).root.text
    assert visitors["secretariat"].post(url, _sent(document="")).status_code == 422
    assert visitors["secretariat"].post(url, _sent()).status_code == 302
    kept, days = decided(YEAR)
    assert kept.document == "Thông báo 9441/TB-BNV"
    assert days == proposed_days(YEAR)
    assert "9441/TB-BNV" in read(url, by=visitors["officer"]).root.text
    read(url, by=visitors["administrator"])


def test_what_was_typed_stays_where_it_is_wrong(visitors):
    """With the day that is wrong; a row without a date is left out."""
    url, client = address(URL, (YEAR,)), visitors["administrator"]
    wrong = client.post(url, _sent(**{"day-0": "31/02/2026", "name-1": "Tên khác"}))
    assert wrong.status_code == 422
    assert "31/02/2026" in wrong.content.decode()
    assert 'value="Tên khác"' in wrong.content.decode()
    assert decided(YEAR) == (None, [])
    client.post(url, _sent(**{"day-0": ""}))
    assert len(decided(YEAR)[1]) == len(proposed_days(YEAR)) - 1


@pytest.mark.parametrize("who", [w for w in WHO if w not in {"administrator", "secretariat", "anyone"}])
def test_nobody_else_decides_a_year(visitors, who):
    """Whatever is sent."""
    assert visitors[who].post(address(URL, (YEAR,)), _sent()).status_code == 403
    assert decided(YEAR) == (None, [])


def test_jobs_keys_and_mail_are_shown(read, visitors):
    """A tick that stopped is said first; a failed job with its error."""
    url = address("manage:operating", ())
    JobRun.objects.all().delete()
    assert "Nhịp phút không chạy" in read(url, by=visitors["auditor"]).root.text
    JobRun.objects.create(name="phases.close", last_run_at=AT, outcome="done", count=3)
    JobRun.objects.create(
        name="ledger.verify",
        last_run_at=AT - timedelta(hours=1),
        outcome="failed",
        error="LedgerBrokenError: x",
    )
    page = read(url, by=visitors["administrator"])
    assert "LedgerBrokenError: x" in page.root.text
    assert "Nhịp phút chạy lúc" in page.root.text
    keys = visitors["auditor"].get(address("manage:keys_file", ()))
    assert b"PUBLIC KEY" in keys.content
    assert b"PRIVATE" not in keys.content


def test_every_job_is_said_in_words():
    """A new job gets its sentence on the page."""
    assert {BACKUP, *(job.name for job in jobs())} == set(words_of_jobs())
