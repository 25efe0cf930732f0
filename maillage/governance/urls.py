"""Addresses of the room: bodies and public meetings are everybody's, `/moi/` is the members'."""

from __future__ import annotations

from django.urls import path

from maillage.governance.views import letters, meetings, own, public
from maillage.kernel.doors import open_to_all

app_name = "governance"
urlpatterns = [
    *open_to_all([
        path("collectif/", public.collective, name="collective"),
        path("instances/", public.index, name="index"),
        path("instances/<slug:slug>.ics", meetings.calendar, name="calendar"),
        path("instances/<slug:slug>/", public.body, name="body"),
        path("instances/<slug:slug>/rejoindre/", public.join, name="join"),
        path("instances/<slug:slug>/reunions/<int:pk>/", meetings.meeting, name="meeting"),
        path("instances/<slug:slug>/reunions/<int:pk>/reunion.ics", meetings.one_calendar, name="one_calendar"),
        path("instances/<slug:slug>/reunions/<int:pk>/presence/", meetings.check_in, name="check_in"),
        path("instances/<slug:slug>/reunions/<int:pk>/compte-rendu.pdf", meetings.minutes, {"kind": "pdf"},
             name="minutes_pdf"),
        path("instances/<slug:slug>/reunions/<int:pk>/compte-rendu.odt", meetings.minutes, {"kind": "odt"},
             name="minutes_odt"),
        path("reunion/<str:token>/dates/", letters.poll, name="poll_by_letter"),
        path("reunion/<str:token>/reunion.ics", letters.calendar, name="calendar_by_letter"),
        path("reunion/<str:token>/compte-rendu.pdf", letters.papers, name="papers_by_letter"),
        path("action/<str:token>/", letters.stuck, name="stuck_by_letter"),
    ]),
    path("moi/instances/", own.bodies, name="own"),
    path("moi/instances/<int:pk>/quitter/", own.leave, name="leave"),
    path("moi/instances/<int:pk>/nom/", own.be_named, name="be_named"),
    path("moi/reunions/<int:pk>/", own.meeting, name="own_meeting"),
    path("moi/reunions/<int:pk>/dates/", own.answer_dates, name="answer_dates"),
    path("moi/reunions/<int:pk>/presence/", own.say_presence, name="say_presence"),
    path("moi/reunions/<int:pk>/points/", own.propose_item, name="propose_item"),
    path("moi/reunions/<int:pk>/valider/", own.validate, name="validate"),
    path("moi/reunions/<int:pk>/attestation.pdf", own.certificate, name="certificate"),
    path("moi/actions/<int:pk>/", own.answer_action, name="answer_action"),
]  # fmt: skip
