"""Django application of the shared parts."""

from django.apps import AppConfig


class PartsConfig(AppConfig):
    """Templates, tags and the style sheet every journey uses."""

    name = "parindex.web.parts"
    label = "parts"
