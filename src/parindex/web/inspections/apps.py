"""Django application of the inspection pages."""

from django.apps import AppConfig


class InspectionPagesConfig(AppConfig):
    """Plans, visits, findings and answers as pages."""

    name = "parindex.web.inspections"
    label = "inspection_pages"
