from __future__ import annotations

from django.db.models import QuerySet

from maillage.discussion.enums import DialogueState, Side
from maillage.discussion.models import Dialogue, Participant


def public_dialogues() -> QuerySet[Dialogue]:
    """Those that everybody may read: under way first, then the latest."""
    return (
        Dialogue.objects.exclude(state=DialogueState.DRAFT).select_related("measure").order_by("-state", "-changed_at")
    )


def sides_of(dialogue: Dialogue) -> list[tuple[str, list[Participant]]]:
    """(label of the side, who takes part on it), both sides even when empty; one query."""
    rows = list(dialogue.participants.order_by("name", "pk"))
    return [(side.label, [one for one in rows if one.side == side]) for side in Side]
