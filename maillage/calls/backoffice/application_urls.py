"""Addresses of applications in the back office, under /gestion/demandes/."""

from __future__ import annotations

from django.urls import path

from maillage.calls.backoffice import application, applications, jury

app_name = "applications_office"
urlpatterns = [
    path("", applications.applications, name="applications"),
    path("demandes.csv", applications.export, {"kind": "csv"}, name="csv"),
    path("demandes.xlsx", applications.export, {"kind": "xlsx"}, name="xlsx"),
    path("refus/", applications.refused, name="refused"),
    path("jury/", jury.juries, name="juries"),
    path("jury/<int:pk>/", jury.jury, name="jury"),
    path("jury/<int:pk>/retirer/<int:item>/", jury.remove, name="remove_juror"),
    path("<int:pk>/", application.application, name="application"),
    path("<int:pk>/points/", application.points, name="points"),
    path("<int:pk>/recevable/", application.admit, name="admit"),
    path("<int:pk>/irrecevable/", application.reject, name="reject"),
    path("<int:pk>/completer/", application.complete, name="complete"),
    path("<int:pk>/ne-plus-attendre/", application.close, name="close"),
    path("<int:pk>/avis/", application.opinion, name="opinion"),
    path("<int:pk>/avis-exterieur/", application.ask_outside, name="ask_outside"),
    path("<int:pk>/avis-exterieur/<int:item>/retirer/", application.withdraw_outside, name="withdraw_outside"),
    path("<int:pk>/avis-exterieur/<int:item>/noter/", application.note_outside, name="note_outside"),
    path("<int:pk>/deport/", application.recuse, name="recuse"),
    path("<int:pk>/deport/<int:item>/retirer/", application.take_back, name="take_back"),
    path("<int:pk>/rapport.pdf", application.report_file, {"kind": "pdf"}, name="report_pdf"),
    path("<int:pk>/rapport.odt", application.report_file, {"kind": "odt"}, name="report_odt"),
]
