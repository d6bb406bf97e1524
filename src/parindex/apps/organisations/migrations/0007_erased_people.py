"""When a person's data were erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies: ClassVar = [("organisations", "0006_guests")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="person", name="erased_at", field=models.DateTimeField(blank=True, null=True)
        ),
    ]
