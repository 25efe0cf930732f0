"""How the room enters the Wagtail admin: addresses and menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from maillage.calls.backoffice import application_urls, urls


def register_calls_urls() -> list[URLResolver]:
    return [path("appels/", include(urls)), path("demandes/", include(application_urls))]


def register_calls_menu() -> MenuItem:
    items = [
        MenuItem("Les appels", reverse("calls_office:calls"), name="calls", icon_name="form", order=1),
        MenuItem("Dispositifs", reverse("calls_office:schemes"), name="schemes", icon_name="folder", order=2),
        MenuItem("Les demandes", reverse("applications_office:applications"), name="applications-list",
                 icon_name="doc-full", order=3),
        MenuItem("Jurys", reverse("applications_office:juries"), name="applications-juries", icon_name="group",
                 order=4),
        MenuItem("Irrecevables, par point", reverse("applications_office:refused"), name="applications-refused",
                 icon_name="view", order=5),
    ]  # fmt: skip
    return SubmenuMenuItem("Appels et aides", Menu(items=items), name="maillage-calls", icon_name="form", order=92)


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_calls_urls)
hooks.register("register_admin_menu_item", register_calls_menu)
