"""Addresses of the public pages: territory / year / group / unit / criterion, readable and permanent."""

from django.urls import path

from parindex.web.public.views import comparison, criteria, export, home, method, published, ranking, unit


app_name = "public"

YEAR = "<slug:territory>/<int:year>/"
GROUP = YEAR + "<slug:group>/"
UNIT = GROUP + "<slug:unit>/"

urlpatterns = [
    path("", home.latest, name="home"),
    path("so-sanh/", comparison.compare, name="compare"),
    path("bo-tieu-chi/", criteria.frameworks, name="frameworks"),
    path("bo-tieu-chi/<slug:identifier>/<slug:version>/", criteria.framework, name="framework"),
    path(
        "bo-tieu-chi/<slug:identifier>/<slug:version>/tai-ve.yaml", criteria.source, name="framework_source"
    ),
    path("cach-tinh/", method.method, name="method"),
    path("so-lieu-da-cong-bo/", published.figures, name="published"),
    path("du-lieu-mo/", published.open_data, name="open_data"),
    path(YEAR, home.year, name="year"),
    path(GROUP, ranking.ranking, name="ranking"),
    path(GROUP + "tra-loi.csv", export.answers, name="answers_file"),
    path(GROUP + "tai-ve.<slug:kind>", export.ranking, name="ranking_file"),
    path(UNIT, unit.unit, name="unit"),
    path(UNIT + "tai-ve.<slug:kind>", export.unit, name="unit_file"),
    path(UNIT + "<str:code>/", unit.criterion, name="criterion"),
]
