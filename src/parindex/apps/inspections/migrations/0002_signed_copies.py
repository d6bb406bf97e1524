"""Minutes and conclusions keep their signed copies."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A document beside number, date and signer."""

    dependencies: ClassVar = [
        ("evidence", "0002_public_documents"),
        ("inspections", "0001_inspections"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="issuedpaper",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inspection_papers",
                to="evidence.document",
            ),
        ),
    ]
