"""How the mail enters the Wagtail admin: addresses and menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from maillage.outbox.backoffice import urls


def register_mail_urls() -> list[URLResolver]:
    return [path("courrier/", include(urls))]


def register_mail_menu() -> MenuItem:
    items = [
        MenuItem("Lettres", reverse("mail_office:letters"), name="letters", icon_name="mail", order=1),
        MenuItem("À faire", reverse("mail_office:to_dos"), name="to-dos", icon_name="tasks", order=2),
        MenuItem("Adresses arrêtées", reverse("mail_office:stopped"), name="stopped", icon_name="no-view", order=3),
    ]
    return SubmenuMenuItem("Courrier", Menu(items=items), name="maillage-mail", icon_name="mail", order=200)


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_mail_urls)
hooks.register("register_admin_menu_item", register_mail_menu)
