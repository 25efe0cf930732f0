"""What Wagtail's page editor and its documents allow: to the agents, below the list of resources; no group is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Collection, Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from maillage.content.models import ResourceIndex
from maillage.content.rules import may_write_resources


@dataclass(frozen=True)
class _Permission:
    codename: str


@dataclass(frozen=True)
class _Given:
    """A permission on a page and what is below it, as Wagtail reads the rows of its groups."""

    page: Page
    permission: _Permission

    @property
    def page_id(self) -> int:
        return int(self.page.pk)


class ResourcePagePolicy(PagePermissionPolicy):  # type: ignore[misc]  # Wagtail has no types
    """Agents add, change and publish below the list of resources."""

    def get_all_permissions_for_user(self, user: Any) -> list[_Given]:
        if user.is_anonymous or not may_write_resources(user, on=timezone.localdate()):
            return []
        index = ResourceIndex.objects.first()
        names = ("add_page", "change_page", "publish_page")
        return [_Given(index.page_ptr, _Permission(name)) for name in names] if index is not None else []


class DocumentPolicy(CollectionOwnershipPermissionPolicy):  # type: ignore[misc]
    """Agents add, choose and change every document."""

    def _check_perm(self, user: Any, actions: Iterable[str], collection: Any = None) -> bool:
        return not user.is_anonymous and bool(may_write_resources(user, on=timezone.localdate()))

    def _collections_with_perm(self, user: Any, actions: Iterable[str]) -> Any:
        everything = Collection.objects.all()
        return everything if self._check_perm(user, actions) else everything.none()


def register_policies() -> None:
    """Put these in the place of Wagtail's own, once all apps are ready."""
    register_permission_policy(Page, ResourcePagePolicy())
    register_permission_policy(
        Document, DocumentPolicy(Document, auth_model="wagtaildocs.Document", owner_field_name="uploaded_by_user")
    )
