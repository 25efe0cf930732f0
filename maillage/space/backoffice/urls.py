"""Addresses of the suggestions' back office, under /gestion/propositions/."""

from __future__ import annotations

from django.urls import path

from maillage.space.backoffice import suggestions

app_name = "space_office"
urlpatterns = [
    path("", suggestions.suggestions, name="suggestions"),
    path("<int:pk>/", suggestions.suggestion, name="suggestion"),
]
