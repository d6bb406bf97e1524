"""Addresses of the public pages: territory / year / group / unit / criterion, readable and permanent."""

from django.urls import URLPattern, path

from parindex.web.parts.doors import open_page
from parindex.web.parts.methods import View, reads
from parindex.web.public.views import (
    bundles,
    comparison,
    criteria,
    documents,
    export,
    home,
    method,
    publications,
    published,
    ranking,
    search,
    unit,
)


app_name = "public"

YEAR = "<slug:territory>/<int:year>/"
GROUP = YEAR + "<slug:group>/"
UNIT = GROUP + "<slug:unit>/"


def page(route: str, view: View, *, name: str) -> URLPattern:
    """An address that is only read, by everybody."""
    return path(route, open_page(reads(view)), name=name)


urlpatterns = [
    page("", home.latest, name="home"),
    page("tim-kiem/", search.search, name="search"),
    page("so-sanh/", comparison.compare, name="compare"),
    page("so-sanh/tai-ve.<slug:kind>", comparison.file, name="compare_file"),
    page("bo-tieu-chi/", criteria.frameworks, name="frameworks"),
    page("bo-tieu-chi/<str:identifier>/<str:version>/", criteria.framework, name="framework"),
    page("bo-tieu-chi/<str:identifier>/<str:version>/tai-ve.yaml", criteria.source, name="framework_source"),
    page(
        "bo-tieu-chi/<str:identifier>/<str:version>/tai-ve.<slug:kind>", criteria.file, name="framework_file"
    ),
    page("cach-tinh/", method.method, name="method"),
    page("so-lieu-da-cong-bo/", published.figures, name="published"),
    page("so-lieu-da-cong-bo/tai-ve.<slug:kind>", published.file, name="published_file"),
    page("du-lieu-mo/", published.open_data, name="open_data"),
    page("du-lieu-mo/khoa-cong-khai.pem", bundles.keys, name="keys"),
    page("du-lieu-mo/khoa/", bundles.keys_page, name="keys_page"),
    page("du-lieu-mo/cong-bo.atom", publications.feed, name="feed"),
    page(
        "du-lieu-mo/cong-bo/<slug:territory>/<slug:code>/<int:number>/",
        publications.publication,
        name="publication",
    ),
    page(
        "du-lieu-mo/goi-ket-qua/<slug:territory>/<slug:code>/<int:number>.zip", bundles.bundle, name="bundle"
    ),
    page(YEAR, home.year, name="year"),
    page(YEAR + "tai-ve.<slug:kind>", export.year, name="year_file"),
    page(GROUP, ranking.ranking, name="ranking"),
    page(GROUP + "tra-loi.csv", export.answers, name="answers_file"),
    page(GROUP + "tai-ve.<slug:kind>", export.ranking, name="ranking_file"),
    page(UNIT, unit.unit, name="unit"),
    page(UNIT + "tai-ve.<slug:kind>", export.unit, name="unit_file"),
    page(UNIT + "<str:code>/", unit.criterion, name="criterion"),
    page(UNIT + "<str:code>/tai-lieu/<slug:key>/", documents.document, name="document"),
    page(UNIT + "<str:code>/tai-ve.<slug:kind>", export.criterion, name="criterion_file"),
]
