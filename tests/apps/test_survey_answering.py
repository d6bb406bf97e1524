"""One right, one answer: forged, used and raced links, sendings that come twice, limits, own units."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from site_world import AT
from survey_world import WHO, form, said, send, surveying

from parindex.apps.audit.models import Entry
from parindex.apps.surveys import actions
from parindex.apps.surveys.actions import answering
from parindex.apps.surveys.asking import AnswersRefused, about, asked_of, right_of
from parindex.apps.surveys.models import Answer, Flag, Invitation
from parindex.apps.surveys.queries import responses_of
from parindex.apps.surveys.sittings import new_sitting
from parindex.apps.surveys.tokens import is_genuine, new_token
from parindex.core.kernel.problems import Refused


@pytest.fixture
def world(small):
    """See `survey_world`."""
    return surveying(small)


def code_of(act, *arguments, **named):
    """The code that an act refuses with."""
    with pytest.raises(Refused) as refused:
        act(*arguments, **named)
    return refused.value.code


def test_a_link_is_spent_as_its_answer_is_kept(world):
    """The invitation is gone, the tallies count, the ledger says nothing of it."""
    group = world.citizens()
    token = world.link(group, contact="0900 000 000")
    entries = Entry.objects.count()
    assert send(token, said(hai_long="A", y_kien="Tốt ạ")) == actions.Taken.KEPT
    answer = Answer.objects.get()
    assert answer.content == {"hai_long": "A", "y_kien": "Tốt ạ"}
    assert (answer.unit, answer.day.isoformat(), answer.channel) == (
        world.units["so-mot"],
        "2026-01-05",
        "link",
    )
    assert not Invitation.objects.exists()
    assert [(r.issued, r.used, r.linked) for r in responses_of(group.survey)] == [(1, 1, 1), (1, 1, 1)]
    assert Entry.objects.count() == entries


def test_an_answer_by_link_reads_once_writes_twice_and_touches_no_row_of_anybody_else(world):
    """On a survey's last day that is what the site does all the time."""
    group = world.citizens()
    send(world.link(group), said(hai_long="A"))
    token = world.link(group)
    with CaptureQueriesContext(connection) as asked:
        send(token, said(hai_long="B"))
    words = [" ".join(q["sql"].split()[:3]).replace('"', "") for q in asked]
    apart = ("SAVEPOINT", "RELEASE")
    assert [w for w in words if not w.startswith(apart)] == [
        words[0],
        "DELETE FROM surveys_invitation",
        "INSERT INTO surveys_answer",
    ]
    assert words[0].startswith("SELECT")


@pytest.mark.parametrize("between", ["answered", "renewed", "closed"])
def test_of_two_at_once_one_is_kept_and_no_link_outlives_what_ended_it(world, monkeypatch, between):
    """What happens while a form is being read: the other sending, a reminder with a new link, the closing."""
    group = world.citizens()
    token = world.link(group, contact="0900 000 000")
    honest, seen = answering.read_answers, []

    def slow(asked, fields):
        seen.append(asked)
        if len(seen) == 1 and between == "answered":
            assert send(token, said(hai_long="B")) == actions.Taken.KEPT
        elif len(seen) == 1 and between == "renewed":
            actions.renew_invitations(group=group, contacts=["0900 000 000"], **WHO)
        elif len(seen) == 1:
            actions.close_survey(survey=group.survey, **WHO)
        return honest(asked, fields)

    monkeypatch.setattr(answering, "read_answers", slow)
    assert code_of(send, token, said(hai_long="A")) == "survey_link_used"
    assert [a.content["hai_long"] for a in Answer.objects.all()] == (["B"] if between == "answered" else [])


def test_a_forged_link_is_told_from_a_used_one(world):
    """Not ours; or ours, and spent."""
    token = world.link(world.citizens())
    forged = token[:-1] + ("a" if token[-1] != "a" else "b")
    assert not is_genuine(forged)
    for wrong in (forged, "", "x" * 24, "đ" * 24, token.upper(), "a" * 10_000):
        assert code_of(send, wrong, said(hai_long="A")) == "survey_link_unknown"
    assert code_of(send, new_token(), said(hai_long="A")) == "survey_link_used"
    send(token, said(hai_long="A"))
    assert code_of(send, token, said(hai_long="A")) == "survey_link_used"
    assert Answer.objects.count() == 1


def test_the_same_form_sent_again_is_received_and_not_doubled(world):
    """A line that broke after the answers had come."""
    group, sitting = world.citizens(), new_sitting()
    token = world.link(group)
    assert send(token, said(hai_long="B"), sitting) == actions.Taken.KEPT
    assert send(token, said(hai_long="B"), sitting) == actions.Taken.BEFORE
    counter = world.counter(group)
    told = {"code": counter.code, "fields": said(hai_long="C"), "kiosk": False, "at": AT}
    again = new_sitting()
    assert actions.answer_at_counter(sitting=again, **told) == actions.Taken.KEPT
    assert actions.answer_at_counter(sitting=again, **told) == actions.Taken.BEFORE
    assert Answer.objects.count() == 2
    assert [(r.used, r.linked) for r in responses_of(group.survey)] == [(2, 1), (2, 1), (1, 0)]


@pytest.mark.parametrize("sitting", ["", "1", "Z" * 32, "a" * 33, "' OR 1=1 --"])
def test_a_form_without_its_number_is_too_old(world, sitting):
    """And the link is not spent."""
    token = world.link(world.citizens())
    with pytest.raises(Refused, match="survey_form_old"):
        actions.answer_by_link(token=token, sitting=sitting, fields=said(hai_long="A"), at=AT)
    assert send(token, said(hai_long="A")) == actions.Taken.KEPT


def test_what_is_wrong_is_named_and_the_link_stays_good(world):
    """A text of a megabyte, an option that is none, a question left out."""
    token = world.link(world.citizens())
    wrong = {"vi_sao": "x"}
    for fields, code in (
        (said(hai_long="A", y_kien="x" * 1_000_000), "answer_too_long"),
        (said(hai_long="Q"), "answer_option_unknown"),
        (said(y_kien="chỉ một lời"), "answer_required"),
    ):
        with pytest.raises(AnswersRefused) as refused:
            send(token, fields)
        assert [p.code for p in refused.value.found["q-"]] == [code], wrong
    assert code_of(send, token, {}) in ("survey_nothing_answered", "survey_answers_wrong")
    assert Answer.objects.count() == 0
    text = "<script>alert(1)</script> \u202eمرحبا 🙂"
    assert send(token, said(hai_long="D", vi_sao=["cho"], y_kien=text)) == actions.Taken.KEPT
    assert Answer.objects.get().content == {"hai_long": "D", "vi_sao": ["cho"], "y_kien": text}


def test_nobody_rates_their_own_unit(world):
    """It is not asked about, and what is sent about it is not kept."""
    group, one, two = world.officials(), world.units["so-mot"], world.units["so-hai"]
    token = world.link(group, own_unit=one)
    asked = asked_of(right_of(token))
    assert (list(asked.units), asked.several) == ([two], True)
    fields = said(about(one), hai_long="A") | said(about(two), hai_long="KR") | said(tuoi="tu-40")
    send(token, fields)
    assert [(a.unit, a.content) for a in Answer.objects.all()] == [(two, {"hai_long": "KR", "tuoi": "tu-40"})]


def test_a_sitting_rates_many_units_and_leaves_out_those_it_says_nothing_of(world):
    """One spent link, an answer for each unit that was rated, joined as one sitting."""
    group, one, two = world.officials(), world.units["so-mot"], world.units["so-hai"]
    token, other = world.link(group), world.link(group)
    send(token, said(about(one), hai_long="A") | said(about(two), hai_long="C"))
    assert len({a.sitting for a in Answer.objects.all()}) == 1
    send(other, said(about(two), hai_long="B"))
    assert sorted((a.unit.code, a.content["hai_long"]) for a in Answer.objects.all()) == [
        ("so-hai", "B"),
        ("so-hai", "C"),
        ("so-mot", "A"),
    ]
    assert code_of(send, world.link(group), said(tuoi="duoi-40")) == "survey_nothing_answered"


def test_an_hour_takes_so_many_answers_and_says_when_to_come_back(world):
    """The limit makes a case to look at; the next hour takes again."""
    group = world.citizens()
    counter = world.counter(group, hourly=2)

    def answer(at):
        told = {"code": counter.code, "fields": said(hai_long="A"), "kiosk": True}
        return actions.answer_at_counter(sitting=new_sitting(), at=at, **told)

    answer(AT), answer(AT)
    with pytest.raises(Refused) as refused:
        answer(AT)
    assert (refused.value.code, refused.value.data) == ("survey_counter_full", {"limit": 2, "minutes": 30})
    answer(AT + timedelta(hours=1))
    assert Answer.objects.filter(channel="kiosk").count() == 3
    flag = Flag.objects.get()
    assert (flag.kind, flag.counter, flag.decision) == ("burst", counter, "")
    actions.close_counter(counter=counter, **WHO)
    assert code_of(answer, AT + timedelta(hours=2)) == "survey_counter_closed"


def test_before_and_after_its_days_nothing_is_taken(world):
    """Nor once it is closed; what was not used is deleted then."""
    group = world.citizens()
    token = world.link(group)
    assert code_of(send, token, said(hai_long="A"), at=AT - timedelta(days=1)) == "survey_early"
    assert code_of(send, token, said(hai_long="A"), at=AT + timedelta(days=40)) == "survey_over"
    actions.close_survey(survey=group.survey, **WHO)
    assert not Invitation.objects.exists()
    assert code_of(send, token, said(hai_long="A")) == "survey_link_used"


def test_a_questionnaire_in_the_field_is_not_changed(world):
    """A new version is begun beside it, and the survey keeps its own."""
    group = world.citizens()
    fixed = group.questionnaire
    changed = form(title={"vi": "Phiếu khác", "en": "Another"})
    with pytest.raises(Refused, match="questionnaire_fixed"):
        actions.change_questionnaire(questionnaire=fixed, form=changed, **WHO)
    newer = actions.keep_questionnaire(territory=world.territory, form=changed, **WHO)
    assert (newer.version, newer.state, fixed.version) == (2, "draft", 1)
    with pytest.raises(Refused, match="survey_not_now"):
        actions.add_group(survey=group.survey, written=actions.GroupWritten("Người dân", newer), **WHO)
    draft = world.survey()
    actions.add_group(survey=draft, written=actions.GroupWritten("Người dân", newer), **WHO)
    with pytest.raises(Refused, match="survey_questionnaire_draft"):
        actions.open_survey(survey=draft, **WHO)


def test_links_are_renewed_for_those_who_have_not_answered(world):
    """The old link stops; who has answered gets none."""
    group = world.citizens()
    first, second = (world.link(group, contact=c) for c in ("a@x.vn", "b@x.vn"))
    send(first, said(hai_long="A"))
    renewed = actions.renew_invitations(group=group, contacts=["a@x.vn", "b@x.vn"], **WHO)
    assert [i.contact for i in renewed] == ["b@x.vn"]
    assert code_of(send, second, said(hai_long="A")) == "survey_link_used"
    assert send(renewed[0].token, said(hai_long="A")) == actions.Taken.KEPT
