"""How the room enters the Wagtail admin: addresses and menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from maillage.grants.backoffice import urls


def register_grants_urls() -> list[URLResolver]:
    return [path("subventions/", include(urls))]


def register_grants_menu() -> MenuItem:
    items = [
        MenuItem("Décider", reverse("grants_office:calls"), name="grants-decide", icon_name="form", order=1),
        MenuItem("Aides accordées", reverse("grants_office:grants"), name="grants-list", icon_name="list-ul", order=2),
        MenuItem("Aides de minimis", reverse("grants_office:register"), name="grants-register", icon_name="doc-full",
                 order=3),
        MenuItem("Entreprises uniques", reverse("grants_office:undertakings"), name="grants-undertakings",
                 icon_name="group", order=4),
        MenuItem("Refus par motif", reverse("grants_office:refused"), name="grants-refused", icon_name="view", order=5),
    ]  # fmt: skip
    return SubmenuMenuItem("Subventions", Menu(items=items), name="maillage-grants", icon_name="form", order=92)


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_grants_urls)
hooks.register("register_admin_menu_item", register_grants_menu)
