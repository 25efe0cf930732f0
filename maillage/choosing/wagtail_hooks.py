"""How the room enters the Wagtail admin: addresses and menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from maillage.choosing.backoffice import urls


def register_choosing_urls() -> list[URLResolver]:
    return [path("consultations/", include(urls))]


def register_consultations() -> MenuItem:
    return MenuItem(
        "Consultations", reverse("choosing_office:consultations"), name="maillage-consultations",
        icon_name="tick-inverse", order=92,
    )  # fmt: skip


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_choosing_urls)
hooks.register("register_admin_menu_item", register_consultations)
