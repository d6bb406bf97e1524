"""Addresses of improvement."""

from django.urls import path

from parindex.web.improve import ahead, answering, duties, handover, listing, lost, page, years
from parindex.web.parts.methods import reads


app_name = "improve"

HANDOVER = "<round:round>/ban-giao/"
UNIT = "<round:round>/<slug:unit>/"

urlpatterns = [
    path("nguoi-dung-dau/", reads(duties.heads), name="heads"),
    path("nguoi-dung-dau/<str:unit>/", reads(duties.duties), name="duties"),
    path("<round:round>/", reads(listing.units), name="round"),
    path(HANDOVER, reads(handover.handover), name="handover"),
    path(HANDOVER + "<slug:table>/tai-ve.<slug:kind>", reads(handover.handover_file), name="handover_file"),
    path(UNIT, reads(page.unit), name="unit"),
    path(UNIT + "diem-mat/", reads(lost.lost), name="lost"),
    path(UNIT + "ke-hoach-khac-phuc/", answering.draft, name="draft"),
    path(UNIT + "chap-nhan/", answering.accept, name="accept"),
    path(UNIT + "du-bao/", reads(ahead.ahead), name="ahead"),
    path(UNIT + "nam-truoc/", reads(years.years), name="years"),
]
