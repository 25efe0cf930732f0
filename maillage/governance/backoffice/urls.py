"""Addresses of the bodies' back office, under /gestion/instances/."""

from __future__ import annotations

from django.urls import path

from maillage.governance.backoffice import bodies

app_name = "governance_office"
urlpatterns = [
    path("", bodies.bodies, name="bodies"),
    path("nouvelle/", bodies.new, name="new"),
    path("<int:pk>/", bodies.body, name="body"),
    path("<int:pk>/changer/", bodies.edit, name="edit"),
    path("<int:pk>/colleges/", bodies.add_college, name="add_college"),
    path("<int:pk>/membres/", bodies.add_member, name="add_member"),
    path("colleges/<int:pk>/retirer/", bodies.remove_college, name="remove_college"),
    path("membres/<int:pk>/", bodies.member, name="member"),
    path("membres/<int:pk>/finir/", bodies.end_member, name="end_member"),
    path("demandes/<int:pk>/", bodies.decide, name="decide"),
]
