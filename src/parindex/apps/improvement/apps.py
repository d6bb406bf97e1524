"""Django application of improvement."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    """What a result leaves to be improved."""

    name = "parindex.apps.improvement"
    label = "improvement"
