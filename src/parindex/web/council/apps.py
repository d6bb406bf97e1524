"""Django application of the pages of `council`."""

from django.apps import AppConfig


class CouncilConfig(AppConfig):
    """The council's room: cases, rulings, the result by stage, minutes."""

    name = "parindex.web.council"
    label = "web_council"
