"""Django application of the pages of `sets`."""

from django.apps import AppConfig


class SetsConfig(AppConfig):
    """Making a year's criteria set: begun from another one or from an annex, edited, tried out, locked."""

    name = "parindex.web.sets"
    label = "web_sets"
