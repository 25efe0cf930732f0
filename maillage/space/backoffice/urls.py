"""Addresses of the room's back office, under /gestion/espaces/."""

from __future__ import annotations

from django.urls import path

from maillage.space.backoffice import claims, missing, suggestions

app_name = "space_office"
urlpatterns = [
    path("reprises/", claims.claims, name="claims"),
    path("reprises/<int:pk>/", claims.decide, name="decide_claim"),
    path("propositions/", suggestions.suggestions, name="suggestions"),
    path("propositions/<int:pk>/", suggestions.suggestion, name="suggestion"),
    path("structures-proposees/", missing.missing_actors, name="missing_actors"),
    path("structures-proposees/<int:pk>/", missing.missing_actor, name="missing_actor"),
]
