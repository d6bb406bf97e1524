"""Addresses of signing in and of one's own account."""

from django.urls import path

from parindex.web.account import start, views


app_name = "account"

urlpatterns = [
    path("ban-lam-viec/", start.start, name="start"),
    path("dang-nhap/", views.sign_in, name="sign_in"),
    path("dang-xuat/", views.sign_out, name="sign_out"),
    path("vao-vai/", views.play_role, name="play_role"),
]
