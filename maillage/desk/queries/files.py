"""Files of the desk as agents read them: lists, filters, what waits.

Words: *asleep* is followed without any movement; *promised* is an open recommendation whose day has passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from maillage.accounts.models import User
from maillage.desk import terms
from maillage.desk.enums import OPEN_ADVICE, Advice, ContactPart, Help, Stage, Standing, Turn
from maillage.desk.models import Partner, Project, Recommendation
from maillage.desk.querysets import ProjectQuerySet
from maillage.desk.rules import may_follow
from ui import french

LISTS = {
    "a-repondre": "À répondre", "les-miens": "Les miens", "suivis": "Suivis", "endormis": "Endormis",
    "promis": "Promis, en retard", "en-pause": "En pause", "clos": "Clos", "tous": "Tous",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the list is asked for; "" or None leaves a filter out. words: reference, title, name of a person."""

    which: str = "a-repondre"
    words: str = ""
    stage: str = ""
    epci: str = ""
    adviser: int | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.stage or self.epci or self.adviser)


def listed(asked: Asked, *, by: User, at: datetime) -> QuerySet[Project]:
    """Files of one list, each with place, adviser, `open_advice`; what waits longest comes first. One query."""
    rows = _of_list(asked.which, by=by, at=at)
    if asked.words:
        holders = Q(contacts__name__icontains=asked.words, contacts__part=ContactPart.HOLDER)
        title = Q(title__icontains=asked.words) | Q(reference__iexact=asked.words)
        rows = rows.filter(pk__in=Project.objects.filter(title | holders).values("pk"))
    if asked.stage in Stage.values:
        rows = rows.filter(stage=asked.stage)
    if asked.epci:
        rows = rows.filter(commune__epci=asked.epci)
    if asked.adviser is not None:
        rows = rows.filter(adviser=asked.adviser)
    order = ("-closed_at", "-pk") if asked.which == "clos" else ("answer_by", "moved_at", "pk")
    if asked.which not in ("clos", "a-repondre"):
        order = ("moved_at", "pk")
    return rows.with_open_advice().select_related("commune__epci", "adviser").order_by(*order)


def _of_list(which: str, *, by: User, at: datetime) -> ProjectQuerySet:
    today = timezone.localdate(at)
    rows: ProjectQuerySet = Project.objects.all()
    if which == "les-miens":
        return rows.open().filter(adviser=by)
    if which == "suivis":
        return rows.filter(standing=Standing.FOLLOWED)
    if which == "endormis":
        return rows.sleeping(at, days=terms.days("asleep_days", today))
    if which == "promis":
        return rows.filter(standing=Standing.FOLLOWED, pk__in=_promised(at).values("project"))
    if which == "en-pause":
        return rows.filter(standing=Standing.PAUSED)
    if which == "clos":
        return rows.filter(standing=Standing.CLOSED)
    return rows if which == "tous" else rows.to_answer()


def _promised(at: datetime) -> QuerySet[Recommendation]:
    return Recommendation.objects.filter(state__in=OPEN_ADVICE, due_date__lt=timezone.localdate(at))


def counts(*, by: User, at: datetime) -> dict[str, int]:
    """How many wait in each list that waits, and how many are late. Five queries."""
    return {
        "a-repondre": Project.objects.to_answer().count(),
        "en-retard": Project.objects.late(timezone.localdate(at)).count(),
        "les-miens": Project.objects.open().filter(adviser=by).count(),
        "endormis": _of_list("endormis", by=by, at=at).count(),
        "promis": _of_list("promis", by=by, at=at).count(),
    }


MANY, SINCE_DAYS = 5, 30


def sleeping_partners(at: datetime) -> list[Partner]:
    """Partners whom more than MANY projects have waited for over a month, each with `waiting`; one query."""
    long_ago = at - timedelta(days=SINCE_DAYS)
    waiting = Count("referrals", filter=Q(referrals__state=Turn.ASKED, referrals__asked_at__lt=long_ago))
    return list(Partner.objects.annotate(waiting=waiting).filter(waiting__gt=MANY).order_by("-waiting", "name"))


def office_panel(user: User) -> dict[str, Any] | None:
    """On the home of the back office: new, late, asleep, promised, silent partners; None when nothing waits."""
    at = timezone.now()
    if not may_follow(user, on=timezone.localdate(at)):
        return None
    waiting, partners = counts(by=user, at=at), sleeping_partners(at)
    if not any(waiting.values()) and not partners:
        return None
    first = Project.objects.to_answer().select_related("commune", "adviser").order_by("answer_by", "pk")[:5]
    return {"lines": _lines(waiting), "first": list(first), "partners": partners, "today": timezone.localdate(at)}


def _lines(waiting: dict[str, int]) -> list[tuple[str, str]]:
    """(key of the list, French) of what waits: late answers first."""
    told = (
        ("a-repondre", waiting["en-retard"], "réponse en retard,réponses en retard"),
        ("a-repondre", waiting["a-repondre"], "demande à répondre,demandes à répondre"),
        ("promis", waiting["promis"], "dossier avec une étape en retard,dossiers avec une étape en retard"),
        ("endormis", waiting["endormis"], "dossier endormi,dossiers endormis"),
        ("les-miens", waiting["les-miens"], "dossier que je suis,dossiers que je suis"),
    )
    return [(key, french.plural(count, *words.split(","))) for key, count, words in told if count]


def office_file(project: Project) -> dict[str, Any]:
    """What agents read of a file besides its time line; seven queries, whatever it holds."""
    efforts = list(project.efforts.select_related("by").order_by("-day", "-pk"))
    involvements = list(project.involvements.select_related("organisation").order_by("part", "pk"))
    steps = list(
        project.recommendations.select_related("by", "resource").order_by(F("due_date").asc(nulls_last=True), "pk")
    )
    board = [(label, [one for one in steps if one.state == state]) for state, label in Advice.choices]
    return {
        "contacts": list(project.contacts.select_related("user").order_by("-part", "pk")),
        "steps": steps, "board": board, "efforts": efforts, "involvements": involvements,
        "half_days": sum(one.half_days for one in efforts),
        "budget": sum((one.share for one in involvements if one.share is not None), Decimal()),
        "referrals": list(project.referrals.select_related("partner").order_by("proposed_at", "pk")),
        "topics": list(project.topics.order_by("position", "label")),
        "seeks": [str(Help(one).label) for one in project.seeks if one in Help.values],
        "checks": list(project.checks.order_by("months")),
    }  # fmt: skip
