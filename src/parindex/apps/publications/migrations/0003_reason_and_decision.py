"""By which decision a result was published, and why it was corrected."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publications", "0002_publicity")]

    operations = [
        migrations.AddField(
            "publication",
            "decision",
            models.CharField(blank=True, default="", max_length=250),
            preserve_default=False,
        ),
        migrations.AddField(
            "publication", "reason", models.TextField(blank=True, default=""), preserve_default=False
        ),
    ]
