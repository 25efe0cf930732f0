"""What somebody sees of aids on /moi/: what fits their organisations, what was advised, the searches they keep."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from maillage.accounts.models import User
from maillage.aids.models import Aid, AidAdvice, Watch
from maillage.aids.queries.fitting import possible_for_organisation, seeker_of
from maillage.directory.models import Establishment, Organisation
from maillage.space.models import Membership

# Each asks three queries.
MOST_ORGANISATIONS = 3


def own_aids(user: User) -> dict[str, Any] | None:
    """For each organisation of a person: how many aids may fit, and those that were advised. None without any."""
    held = Membership.objects.filter(user=user).select_related("organisation").order_by("organisation__name", "pk")
    on = timezone.localdate()
    rows = []
    for one in held[:MOST_ORGANISATIONS]:
        fitting = possible_for_organisation(one.organisation, on=on).fitting
        rows.append({
            "organisation": one.organisation, "count": len(fitting), "first": [found.aid for found in fitting[:3]],
            "address": prefilled(one.organisation), "advice": _advice(one.organisation_id),
        })  # fmt: skip
    watches = list(Watch.objects.filter(user=user, stopped_at__isnull=True).order_by("-made_at", "-pk")[:20])
    return {"rows": rows, "watches": watches} if (rows and Aid.objects.exists()) or watches else None


def _advice(organisation_id: int) -> list[AidAdvice]:
    rows = AidAdvice.objects.filter(
        object_type=Organisation._meta.label_lower, object_id=organisation_id, is_added=True,
        aid__withdrawn_at__isnull=True,
    )  # fmt: skip
    return list(rows.select_related("aid").order_by("-at", "-pk")[:5])


def prefilled(organisation: Organisation) -> str:
    """The end of the address of the five questions, with what is public of this organisation."""
    seeker = seeker_of(organisation, on=timezone.localdate())
    place = Establishment.objects.filter(organisation=organisation, commune__isnull=False)
    code = place.order_by("-is_head_office", "pk").values_list("commune_id", flat=True).first()
    said: dict[str, Any] = {"public": seeker.audience, "sujet": sorted(seeker.themes), "commune": code or ""}
    return urlencode({name: value for name, value in said.items() if value}, doseq=True)
