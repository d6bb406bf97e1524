"""Django application of the pages of `papers`."""

from django.apps import AppConfig


class PapersPagesConfig(AppConfig):
    """A round's papers."""

    name = "parindex.web.papers"
    label = "web_papers"
