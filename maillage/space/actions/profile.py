"""What forms ask every time, kept once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.kernel.actions import journal
from maillage.space.models import Profile


class ProfileMoved(Exception):
    """Somebody else kept it meanwhile: nothing is overwritten. `profile` is what it says today."""

    def __init__(self, profile: Profile) -> None:
        super().__init__("profile moved")
        self.profile = profile


def keep_profile(
    *, organisation: Organisation, facts: Mapping[str, Any], by: User, at: datetime, seen: str | None = None
) -> Profile:
    """Write what changed. The journal says which facts, never what they are: they are private.

    seen: `Profile.stamp` of the profile that was shown, "" when there was none; None skips the comparison. Raises
    ProfileMoved.
    """
    with transaction.atomic():
        _, is_new = Profile.objects.get_or_create(organisation=organisation, defaults={"updated_at": at})
        profile = Profile.objects.select_for_update(of=("self",)).get(organisation=organisation)
        if seen is not None and seen != ("" if is_new else profile.stamp):
            raise ProfileMoved(profile)
        changed = [name for name, value in facts.items() if getattr(profile, name) != value]
        if changed:
            for name in changed:
                setattr(profile, name, facts[name])
            profile.updated_at = at
            profile.save(update_fields=[*changed, "updated_at"])
            journal(verb="keep_profile", target=organisation, changes={"fields": [None, changed]}, by=by, at=at)
    return profile
