"""Addresses of the bodies' back office, under /gestion/instances/."""

from __future__ import annotations

from django.urls import path

from maillage.governance.backoffice import bodies, meetings, minutes, workshops

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
    path("<int:pk>/reunions/", meetings.new, name="new_meeting"),
    path("reunions/<int:pk>/", meetings.meeting, name="meeting"),
    path("reunions/<int:pk>/changer/", meetings.revise, name="revise_meeting"),
    path("reunions/<int:pk>/annuler/", meetings.cancel, name="cancel_meeting"),
    path("reunions/<int:pk>/points/", meetings.add_item, name="add_item"),
    path("reunions/<int:pk>/dialogues/", meetings.take_dialogue, name="take_dialogue"),
    path("reunions/<int:pk>/presences/", meetings.roll, name="roll"),
    path("reunions/<int:pk>/presence.pdf", meetings.sign_sheet, name="sign_sheet"),
    path("reunions/<int:pk>/tenue/", meetings.hold, name="hold"),
    path("reunions/<int:pk>/ecrit/", minutes.finish, name="finish_minutes"),
    path("reunions/<int:pk>/valider/", minutes.validate, name="validate"),
    path("ateliers/themes/<int:pk>/", workshops.workshop, name="workshop"),
    path("ateliers/besoins/<int:pk>/", workshops.of_need, name="workshop_of_need"),
    path("dates/<int:pk>/fixer/", meetings.fix, name="fix_date"),
    path("points/<int:pk>/monter/", meetings.raise_item, name="raise_item"),
    path("points/<int:pk>/retirer/", meetings.remove_item, name="remove_item"),
    path("points/<int:pk>/compte-rendu/", minutes.write, name="write_minutes"),
    path("points/<int:pk>/lignes/", minutes.add_line, name="add_line"),
    path("decisions/<int:pk>/suite/", meetings.follow, name="follow"),
    path("decisions/<int:pk>/retirer/", minutes.remove_decision, name="remove_decision"),
    path("actions/<int:pk>/", meetings.answer_action, name="answer_action"),
    path("actions/<int:pk>/retirer/", minutes.remove_action, name="remove_action"),
]
