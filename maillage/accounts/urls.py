"""Addresses of one's own page and of the demo."""

from __future__ import annotations

from django.urls import path

from maillage.accounts import views
from maillage.kernel.doors import open_to_all

app_name = "own"
urlpatterns = [
    path("moi/", views.home, name="home"),
    path("moi/donnees/", views.take_data, name="take_data"),
    path("moi/quitter/", views.leave, name="leave"),
    *open_to_all(
        [
            path("demo/", views.demo, name="demo"),
            path("au-revoir/", views.gone, name="gone"),
        ]
    ),
]
