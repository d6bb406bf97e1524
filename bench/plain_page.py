"""The anchor: a plain Django page of 100 rows, read by the ORM and written by the template engine."""

import os
import sqlite3
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


HOME = Path(os.environ["BENCH_HOME"])
DATABASE = HOME / "plain.sqlite3"
TEMPLATE = """<!doctype html><title>Units</title><table>
{% for row in rows %}<tr><td>{{ row.position }}</td>
<td><a href="/units/{{ row.pk }}/">{{ row.name }}</a></td>
<td>{{ row.type }}</td><td>{{ row.points|floatformat:2 }}</td><td>{{ row.grade }}</td></tr>{% endfor %}
</table>"""

if not settings.configured:
    (HOME / "templates").mkdir(exist_ok=True)
    (HOME / "templates" / "rows.html").write_text(TEMPLATE)
    settings.configure(
        SECRET_KEY="bench",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[],
        MIDDLEWARE=["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATABASE, "CONN_MAX_AGE": 600}
        },
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [HOME / "templates"],
            }
        ],
        USE_TZ=True,
    )
    django.setup()


class Row(models.Model):
    """One line of the page."""

    position = models.IntegerField()
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=20)
    points = models.FloatField()
    grade = models.CharField(max_length=20)

    class Meta:
        app_label = "bench"
        db_table = "row"

    def __str__(self) -> str:
        return self.name


def rows(request: HttpRequest) -> HttpResponse:
    """The page."""
    return render(request, "rows.html", {"rows": Row.objects.order_by("position")})


def fill() -> None:
    """A hundred rows."""
    with sqlite3.connect(DATABASE) as connection:
        connection.execute(
            "create table row (id integer primary key, position int, name, type, points real, grade)"
        )
        connection.executemany(
            "insert into row (position, name, type, points, grade) values (?, ?, ?, ?, ?)",
            [(k, f"Đơn vị số {k}", "xa", 90 - k / 4, "Khá") for k in range(100)],
        )


urlpatterns = [path("", rows)]
application = get_wsgi_application()
