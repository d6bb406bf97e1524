"""Addresses of running a round."""

from django.urls import path

from parindex.web.steer import overview


app_name = "steer"

urlpatterns = [
    path("<round:round>/", overview.round_overview, name="round"),
]
