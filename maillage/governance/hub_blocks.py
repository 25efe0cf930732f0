"""The room’s part of a theme’s page: the working group that bears its name."""

from __future__ import annotations

from django.urls import reverse

from maillage.governance.enums import Kind
from maillage.governance.models import Body
from maillage.kernel.registry import HubBlock, HubRow, HubRows, HubSubject


def _groups(subject: HubSubject, limit: int) -> HubRows:
    rows = Body.objects.filter(kind=Kind.WORKING_GROUP, slug=subject.code)
    return HubRows(
        count=rows.count(), path=reverse("governance:index"),
        rows=tuple(HubRow(one.name, one.get_absolute_url()) for one in rows.order_by("name", "pk")[:limit]),
    )  # fmt: skip


HUB_BLOCKS = (HubBlock(50, "Groupe de travail", "Toutes les instances", _groups),)
