"""How the room enters the Wagtail admin: addresses and menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from maillage.calls.backoffice import application_urls


def register_application_urls() -> list[URLResolver]:
    return [path("demandes/", include(application_urls))]


def register_application_menu() -> MenuItem:
    items = [
        MenuItem("Les demandes", reverse("applications_office:applications"), name="applications-list",
                 icon_name="doc-full", order=1),
        MenuItem("Jurys", reverse("applications_office:juries"), name="applications-juries", icon_name="group",
                 order=2),
        MenuItem("Irrecevables, par point", reverse("applications_office:refused"), name="applications-refused",
                 icon_name="view", order=3),
    ]  # fmt: skip
    return SubmenuMenuItem("Demandes d’aide", Menu(items=items), name="maillage-applications", icon_name="doc-full",
                           order=91)  # fmt: skip


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_application_urls)
hooks.register("register_admin_menu_item", register_application_menu)
