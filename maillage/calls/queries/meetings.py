"""Meetings at which an opinion may have been given."""

from __future__ import annotations

from django.db.models import QuerySet

from maillage.governance.models import Meeting


def dated_meetings() -> QuerySet[Meeting]:
    """Those with a day, the latest first."""
    return Meeting.objects.filter(starts_at__isnull=False).select_related("body").order_by("-starts_at", "-pk")
