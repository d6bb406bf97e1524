"""Django application of evidence."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Documents that prove answers (kho tài liệu kiểm chứng), kept once by the hash of their content."""

    name = "parindex.apps.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"
