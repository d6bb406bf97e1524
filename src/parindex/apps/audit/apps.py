"""Django application of audit."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The ledger: who did what, when; append-only and hash-chained."""

    name = "parindex.apps.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
