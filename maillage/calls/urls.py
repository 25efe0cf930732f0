"""Addresses of the room: everybody reads calls and asks; applicants write under /moi/."""

from __future__ import annotations

from django.urls import path

from maillage.calls.views import applying, files, joining, jury, outside, reading, steps
from maillage.kernel.doors import open_to_all

app_name = "calls"
urlpatterns = [
    *open_to_all([
        path("appels/", reading.calls, name="calls"),
        path("appels/calendrier.ics", reading.calendar, name="calendar"),
        path("appels/<slug:slug>/", reading.call, name="call"),
        path("appels/<slug:slug>/reglement.pdf", reading.rules_pdf, name="rules"),
        path("avis/<str:token>/", outside.outside, name="outside"),
        path("avis/<str:token>/documents/<int:pk>/", outside.shared_file, name="outside_file"),
    ]),
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
    path("moi/jury/<slug:slug>/<slug:reference>/reprendre/", jury.take_back, name="take_back_review"),
]  # fmt: skip
