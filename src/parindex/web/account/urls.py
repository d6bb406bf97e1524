"""Addresses of signing in and of one's own account."""

from django.urls import path

from parindex.web.account import factor, notices, own_data, password, profile, single, start, views


app_name = "account"

urlpatterns = [
    path("ban-lam-viec/", start.start, name="start"),
    path("thong-bao/", notices.notices, name="notices"),
    path("thong-bao/nhan-thu/", notices.choose, name="notices_mail"),
    path("dang-nhap/", views.sign_in, name="sign_in"),
    path("dang-nhap/buoc-hai/", views.second, name="second"),
    path("dang-nhap/mot-lan/", single.leave, name="single"),
    path("dang-nhap/mot-lan/ve/", single.back, name="single_back"),
    path("dang-xuat/", views.sign_out, name="sign_out"),
    path("quen-mat-khau/", password.forgotten, name="forgotten"),
    path("dat-lai-mat-khau/<str:person>/<str:token>/", password.choose, name="choose"),
    path("tai-khoan/", profile.own, name="own"),
    path("tai-khoan/mat-khau/", password.password, name="password"),
    path("tai-khoan/xac-thuc-hai-lop/", factor.factor, name="factor"),
    path("tai-khoan/du-lieu/", own_data.own_data, name="own_data"),
    path("tai-khoan/du-lieu/tai-ve.json", own_data.own_data_file, name="own_data_file"),
    path("tai-khoan/phien/", profile.session_end, name="session_end"),
    path("vao-vai/", views.play_role, name="play_role"),
]
