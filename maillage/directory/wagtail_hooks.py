"""How the directory enters the Wagtail admin: addresses, menu, search."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.staticfiles import versioned_static

from maillage.directory.backoffice import urls


def register_directory_urls() -> list[URLResolver]:
    # Here and not above: Wagtail's own addresses are read just before.
    from maillage.directory.backoffice.reports import close_reports

    close_reports()
    return [path("annuaire/", include(urls))]


def register_directory_menu() -> MenuItem:
    items = [
        MenuItem("Structures", reverse("directory_office:sheets"), name="sheets", icon_name="list-ul", order=1),
        MenuItem("Imports", reverse("directory_office:imports"), name="imports", icon_name="upload", order=2),
        MenuItem("Doublons", reverse("directory_office:duplicates"), name="duplicates", icon_name="copy", order=3),
    ]
    return SubmenuMenuItem(
        "Annuaire", Menu(items=items), name="maillage-directory", icon_name="folder-open-inverse", order=100
    )


def register_sheet_search() -> SearchArea:
    """The search field of the side menu looks for sheets first."""
    return SearchArea("Structures", reverse("directory_office:sheets"), name="sheets", icon_name="list-ul", order=1)


def directory_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("directory/backoffice.css"))


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_directory_urls)
hooks.register("register_admin_menu_item", register_directory_menu)
hooks.register("register_admin_search_area", register_sheet_search)
hooks.register("insert_global_admin_css", directory_css)
