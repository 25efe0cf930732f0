"""Whose voices they are: the people to write to, the voices of a person, the roll."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from maillage.accounts.models import User
from maillage.choosing.enums import VoiceKind
from maillage.choosing.models import Consultation, Elector
from maillage.outbox.addresses import digest, normalise
from maillage.space.models import Membership


def people_of(consultation: Consultation) -> QuerySet[User]:
    """Open accounts that may cast for a voice of the list today, each once."""
    voices = Elector.objects.filter(consultation=consultation)
    held = Membership.objects.filter(organisation__in=voices.exclude(organisation=None).values("organisation"))
    mine = Q(pk__in=held.values("user")) | Q(pk__in=voices.exclude(user=None).values("user"))
    return User.objects.filter(mine, is_active=True).order_by("pk")


def voices_of(consultation: Consultation, user: User) -> QuerySet[Elector]:
    """The voices for which this person may cast, those of organisations by name first."""
    held = Membership.objects.filter(user=user).values("organisation")
    mine = Q(kind=VoiceKind.ORGANISATION, organisation__in=held) | Q(kind=VoiceKind.MANDATE, user=user)
    found = Elector.objects.filter(mine, consultation=consultation).select_related("college", "consultation", "ballot")
    return found.order_by("-kind", "label", "pk")


def address_key(normal: str) -> str:
    """The key of the voice of a normalised address: the address itself is not kept."""
    return f"address:{digest(normal)}"


def voices_at(consultation: Consultation, address: str) -> QuerySet[Elector]:
    """The voice of a confirmed address: of a member without an account, or of an inhabitant who voted; one at most."""
    found = Elector.objects.filter(consultation=consultation, key=address_key(normalise(address)))
    return found.select_related("college", "consultation", "ballot")


def roll(consultation: Consultation, *, words: str = "") -> QuerySet[Elector]:
    """The voices of the lists, by college then by name; words: in the name."""
    found = Elector.objects.filter(consultation=consultation, college__is_open=False)
    if words:
        found = found.filter(label__icontains=words)
    return found.select_related("college", "organisation", "user").order_by("college__label", "label", "pk")
