"""A sitting is counted by the first of its answers, no longer in a row that all who answer wait for."""

from typing import Any

from django.db import migrations, models
from django.db.models import Count, Min


def mark(apps: Any, schema_editor: Any) -> None:
    """Of each sitting one answer stays its first. Sittings whose answers are kept apart do not say which belong
    together: of their answers as many stay as the tally counted; which ones tells nothing."""
    answer, tally = apps.get_model("surveys", "Answer"), apps.get_model("surveys", "Tally")
    joined = answer.objects.order_by().values("survey", "sitting").annotate(rows=Count("pk"), keep=Min("pk"))
    for one in joined.filter(rows__gt=1).iterator():
        same = answer.objects.filter(survey=one["survey"], sitting=one["sitting"])
        same.exclude(pk=one["keep"]).update(first=False)
    for group, used in tally.objects.filter(stratum=None, counter=None).values_list("group", "used"):
        counted = answer.objects.filter(group=group, first=True)
        single = counted.filter(group__rated__isnull=False).order_by("pk").values_list("pk", flat=True).distinct()
        over = max(counted.count() - used, 0)
        answer.objects.filter(pk__in=list(single[:over])).update(first=False)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0005_factor_indicators")]

    operations = [
        migrations.AddField("answer", "first", models.BooleanField(default=True)),
        migrations.RunPython(mark, migrations.RunPython.noop, elidable=True),
    ]
