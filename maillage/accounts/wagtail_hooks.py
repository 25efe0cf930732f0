"""How people and rights enter the Wagtail admin: policies, open doors of the sign-in page, menu."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.views import home, i18n

from maillage.accounts import rules
from maillage.accounts.backoffice import urls
from maillage.accounts.backoffice.home import show_rooms
from maillage.accounts.backoffice.policies import register_policies
from maillage.accounts.backoffice.screens import today

# The sign-in page needs its icons and its words before anyone is signed in; both are the same for everyone.
login_not_required(home.sprite)
login_not_required(i18n.localized_js_catalog)

KEPT_IN_MENU = frozenset({"images", "settings"})
KEPT_IN_SETTINGS = frozenset({"people"})


def register_people_urls() -> list[URLResolver]:
    # Here and not above: hooks may be read before Wagtail's apps have put their own policies.
    register_policies()
    return [path("personnes/", include(urls))]


class AdministratorsMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail has no types
    """Shown to those who manage people."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(rules.may_manage_people(request.user, on=today()))


def register_people_menu_item() -> MenuItem:
    return AdministratorsMenuItem(
        "Personnes et mandats", reverse("people_office:people"), name="people", icon_name="group", order=10
    )


def keep_our_settings(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name in KEPT_IN_SETTINGS]


def keep_useful_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Hide what Wagtail brings and nobody needs yet (pages, documents, reports, help); ours stay."""
    items[:] = [item for item in items if item.name in KEPT_IN_MENU or item.name.startswith("maillage-")]


def backoffice_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("accounts/backoffice.css"))


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_people_urls)
hooks.register("register_settings_menu_item", register_people_menu_item)
hooks.register("construct_settings_menu", keep_our_settings)
hooks.register("construct_homepage_panels", show_rooms)
hooks.register("construct_homepage_summary_items", lambda request, items: items.clear())
hooks.register("construct_main_menu", keep_useful_menu)
hooks.register("insert_global_admin_css", backoffice_css)
