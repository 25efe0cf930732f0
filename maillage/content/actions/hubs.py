"""What an editor writes at the head of a theme's page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.content import phrases
from maillage.content.actions.refusal import ContentRefused
from maillage.content.models import Hub
from maillage.directory.enums import TermKind
from maillage.directory.models import Term
from maillage.kernel.actions import journal
from maillage.strategy.models import Measure

LONGEST = 1_500


def write_hub(
    *, term: Term, introduction: str, measures: Iterable[Measure], by: User | None, at: datetime,
    is_example: bool = False,
) -> Hub:  # fmt: skip
    """Write or replace the introduction and the measures of a theme. Raises ContentRefused: no theme, too long."""
    if term.kind != TermKind.THEME:
        raise ContentRefused(phrases.NOT_A_THEME)
    said, chosen = introduction.strip(), list(measures)
    if len(said) > LONGEST:
        raise ContentRefused(phrases.TOO_LONG.format(most=LONGEST), "introduction")
    with transaction.atomic():
        hub, is_new = Hub.objects.select_for_update(of=("self",)).get_or_create(
            term=term, defaults={"introduction": said, "changed_at": at, "is_example": is_example}
        )
        before = None if is_new else hub.introduction[:120]
        hub.introduction, hub.changed_at, hub.is_example = said, at, is_example
        hub.save()
        hub.measures.set(chosen)
        changes = {"introduction": [before, said[:120]], "measures": [None, [one.code for one in chosen]]}
        journal(verb="write_hub", target=hub, changes=changes, by=by, at=at)
    return hub
