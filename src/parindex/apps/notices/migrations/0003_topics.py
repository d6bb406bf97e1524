"""Notices of one kind, round and day belong together."""

from datetime import timedelta, timezone
from typing import Any

from django.db import migrations, models


ZONE = timezone(timedelta(hours=7))  # Việt Nam, without summer time since before notices


def group(apps: Any, schema_editor: Any) -> None:
    """Those that are there already."""
    notices = apps.get_model("notices", "Notice").objects
    rows = []
    for notice in notices.only("kind", "data", "at").iterator(chunk_size=2000):
        day = notice.at.astimezone(ZONE).date()
        notice.topic = f"{notice.kind}|{notice.data.get('at_round', '')}|{day}"[:250]
        rows.append(notice)
        if len(rows) == 2000:
            notices.bulk_update(rows, ["topic"])
            rows = []
    notices.bulk_update(rows, ["topic"])


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_mail_and_choices")]

    operations = [
        migrations.AddField(
            model_name="notice", name="topic", field=models.CharField(max_length=250, default="", blank=True)
        ),
        migrations.RunPython(group, migrations.RunPython.noop, elidable=True),
        migrations.RemoveIndex(model_name="notice", name="notices_unread"),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                fields=["to", "topic"], name="notices_unread", condition=models.Q(read_at__isnull=True)
            ),
        ),
    ]
