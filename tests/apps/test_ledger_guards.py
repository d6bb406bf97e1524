"""The database refuses to change, replace or delete what the ledger holds, whoever asks it."""

import pytest
from django.db import IntegrityError, connection, transaction
from ledger_guards import lift, restore
from site_world import AT

from parindex.apps.audit.models import Entry, LedgerText
from parindex.apps.audit.record import record, redact
from parindex.apps.audit.verify import verify


pytestmark = pytest.mark.django_db
SQLITE, POSTGRESQL = (connection.vendor == name for name in ("sqlite", "postgresql"))


@pytest.fixture
def entry():
    """One with a text beside it."""
    said = {"kind": "test.done", "subject": "s", "payload": {"v": 1}, "by": "a", "at": AT}
    return record(chain="thu:chuỗi", texts={"lý do": "vì thế"}, **said)


def _ask(statement):
    """Straight to the database, without this program."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


REFUSED = {
    "change": "UPDATE audit_entry SET by = 'b' WHERE chain = 'thu:chuỗi'",
    "change all": "UPDATE audit_entry SET subject = subject || 'x'",
    "delete": "DELETE FROM audit_entry WHERE chain = 'thu:chuỗi'",
    "delete all": "DELETE FROM audit_entry",
    "text": "UPDATE audit_ledgertext SET text = 'khác'",
    "salt": "UPDATE audit_ledgertext SET salt = ''",
    "name": (
        "UPDATE audit_ledgertext SET name = 'khác', text = '', salt = '', redacted_by = 'b', "
        "redacted_at = '2026-01-05'"
    ),
    "text deleted": "DELETE FROM audit_ledgertext",
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_says_why_it_refuses(entry, what):
    with pytest.raises(IntegrityError, match=r"the ledger is append-only|may only be redacted, once"):
        _ask(REFUSED[what])
    assert verify("chuỗi").faults == []
    assert LedgerText.objects.get(chain=entry.chain).text == "vì thế"


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", ["audit_entry", "audit_ledgertext"])
def test_tables_are_not_emptied_at_once(entry, table):
    with pytest.raises(IntegrityError, match="nothing in it is deleted"):
        _ask(f"TRUNCATE {table}")
    with pytest.raises(IntegrityError, match="nothing in it is deleted"):
        _ask(f"TRUNCATE {table} CASCADE")


@pytest.mark.skipif(not SQLITE, reason="PostgreSQL has no INSERT OR REPLACE")
@pytest.mark.parametrize("taken", ["id", "position"])
def test_no_entry_is_replaced_by_inserting_over_it(entry, taken):
    """SQLite deletes the old row of a replacement without asking the triggers of deletion."""
    pk, chain = (entry.pk, "thu:khác") if taken == "id" else (entry.pk + 100, entry.chain)
    columns = "id, chain, book, position, kind, subject, payload, texts, by, at, previous, hash"
    values = f"{pk}, '{chain}', 'x', 1, 'k', 's', '{{}}', '{{}}', 'b', '2026-01-05', '', ''"
    with pytest.raises(IntegrityError, match="this place is taken"):
        _ask(f"INSERT OR REPLACE INTO audit_entry ({columns}) VALUES ({values})")
    assert Entry.objects.get(pk=entry.pk).by == "a"


@pytest.mark.skipif(not SQLITE, reason="PostgreSQL has no INSERT OR REPLACE")
def test_no_text_is_replaced_by_inserting_over_it(entry):
    text = LedgerText.objects.get(chain=entry.chain)
    columns = "id, chain, position, name, salt, text, redacted_by, ground"
    values = f"{text.pk}, 'c', 9, 'n', '', '', '', ''"
    with pytest.raises(IntegrityError, match="this place is taken"):
        _ask(f"INSERT OR REPLACE INTO audit_ledgertext ({columns}) VALUES ({values})")


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite's way is INSERT OR REPLACE")
def test_no_entry_is_changed_where_inserting_meets_it(entry):
    """ON CONFLICT DO UPDATE is an update."""
    columns = "chain, book, position, kind, subject, payload, texts, by, at, previous, hash"
    values = f"'{entry.chain}', 'x', 1, 'k', 's', '{{}}', '{{}}', 'b', now(), '', ''"
    with pytest.raises(IntegrityError, match="never changed"):
        _ask(
            f"INSERT INTO audit_entry ({columns}) VALUES ({values})"
            " ON CONFLICT (chain, position) DO UPDATE SET by = 'b'"
        )


def test_a_text_is_redacted_only_once_and_only_wholly(entry):
    """A redaction without who did it, or that leaves the salt, is refused; so is a second one."""
    for half in (
        "text = '', salt = '', redacted_at = '2026-01-05'",
        "text = '', redacted_by = 'b', redacted_at = '2026-01-05'",
    ):
        with pytest.raises(IntegrityError, match="audit_redacted_whole"):
            _ask(f"UPDATE audit_ledgertext SET {half}")
    redact(entry=entry, name="lý do", ground="luật", by="a", at=AT)
    with pytest.raises(IntegrityError, match="may only be redacted, once"):
        _ask("UPDATE audit_ledgertext SET ground = 'khác' WHERE name = 'lý do'")


def test_guards_that_are_set_up_again_guard(entry):
    """As after a transactional test."""
    lift(connection)
    _ask("UPDATE audit_entry SET by = 'b' WHERE chain = 'thu:chuỗi'")
    restore(connection)
    with pytest.raises(IntegrityError):
        _ask("UPDATE audit_entry SET by = 'a' WHERE chain = 'thu:chuỗi'")


@pytest.mark.django_db(transaction=True)
def test_transactional_tests_may_use_the_ledger(entry):
    """Their end, which empties every table, is let through; see `test_after_a_transactional_test`."""
    assert Entry.objects.filter(chain="thu:chuỗi").count() == 1
    with pytest.raises(IntegrityError):
        _ask("DELETE FROM audit_entry")
