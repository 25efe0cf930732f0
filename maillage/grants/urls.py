"""Addresses of the room: everybody reads what was granted; the people of a grant, their page under /moi/."""

from __future__ import annotations

from django.urls import path

from maillage.grants.views import own, public
from maillage.kernel.doors import open_to_all

app_name = "grants"
urlpatterns = [
    *open_to_all([
        path("subventions/", public.grants, name="grants"),
        path("subventions.csv", public.grants_csv, name="grants_csv"),
    ]),
    path("moi/aides/<slug:reference>/", own.grant, name="grant"),
    path("moi/aides/<slug:reference>/bilan/", own.report, name="report"),
    path("moi/aides/<slug:reference>/deposer/<slug:kind>/", own.add_file, name="add_file"),
    path("moi/aides/<slug:reference>/documents/<int:pk>/", own.file, name="file"),
    path("moi/aides/<slug:reference>/documents/<int:pk>/retirer/", own.remove_file, name="remove_file"),
    path("moi/aides/<slug:reference>/<slug:what>.pdf", own.document, name="document"),
]  # fmt: skip
