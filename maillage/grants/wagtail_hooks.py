"""How the room enters the Wagtail admin: addresses and menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from maillage.grants.backoffice import urls


def register_grants_urls() -> list[URLResolver]:
    return [path("subventions/", include(urls))]


def register_grants_menu() -> MenuItem:
    items = [
        MenuItem("Décider", reverse("grants_office:calls"), name="grants-decide", icon_name="form", order=1),
    ]
    return SubmenuMenuItem("Subventions", Menu(items=items), name="maillage-grants", icon_name="form", order=92)


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_grants_urls)
hooks.register("register_admin_menu_item", register_grants_menu)
