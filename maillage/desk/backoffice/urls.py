"""Addresses of the room's back office, under /gestion/guichet/."""

from __future__ import annotations

from django.urls import path

from maillage.desk.backoffice import files, partners, projects, workshops

app_name = "desk_office"
urlpatterns = [
    path("", files.files, name="files"),
    path("atelier/<int:pk>/", workshops.open_file, name="workshop"),
    path("noter/", files.note, name="note"),
    path("passer/", files.hand_over, name="hand_over"),
    path("partenaires/", partners.partners, name="partners"),
    path("partenaires/nouveau/", partners.new, name="new_partner"),
    path("partenaires/<int:pk>/", partners.partner, name="partner"),
    path("<int:pk>/", projects.project, name="project"),
    path("<int:pk>/fiche.pdf", projects.sheet, name="sheet"),
    path("<int:pk>/repondre/", projects.answer, name="answer"),
    path("<int:pk>/note/", projects.note, name="write_note"),
    path("<int:pk>/entretien/", projects.interview, name="interview"),
    path("<int:pk>/etape/", projects.stage, name="stage"),
    path("<int:pk>/point/", projects.diagnosis, name="diagnosis"),
    path("<int:pk>/plan/", projects.advice, name="advice"),
    path("<int:pk>/plan/<int:item>/", projects.advice_state, name="advice_state"),
    path("<int:pk>/orienter/", projects.refer, name="refer"),
    path("<int:pk>/orienter/<int:item>/", projects.referral, name="referral"),
    path("<int:pk>/temps/", projects.effort, name="effort"),
    path("<int:pk>/structures/", projects.involve, name="involve"),
    path("<int:pk>/personnes/", projects.contact, name="contact"),
    path("<int:pk>/retirer/<slug:what>/<int:item>/", projects.remove, name="remove"),
    path("<int:pk>/confier/", projects.assign, name="assign"),
    path("<int:pk>/changer/", projects.revise, name="revise"),
    path("<int:pk>/montrer/", projects.show_to_all, name="show"),
    path("<int:pk>/pause/", projects.pause, name="pause"),
    path("<int:pk>/clore/", projects.close, name="close"),
    path("<int:pk>/nouvelles/<int:item>/", projects.news, name="news"),
    path("<int:pk>/reprendre/", projects.resume, name="resume"),
]
