"""The table of what can be found, and each database's own full-text index that follows it."""

from typing import Any

from django.db import migrations, models


SQLITE = [
    """CREATE VIRTUAL TABLE search_words USING fts5(
        words, content='search_findable', content_rowid='id', tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER search_words_added AFTER INSERT ON search_findable BEGIN
        INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER search_words_removed AFTER DELETE ON search_findable BEGIN
        INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words); END""",
    """CREATE TRIGGER search_words_changed AFTER UPDATE ON search_findable BEGIN
        INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END""",
]
NOT_SQLITE = [
    "DROP TRIGGER search_words_changed",
    "DROP TRIGGER search_words_removed",
    "DROP TRIGGER search_words_added",
    "DROP TABLE search_words",
]
POSTGRES = [
    """ALTER TABLE search_findable ADD COLUMN vector tsvector
        GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED""",
    "CREATE INDEX search_vector ON search_findable USING gin (vector)",
]
NOT_POSTGRES = ["DROP INDEX search_vector", "ALTER TABLE search_findable DROP COLUMN vector"]


def _run(schema_editor: Any, sqlite: list[str], postgres: list[str]) -> None:
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgres:
        schema_editor.execute(statement)


def add_index(apps: Any, schema_editor: Any) -> None:
    _run(schema_editor, SQLITE, POSTGRES)


def drop_index(apps: Any, schema_editor: Any) -> None:
    _run(schema_editor, NOT_SQLITE, NOT_POSTGRES)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Findable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=50)),
                ("subject", models.CharField(max_length=100)),
                ("unit", models.BigIntegerField(db_index=True)),
                ("title", models.CharField(max_length=1200)),
                ("head", models.TextField()),
                ("words", models.TextField()),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "subject"), name="search_one_row_per_subject")
                ],
            },
        ),
        migrations.RunPython(add_index, drop_index),
    ]
