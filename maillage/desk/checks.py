"""What must always hold at the desk."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.desk.enums import OPEN_ADVICE, ContactPart, Standing
from maillage.desk.models import Project, Recommendation
from maillage.kernel.registry import Breach


def find_breaches() -> Iterator[Breach]:
    """Open recommendations of closed files; open ones without a next reminder; files without anybody who holds them."""
    waiting = Recommendation.objects.filter(state__in=OPEN_ADVICE)
    for one in waiting.filter(project__standing=Standing.CLOSED).order_by("pk")[:100]:
        yield Breach("desk.advice_of_closed", f"recommandation {one.pk}", "ouverte, dans un dossier clos")
    for one in waiting.filter(remind_on__isnull=True).order_by("pk")[:100]:
        yield Breach("desk.advice_without_reminder", f"recommandation {one.pk}", "ouverte, sans prochaine relance")
    for project in Project.objects.exclude(contacts__part=ContactPart.HOLDER).order_by("pk")[:100]:
        yield Breach("desk.project_without_holder", str(project), "personne ne le porte")
    for project in Project.objects.open().filter(passages__isnull=True).order_by("pk")[:100]:
        yield Breach("desk.project_without_stage", str(project), "aucun passage d’étape")
