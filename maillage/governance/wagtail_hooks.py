"""How the room enters the Wagtail admin: addresses and menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from maillage.governance.backoffice import urls


def register_governance_urls() -> list[URLResolver]:
    return [path("instances/", include(urls))]


def register_bodies() -> MenuItem:
    return MenuItem(
        "Instances", reverse("governance_office:bodies"), name="maillage-bodies", icon_name="group", order=92
    )


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_governance_urls)
hooks.register("register_admin_menu_item", register_bodies)
