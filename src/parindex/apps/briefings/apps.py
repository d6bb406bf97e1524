"""Django application of briefings."""

from django.apps import AppConfig


class BriefingsConfig(AppConfig):
    """What a unit tells of its month and concludes of it; movements, initiatives, proposed commendations."""

    name = "parindex.apps.briefings"
    label = "briefings"
    default_auto_field = "django.db.models.BigAutoField"
