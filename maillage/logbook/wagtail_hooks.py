"""How the room enters the Wagtail admin: addresses, menu, the search of the side menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea

from maillage.logbook.backoffice import urls


def register_logbook_urls() -> list[URLResolver]:
    return [path("", include(urls))]


def register_feed() -> MenuItem:
    return MenuItem("Fil", reverse("logbook_office:feed"), name="maillage-feed", icon_name="history", order=50)


def register_search() -> SearchArea:
    """The search field of the side menu finds organisations and people."""
    return SearchArea(
        "Structures et personnes", reverse("logbook_office:find"), name="find", icon_name="search", order=0
    )


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_logbook_urls)
hooks.register("register_admin_menu_item", register_feed)
hooks.register("register_admin_search_area", register_search)
