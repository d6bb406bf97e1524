"""Signing in and out; in the demonstration, playing any role."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from parindex.apps.organisations.models import Person
from parindex.web.parts.doors import open_page


sign_in = open_page(LoginView.as_view(template_name="account/sign_in.html", redirect_authenticated_user=True))
sign_out = open_page(LogoutView.as_view())


@require_http_methods(["GET", "POST"])
def play_role(request: HttpRequest) -> HttpResponse:
    """Choose an invented person and act as they; there in the demonstration only."""
    if not settings.PARINDEX_DEMO:
        raise Http404
    people = Person.objects.filter(illustrative=True, is_active=True)
    if request.method == "POST":
        login(request, get_object_or_404(people, pk=request.POST.get("person", "0")))
        return redirect("account:start")
    shown = people.prefetch_related("grants__unit").order_by("id")
    return render(request, "account/play_role.html", {"people": shown})


open_page(play_role)
