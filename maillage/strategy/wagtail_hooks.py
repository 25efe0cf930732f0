"""How the room enters the Wagtail admin: addresses and menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from maillage.strategy.backoffice import urls


def register_strategy_urls() -> list[URLResolver]:
    return [path("strategie/", include(urls))]


def register_plan() -> MenuItem:
    return MenuItem(
        "Plan d’action", reverse("strategy_office:measures"), name="maillage-plan", icon_name="list-ul", order=90
    )


def register_indicators() -> MenuItem:
    return MenuItem(
        "Indicateurs", reverse("strategy_office:indicators"), name="maillage-indicators", icon_name="order", order=91
    )


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_strategy_urls)
hooks.register("register_admin_menu_item", register_plan)
hooks.register("register_admin_menu_item", register_indicators)
