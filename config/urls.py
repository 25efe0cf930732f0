"""The doors of the site, in one list; `open_to_all` names what strangers may open."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

from maillage.kernel.doors import open_to_all

handler400 = "maillage.portal.errors.bad_request"
handler403 = "maillage.portal.errors.forbidden"
handler404 = "maillage.portal.errors.not_found"
handler500 = "maillage.portal.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    # Before the directory, whose sheets would take « /annuaire/proposer/ » for one of theirs.
    path("", include("maillage.space.urls")),
    path("", include("maillage.strategy.urls")),
    path("", include("maillage.needs.urls")),
    path("", include("maillage.aids.urls")),
    path("", include("maillage.content.urls")),
    path("", include("maillage.choosing.urls")),
    path("", include("maillage.discussion.urls")),
    path("", include("maillage.governance.urls")),
    path("", include("maillage.desk.urls")),
    path("", include("maillage.calls.urls")),
    path("", include("maillage.grants.urls")),
    *open_to_all(
        [
            path("", include("maillage.portal.urls")),
            path("", include("maillage.directory.urls")),
            path("", include("maillage.outbox.urls")),
            path("api/v1/", include("maillage.api.urls")),
            path("composants/", include("ui.urls")),
        ]
    ),
    path("", include("maillage.accounts.sign_in.urls")),
    path("", include("maillage.accounts.urls")),
    # One way in, and one place to change it: Wagtail's own are closed.
    *open_to_all([path("gestion/login/", RedirectView.as_view(pattern_name="account_login", query_string=True))]),
    path("gestion/logout/", RedirectView.as_view(pattern_name="account_logout")),
    path("gestion/account/", RedirectView.as_view(pattern_name="own:home")),
    path("gestion/", include(wagtailadmin_urls)),
]
