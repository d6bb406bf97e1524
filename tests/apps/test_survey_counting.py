"""Answers become figures with their errors, figures become values, values become points on a sheet."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from site_world import AT
from survey_world import DAY, SCALE, WHO, form, said, send, surveying

from parindex.apps.indicators.actions import NewIndicator, define_indicator
from parindex.apps.indicators.models import Value
from parindex.apps.surveys import actions
from parindex.apps.surveys.models import Answer, Flag, PaperForm, Survey
from parindex.apps.surveys.sittings import new_sitting
from parindex.core.kernel.numbers import exact
from parindex.core.kernel.problems import Refused


@pytest.fixture
def world(small):
    """See `survey_world`."""
    return surveying(small)


def measure():
    """An indicator of satisfaction."""
    new = NewIndicator("hai-long", "Mức độ hài lòng", "Satisfaction", "number", "%", "Điều tra xã hội học")
    return define_indicator(new=new, **WHO)


def answered(world, counts, **more):
    """A closed survey of Department One with so many of each answer."""
    group = world.citizens(**more)
    for option, count in counts.items():
        for _ in range(count):
            send(world.link(group), said(hai_long=option))
    return actions.close_survey(survey=group.survey, **WHO), group


def test_a_share_has_its_error_with_the_finite_population_corrected(world):
    """30 of 40 satisfied among 400: by hand, s² = p(1-p)n/(n-1), se = √((1 - n/N) s²/n)."""
    survey, _ = answered(world, {"A": 20, "B": 10, "C": 6, "D": 4})
    one = actions.count_survey(survey=survey, **WHO).content["units"][0]
    assert (one["unit"], exact(one["satisfied"]["value"]), one["satisfied"]["n"]) == ("so-mot", 75, 40)
    p, n, size = 0.75, 40, 400
    assert float(one["satisfied"]["se"]) == pytest.approx(
        100 * ((1 - n / size) * p * (1 - p) / (n - 1)) ** 0.5
    )
    assert exact(one["index"]["value"]) == Fraction(20 * 100 + 10 * 75 + 6 * 50, 40)


def test_no_opinion_is_counted_and_part_of_no_share(world):
    """“Không đủ thông tin”."""
    survey, _ = answered(world, {"A": 6, "D": 2, "KR": 3})
    content = actions.count_survey(survey=survey, **WHO).content
    figures = content["units"][0]["groups"][0]["satisfied"]
    assert (exact(figures["value"]), figures["n"], figures["no_opinion"]) == (75, 8, 3)
    assert content["groups"][0]["used"] == 11
    assert [i["code"] for i in content["units"][0]["groups"][0]["items"]] == ["hai_long"]


def test_the_count_gives_values_with_error_and_number(world):
    """None for a unit of too few answers; a second count that says the same adds no version."""
    survey, _ = answered(world, {"A": 15, "D": 5}, indicator=measure())
    actions.count_survey(survey=survey, **WHO)
    value = Value.objects.get(indicator__code="hai-long")
    assert (value.unit.code, value.value, value.n) == ("so-mot", "75", 20)
    assert float(Fraction(value.se)) == pytest.approx(100 * (0.95 * 0.75 * 0.25 / 19) ** 0.5, abs=1e-4)
    assert (value.start.year, value.end.month, value.origin) == (
        2026,
        12,
        f"survey:{survey.slug} · {survey.slug}",
    )
    actions.count_survey(survey=survey, **WHO)
    assert Value.objects.filter(indicator__code="hai-long").count() == 1
    few, _ = answered(world, {"A": 4}, indicator=value.indicator, title_vi="Khảo sát ít phiếu")
    actions.count_survey(survey=few, **WHO)
    assert Value.objects.filter(indicator__code="hai-long").count() == 1


def test_what_is_set_aside_stays_and_is_not_counted(world):
    """A person decides, with a reason; until then there is no count."""
    survey, _ = answered(world, {"A": 8, "D": 2})
    flag = Flag.objects.create(survey=survey, kind="identical", fingerprint="x")
    flag.answers.set(Answer.objects.filter(survey=survey, content__hai_long="A")[:4])
    with pytest.raises(Refused, match="survey_flags_left"):
        actions.count_survey(survey=survey, **WHO)
    with pytest.raises(Refused, match="survey_reason_missing"):
        actions.decide_flag(flag=flag, decision="set_aside", reason=" ", **WHO)
    actions.decide_flag(flag=flag, decision="set_aside", reason="Một người điền hộ", **WHO)
    content = actions.count_survey(survey=survey, **WHO).content
    assert (content["units"][0]["satisfied"]["n"], content["aside"]) == (6, 4)
    assert Answer.objects.filter(survey=survey).count() == 10


def test_nothing_to_count_is_no_survey_and_not_zero(world):
    """And an open survey is not counted."""
    group = world.citizens()
    with pytest.raises(Refused, match="survey_not_now"):
        actions.count_survey(survey=group.survey, **WHO)
    actions.close_survey(survey=group.survey, **WHO)
    with pytest.raises(Refused, match="survey_nothing_to_count"):
        actions.count_survey(survey=group.survey, **WHO)


def test_a_paper_form_is_typed_in_twice_by_two_people(world):
    """Where they differ a third look settles it; only then is it an answer."""
    group = world.citizens()
    batch = actions.begin_batch(
        group=group, unit=world.units["so-mot"], label="Tập 1", size=2, day=DAY, **WHO
    )
    one, two = PaperForm.objects.filter(batch=batch)
    first, second = {"by": "person:1", "at": AT}, {"by": "person:2", "at": AT}
    actions.enter_form(form=one, fields=said(hai_long="A"), **first)
    actions.enter_form(form=one, fields=said(hai_long="A"), **second)
    assert Answer.objects.get(survey=group.survey).channel == "paper"
    actions.enter_form(form=two, fields=said(hai_long="A"), **first)
    with pytest.raises(Refused, match="survey_form_once"):
        actions.settle_form(form=two, fields=said(hai_long="B"), **second)
    actions.enter_form(form=two, fields=said(hai_long="B"), **second)
    assert Answer.objects.filter(survey=group.survey).count() == 1
    with pytest.raises(Refused, match="survey_form_same_person"):
        actions.enter_form(form=two, fields=said(hai_long="C"), **first)
    actions.settle_form(form=two, fields=said(hai_long="B"), **second)
    assert Answer.objects.filter(survey=group.survey, content__hai_long="B").count() == 1
    with pytest.raises(Refused, match="survey_form_settled"):
        actions.enter_form(form=two, fields=said(hai_long="C"), **first)


def test_another_body_reports_its_results(world):
    """With n, its error where it has one, and the number of the report."""
    survey = world.survey(kind="outside", title_vi="Do Bưu điện thực hiện", indicator=measure())
    report = actions.Report("Bưu điện tỉnh Thử", "12/BC-BĐT ngày 02/01/2026")
    row = actions.ResultWritten(world.units["so-hai"], "82,1", 120, "Người dân", "2.4")
    actions.record_results(survey=survey, rows=[row], report=report, **WHO)
    actions.open_survey(survey=survey, **WHO)
    actions.close_survey(survey=survey, **WHO)
    actions.count_survey(survey=survey, **WHO)
    value = Value.objects.get(indicator__code="hai-long")
    assert (value.unit.code, value.value, value.se, value.n) == ("so-hai", "821/10", "12/5", 120)
    for wrong, code in (("120", "survey_result_percent"), ("tám mươi", "survey_result_percent")):
        bad = actions.ResultWritten(world.units["so-hai"], wrong, 10)
        with pytest.raises(Refused, match=code):
            actions.record_results(survey=survey, rows=[bad], report=report, **WHO)
    assert survey.state == Survey.State.DRAFT


def test_a_sample_is_drawn_by_the_seed_and_only_lines_are_kept(world):
    """Quota and reserve; the same list gives the same lines; contacts stand nowhere."""
    group = world.citizens()
    stratum = group.strata.get()
    frame = [actions.Wanted(contact=f"người {n}", stratum=stratum) for n in range(1, 101)]
    made = actions.draw_sample(group=group, frame=frame, reserve=5, **WHO)
    again = actions.draw_sample(group=group, frame=frame, reserve=5, **WHO)
    lines = made.chosen[str(stratum.pk)]
    assert (len(set(lines["main"])), len(lines["reserve"]), lines["short"]) == (40, 5, 0)
    assert (again.chosen, again.frame_sha256) == (made.chosen, made.frame_sha256)
    assert [w.contact for w in actions.drawn_lines(made, frame)] == [f"người {n}" for n in lines["main"]]
    assert "người" not in str(made.chosen)
    with pytest.raises(Refused, match="survey_frame_empty"):
        actions.draw_sample(group=group, frame=[], reserve=5, **WHO)


def test_twins_are_found_and_left_for_a_person(world):
    """Once; nothing is taken out by looking."""
    sections = [{"title": "Phục vụ", "questions": [grid()]}]
    group = world.citizens(title_vi="Khảo sát lưới", questionnaire=form("luoi", sections=sections))
    rows = {"q-g.r1": ["A"], "q-g.r2": ["B"], "q-g.r3": ["C"], "q-g.r4": ["A"], "q-g.r5": ["D"]}
    for _ in range(30):
        send(world.link(group), rows)
    assert actions.find_flags(survey=group.survey, **WHO) == 1
    assert actions.find_flags(survey=group.survey, **WHO) == 0
    flag = Flag.objects.get(survey=group.survey)
    assert (flag.kind, flag.answers.count(), flag.decision) == ("identical", 30, "")
    assert Answer.objects.filter(survey=group.survey).count() == 30


def test_a_day_on_which_a_counter_was_stuffed_is_found_and_can_be_set_aside(world):
    """Forty in a day where three are usual; each day of it is told once, and a decision takes its answers out
    of the count."""
    group = world.citizens(closes=date(2026, 1, 31))
    counter = world.counter(group, hourly=60)
    for at, times in [(AT + timedelta(days=k), 3) for k in range(1, 9)] + [(AT, 40)]:
        for n in range(times):
            told = {"code": counter.code, "sitting": new_sitting(), "kiosk": False, "at": at}
            actions.answer_at_counter(fields=said(hai_long="ABCD"[n % 4]), **told)
    assert actions.find_flags(survey=group.survey, **WHO) == 1
    assert actions.find_flags(survey=group.survey, **WHO) == 0
    flag = Flag.objects.get(survey=group.survey)
    assert (flag.kind, flag.counter, flag.answers.count()) == ("burst", counter, 40)
    assert (flag.data["count"], flag.data["usual"], flag.data["day"]) == (40, 3.0, "2026-01-05")
    actions.decide_flag(flag=flag, decision="set_aside", reason="Nhập dồn trong một buổi", **WHO)
    actions.close_survey(survey=group.survey, **WHO)
    count = actions.count_survey(survey=group.survey, **WHO)
    assert count.content["aside"] == 40
    assert count.content["units"][0]["satisfied"]["n"] == 24
    assert Answer.objects.filter(survey=group.survey).count() == 64


def grid():
    """Five lines with the scale."""
    rows = [{"code": f"r{n}", "text": f"Dòng {n}"} for n in range(1, 6)]
    return {"code": "g", "kind": "grid", "text": "Hài lòng về", "options": SCALE, "rows": rows}
