"""A sample drawn by a recorded seed, each leaf of it visited, with minutes, and marked a second time.

Nothing was drawn before, so the visits' table is empty and its new reference needs no value.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0007_phases_opened_extensions_closed")]

    operations = [
        migrations.CreateModel(
            name="Sample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("seed", models.CharField(max_length=100)),
                ("seed_from", models.CharField(blank=True, max_length=350)),
                ("each", models.PositiveSmallIntegerField()),
                ("population", models.PositiveIntegerField()),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples",
                        to="assessments.round",
                    ),
                ),
            ],
            options={"ordering": ["round_id", "number"]},
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.UniqueConstraint(
                fields=("round", "number"), name="assessments_sample_number_once"
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="sample",
            field=models.ForeignKey(
                default=None,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="assessments.sample",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="visit", name="visited_on", field=models.DateField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="visit", name="place", field=models.CharField(blank=True, max_length=250)
        ),
        migrations.AddField(model_name="visit", name="present", field=models.TextField(blank=True)),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("at__isnull", True), ("by", ""), ("second", "")),
                    models.Q(
                        ("at__isnull", False),
                        models.Q(("by", ""), _negated=True),
                        models.Q(("second", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="assessments_visit_whole",
                violation_error_message="Kết quả phúc tra phải ghi rõ ai chấm và khi nào.",
            ),
        ),
    ]
