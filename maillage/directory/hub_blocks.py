"""The room’s part of a theme’s page: organisations that work on it."""

from __future__ import annotations

from django.urls import reverse

from maillage.directory.models import Organisation
from maillage.kernel.registry import HubBlock, HubRow, HubRows, HubSubject


def _organisations(subject: HubSubject, limit: int) -> HubRows:
    rows = Organisation.objects.published().filter(terms=subject.term_id)
    return HubRows(
        count=rows.count(), path=f"{reverse('directory:list')}?theme={subject.code}",
        rows=tuple(
            HubRow(one.name, one.get_absolute_url(), one.get_family_display() if one.family else "")
            for one in rows.by_name()[:limit]
        ),
    )  # fmt: skip


HUB_BLOCKS = (HubBlock(20, "Qui agit ici", "Toutes les structures du thème", _organisations),)
