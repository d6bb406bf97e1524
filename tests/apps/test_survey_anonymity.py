"""Somebody who holds a dump of the whole database, and all links that were sent out, finds nobody.

The dump is logical: every table, every row in the order in which the database gives it unasked.
"""

import json
from itertools import pairwise

import pytest
from django.apps import apps
from django.db import connection
from site_world import AT
from survey_world import WHO, said, send, surveying

from parindex.apps.surveys import actions
from parindex.apps.surveys.actions.planning import forget_order
from parindex.apps.surveys.asking import about
from parindex.apps.surveys.models import Answer, Flag, Invitation
from parindex.apps.surveys.sittings import mark_of, new_sitting, row_of
from parindex.apps.surveys.tokens import digest_of


PEOPLE = [f"09{n:08}" for n in range(24)]


@pytest.fixture
def world(small):
    """See `survey_world`."""
    return surveying(small)


def dump():
    """Every row of every table, in the order in which it lies there, as text."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [c[0] for c in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            found[table] = [json.dumps(r, default=str, ensure_ascii=False, sort_keys=True) for r in rows]
    return found


def invited(world, group):
    """A link for each of the people, by telephone number."""
    wanted = [actions.Wanted(contact=c, stratum=group.strata.first()) for c in PEOPLE]
    return {i.contact: i.token for i in actions.issue_invitations(group=group, wanted=wanted, **WHO)}


def test_no_trace_of_a_link_or_a_person_is_left_once_it_was_used(world):
    """Neither token nor digest nor contact nor the sitting's number stands anywhere."""
    group = world.citizens()
    links, sittings = invited(world, group), {}
    for n, (contact, token) in enumerate(links.items()):
        sittings[contact] = new_sitting()
        send(token, said(hai_long="ABCD"[n % 4]), sittings[contact])
    everything = "\n".join(line for lines in dump().values() for line in lines)
    for contact, token in links.items():
        for trace in (contact, token, digest_of(token), sittings[contact]):
            assert trace not in everything
    assert Answer.objects.count() == len(PEOPLE)


def test_the_order_of_rows_tells_nothing_of_the_order_of_coming_in(world):
    """Rows lie by their random numbers; these rise no more often with the people than by chance."""
    group = world.citizens()
    for n, token in enumerate(invited(world, group).values()):
        send(token, said(hai_long="A", y_kien=f"{n:02}"))
    forget_order()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, content FROM {Answer._meta.db_table}")
        rows = cursor.fetchall()
    assert [r[0] for r in rows] == sorted(r[0] for r in rows)
    came = [int(json.loads(c)["y_kien"] if isinstance(c, str) else c["y_kien"]) for _, c in rows]
    rising = sum(a < b for a, b in pairwise(came))
    assert 3 <= rising <= 20  # 11.5 by chance, standard deviation 1.4
    assert came != sorted(came)


def test_no_row_that_is_written_with_an_answer_holds_an_instant(world):
    """Answers know a day. Of the tables that change as one comes in, none keeps who or when."""
    group = world.citizens()
    token, other = world.link(group), world.link(group)
    before = dump()
    send(token, said(hai_long="A"), at=AT)
    after = dump()
    changed = {table for table in after if before[table] != after[table]}
    assert changed == {"surveys_answer", "surveys_invitation"}
    for table in changed - {"surveys_invitation"}:
        assert "02:30" not in "\n".join(after[table])
        assert "09:30" not in "\n".join(after[table])
    assert digest_of(other) in "\n".join(after["surveys_invitation"])


def test_a_sitting_that_would_tell_its_own_unit_is_kept_in_pieces(world):
    """Where few of a unit are asked, the one unit that a sitting leaves out would name whose it is."""
    group, one, two = world.officials(), world.units["so-mot"], world.units["so-hai"]
    few = world.link(group, own_unit=world.territory)
    assert Invitation.objects.get().apart
    sitting = new_sitting()
    fields = said(about(one), hai_long="A") | said(about(two), hai_long="B") | said(tuoi="tu-40")
    send(few, fields, sitting)
    rows = list(Answer.objects.all())
    assert len({r.sitting for r in rows}) == 2
    assert sum("tuoi" in r.content for r in rows) == 1
    assert send(few, fields, sitting) == actions.Taken.BEFORE
    assert Answer.objects.count() == 2


def test_of_many_from_one_unit_sittings_stay_whole(world):
    """Their answers can be counted as one cluster."""
    group, one = world.officials(), world.units["so-mot"]
    wanted = [actions.Wanted(own_unit=one) for _ in range(5)]
    actions.issue_invitations(group=group, wanted=wanted, **WHO)
    assert not Invitation.objects.filter(apart=True).exists()


def test_the_ledger_says_how_many_were_invited_and_not_who(world):
    """Contacts stand with the invitations alone, and go with them."""
    group = world.citizens()
    links = invited(world, group)
    ledger = "\n".join(dump()["audit_entry"] + dump()["audit_ledgertext"])
    assert "survey.invited" in ledger
    assert not any(contact in ledger or token in ledger for contact, token in links.items())
    actions.close_survey(survey=group.survey, **WHO)
    everything = "\n".join(line for lines in dump().values() for line in lines)
    assert not any(contact in everything for contact in PEOPLE)


def test_no_counter_of_rows_tells_when_an_answer_came(world):
    """No sequence of the database moves as one comes in, and neither its number nor its mark can be made from
    the link, the contact or the digest."""
    group = world.citizens()
    links, before = invited(world, group), _sequences()
    for token in links.values():
        send(token, said(hai_long="B"))
    after = _sequences()
    assert {k: v for k, v in after.items() if k != "surveys_answer"} == {
        k: v for k, v in before.items() if k != "surveys_answer"
    }
    rows = {str(v) for row in Answer.objects.values_list("pk", "sitting") for v in row}
    known = {*links, *links.values(), *map(digest_of, links.values())}
    guessed = {mark_of(one, 0, apart=apart) for one in known for apart in (True, False)}
    guessed |= {str(row_of(one, world.units["so-mot"].pk)) for one in known}
    assert not rows & guessed


def _sequences():
    """What every sequence stands at, by table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
        else:
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
        return dict(cursor.fetchall())


def test_a_flag_of_a_full_hour_names_no_answer(world):
    """It says which hour was full, and none of the answers that came in it."""
    group = world.citizens()
    counter = world.counter(group, hourly=2)
    for _ in range(2):
        told = {"code": counter.code, "sitting": new_sitting(), "kiosk": True, "at": AT}
        actions.answer_at_counter(fields=said(hai_long="A"), **told)
    flag = Flag.objects.get()
    assert flag.data["count"] == 2
    assert not flag.answers.exists()
