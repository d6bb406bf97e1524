"""How much of a publication everybody sees; those there are were public whole."""

from django.db import migrations, models


LEVELS = [
    ("annex", "chỉ phụ lục quyết định"),
    ("areas", "điểm từng lĩnh vực"),
    ("reasons", "điểm và lý do của từng tiêu chí"),
    ("evidence", "lý do và tài liệu công khai"),
]


class Migration(migrations.Migration):
    dependencies = [("publications", "0001_initial"), ("assessments", "0014_publicity")]

    operations = [
        migrations.AddField(
            "publication",
            "publicity",
            models.CharField(choices=LEVELS, default="reasons", max_length=8),
            preserve_default=False,
        ),
        migrations.AddField(
            "publication", "excerpt", models.CharField(blank=True, default="", max_length=64), preserve_default=False
        ),
    ]
