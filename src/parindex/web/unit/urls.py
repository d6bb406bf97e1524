"""Addresses of a unit's own work: round / unit."""

from django.urls import path

from parindex.web.unit import sheet


app_name = "unit"

SHEET = "<round:round>/<slug:unit>/"

urlpatterns = [
    path(SHEET, sheet.sheet, name="sheet"),
]
