"""Addresses of the room: everybody asks; holders read their project, liaison officers their CC, under /moi/."""

from __future__ import annotations

from django.urls import path

from maillage.desk.views import own, portfolio, requesting
from maillage.kernel.doors import open_to_all

app_name = "desk"
urlpatterns = [
    *open_to_all([
        path("guichet/", requesting.ask, name="ask"),
        path("guichet/reprendre/<str:token>/", requesting.resume, name="resume"),
        path("projets/", portfolio.portfolio, name="portfolio"),
    ]),
    path("moi/guichet/", own.relay, name="relay"),
    path("moi/projets/<slug:reference>/", own.project, name="project"),
    path("moi/projets/<slug:reference>/fiche.pdf", own.sheet, name="sheet"),
    path("moi/projets/<slug:reference>/vu/", own.seen, name="seen"),
    path("moi/projets/<slug:reference>/message/", own.say, name="say"),
    path("moi/projets/<slug:reference>/etapes/<int:pk>/", own.advice, name="advice"),
    path("moi/projets/<slug:reference>/partenaires/<int:pk>/", own.agree, name="agree"),
    path("moi/projets/<slug:reference>/partenaires/<int:pk>/utile/", own.rate, name="rate"),
    path("moi/projets/<slug:reference>/montrer/", own.show, name="show"),
    path("moi/projets/<slug:reference>/nouvelles/<int:pk>/", own.news, name="news"),
]  # fmt: skip
