"""The anchors, plain Django: 100 rows, 100 rows with a field each, and saving one with a line of audit."""

import os
import random
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models, transaction
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
SHEET = """<!doctype html><title>Sheet</title><form method="post">{% csrf_token %}<table>
{% for row in rows %}<tr class="{% cycle 'odd' 'even' %}"><td>{{ row.position }}</td><td>{{ row.name }}</td>
<td>{{ row.group.name }}</td><td>{{ row.type }}</td>
<td><input name="p{{ row.pk }}" value="{{ row.points }}"></td>
<td>{% if row.grade %}{{ row.grade }}{% else %}-{% endif %}</td></tr>{% endfor %}
</table></form>"""

if not settings.configured:
    (HOME / "templates").mkdir(exist_ok=True)
    (HOME / "templates" / "rows.html").write_text(TEMPLATE)
    (HOME / "templates" / "sheet.html").write_text(SHEET)
    settings.configure(
        SECRET_KEY="bench",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[],
        MIDDLEWARE=["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": DATABASE,
                "CONN_MAX_AGE": 600,
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
                },
            }
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


class Group(models.Model):
    """What a line belongs to."""

    name = models.CharField(max_length=200)

    class Meta:
        app_label = "bench"
        db_table = "row_group"

    def __str__(self) -> str:
        return self.name


class Row(models.Model):
    """One line of the page."""

    group = models.ForeignKey(Group, models.PROTECT)
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


class Audit(models.Model):
    """Who changed which points."""

    row = models.ForeignKey(Row, models.PROTECT)
    old = models.FloatField()
    new = models.FloatField()
    who = models.CharField(max_length=50)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bench"
        db_table = "audit"

    def __str__(self) -> str:
        return f"{self.row}: {self.old} → {self.new}"


def sheet(request: HttpRequest) -> HttpResponse:
    """A page with a field for each row."""
    return render(request, "sheet.html", {"rows": Row.objects.select_related("group").order_by("position")})


def save(request: HttpRequest) -> HttpResponse:
    """New points for one row, and a line of audit."""
    with transaction.atomic():
        row = Row.objects.get(pk=random.randint(1, 100))
        old, row.points = row.points, float(request.POST["points"])
        row.save(update_fields=["points"])
        Audit.objects.create(row=row, old=old, new=row.points, who="u")
    return HttpResponse("saved")


def fill() -> None:
    """A hundred rows in eight groups."""
    with connection.schema_editor() as schema:
        for model in (Group, Row, Audit):
            schema.create_model(model)
    Group.objects.bulk_create([Group(name=f"Lĩnh vực {k}") for k in range(8)])
    Row.objects.bulk_create(
        Row(position=k, name=f"Đơn vị số {k}", type="xa", points=90 - k / 4, grade="Khá", group_id=k % 8 + 1)
        for k in range(100)
    )


urlpatterns = [path("", rows), path("sheet/", sheet), path("save/", save)]
application = get_wsgi_application()
