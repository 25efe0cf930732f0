"""How the room enters the Wagtail admin: addresses, menu, portraits kept apart."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from maillage.space.backoffice import urls
from maillage.space.backoffice.portraits import keep_portraits_apart


def register_space_urls() -> list[URLResolver]:
    # Here, as the policies of `accounts`, which come just before.
    keep_portraits_apart()
    return [path("espaces/", include(urls))]


def register_space_menu() -> MenuItem:
    missing = reverse("space_office:missing_actors")
    items = [
        MenuItem("Demandes de reprise", reverse("space_office:claims"), name="claims", icon_name="key", order=1),
        MenuItem("Propositions", reverse("space_office:suggestions"), name="suggestions", icon_name="edit", order=2),
        MenuItem("Structures proposées", missing, name="missing-actors", icon_name="plus", order=3),
    ]
    return SubmenuMenuItem(
        "Espaces des structures", Menu(items=items), name="maillage-space", icon_name="group", order=150
    )


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_space_urls)
hooks.register("register_admin_menu_item", register_space_menu)
