"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parindex.config.settings")
application = get_wsgi_application()

from parindex.apps.watch.counters import mine  # noqa: E402  models are ready now


mine()  # this process answers from now on
