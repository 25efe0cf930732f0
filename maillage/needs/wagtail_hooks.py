"""How the room enters the Wagtail admin: addresses and menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from maillage.needs.backoffice import urls


def register_needs_urls() -> list[URLResolver]:
    return [path("besoins/", include(urls))]


def register_needs_menu() -> MenuItem:
    items = [
        MenuItem("À lire, à regrouper", reverse("needs_office:needs"), name="needs", icon_name="comment", order=1),
        MenuItem("Noter un besoin", reverse("needs_office:note"), name="note-need", icon_name="plus", order=2),
        MenuItem("Thèmes", reverse("needs_office:themes"), name="themes", icon_name="folder-open-inverse", order=3),
    ]
    return SubmenuMenuItem("Besoins", Menu(items=items), name="maillage-needs", icon_name="comment", order=95)


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_needs_urls)
hooks.register("register_admin_menu_item", register_needs_menu)
