"""The database refuses to change or delete what the ledger holds, whoever asks.

A text may be redacted once. On SQLite a third trigger is needed: ``INSERT OR REPLACE`` deletes without asking the
others.
"""

from typing import Any

from django.db import migrations


CHANGED = "the ledger is append-only: its entries are never changed"
DELETED = "the ledger is append-only: nothing in it is deleted"
STANDS = "the ledger is append-only: this place is taken"
REDACTED = "a text of the ledger may only be redacted, once"

KEPT = ("id", "chain", "position", "name")
REDACTION = "OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL AND " + " AND ".join(
    f"NEW.{column} = OLD.{column}" for column in KEPT
)

SQLITE = {
    "audit_entry_unchanged": f"BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, '{CHANGED}'); END",
    "audit_entry_undeleted": f"BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, '{DELETED}'); END",
    "audit_entry_unreplaced": (
        "BEFORE INSERT ON audit_entry WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id OR "
        f"(chain = NEW.chain AND position = NEW.position)) BEGIN SELECT RAISE(ABORT, '{STANDS}'); END"
    ),
    "audit_text_redacted_only": (
        f"BEFORE UPDATE ON audit_ledgertext WHEN NOT ({REDACTION}) "
        f"BEGIN SELECT RAISE(ABORT, '{REDACTED}'); END"
    ),
    "audit_text_undeleted": f"BEFORE DELETE ON audit_ledgertext BEGIN SELECT RAISE(ABORT, '{DELETED}'); END",
    "audit_text_unreplaced": (
        "BEFORE INSERT ON audit_ledgertext WHEN EXISTS (SELECT 1 FROM audit_ledgertext WHERE id = NEW.id OR "
        "(chain = NEW.chain AND position = NEW.position AND name = NEW.name)) "
        f"BEGIN SELECT RAISE(ABORT, '{STANDS}'); END"
    ),
}

FUNCTION = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL = {
    "audit_entry_unchanged": ("audit_entry", "BEFORE UPDATE ON audit_entry FOR EACH ROW", CHANGED),
    "audit_entry_undeleted": ("audit_entry", "BEFORE DELETE ON audit_entry FOR EACH ROW", DELETED),
    "audit_entry_kept": ("audit_entry", "BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT", DELETED),
    "audit_text_redacted_only": (
        "audit_ledgertext",
        f"BEFORE UPDATE ON audit_ledgertext FOR EACH ROW WHEN (NOT ({REDACTION}))",
        REDACTED,
    ),
    "audit_text_undeleted": ("audit_ledgertext", "BEFORE DELETE ON audit_ledgertext FOR EACH ROW", DELETED),
    "audit_text_kept": ("audit_ledgertext", "BEFORE TRUNCATE ON audit_ledgertext FOR EACH STATEMENT", DELETED),
}


def guard(apps: Any, schema_editor: Any) -> None:
    """Set the triggers up."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)
        for name, (_, when, message) in POSTGRESQL.items():
            schema_editor.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION audit_refuse('{message}')")
    else:
        for name, trigger in SQLITE.items():
            schema_editor.execute(f"CREATE TRIGGER {name} {trigger}")


def unguard(apps: Any, schema_editor: Any) -> None:
    """Take them away."""
    if schema_editor.connection.vendor == "postgresql":
        for name, (table, *_) in POSTGRESQL.items():
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
        schema_editor.execute("DROP FUNCTION audit_refuse")
    else:
        for name in SQLITE:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):

    dependencies = [("audit", "0003_texts")]

    operations = [migrations.RunPython(guard, unguard)]
