"""The criteria set of a running round changed by a document: what stays, is carried, is asked anew."""

import copy
from datetime import date, timedelta
from fractions import Fraction

import pytest
from addresses import address
from site_world import AT

from parindex.apps.assessments.actions import Typing, enter_penalty, save_draft, submit_sheet
from parindex.apps.assessments.actions.amending import Ground, change_framework
from parindex.apps.assessments.ledger import find_round
from parindex.apps.assessments.models import Explanation, Participant, Penalty, Ruling, Sheet
from parindex.apps.assessments.queries import answer_table
from parindex.apps.assessments.queries.amending import planned_change
from parindex.apps.assessments.queries.sheets import sheet_view
from parindex.apps.assessments.rules.penalties import NewPenalty
from parindex.apps.audit.models import Entry
from parindex.apps.audit.verify import verify
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.frameworks.codemaps import with_code_map
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.notices.models import Notice
from parindex.apps.results.actions import compute_result
from parindex.apps.results.rebuild import rebuild
from parindex.core.formats.framework_rows import find_row, originating, remove_row, rows_of, with_keys
from parindex.core.formats.framework_writer import plain_of, write_plain
from parindex.core.kernel.answers import NO_ANSWER
from parindex.core.kernel.problems import Refused


TRAINING = "minh-hoa/tap-huan-tham-dinh"
NOW = AT + timedelta(hours=1)
UNTIL = AT + timedelta(days=5)
GROUND = Ground("45/QĐ-UBND", date(2026, 1, 4), UNTIL)
ACT = {"url": "/", "by": "person:1", "at": NOW}


@pytest.fixture
def round_(world):
    return find_round(TRAINING)


def version(round_, edit, name="2"):
    """A stored version of the round's set, changed."""
    base = round_.framework
    content = with_keys(originating(plain_of(by_hash(base.content_hash))))
    content["version"] = name
    edit(content)
    content = with_code_map(content, base)
    return store_framework(content=write_plain(content).encode(), file="f.yaml", by="test", at=AT)


def row(content, code):
    return find_row(content, next(r.key for r in rows_of(content) if r.code == code)).node


def renamed_dropped_and_changed(content):
    """2.2.2 is 2.2.9 now; 1.1.2 asks something else; 1.5.2 is gone and 1.5.9 new in its place."""
    row(content, "2.2.2")["code"] = "2.2.9"
    other = row(content, "1.1.2")
    other["rule"] = {"kind": "all_or_nothing", "conditions": [{"id": "a", "name": "Có"}]}
    other.pop("_from")
    last = next(r for r in rows_of(content) if r.code == "1.4.1")
    taken = remove_row(content, last.key)
    fresh = copy.deepcopy(taken) | {"code": "1.4.9", "name": "Tiêu chí mới"}
    fresh.pop("_from")
    fresh.pop("_row")
    find_row(content, last.above).node.setdefault("children", []).insert(0, fresh)
    with_keys(content)


@pytest.fixture
def changed(round_):
    stored = version(round_, renamed_dropped_and_changed)
    before, _ = answer_table(round_)
    plan = change_framework(round_=round_, version=stored, ground=GROUND, **ACT)
    return find_round(TRAINING), plan, before


def test_the_plan_says_what_becomes_of_every_leaf(round_):
    """By the code map; nothing is changed by looking."""
    plan = planned_change(round_, version(round_, renamed_dropped_and_changed))
    assert plan.renamed == {"2.2.2": "2.2.9"}
    assert set(plan.reset) == {"1.1.2", "1.4.9"}
    assert set(plan.gone) == {"1.4.1"}
    assert set(plan.outdated) == {"2.2.2", "1.1.2", "1.4.1"}
    assert len(plan.same) == len(by_hash(round_.framework.content_hash).leaves) - 3


def test_answers_stay_are_carried_or_count_no_more(changed):
    """For every unit; the rulings themselves are kept with the version that they were made by."""
    round_, plan, before = changed
    after, participants = answer_table(round_)
    for k in range(len(participants)):
        for code in plan.same:
            was, now = (t.columns[code].distinct[t.columns[code].index[k]] for t in (before, after))
            assert was == now, code
        was = before.columns["2.2.2"].distinct[before.columns["2.2.2"].index[k]]
        assert after.columns["2.2.9"].distinct[after.columns["2.2.9"].index[k]] == was
        for code in plan.reset:
            assert after.columns[code].distinct[after.columns[code].index[k]] is NO_ANSWER
    old = Ruling.everything.filter(participant__round=round_, leaf__in=["1.1.2", "1.4.1"])
    assert old.count() > 0
    assert not old.filter(outdated=False).exists()


def test_the_round_is_rebuilt_from_its_ledger_before_and_after(changed):
    """The same digits; both hashes, the codes and the document are in the entry."""
    round_, plan, _ = changed
    entry = Entry.objects.get(book=TRAINING, kind="framework.changed")
    assert entry.payload["to"] == round_.framework.content_hash != entry.payload["from"]
    assert (entry.payload["document"], entry.payload["outdated"]) == ("45/QĐ-UBND", list(plan.outdated))
    compute_result(round_=round_, by="person:1", at=NOW)
    again = rebuild(round_)
    assert (again.computed, list(again.differences)) == (True, [])
    assert not verify().faults


def test_a_result_computed_before_keeps_its_version(round_):
    """And is rebuilt the same until another one is computed."""
    result = compute_result(round_=round_, by="person:1", at=NOW)
    old = round_.framework.content_hash
    change_framework(
        round_=round_, version=version(round_, renamed_dropped_and_changed), ground=GROUND, **ACT
    )
    result.refresh_from_db()
    assert result.framework_hash == old
    assert list(rebuild(find_round(TRAINING)).differences) == []


def test_units_answer_anew_what_is_asked_anew_and_are_told(changed):
    """Until the new deadline; what they hand in counts and is rebuilt."""
    round_, plan, _ = changed
    participant = Participant.objects.get(round=round_, unit__code="so-y-te")
    assert participant.sheet.state == Sheet.State.RETURNED
    assert participant.sheet.returned_until == UNTIL
    told = Notice.objects.filter(kind="framework_changed").first()
    assert told is not None
    view = sheet_view(participant)
    assert view.entries["1.1.2"].is_missing
    assert view.entries["2.2.9"].answer
    typing = Typing("1.1.2", "a", "", version=view.entries["1.1.2"].version)
    save_draft(participant=participant, typed=typing, by="person:1", at=NOW)
    submit_sheet(participant=participant, by="person:1", at=NOW)
    standing = Ruling.objects.get(participant=participant, leaf="1.1.2")
    assert (standing.answer, standing.framework_hash) == ("a", round_.framework.content_hash)
    compute_result(round_=round_, by="person:1", at=NOW)
    assert list(rebuild(round_).differences) == []
    assert plan.reset


def test_an_answer_that_the_new_rule_cannot_read_is_asked_anew(round_):
    """Though the map calls the leaf the same."""

    def edit(content):
        row(content, "1.1.2")["rule"] = {"kind": "all_or_nothing", "conditions": [{"id": "a", "name": "Có"}]}

    assert "1.1.2" in planned_change(round_, version(round_, edit)).reset


def test_a_code_that_another_leaf_had_is_asked_anew(round_):
    """Two leaves that change places are not carried over each other."""

    def edit(content):
        one, two = row(content, "2.2.1"), row(content, "2.2.2")
        one["code"], two["code"] = "2.2.2", "2.2.1"

    plan = planned_change(round_, version(round_, edit))
    assert {"2.2.1", "2.2.2"} <= set(plan.reset)
    assert plan.renamed == {}


def test_what_cannot_be_changed_is_refused_and_nothing_is(round_):
    """Without a map, a document or time left; the same set; a dispute on a leaf that would go."""
    stored = version(round_, renamed_dropped_and_changed)
    unmapped = version(round_, lambda content: content.update(id="thu-khac"), name="3")
    cases = [
        (round_.framework, GROUND, "set_is_the_same"),
        (stored, Ground(" ", date(2026, 1, 4), UNTIL), "decision_needed"),
        (stored, Ground("1", date(2026, 1, 4), NOW), "deadline_past"),
    ]
    for which, ground, code in cases:
        with pytest.raises(Refused, match=code):
            change_framework(round_=round_, version=which, ground=ground, **ACT)
    assert unmapped
    assert find_round(TRAINING).framework == round_.framework
    assert not Entry.objects.filter(book=TRAINING, kind="framework.changed").exists()
    participant = Participant.objects.get(round=round_, unit__code="so-y-te")
    more = {"state": Explanation.State.ASKED, "due_at": UNTIL, "opened_by": "test", "opened_at": NOW}
    Explanation.objects.create(participant=participant, leaf="1.4.1", **more)
    with pytest.raises(Refused, match="explanations_open"):
        change_framework(round_=round_, version=stored, ground=GROUND, **ACT)


def test_the_secretariat_changes_the_set_on_its_page(round_, visitors, read, monkeypatch):
    """It sees what becomes of each leaf first; others may not; a forged version does nothing."""
    from parindex.web.parts import doors

    monkeypatch.setattr(doors.timezone, "now", lambda: NOW)
    url, maker = address("steer:change_set", (TRAINING,)), visitors["secretariat"]
    stored = version(round_, renamed_dropped_and_changed)
    said = read(f"{url}?ban={stored.content_hash}", by=maker).root.text
    assert "2.2.2 → 2.2.9" in said
    assert "1.4.9 Tiêu chí mới" in said
    form = {
        "version": stored.content_hash,
        "document": "45/QĐ",
        "issued": "2026-01-04",
        "until": "2026-01-10T17:00",
    }
    assert visitors["assistant"].post(url, form).status_code == 403
    assert maker.post(url, form | {"version": "x"}).status_code == 422
    assert maker.post(url, form | {"until": "mai"}).status_code == 422
    assert maker.post(url, form | {"document": ""}).status_code == 422
    assert find_round(TRAINING).framework_id == round_.framework_id
    assert maker.post(url, form).status_code == 302
    assert find_round(TRAINING).framework_id == stored.pk
    for language in ("vi", "en"):
        for name, arguments in (("steer:round", (TRAINING,)), ("unit:sheet", (TRAINING, "so-y-te"))):
            read(address(name, arguments, language), by=maker)
        read(address("steer:change_set", (TRAINING,), language), by=maker)
    assert visitors["appraiser"].get(address("appraise:queue", (TRAINING,))).status_code == 200
    read(address("council:room", (TRAINING,)), by=maker)


def test_penalties_follow_a_renamed_item_and_end_with_one_that_asks_something_else(round_):
    """What is carried is rebuilt; who holds the other enters it anew."""
    unit = round_.participants.get(unit__code="so-y-te")
    body = round_.participants.exclude(pk=unit.pk).first().unit
    for leaf in ("P1", "P2"):
        new = NewPenalty(leaf, "Vụ việc", "12/KL-TTT", date(2025, 12, 1))
        enter_penalty(participant=unit, new=new, body=body, by="person:2", at=NOW)

    def renamed_and_changed(content):
        row(content, "P1")["code"] = "P9"
        other = row(content, "P2")
        other["rule"] = {"kind": "all_or_nothing", "conditions": [{"id": "a", "name": "Có"}]}
        other.pop("_from")

    change_framework(round_=round_, version=version(round_, renamed_and_changed), ground=GROUND, **ACT)
    cases = {c.leaf: c for c in Penalty.objects.filter(participant=unit)}
    assert cases["P9"].withdrawn_at is None
    assert cases["P2"].withdrawn_because == "45/QĐ-UBND"
    unit = Participant.objects.select_related("round__framework").get(pk=unit.pk)
    assert sheet_view(unit).nodes["P9"].points == Fraction("-0.25")
    assert not sheet_view(unit).nodes["P2"].points
    assert rebuild(find_round(TRAINING)).differences == []
