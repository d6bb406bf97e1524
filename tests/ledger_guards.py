"""Lifting the ledger's guards in the database, as its owner can: for tests that tamper or empty tables."""

from contextlib import contextmanager
from importlib import import_module

from django.db.backends.base.operations import BaseDatabaseOperations


GUARDS = import_module("parindex.apps.audit.migrations.0004_guards")
TABLES = ("audit_entry", "audit_ledgertext")


def lift(connection):
    """Take the guards away; a transaction that is rolled back has them again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            for name in GUARDS.SQLITE:
                cursor.execute(f"DROP TRIGGER {name}")


def restore(connection):
    """Set them up again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        else:
            for name, trigger in GUARDS.SQLITE.items():
                cursor.execute(f"CREATE TRIGGER {name} {trigger}")


@contextmanager
def lifted(connection):
    """Without guards for a while."""
    lift(connection)
    try:
        yield
    finally:
        restore(connection)


def let_transactional_tests_empty_their_tables():
    """Tests with `transaction=True` end by emptying every table, which the ledger refuses."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def flush(self, statements):
        if any(table in statement for table in TABLES for statement in statements):
            with lifted(self.connection):
                empty(self, statements)
        else:
            empty(self, statements)

    BaseDatabaseOperations.execute_sql_flush = flush
