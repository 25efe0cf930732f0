"""A week of the desk, about example organisations, by the verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.logbook import actions
from maillage.logbook.enums import EntryKind
from maillage.logbook.models import Entry

CALLS = (
    (6, EntryKind.CALL_IN, "Cherche un local pour ses ateliers du mercredi (exemple)"),
    (4, EntryKind.CALL_OUT, "Rappel : la salle des fêtes convient, à confirmer avec la mairie (exemple)"),
    (1, EntryKind.CALL_IN, "Demande quand paraît la prochaine lettre d’information (exemple)"),
)
NOTES = ("Préfère le téléphone au courriel (exemple)", "Deux bénévoles de plus depuis septembre (exemple)")


def plant_week(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Three calls, two notes, one next step that is late; twice without harm."""
    agent = User.objects.filter(is_example=True, first_name="Bruno").first()
    examples = list(Organisation.objects.published().filter(is_example=True).order_by("pk")[:3])
    if agent is None or len(examples) < 3 or Entry.objects.exists():
        return {}
    today = timezone.localdate(at)
    for one, (days, kind, words) in zip(examples, CALLS, strict=True):
        step = None
        if days == 4:
            step = actions.NextStep("Confirmer la salle avec la mairie (exemple)", today - timedelta(days=1), agent)
        actions.log_call(about=one, kind=kind, words=words, by=agent, at=at - timedelta(days=days), next_step=step)
    for one, words in zip(examples, NOTES, strict=False):
        actions.write_note(about=one, words=words, by=agent, at=at - timedelta(days=2), is_pinned=words == NOTES[0])
    return {"appels et notes d’exemple": len(CALLS) + len(NOTES)}
