"""What Wagtail's own screens allow: pictures to the back office, users and groups to nobody.

Wagtail's user screens let a manager raise rights (its makers say so); accounts and mandates have screens of
their own here, so those are closed to everyone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from maillage.accounts import rules
from maillage.accounts.models import User


class NobodyPolicy(BasePermissionPolicy):  # type: ignore[misc]  # Wagtail has no types
    """Refuses everything to everyone."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return False

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        return User.objects.none()


class BackOfficePicturePolicy(CollectionOwnershipPermissionPolicy):  # type: ignore[misc]
    """Agents and administrators add, choose and change every picture; no group is asked."""

    def _check_perm(self, user: Any, actions: Iterable[str], collection: Any = None) -> bool:
        return bool(rules.may_enter_back_office(user, on=timezone.localdate()))

    def _collections_with_perm(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        everything: QuerySet[Any] = Collection.objects.all()
        return everything if self._check_perm(user, actions) else everything.none()


def register_policies() -> None:
    """Put these in the place of Wagtail's own, once all apps are ready."""
    register_permission_policy(User, NobodyPolicy(User))
    register_permission_policy(Group, NobodyPolicy(Group))
    pictures = get_image_model()
    policy = BackOfficePicturePolicy(pictures, auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user")
    register_permission_policy(pictures, policy)
