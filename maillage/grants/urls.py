"""Addresses of the room: everybody reads what was granted; the people of a grant, their page under /moi/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "grants"
urlpatterns: list[URLPattern | URLResolver] = []
