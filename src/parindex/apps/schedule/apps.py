"""Django application of schedule."""

from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    """The minute tick: what must be done when its time has come, whoever is looking."""

    name = "parindex.apps.schedule"
    label = "schedule"
    default_auto_field = "django.db.models.BigAutoField"
