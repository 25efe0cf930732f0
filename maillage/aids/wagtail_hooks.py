"""How the room enters the Wagtail admin: addresses and menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from maillage.aids.backoffice import urls


def register_aids_urls() -> list[URLResolver]:
    return [path("aides/", include(urls))]


def register_aids_menu() -> MenuItem:
    items = [
        MenuItem("Catalogue", reverse("aids_office:aids"), name="aids", icon_name="folder-open-inverse", order=1),
        MenuItem("Ajouter une aide", reverse("aids_office:new"), name="new-aid", icon_name="plus", order=2),
    ]
    return SubmenuMenuItem("Aides", Menu(items=items), name="maillage-aids", icon_name="folder-open-inverse", order=97)


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_aids_urls)
hooks.register("register_admin_menu_item", register_aids_menu)
