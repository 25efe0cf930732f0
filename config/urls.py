"""The doors of the site, in one list; `open_to_all` names what strangers may open."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.static import static
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls

from maillage.kernel.doors import open_to_all

urlpatterns: list[URLPattern | URLResolver] = [
    path("gestion/", include(wagtailadmin_urls)),
    *open_to_all(static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)),
]
