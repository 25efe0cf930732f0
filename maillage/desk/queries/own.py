"""What a holder reads of their project, what a liaison officer sees of their CC.

What is here never touches `Note`, nor interviews kept for the team.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from maillage.accounts.models import User
from maillage.desk.enums import Advice, Audience, Standing, Turn
from maillage.desk.models import Project
from maillage.desk.queries.aids import SHOWN, aids_for
from maillage.desk.queries.timeline import diagnosis_rows
from maillage.discussion.models import Thread
from maillage.discussion.queries import glance, messages_of
from maillage.space.deciding import epcis_of_officer


def own_project(user: User, reference: str) -> Project | None:
    """The project of this reference, when this person holds it."""
    rows = Project.objects.held_by(user).select_related("commune", "adviser", "organisation")
    return rows.filter(reference=reference).first()


def public_file(project: Project, user: User) -> dict[str, Any]:
    """All that the page of a holder shows. Some fifteen queries, whatever the file holds."""
    thread = Thread.objects.filter(circle=project.circle).order_by("pk").first()
    today = timezone.localdate()
    return held_parts(project) | {
        "aids": aids_for(project, on=today).fitting[:SHOWN] if project.standing != Standing.CLOSED else (),
        "today": today,
        "thread": thread,
        "messages_of_thread": list(messages_of(thread).order_by("-pk")[:5])[::-1] if thread else [],
        "circle": glance(user, project.circle),
        "to_agree": project.referrals.filter(state=Turn.PROPOSED).count(),
        "checks": project.checks.filter(asked_at__isnull=False, answered_at__isnull=True),
    }


def held_parts(project: Project) -> dict[str, Any]:
    """What its holder may read of a file, on a screen and on paper; seven queries once they are asked."""
    return {
        "passages": project.passages.order_by("at", "pk"),
        "recommendations": project.recommendations.select_related("resource").order_by(
            F("due_date").asc(nulls_last=True), "pk"
        ),
        "referrals": project.referrals.select_related("partner").order_by("proposed_at", "pk"),
        "interviews": project.interviews.filter(audience=Audience.HOLDER).order_by("-day", "-pk"),
        "diagnosis": diagnosis_rows(project),
        "half_days": project.efforts.aggregate(total=Sum("half_days"))["total"] or 0,
        "involvements": project.involvements.select_related("organisation").order_by("part", "pk"),
    }


def own_panel(user: User) -> dict[str, Any] | None:
    """What /moi/ says of one's projects; None without any. One query."""
    rows = list(Project.objects.held_by(user).with_open_advice().order_by("-moved_at", "-pk")[:20])
    return {"projects": rows} if rows else None


def of_officer(user: User) -> QuerySet[Project]:
    """Files of the CC that this person answers for, the latest first, each with `open_advice` and `done_advice`.

    Where each stands and whom to ask, so that the CC knows and can act; what was said stays between the holder and the
    desk, as the form promises.
    """
    epcis = epcis_of_officer(user, on=timezone.localdate())
    done = Count("recommendations", filter=Q(recommendations__state=Advice.DONE), distinct=True)
    rows = Project.objects.in_epcis(epcis).with_open_advice().annotate(done_advice=done)
    return rows.select_related("commune", "adviser").order_by("-opened_at", "-pk")


def officer_panel(user: User) -> dict[str, Any] | None:
    """What /moi/ says to a liaison officer; None to others."""
    if not epcis_of_officer(user, on=timezone.localdate()):
        return None
    return {"count": of_officer(user).open().count()}  # type: ignore[attr-defined]
