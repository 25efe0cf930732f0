"""The feed: every act that a room declared, told in French, the latest first.

The journal grows by hundreds of thousands of rows, most of them by imports: pages are asked by the last line of the one
before, never by a rank, and acts of imports are left out (`journal_feed`, a partial index, serves both).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.models import Establishment, Organisation
from maillage.kernel.actions.journaling import AUTOMATIC
from maillage.kernel.models import JournalEntry
from maillage.kernel.registry import feed_lines

PAGE_SIZE = 50
ORGANISATION, PERSON = Organisation._meta.label_lower, User._meta.label_lower


@dataclass(frozen=True)
class Told:
    """One line. sentence: French; path: the screen of what it speaks of, "" without one."""

    pk: int
    at: datetime
    theme: str
    sentence: str
    path: str


@dataclass(frozen=True)
class Feed:
    """One page of lines; older: the key to give as `before` for the next page, None at the end."""

    lines: list[Told]
    older: int | None


def feed(filters: Mapping[str, Any], *, before: int | None, size: int = PAGE_SIZE) -> Feed:
    """The acts that match, the latest first; two queries at most. before: the key of the last line already read.

    filters: theme, organisation (key), agent (key), epci (SIREN), after and until (Paris dates, both included);
    absent or empty ones do not filter.
    """
    acts = _filtered(_declared(filters.get("theme")), filters)
    last = None if before is None else JournalEntry.objects.filter(pk=before).first()
    if last is not None:
        acts = acts.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    found = list(acts.order_by("-at", "-pk")[: size + 1])
    lines = [told(act) for act in found[:size]]
    return Feed(lines, found[size - 1].pk if len(found) > size else None)


def latest() -> int:
    """The key of the last act, 0 before the first."""
    return JournalEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _declared(theme: str | None) -> QuerySet[JournalEntry]:
    by_type: dict[str, list[str]] = {}
    for (object_type, verb), line in feed_lines().items():
        if not theme or line.theme == theme:
            by_type.setdefault(object_type, []).append(verb)
    wanted = Q(pk__in=[])
    for object_type, verbs in by_type.items():
        wanted |= Q(object_type=object_type, verb__in=verbs)
    return JournalEntry.objects.filter(wanted, batch="")


def _filtered(acts: QuerySet[JournalEntry], filters: Mapping[str, Any]) -> QuerySet[JournalEntry]:
    if filters.get("organisation"):
        acts = acts.filter(object_type=ORGANISATION, object_id=filters["organisation"])
    if filters.get("agent"):
        acts = acts.filter(actor_id=filters["agent"])
    if filters.get("epci"):
        here = Establishment.objects.filter(
            organisation=OuterRef("object_id"), is_main=True, commune__epci=filters["epci"]
        )
        acts = acts.filter(Exists(here), object_type=ORGANISATION)
    if filters.get("after"):
        acts = acts.filter(at__gte=_midnight(filters["after"]))
    if filters.get("until"):
        acts = acts.filter(at__lt=_midnight(filters["until"] + timedelta(days=1)))
    return acts


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def told(act: JournalEntry) -> Told:
    """One act as people say it; an act that no room declared says its verb."""
    line = feed_lines().get((act.object_type, act.verb))
    who = act.actor_label
    is_alone = act.actor_id is None and who == AUTOMATIC
    words = "{who} : " + act.verb if line is None else (line.alone or line.by) if is_alone else line.by
    sentence = words.format(who=who or "Quelqu’un", what=act.object_label or "une fiche effacée")
    return Told(act.pk, act.at, "" if line is None else line.theme, sentence, _path(act))


def _path(act: JournalEntry) -> str:
    if act.object_type == ORGANISATION:
        return reverse("directory_office:sheet", args=[act.object_id])
    return reverse("logbook_office:person", args=[act.object_id]) if act.object_type == PERSON else ""
