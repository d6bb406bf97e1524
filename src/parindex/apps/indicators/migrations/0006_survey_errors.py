"""Values of surveys keep their standard error and how many answered."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two fields of a value; empty for whatever is no survey's."""

    dependencies: ClassVar = [("indicators", "0005_over_year")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="value",
            name="n",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="value",
            name="se",
            field=models.CharField(blank=True, max_length=130),
        ),
    ]
