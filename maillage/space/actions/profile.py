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


def keep_profile(*, organisation: Organisation, facts: Mapping[str, Any], by: User, at: datetime) -> Profile:
    """Write what changed. The journal says which facts, never what they are: they are private."""
    with transaction.atomic():
        Profile.objects.get_or_create(organisation=organisation, defaults={"updated_at": at})
        profile = Profile.objects.select_for_update(of=("self",)).get(organisation=organisation)
        changed = [name for name, value in facts.items() if getattr(profile, name) != value]
        if changed:
            for name in changed:
                setattr(profile, name, facts[name])
            profile.updated_at = at
            profile.save(update_fields=[*changed, "updated_at"])
            journal(verb="keep_profile", target=organisation, changes={"fields": [None, changed]}, by=by, at=at)
    return profile
