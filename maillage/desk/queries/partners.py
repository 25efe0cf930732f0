"""Which partners fit a project, and why: theme, place, stage. A machine proposes, an agent chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from maillage.desk.enums import Stage, Turn
from maillage.desk.models import Partner, Project


@dataclass(frozen=True)
class Proposal:
    """A partner who may help. reasons, gaps: French, what fits, what does not or is not known; is_there: now."""

    partner: Partner
    reasons: tuple[str, ...]
    gaps: tuple[str, ...]
    is_there: bool

    @property
    def fits(self) -> bool:
        return not self.gaps


def proposals(project: Project) -> list[Proposal]:
    """Every active partner, those that fit best first; five queries, whatever their number."""
    topics = {one.pk: one.label for one in project.topics.all()}
    epci = project.commune.epci if project.commune else None
    there = set(
        project.referrals.exclude(state__in=[Turn.CLOSED, Turn.REFUSED]).values_list("partner", flat=True)
    )  # fmt: skip
    partners = Partner.objects.filter(is_active=True).prefetch_related("topics", "places").order_by("name")
    found = [_weigh(one, project, topics, epci.pk if epci else "", one.pk in there) for one in partners]
    return sorted(found, key=lambda one: (len(one.gaps), -len(one.reasons), one.partner.name))


def _weigh(partner: Partner, project: Project, topics: dict[int, str], epci: str, is_there: bool) -> Proposal:
    reasons: list[str] = []
    gaps: list[str] = []
    for fits, why in (_of_topics(partner, topics), _of_place(partner, epci), _of_stage(partner, project)):
        (reasons if fits else gaps).append(why)
    return Proposal(partner, tuple(reasons), tuple(gaps), is_there)


def _of_topics(partner: Partner, topics: dict[int, str]) -> tuple[bool, str]:
    own = {one.pk: one.label for one in partner.topics.all()}
    if not own:
        return True, "tous les thèmes"
    shared = [label for pk, label in own.items() if pk in topics]
    if shared:
        return True, f"thème {', '.join(shared).lower()}"
    return False, "thème du projet pas encore dit" if not topics else "d’autres thèmes"


def _of_place(partner: Partner, epci: str) -> tuple[bool, str]:
    own = {one.pk: one.short_name for one in partner.places.all()}
    if not own:
        return True, "tout le territoire"
    if epci in own:
        return True, f"présent à {own[epci]}"
    return False, "commune du projet pas encore dite" if not epci else "d’autres communautés de communes"


def _of_stage(partner: Partner, project: Project) -> tuple[bool, str]:
    if not partner.stages:
        return True, "toutes les étapes"
    if project.stage in partner.stages:
        return True, f"étape « {Stage(project.stage).label.lower()} »"
    return False, "d’autres étapes"


def partners() -> QuerySet[Any]:
    """All of them, active first, each with how it answered: `asked`, `taken`, `waiting`; three queries."""

    def turned(*states: Turn) -> Count:
        return Count("referrals", filter=Q(referrals__state__in=states), distinct=True)

    answered = Count("referrals", filter=Q(referrals__asked_at__isnull=False), distinct=True)
    rows = Partner.objects.annotate(asked=answered, taken=turned(Turn.TAKEN), waiting=turned(Turn.ASKED))
    return rows.prefetch_related("topics", "places").order_by("-is_active", "name")
