"""Who somebody is, by allauth; what they may do, by the mandates of the day and from nowhere else.

Words: Wagtail and Django ask two things of a user, `has_perm` and `is_superuser`; both are answered here
for each request, so a mandate that ends at midnight closes the door at the next click. Groups, user
permissions and the column `is_superuser` give nothing.
"""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, Model, OuterRef
from django.utils import timezone

from maillage.accounts import rules
from maillage.accounts.models import Delegation, User

# Pictures need no line here: Wagtail asks the policy of wagtail_hooks.py.
AGENT_PERMISSIONS = frozenset({"wagtailadmin.access_admin"})


SECOND_FACTORS = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)


class MandateBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Knows people as allauth does, and what they may do by their running mandates."""

    def get_user(self, user_id: int) -> User | None:
        # Asked at each request: the mandates and the second factor in two queries; those who take nobody's place,
        # nearly everyone, cost none more.
        places = Delegation.objects.filter(taker=OuterRef("pk"), end_date__gte=timezone.localdate())
        known = User.objects.annotate(holds_second_factor=Exists(SECOND_FACTORS), takes_place=Exists(places))
        user = known.prefetch_related("mandates").filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.has_second_factor, user.stands_in = user.holds_second_factor, user.takes_place
        # Wagtail asks this attribute in many places: it mirrors the mandate, whatever the column says.
        user.is_superuser = bool(rules.may_manage_people(user, on=timezone.localdate()))
        return user

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
