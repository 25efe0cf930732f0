"""What everybody reads: needs and themes, filtered; and the themes that calls offer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max, Q
from django.utils import timezone

from maillage.directory.enums import TermKind
from maillage.directory.models import Term
from maillage.needs.enums import ThemeState
from maillage.needs.models import Need, Theme, Voice
from maillage.needs.querysets import NeedQuerySet

ALONE = "seul"


@dataclass(frozen=True)
class Asked:
    """A list of needs as its address asks for it; "" asks for all.

    theme: slug; cc: SIREN; state: of a theme, or ALONE; topic: code of a term of the directory.
    """

    theme: str = ""
    cc: str = ""
    state: str = ""
    topic: str = ""

    @property
    def active(self) -> int:
        return sum(bool(one) for one in (self.theme, self.cc, self.state, self.topic))

    @property
    def address(self) -> str:
        """The same question as the end of an address, without its « ? »."""
        asked = {"theme": self.theme, "cc": self.cc, "etat": self.state, "sujet": self.topic}
        return urlencode({name: value for name, value in asked.items() if value})


def found(asked: Asked) -> Any:
    """Published needs, the latest first, each with its place, theme and `people`. One query."""
    return _filtered(asked).with_places().with_people().order_by("-said_at", "-pk")


def _filtered(asked: Asked) -> NeedQuerySet:
    rows = Need.objects.published()
    if asked.theme:
        rows = rows.filter(theme__slug=asked.theme)
    if asked.cc:
        # A need that is everywhere is also here.
        rows = rows.filter(Q(commune__epci=asked.cc) | Q(commune__isnull=True))
    if asked.topic:
        rows = rows.about(asked.topic)
    if asked.state == ALONE:
        rows = rows.filter(theme__isnull=True)
    elif asked.state:
        rows = rows.filter(theme__state=asked.state)
    return rows


def topics() -> list[Term]:
    """Subjects of the directory, in their order. One query."""
    return list(Term.objects.filter(kind=TermKind.THEME).order_by("position", "code"))


def themes() -> list[Any]:
    """Every theme with its counts, those that moved last first. One query."""
    rows = Theme.objects.with_counts().select_related("measure").annotate(moved_at=Max("turns__at"))
    return list(rows.order_by("-moved_at", "pk"))


def chosen_themes(on: date) -> list[Theme]:
    """Themes chosen by that day (Paris) that a call may offer, by title: what the forms of calls list. One query."""
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
    settled = Theme.objects.offered().filter(
        turns__state=ThemeState.CHOSEN, turns__at__lt=end, turns__taken_back_at=None
    )
    return list(settled.select_related("measure").distinct().order_by("title", "pk"))


def find_need(reference: str) -> Need | None:
    """Any need by its reference, with `people`, read or not: the page decides what it shows."""
    found: Need | None = Need.objects.with_places().with_people().filter(reference=reference).first()
    return found


def find_theme(slug: str) -> Any:
    return Theme.objects.with_counts().select_related("measure").filter(slug=slug).first()


def people_behind(theme: Theme) -> int:
    """How many said or joined a need of this theme; somebody who said two is counted twice."""
    counted = Q(is_author=True) | Q(confirmed_at__isnull=False)
    return Voice.objects.filter(counted, need__theme=theme).count()


def exported(asked: Asked, site: str) -> Iterator[dict[str, Any]]:
    """The same needs as rows of a file; nothing of who said them."""
    for need in found(asked).iterator(chunk_size=500):
        commune = need.commune
        yield {
            "reference": need.reference, "besoin": need.public_words, "pour_qui": need.get_audience_display(),
            "commune": commune.name if commune else "", "code_commune": commune.code if commune else "",
            "communaute_de_communes": commune.epci.name if commune and commune.epci else "",
            "theme": need.theme.title if need.theme else "",
            "etat": need.theme.get_state_display() if need.theme else "Pas encore regroupé",
            "personnes": need.people, "dit_le": timezone.localdate(need.said_at).isoformat(),
            "donnee_exemple": need.is_example, "page": f"{site}{need.get_absolute_url()}",
        }  # fmt: skip
