"""Tallies count invitations alone: of groups and of strata."""

from typing import Any

from django.db import migrations, models


def drop(apps: Any, schema_editor: Any) -> None:
    """The rows of counters: nobody is invited to one."""
    apps.get_model("surveys", "Tally").objects.filter(counter__isnull=False).delete()


class Migration(migrations.Migration):
    gives_up = frozenset({"surveys_tally"})  # what `parindex migrate` does not take for a loss

    dependencies = [("surveys", "0006_sittings_counted_by_answers")]

    operations = [
        migrations.RunPython(drop, migrations.RunPython.noop, elidable=True),
        migrations.AlterModelOptions("tally", {"ordering": ["group_id", "stratum_id"]}),
        migrations.RemoveConstraint("tally", "surveys_tally_group_once"),
        migrations.RemoveConstraint("tally", "surveys_tally_stratum_once"),
        migrations.RemoveConstraint("tally", "surveys_tally_counter_once"),
        migrations.RemoveField("tally", "used"),
        migrations.RemoveField("tally", "counter"),
        migrations.AddConstraint(
            "tally",
            models.UniqueConstraint(
                condition=models.Q(("stratum__isnull", True)), fields=("group",), name="surveys_tally_group_once"
            ),
        ),
        migrations.AddConstraint(
            "tally",
            models.UniqueConstraint(
                condition=models.Q(("stratum__isnull", False)),
                fields=("group", "stratum"),
                name="surveys_tally_stratum_once",
            ),
        ),
    ]
