"""Opinions asked outside the jury: of whom, what came back, who may still answer."""

from __future__ import annotations

from maillage.calls.enums import EXAMINED
from maillage.calls.models import Application, OutsideOpinion, Recusal
from maillage.kernel.letters import Occasion


def opinions_asked(application: Application) -> list[OutsideOpinion]:
    """All of them for the team, the latest first, with their documents; two queries."""
    rows = application.outside_opinions.select_related("asked_by").prefetch_related("files")
    return list(rows.order_by("-asked_at", "-pk"))


def opinions_given(application: Application) -> list[OutsideOpinion]:
    """Those that came back, in their order, for the jury; one query."""
    return list(application.outside_opinions.filter(answered_at__isnull=False).order_by("answered_at", "pk"))


def waited_for(told: Occasion) -> OutsideOpinion | None:
    """The request that a letter is about, while it is answered by nobody and its reader may answer it."""
    rows = OutsideOpinion.objects.filter(pk=told.object_id or 0, answered_at=None, withdrawn_at=None)
    rows = rows.filter(application__state__in=EXAMINED, email__iexact=told.address).exclude(email="")
    one = rows.select_related("application__call__scheme__authority", "application__organisation", "asked_by",
                              "application__form", "application__commune", "application__theme").first()  # fmt: skip
    if one is None:
        return None
    away = Recusal.objects.filter(application=one.application_id, user__email__iexact=told.address)
    return None if away.exists() else one
