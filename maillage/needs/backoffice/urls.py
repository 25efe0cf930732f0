"""Addresses of the room's back office, under /gestion/besoins/."""

from __future__ import annotations

from django.urls import path

from maillage.needs.backoffice import needs, themes

app_name = "needs_office"
urlpatterns = [
    path("", needs.needs, name="needs"),
    path("noter/", needs.note, name="note"),
    path("regrouper/", needs.group, name="group"),
    path("themes/", themes.themes, name="themes"),
    path("themes/<int:pk>/", themes.theme, name="theme"),
    path("themes/<int:pk>/reprendre/", themes.take_back, name="take_back"),
    path("<int:pk>/", needs.need, name="need"),
    path("<int:pk>/ecarter/", needs.aside, name="aside"),
    path("<int:pk>/sortir/", needs.ungroup, name="ungroup"),
]
