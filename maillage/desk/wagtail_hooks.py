"""How the room enters the Wagtail admin: addresses and menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from maillage.desk.backoffice import urls


def register_desk_urls() -> list[URLResolver]:
    return [path("guichet/", include(urls))]


def register_desk_menu() -> MenuItem:
    items = [
        MenuItem("Les dossiers", reverse("desk_office:files"), name="desk-files", icon_name="help", order=1),
        MenuItem("Noter une demande", reverse("desk_office:note"), name="desk-note", icon_name="plus", order=2),
        MenuItem("Partenaires", reverse("desk_office:partners"), name="desk-partners", icon_name="group", order=3),
        MenuItem("Passer les dossiers", reverse("desk_office:hand_over"), name="desk-hand", icon_name="user", order=4),
    ]
    return SubmenuMenuItem("Guichet", Menu(items=items), name="maillage-desk", icon_name="help", order=90)


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_desk_urls)
hooks.register("register_admin_menu_item", register_desk_menu)
