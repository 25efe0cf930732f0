"""Find an organisation or a person by name, telephone or address, whatever the spaces and the accents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Replace

from maillage.accounts.models import Mandate, User
from maillage.directory.models import Organisation
from maillage.kernel.text import fold
from maillage.space.models import Claim, Membership

MOST = 20


@dataclass(frozen=True)
class Found:
    """Both groups, at most MOST each; is_cut: there are more."""

    organisations: list[Organisation]
    people: list[User]
    is_cut: bool


def find(words: str) -> Found:
    """Organisations and people for these words; nothing for less than two letters or figures. Five queries at most."""
    words = words.strip()[:100]
    if len(words) < 2:
        return Found([], [], is_cut=False)
    digits = phone_digits(words)
    organisations = list(_organisations(words, digits)[: MOST + 1])
    people = list(_people(words, digits)[: MOST + 1])
    return Found(organisations[:MOST], people[:MOST], max(len(organisations), len(people)) > MOST)


def phone_digits(words: str) -> str:
    """« +33 3 22 84 00 00 » → "0322840000"; "" for what is no number."""
    if not re.fullmatch(r"\+?[\d .()/-]{4,20}", words):
        return ""
    digits = re.sub(r"\D", "", words)
    if words.lstrip().startswith("+33"):
        digits = "0" + digits.removeprefix("33").lstrip("0")
    elif digits.startswith("0033"):
        digits = "0" + digits.removeprefix("0033").lstrip("0")
    return digits


def _bare(field: str) -> Replace:
    """The telephone of a row without what parts its figures."""
    bare: Replace | F = F(field)
    for mark in (" ", ".", "-", "\u00a0"):
        bare = Replace(bare, Value(mark), Value(""))
    assert isinstance(bare, Replace)
    return bare


def _organisations(words: str, digits: str) -> QuerySet[Organisation]:
    found = Organisation.objects.not_merged()
    if digits:
        wanted = Q(bare_phone__startswith=digits) | Q(profile_phone__startswith=digits)
        if len(digits) in (9, 14):
            wanted |= Q(siren=digits[:9])
        found = found.annotate(bare_phone=_bare("phone"), profile_phone=_bare("profile__representative_phone"))
    elif "@" in words:
        claimed = Claim.objects.filter(email__istartswith=words).values("organisation")
        wanted = Q(email__istartswith=words) | Q(profile__representative_email__istartswith=words) | Q(pk__in=claimed)
    else:
        wanted = Q(pk__isnull=False)
        for word in fold(words).split():
            wanted &= Q(name_key__contains=word)
        wanted |= Q(acronym__istartswith=words) | Q(profile__representative_name__icontains=words)
    return found.filter(wanted).with_places().order_by("name_key", "pk").distinct()


def _people(words: str, digits: str) -> QuerySet[User]:
    if digits:
        named = Mandate.objects.annotate(bare=_bare("phone")).filter(bare__startswith=digits)
        wanted = Q(pk__in=named.values("user"))
    else:
        wanted = Q()
        for word in words.split():
            wanted &= Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
    memberships = Prefetch("memberships", Membership.objects.select_related("organisation"))
    found = User.objects.filter(wanted).prefetch_related("mandates", memberships)
    return found.order_by("-is_active", "last_name", "first_name", "email")
