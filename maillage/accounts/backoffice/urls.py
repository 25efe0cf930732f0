"""Addresses of the people screens, under /gestion/personnes/; all for administrators."""

from __future__ import annotations

from django.urls import path

from maillage.accounts.backoffice import people

app_name = "people_office"
urlpatterns = [
    path("", people.people, name="people"),
    path("nouvelle/", people.add_person, name="add"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/mot-de-passe/", people.renew_password, name="renew_password"),
    path("<int:pk>/deuxieme-moyen/", people.reset_second_factor, name="reset_second_factor"),
    path("<int:pk>/compte/", people.set_account_open, name="set_account_open"),
    path("mandats/<int:pk>/fin/", people.end_mandate, name="end_mandate"),
]
