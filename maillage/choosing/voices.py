"""Whose voices they are: the people to write to, the voices of a person, the roll."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from maillage.accounts.models import User
from maillage.choosing.enums import VoiceKind
from maillage.choosing.models import Consultation, Elector
from maillage.outbox.addresses import digest, normalise
from maillage.outbox.enums import State as LetterState
from maillage.outbox.models import Letter, Mailbox
from maillage.space.models import Membership

INVITING = ("choosing.open", "choosing.reminder", "choosing.ballot")


def people_of(consultation: Consultation) -> QuerySet[User]:
    """Open accounts that may cast for a voice of the list today, each once."""
    voices = Elector.objects.filter(consultation=consultation)
    held = Membership.objects.filter(organisation__in=voices.exclude(organisation=None).values("organisation"))
    mine = Q(pk__in=held.values("user")) | Q(pk__in=voices.exclude(user=None).values("user"))
    return User.objects.filter(mine, is_active=True).order_by("pk")


def mailboxes_of(consultation: Consultation) -> list[Mailbox]:
    """Mailboxes of the voices that an address alone holds: members by letter, inhabitants who voted.

    No address is kept here: they are found by the letters that brought them their ballot. Whoever only asked for one
    has no voice yet, and the address that was typed may be somebody else's.
    """
    keys = set(Elector.objects.filter(consultation=consultation, kind=VoiceKind.ADDRESS).values_list("key", flat=True))
    written = Mailbox.objects.filter(pk__in=_letters(consultation).values("mailbox")).order_by("pk")
    return [one for one in written if address_key(one.address) in keys] if keys else []


def told_of(consultation: Consultation) -> list[Mailbox | User]:
    """Who knows of the vote: whoever voted, or had a letter that invited them; each mailbox once."""
    voted = Elector.objects.filter(consultation=consultation, has_voted=True)
    by_account = set(voted.exclude(user=None).values_list("user", flat=True))
    held = Membership.objects.filter(organisation__in=voted.exclude(organisation=None).values("organisation"))
    by_account |= set(held.values_list("user", flat=True))
    left = _letters(consultation).filter(state__in=(LetterState.SENT, LetterState.SENDING, LetterState.UNCERTAIN))
    invited = dict(left.values_list("mailbox__user", "mailbox"))
    people = [one for one in people_of(consultation) if one.pk in by_account or one.pk in invited]
    known, reached = {one.pk for one in people}, set(left.values_list("mailbox", flat=True))
    return [*people, *(one for one in mailboxes_of(consultation) if one.pk in reached and one.user_id not in known)]


def _letters(consultation: Consultation) -> QuerySet[Letter]:
    return Letter.objects.filter(
        kind__in=INVITING, object_type=consultation._meta.label_lower, object_id=consultation.pk
    )


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
