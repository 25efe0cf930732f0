"""How the room enters the Wagtail admin: addresses and menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from maillage.discussion.backoffice import urls


def register_discussion_urls() -> list[URLResolver]:
    return [path("dialogues/", include(urls))]


def register_dialogues() -> MenuItem:
    return MenuItem(
        "Dialogues", reverse("discussion_office:dialogues"), name="maillage-dialogues", icon_name="comment", order=95
    )


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_discussion_urls)
hooks.register("register_admin_menu_item", register_dialogues)
