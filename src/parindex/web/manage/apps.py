"""Django application of the pages of `manage`."""

from django.apps import AppConfig


class ManageConfig(AppConfig):
    """Units, persons, roles and what the installation runs on."""

    name = "parindex.web.manage"
    label = "web_manage"
