"""The sample's pages: drawn by the secretariat, marked blind by a department, its agreement for all."""

import io

import openpyxl
import pytest
from addresses import address
from django.utils import timezone

from parindex.apps.assessments.actions import draw_sample
from parindex.apps.assessments.models import Round, Sample, Visit
from parindex.apps.assessments.queries.sampling import drawn_of
from parindex.apps.organisations.models import Unit


CODE = "minh-hoa/tap-huan-giai-trinh"
LEAD = "so-tu-phap"


@pytest.fixture
def round_(visitors):
    """A training round whose first appraisal is over."""
    return Round.objects.select_related("framework", "territory").get(code="tap-huan-giai-trinh")


@pytest.fixture
def drawn(round_):
    """Two leaves of every unit are drawn; those that the appraising department of the tests rules on."""
    phase = round_.phases.get(kind="explanation")
    draw_sample(round_=round_, each=12, by="person:1", at=phase.opens_at, seed="một")
    found = drawn_of(round_, leads=[Unit.objects.get(code=LEAD).pk])
    assert found
    return found


@pytest.fixture
def at_work(round_, clock):
    """An hour after the explanation phase opened."""
    clock(round_.phases.get(kind="explanation").opens_at + timezone.timedelta(hours=1))


def _form(d, **more):
    points = d.leaf.max_for(d.participant.type)
    on = timezone.localdate(d.visit.sample.at).isoformat()
    return {
        "how": "points",
        "points": f"{float(points):g}",
        "on": on,
        "place": "Trụ sở",
        "present": "Bà B",
        "found": "Đủ hồ sơ",
    } | more


def _url(d):
    return address("appraise:visit", (CODE, d.participant.unit.code, d.leaf.code))


def test_the_secretariat_draws_and_everybody_who_follows_sees_how(visitors, read, round_, at_work):
    """The seed stands there, with the entry it is the hash of."""
    url = address("steer:sample", (CODE,))
    visitors["secretariat"].post(url, {"each": "2", "seed": ""})
    sample = Sample.objects.get(round=round_)
    for who in ("secretariat", "member", "auditor"):
        text = read(url, by=visitors[who]).root.text
        assert sample.seed in text
        assert sample.seed_from in text


@pytest.mark.parametrize(
    "who", ["assistant", "chair", "leader", "auditor", "focal", "appraiser", "administrator"]
)
def test_nobody_else_draws(visitors, round_, who):
    sent = visitors[who].post(address("steer:sample", (CODE,)), {"each": "2"})
    assert sent.status_code == 403
    assert not Sample.objects.exists()


@pytest.mark.parametrize("each", ["0", "x", "", "-3", "1000", "9" * 40])
def test_a_senseless_size_is_said(visitors, round_, at_work, each):
    visitors["secretariat"].post(address("steer:sample", (CODE,)), {"each": each})
    assert not Sample.objects.exists()


def test_the_second_marker_does_not_see_the_first_result(visitors, read, drawn, at_work):
    """Until the own one is kept."""
    d = next(x for x in drawn if x.first.reason)
    before = read(_url(d), by=visitors["lead_head"]).root.text
    assert d.first.reason not in before
    sent = visitors["lead_head"].post(_url(d), _form(d))
    assert sent.status_code == 302, sent.content.decode()
    after = read(_url(d), by=visitors["lead_head"]).root.text
    assert d.first.reason in after
    assert "Bà B" in after


def test_who_appraised_is_refused_and_what_was_typed_stays(visitors, drawn, at_work):
    sent = visitors["appraiser"].post(_url(drawn[0]), _form(drawn[0]))
    assert sent.status_code == 422
    assert not Visit.objects.exclude(at=None).exists()


def test_minutes_that_lack_something_are_shown_again(visitors, drawn, at_work):
    sent = visitors["lead_head"].post(_url(drawn[0]), _form(drawn[0], found=""))
    assert sent.status_code == 422
    assert "Bà B" in sent.content.decode()


@pytest.mark.parametrize("who", ["focal", "neighbour", "secretariat", "member", "auditor", "stranger"])
def test_nobody_else_marks(visitors, drawn, at_work, who):
    assert visitors[who].post(_url(drawn[0]), _form(drawn[0])).status_code == 403
    assert not Visit.objects.exclude(at=None).exists()


def test_what_another_department_rules_on_is_not_there(visitors, round_, drawn, at_work):
    mine = {(d.participant.pk, d.leaf.code) for d in drawn}
    other = next(d for d in drawn_of(round_) if (d.participant.pk, d.leaf.code) not in mine)
    assert visitors["lead_head"].post(_url(other), _form(other)).status_code == 404


def test_the_statistics_are_read_and_taken_along(
    visitors, read, drawn, at_work, django_assert_max_num_queries
):
    """By criterion and by appraiser; the workbook has the minutes."""
    for d in drawn[:3]:
        visitors["lead_head"].post(_url(d), _form(d))
    url = address("steer:sample", (CODE,))
    read(url, by=visitors["member"])
    with django_assert_max_num_queries(28):
        text = read(url, by=visitors["member"]).root.text
    assert "Hệ số kappa" in text
    sent = visitors["member"].get(address("steer:sample_file", (CODE,)))
    book = openpyxl.load_workbook(io.BytesIO(sent.content))
    assert len(book.sheetnames) == 3
    assert "Bà B" in {row[11] for row in book.worksheets[0].iter_rows(values_only=True)}
