"""Which organisations fit a theme, each with the reason; what became of workshops that were set up.

Words: an organisation *fits* by what it works on (a topic of the needs), by what it says it does (words that the needs
share), and by how near it is. Simple on purpose: a person reads the reasons, and chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from maillage.directory.models import Establishment, Organisation, Term
from maillage.governance import phrases
from maillage.governance.models import AgendaItem, Invitation, Meeting
from maillage.needs.likeness import roots_of
from maillage.needs.models import Need, Theme
from maillage.search.engine.analysis import stem, words
from maillage.territories.geometry import distance_km
from maillage.territories.models import Commune
from maillage.territories.queries import communes_within
from ui import french

RADIUS_KM = 30
WORD = re.compile(r"[^\W\d_]{3,}")
MOST_READ, MOST_NEEDS, MOST_WORDS = 1_000, 200, 3
_TOPIC, _WORD, _KM = 4.0, 1.0, 0.05


@dataclass(frozen=True)
class Fit:
    """An organisation that fits. reason: French, as its letter says it; weight: higher is better."""

    organisation: Organisation
    reason: str
    weight: float


def fitting(theme: Theme, *, most: int = 12) -> list[Fit]:
    """Those that fit best, by weight then by name; never an example for real needs. At most seven queries."""
    said = list(theme.needs.select_related("commune", "topic").order_by("-said_at", "pk")[:MOST_NEEDS])
    topics = {one.topic for one in said if one.topic is not None}
    places = {one.commune for one in said if one.commune is not None}
    wanted = frozenset(roots_of(" ".join([theme.title, theme.summary, *(one.public_words for one in said)])).split())
    found = [_fit(one, topics, places, wanted) for one in _candidates(theme, topics, places)]
    ranked = sorted((one for one in found if one is not None), key=lambda one: (-one.weight, one.organisation.name_key))
    return ranked[:most]


def _candidates(theme: Theme, topics: Iterable[Term], places: Iterable[Commune]) -> list[Organisation]:
    rows = Organisation.objects.published().not_merged().with_places().with_words().by_name().filter(closed_date=None)
    if not theme.is_example:
        rows = rows.filter(is_example=False)
    near = {
        one.commune.pk
        for place in places
        if place.latitude is not None and place.longitude is not None
        for one in communes_within(place.latitude, place.longitude, radius_km=RADIUS_KM)
    }
    if near:
        by_place = Q(establishments__commune__in=near, establishments__is_main=True)
        rows = rows.filter(by_place | Q(terms__in=list(topics))).distinct()
    return list(rows[:MOST_READ])


def open_organisations() -> QuerySet[Organisation]:
    """Published sheets of organisations that still act."""
    return Organisation.objects.published().not_merged().filter(closed_date=None)


def named(text: str, *, most: int = 12) -> list[Organisation]:
    """Published organisations whose name holds these words, by name; none for less than three letters. Two queries."""
    said = " ".join(text.split())
    if len(said) < 3:
        return []
    found = open_organisations().filter(Q(name__icontains=said) | Q(acronym__icontains=said))
    return list(found.order_by("name_key", "pk")[:most])


def _fit(
    one: Organisation, topics: Iterable[Term], places: Iterable[Commune], wanted: frozenset[str]
) -> Fit | None:  # fmt: skip
    held = {term.pk for term in one.terms.all()}
    shared_topics = sorted(topic.label for topic in topics if topic.pk in held)
    shared_words = _shared(f"{one.services} {one.activities} {one.description}", wanted)
    if not shared_topics and not shared_words:
        return None
    said = (("agit sur", shared_topics), ("parle de", shared_words))
    told = [f"{verb} {_quoted(given)}" for verb, given in said if given]
    weight = _TOPIC * len(shared_topics) + _WORD * len(shared_words)
    away = _nearest(one, places)
    if away is not None:
        km, place = away
        told.append(f"{french.distance(km)} {phrases.of_place(place.name)}" if km >= 0.05 else f"à {place.name}")
        weight -= _KM * km
    reason = ", ".join(told)
    return Fit(one, f"{reason[:1].upper()}{reason[1:]}.", weight)


def _shared(text: str, wanted: frozenset[str]) -> list[str]:
    """The first words of the text that speak of what is wanted, as they are written there, each root once."""
    found: dict[str, str] = {}
    for written in WORD.findall(text):
        for word in words(written):
            for root in {stem(word), *roots_of(word).split()} & wanted:
                found.setdefault(root, written.lower())
    return list(dict.fromkeys(found.values()))[:MOST_WORDS]


def _quoted(given: list[str]) -> str:
    """« concerts », « orchestre »."""
    return ", ".join(f"«\u00a0{one}\u00a0»" for one in given)


def _nearest(one: Organisation, places: Iterable[Commune]) -> tuple[float, Commune] | None:
    home = next((place for place in one.establishments.all() if place.is_main), None)
    latitude, longitude = _point(home)
    if latitude is None or longitude is None:
        return None
    away = [
        (distance_km(latitude, longitude, place.latitude, place.longitude), place)
        for place in places
        if place.latitude is not None and place.longitude is not None
    ]
    return min(away, key=lambda pair: (pair[0], pair[1].pk)) if away else None


def _point(home: Establishment | None) -> tuple[float | None, float | None]:
    """Its own point, else the centre of its commune; no figure when neither is known."""
    if home is not None and home.latitude is not None:
        return home.latitude, home.longitude
    commune = home.commune if home is not None else None
    return (None, None) if commune is None else (commune.latitude, commune.longitude)


def invitations_of(meeting: Meeting) -> list[Invitation]:
    """Who was asked to a workshop, by name; one query."""
    found = meeting.invitations.select_related("organisation", "meeting")
    return list(found.order_by("organisation__name_key", "pk"))


def workshops_of(theme: Theme) -> list[Meeting]:
    """The meetings that were set up on this theme, the latest first, at most ten; one query."""
    items = AgendaItem.objects.filter(theme=theme).values("meeting")
    return list(Meeting.objects.filter(pk__in=items).select_related("body").order_by("-starts_at", "-pk")[:10])


def theme_aside(theme: Theme) -> dict[str, object]:
    """What stands beside a theme in the back office."""
    return {"theme": theme, "need": None, "workshops": workshops_of(theme)}


def need_aside(need: Need) -> dict[str, object]:
    """What stands beside a need: the workshops of its theme."""
    return {"theme": need.theme, "need": need, "workshops": workshops_of(need.theme) if need.theme else []}
