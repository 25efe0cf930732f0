"""How the room enters the Wagtail admin: addresses and menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from maillage.steering.backoffice import urls


def register_committee_urls() -> list[URLResolver]:
    return [path("comite/", include(urls))]


def register_committee() -> MenuItem:
    return MenuItem(
        "Comité de pilotage",
        reverse("steering_office:files"),
        name="maillage-committee",
        icon_name="doc-full",
        order=96,
    )


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_committee_urls)
hooks.register("register_admin_menu_item", register_committee)
