"""How the room enters the Wagtail admin: rights, addresses, menu, and what the journal says of the page editor."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.documents.views.serve import serve

from maillage.content import actions
from maillage.content.backoffice import urls
from maillage.content.backoffice.policies import register_policies
from maillage.content.models import Resource
from maillage.content.queries import is_document_held
from maillage.kernel.handing import held_page


def register_content_urls() -> list[URLResolver]:
    # Here and not above: hooks may be read before Wagtail's apps have put their own policies.
    register_policies()
    return [
        path("ressources/", include(urls)),
        # Wagtail asks where a document is. Behind the door: readers take the file of a resource at its own address.
        path("fichiers/<int:document_id>/<str:document_filename>", serve, name="wagtaildocs_serve"),
    ]


def register_content_menu() -> MenuItem:
    items = [
        MenuItem("Ressources", reverse("content_office:resources"), name="resources", icon_name="list-ul", order=1),
        MenuItem(
            "Ajouter une ressource", reverse("content_office:new"), name="new-resource", icon_name="plus", order=2
        ),
        MenuItem("Pages des thèmes", reverse("content_office:hubs"), name="hubs", icon_name="tag", order=3),
    ]
    return SubmenuMenuItem(
        "Ressources", Menu(items=items), name="maillage-content", icon_name="doc-full-inverse", order=98
    )


def before_serving(document: Any, request: HttpRequest) -> HttpResponse | None:
    """In the back office too, nobody takes a document before the antivirus looked at it."""
    return held_page(request) if is_document_held(document) else None


def after_publish(request: HttpRequest, page: Any) -> None:
    if isinstance(page.specific, Resource):
        actions.note_published(resource=page.specific, by=request.user, at=timezone.now())  # type: ignore[arg-type]


def after_withdraw(request: HttpRequest, page: Any) -> None:
    if isinstance(page.specific, Resource):
        actions.note_withdrawn(resource=page.specific, by=request.user, at=timezone.now())  # type: ignore[arg-type]


# Called, not used as decorators: Wagtail's are untyped.
hooks.register("register_admin_urls", register_content_urls)
hooks.register("register_admin_menu_item", register_content_menu)
hooks.register("before_serve_document", before_serving)
hooks.register("after_publish_page", after_publish)
hooks.register("after_unpublish_page", after_withdraw)
hooks.register(
    "before_delete_page", lambda request, page: after_withdraw(request, page) if request.method == "POST" else None
)
