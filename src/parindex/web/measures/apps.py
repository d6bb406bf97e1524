"""Django application of the pages of `measures`."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Measured values: the theme, a unit's own, sources, import."""

    name = "parindex.web.measures"
    label = "web_measures"
