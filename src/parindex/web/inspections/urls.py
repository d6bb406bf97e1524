"""Addresses of inspections: overview, plans, visits in the field, what is to be answered."""

from django.urls import path

from parindex.web.inspections import desk, findings, papers, planning, remedying, visiting
from parindex.web.parts.methods import reads


app_name = "inspections"

PLAN, VISIT = "ke-hoach/<int:pk>/", "cuoc/<int:pk>/"
FINDING, PAPER = VISIT + "ton-tai/<int:number>/", VISIT + "van-ban/<slug:kind>"

urlpatterns = [
    path("", reads(desk.overview), name="overview"),
    path("hom-nay/", reads(desk.today), name="today"),
    path("don-vi/", reads(desk.of_unit), name="unit"),
    path("ke-hoach/moi/", planning.begin, name="begin"),
    path(PLAN, reads(planning.plan), name="plan"),
    path(PLAN + "sua/", planning.change, name="change"),
    path(PLAN + "buoc/", planning.step, name="plan_step"),
    path(PLAN + "them/", planning.add, name="add"),
    path(VISIT, reads(visiting.visit), name="visit"),
    path(VISIT + "sua/", planning.change_visit, name="change_visit"),
    path(VISIT + "buoc/", visiting.step, name="step"),
    path(VISIT + "de-cuong/<str:area>/", visiting.checklist, name="checklist"),
    path(VISIT + "ton-tai/moi/", findings.begin, name="find"),
    path(FINDING, findings.finding, name="finding"),
    path(FINDING + "them/", findings.add, name="finding_add"),
    path(FINDING + "anh/<int:photo>/<int:width>.webp", reads(findings.picture), name="picture"),
    path(VISIT + "tai-lieu/<slug:key>/", reads(findings.file), name="file"),
    path(PAPER + "/", papers.paper, name="paper"),
    path(PAPER + ".<slug:form>", reads(papers.download), name="paper_file"),
    path(PAPER + "/ban-da-ky.pdf", reads(papers.signed_file), name="signed_file"),
    path(PAPER + "/trang-<int:number>.png", reads(papers.picture), name="paper_page"),
    path("kien-nghi/<int:pk>/", remedying.recommendation, name="recommendation"),
]
