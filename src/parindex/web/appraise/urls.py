"""Addresses of appraising: round."""

from django.urls import path

from parindex.web.appraise import queue


app_name = "appraise"

urlpatterns = [
    path("<round:round>/", queue.queue, name="queue"),
]
