"""Addresses of improvement."""

from django.urls import path

from parindex.web.improve import listing, page
from parindex.web.parts.methods import reads


app_name = "improve"

urlpatterns = [
    path("<round:round>/", reads(listing.units), name="round"),
    path("<round:round>/<slug:unit>/", reads(page.unit), name="unit"),
]
