"""What the site holds of whoever asks."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from parindex.web.parts.doors import Desk
from parindex.web.parts.methods import reads
from parindex.web.parts.persons import data_context, data_file


@reads
@never_cache
def own_data(request: Desk) -> HttpResponse:
    """The page."""
    more = {"section": "account", "file": reverse("account:own_data_file"), "erase": ""}
    return render(request, "account/data.html", {**data_context(request, request.user), **more})


@reads
@never_cache
def own_data_file(request: Desk) -> HttpResponse:
    """The same, whole, as JSON."""
    return data_file(request, request.user)
