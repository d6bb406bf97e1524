"""Django application of the pages of `improve`."""

from django.apps import AppConfig


class ImproveConfig(AppConfig):
    """Why a unit stands where it stands, what if, and the cheapest way up."""

    name = "parindex.web.improve"
    label = "web_improve"
