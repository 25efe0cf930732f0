"""Portraits among the pictures of the back office: they are their person's own, shown where that person agreed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.images import get_image_model
from wagtail.permissions import register_permission_policy

from maillage.accounts.backoffice.policies import BackOfficePicturePolicy
from maillage.space.models import Portrait


class PolicyWithoutPortraits(BackOfficePicturePolicy):
    """As for every other picture; a portrait is in no list, and nobody chooses, changes or deletes it there."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        if Portrait.objects.filter(picture=instance.pk).exists():
            return False
        return bool(super().user_has_any_permission_for_instance(user, actions, instance))

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().instances_user_has_any_permission_for(user, actions)
        return found.exclude(pk__in=Portrait.objects.values("picture"))


def keep_portraits_apart() -> None:
    """Put it in the place of the policy of `accounts`, once that one is there."""
    pictures = get_image_model()
    policy = PolicyWithoutPortraits(pictures, auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user")
    register_permission_policy(pictures, policy)
