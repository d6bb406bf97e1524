"""Django application of indicators."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """What is measured, and the values that are known of it."""

    name = "parindex.apps.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
