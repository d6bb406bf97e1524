"""Django application of the pages of `dossiers`."""

from django.apps import AppConfig


class DossierPagesConfig(AppConfig):
    """Dossiers: taken in, refused, late, by procedure, the system's own report."""

    name = "parindex.web.dossiers"
    label = "web_dossiers"
