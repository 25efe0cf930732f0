"""Addresses of the room: applicants write under /moi/."""

from __future__ import annotations

from django.urls import path

from maillage.calls.views import applying, files, joining, jury, steps

app_name = "calls"
urlpatterns = [
    path("appels/<slug:slug>/demander/", applying.apply, name="apply"),
    path("moi/demandes/", applying.mine, name="mine"),
    path("moi/demandes/invitations/<int:pk>/", joining.answer, name="answer"),
    path("moi/demandes/<slug:reference>/", applying.application, name="application"),
    path("moi/demandes/<slug:reference>/dossier.pdf", applying.whole, name="whole"),
    path("moi/demandes/<slug:reference>/recepisse.pdf", applying.receipt, name="receipt"),
    path("moi/demandes/<slug:reference>/envoyer/", applying.submit, name="submit"),
    path("moi/demandes/<slug:reference>/retirer/", applying.withdraw, name="withdraw"),
    path("moi/demandes/<slug:reference>/etapes/<slug:step>/", steps.step, name="step"),
    path("moi/demandes/<slug:reference>/pieces/<int:pk>/", files.add, name="add_file"),
    path("moi/demandes/<slug:reference>/pieces/<int:pk>/reprendre/", files.take, name="take_file"),
    path("moi/demandes/<slug:reference>/documents/<int:pk>/", files.read, name="file"),
    path("moi/demandes/<slug:reference>/documents/<int:pk>/retirer/", files.remove, name="remove_file"),
    path("moi/demandes/<slug:reference>/structures/", joining.invite, name="join"),
    path("moi/demandes/<slug:reference>/structures/<int:pk>/retirer/", joining.remove, name="leave"),
    path("moi/jury/", jury.juries, name="juries"),
    path("moi/jury/<slug:slug>/", jury.jury, name="jury"),
    path("moi/jury/<slug:slug>/<slug:reference>/", jury.review, name="review"),
    path("moi/jury/<slug:slug>/<slug:reference>/deport/", jury.recuse, name="recuse"),
]
