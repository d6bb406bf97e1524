"""Addresses of the reform section: what everybody reads, then the desk."""

from django.urls import path

from parindex.web.news import desk, feeds, outside, plan, reading, writing
from parindex.web.parts.doors import open_page
from parindex.web.parts.methods import reads


app_name = "news"

ARTICLE = "<slug:territory>/<int:number>/"
DESK = "bien-tap/"

urlpatterns = [
    path("", open_page(reads(reading.latest)), name="list"),
    path(DESK, reads(desk.desk), name="desk"),
    path(DESK + "moi/", writing.begin, name="begin"),
    path(DESK + "nguon/", outside.sources, name="sources"),
    path(DESK + "nguon/<int:pk>/thoi/", outside.leave, name="leave"),
    path(DESK + "nguon/bai/<int:pk>/chuyen-muc/", outside.sort, name="sort"),
    path(DESK + "ke-hoach/dong/<int:pk>/", plan.line, name="plan_line"),
    path(DESK + "ke-hoach/<unit:unit>/", plan.plan, name="plan"),
    path(DESK + "ke-hoach/<unit:unit>/tai-ve.<slug:kind>", reads(plan.plan_file), name="plan_file"),
    path(DESK + "bai/<int:pk>/", writing.edit, name="edit"),
    path(DESK + "bai/<int:pk>/xem/", reads(desk.preview), name="preview"),
    path(DESK + "bai/<int:pk>/ban/<int:revision>/", reads(desk.revision), name="revision"),
    path(DESK + "bai/<int:pk>/ban/<int:revision>/dung-lai/", desk.restore, name="restore"),
    path(DESK + "bai/<int:pk>/anh/", writing.picture, name="add_picture"),
    path(DESK + "bai/<int:pk>/buoc/", writing.step, name="step"),
    path("<slug:territory>/", open_page(reads(reading.section)), name="section"),
    path("<slug:territory>/<slug:kind>.xml", open_page(reads(feeds.feed)), name="feed"),
    path(ARTICLE + "luot-doc.gif", open_page(reads(reading.read_mark)), name="read_mark"),
    path(ARTICLE + "anh/<int:picture>/<int:width>.webp", open_page(reads(reading.picture)), name="picture"),
    path(ARTICLE + "<slug:slug>/", open_page(reads(reading.article)), name="article"),
]
