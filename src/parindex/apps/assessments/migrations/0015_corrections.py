"""A published round may be corrected; until it is published again, what stood then is shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0014_publicity")]

    operations = [
        migrations.AddField("round", "corrected_since", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "round",
            "corrected_because",
            models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
