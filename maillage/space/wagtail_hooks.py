"""How the organisations' space enters the Wagtail admin: addresses and menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from maillage.space.backoffice import urls


def register_space_urls() -> list[URLResolver]:
    return [path("propositions/", include(urls))]


def register_space_menu() -> MenuItem:
    address = reverse("space_office:suggestions")
    return MenuItem("Propositions", address, name="maillage-suggestions", icon_name="edit", order=150)


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_space_urls)
hooks.register("register_admin_menu_item", register_space_menu)
