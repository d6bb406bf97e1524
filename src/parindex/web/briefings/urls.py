"""Addresses of briefings."""

from django.urls import path

from parindex.web.briefings import desk, editing, pages
from parindex.web.parts.methods import reads


app_name = "briefings"
ONE = "<unit:unit>/<int:year>/<int:month>/"

urlpatterns = [
    path("", desk.briefings, name="list"),
    path(ONE, reads(pages.briefing), name="briefing"),
    path(ONE + "sua/", editing.edit, name="edit"),
    path(ONE + "buoc/", editing.step, name="step"),
    path(ONE + "ban/<int:number>/", reads(pages.revision), name="revision"),
    path(ONE + "giao-ban.<slug:form>", reads(pages.file), name="file"),
]
