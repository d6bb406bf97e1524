"""Setting the site up: Django ready, the database at its newest shape."""

from __future__ import annotations

import os


def prepare() -> None:
    """Make Django ready and apply what migrations are missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parindex.config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.PARINDEX_HOME.mkdir(parents=True, exist_ok=True)
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
