"""How much of a result everybody sees; what is public already keeps showing every reason."""

from typing import Any

from django.db import migrations, models


LEVELS = [
    ("annex", "chỉ phụ lục quyết định"),
    ("areas", "điểm từng lĩnh vực"),
    ("reasons", "điểm và lý do của từng tiêu chí"),
    ("evidence", "lý do và tài liệu công khai"),
]


def keep_shown(apps: Any, _: object) -> None:
    """Published rounds go on as they were."""
    rounds = apps.get_model("assessments", "Round").objects
    rounds.filter(state="published").update(publicity="reasons")


class Migration(migrations.Migration):
    dependencies = [("assessments", "0013_guest_links_and_parts")]

    operations = [
        migrations.AddField(
            "round", "publicity", models.CharField(choices=LEVELS, default="annex", max_length=8)
        ),
        migrations.RunPython(keep_shown, migrations.RunPython.noop, elidable=True),
    ]
