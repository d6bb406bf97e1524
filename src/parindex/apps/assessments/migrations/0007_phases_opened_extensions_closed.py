"""The tick tells that a phase has begun, and closes extensions. What lies behind is not told of any more."""

from typing import Any

from django.db import migrations, models
from django.db.models import F
from django.utils import timezone


def pass_over(apps: Any, schema_editor: Any) -> None:
    """Phases that have begun were begun; extensions that are over were closed."""
    now = timezone.now()
    apps.get_model("assessments", "Phase").objects.filter(opens_at__lte=now).update(opened_at=F("opens_at"))
    over = apps.get_model("assessments", "Extension").objects.filter(closes_at__lt=now)
    over.update(closed_at=F("closes_at"))


class Migration(migrations.Migration):
    dependencies = [("assessments", "0006_outdated_rulings")]

    operations = [
        migrations.AddField(
            model_name="extension", name="closed_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="phase", name="opened_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.RunPython(pass_over, migrations.RunPython.noop, elidable=True),
    ]
