"""Django application of the pages of `indicators`."""

from django.apps import AppConfig


class IndicatorPagesConfig(AppConfig):
    """Measured values: the theme, a unit's own, sources, import, targets."""

    name = "parindex.web.indicators"
    label = "web_indicators"
