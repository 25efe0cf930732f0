"""Addresses of one's own page and of the demo."""

from __future__ import annotations

from django.urls import path

from maillage.accounts import views
from maillage.kernel.doors import open_to_all

app_name = "own"
urlpatterns = [
    path("moi/", views.home, name="home"),
    *open_to_all([path("demo/", views.demo, name="demo")]),
]
