"""Addresses of emulation movements."""

from django.urls import path

from parindex.web.briefings import campaigns, commendations, initiatives
from parindex.web.parts.methods import reads


app_name = "emulation"
TABLE = "<int:pk>/sang-kien/tai-ve.<slug:kind>"

urlpatterns = [
    path("", reads(campaigns.campaigns), name="list"),
    path("moi/", campaigns.begin, name="begin"),
    path("<int:pk>/", reads(campaigns.campaign), name="campaign"),
    path("<int:pk>/sua/", campaigns.edit, name="edit"),
    path("<int:pk>/buoc/", campaigns.step, name="step"),
    path(TABLE, reads(initiatives.initiatives_file), name="initiatives_file"),
    path("<int:pk>/sang-kien/moi/", initiatives.begin, name="initiative_begin"),
    path("<int:pk>/sang-kien/<int:number>/", reads(initiatives.initiative), name="initiative"),
    path("<int:pk>/sang-kien/<int:number>/sua/", initiatives.edit, name="initiative_edit"),
    path("<int:pk>/sang-kien/<int:number>/ap-dung/", initiatives.reuse, name="reuse"),
    path("<int:pk>/khen-thuong/", commendations.commendation, name="commendation"),
    path("<int:pk>/khen-thuong/buoc/", commendations.step, name="commendation_step"),
    path("<int:pk>/khen-thuong.<slug:form>", reads(commendations.file), name="commendation_file"),
]
