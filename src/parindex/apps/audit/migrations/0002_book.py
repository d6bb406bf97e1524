from typing import Any

from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    """The middle part of every chain's name (written out here: a migration does not follow later changes)."""
    entry = apps.get_model("audit", "Entry")
    for chain in set(entry.objects.order_by().values_list("chain", flat=True)):
        entry.objects.filter(chain=chain).update(book=chain.split(":", 2)[1] if ":" in chain else "")


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="entry", name="chain", field=models.CharField(max_length=300)
        ),
        migrations.AddField(
            model_name="entry", name="book", field=models.CharField(default="", max_length=200), preserve_default=False
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["book", "chain", "position"], name="audit_by_book"),
        ),
    ]
