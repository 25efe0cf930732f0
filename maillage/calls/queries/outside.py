"""Opinions asked outside the jury: of whom, and what came back."""

from __future__ import annotations

from maillage.calls.models import Application, OutsideOpinion


def opinions_asked(application: Application) -> list[OutsideOpinion]:
    """All of them for the team, the latest first, with their documents; two queries."""
    rows = application.outside_opinions.select_related("asked_by", "noted_by").prefetch_related("files")
    return list(rows.order_by("-asked_at", "-pk"))


def opinions_given(application: Application) -> list[OutsideOpinion]:
    """Those that came back, in their order, for the jury; one query."""
    return list(application.outside_opinions.filter(answered_at__isnull=False).order_by("answered_at", "pk"))
