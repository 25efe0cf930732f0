"""Sign-in by e-mail address and password; rights come from the mandates of the day, from nowhere else.

Words: Wagtail and Django ask two things of a user, `has_perm` and `is_superuser`; both are answered here
for each request, so a mandate that ends at midnight closes the door at the next click. Groups, user
permissions and the column `is_superuser` give nothing.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from maillage.accounts import rules
from maillage.accounts.enums import Role
from maillage.accounts.models import User

# Pictures need no line here: Wagtail asks the policy of wagtail_hooks.py.
AGENT_PERMISSIONS = frozenset({"wagtailadmin.access_admin"})


class MandateBackend(ModelBackend):
    """Knows people by address and password, and what they may do by their running mandates."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        user = super().authenticate(request, username=username, password=password, **kwargs)
        return _with_rights(user) if isinstance(user, User) else None

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.prefetch_related("mandates").filter(pk=user_id).first()
        return _with_rights(user) if user is not None and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:
        allowed = obj is None and rules.may_enter_back_office(user_obj, on=timezone.localdate())
        return set(AGENT_PERMISSIONS) if allowed else set()

    def get_user_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:
        return self.get_all_permissions(user_obj, obj)

    def get_group_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:
        return set()

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        return perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions(user_obj))


def _with_rights(user: User) -> User:
    # Wagtail asks this attribute in many places: it mirrors the mandate, whatever the column says.
    user.is_superuser = Role.ADMINISTRATOR in rules.roles_of(user, on=timezone.localdate())
    return user
