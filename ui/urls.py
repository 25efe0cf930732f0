"""The gallery of components, open to all."""

from __future__ import annotations

from django.urls import path

from ui import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("<slug:theme>/", views.gallery, name="gallery_theme"),
    path("erreur/<int:code>/", views.error_sample, name="error_sample"),
]
