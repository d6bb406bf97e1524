"""Addresses: Vietnamese without prefix, English under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from parindex.web.parts import addresses, design, errors  # noqa: F401  addresses registers how a round is named
from parindex.web.parts.doors import open_page
from parindex.web.parts.methods import reads


urlpatterns = [
    *i18n_patterns(
        *([path("design/", open_page(reads(design.design)), name="design")] if settings.DEBUG else []),
        path("", include("parindex.web.account.urls")),
        path("don-vi/", include("parindex.web.unit.urls")),
        path("tham-dinh/", include("parindex.web.appraise.urls")),
        path("hoi-dong/", include("parindex.web.council.urls")),
        path("cai-thien/", include("parindex.web.improve.urls")),
        path("bo-tieu-chi-soan/", include("parindex.web.sets.urls")),
        path("dieu-hanh/", include("parindex.web.papers.urls")),
        path("dieu-hanh/", include("parindex.web.steer.urls")),
        path("quan-tri/", include("parindex.web.manage.urls")),
        path("chi-so/", include("parindex.web.indicators.urls")),
        path("chi-so/", include("parindex.web.dossiers.urls")),
        path("chi-so/", include("parindex.web.reports.urls")),
        path("ke-hoach/", include("parindex.web.plans.urls")),
        path("tin-tuc/", include("parindex.web.news.urls")),
        path("kiem-tra/", include("parindex.web.inspections.urls")),
        path("khao-sat/", include("parindex.web.surveys.answer.urls")),
        path("dieu-tra/", include("parindex.web.surveys.desk.urls")),
        path("giao-ban/", include("parindex.web.briefings.urls")),
        path("thi-dua/", include("parindex.web.briefings.emulation_urls")),
        path("api/", include("parindex.web.api.urls")),
        path("", include("parindex.web.public.urls")),
        prefix_default_language=False,
    ),
]

handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.server_error
