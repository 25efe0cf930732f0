"""« Votre fiche est-elle toujours juste ? »: the letter, and when its reminders are over."""

from __future__ import annotations

from datetime import datetime

from maillage.directory.confirmation import known_since
from maillage.directory.models import Establishment, Organisation
from maillage.kernel.letters import Button, Content, Ladder, LetterKind, Occasion, Step, Subject
from maillage.kernel.models import JournalEntry
from maillage.space.models import Membership
from maillage.space.notices import organisation_of
from ui import french

SHEETS = Subject("space.sheets", "La fiche de votre structure")
KIND, LADDER = "space.freshness", "space.freshness"
CALL = "Appeler la structure : sa fiche attend d’être confirmée"


def shown_facts(organisation: Organisation) -> tuple[tuple[str, str], ...]:
    """What the letter and its links show of a sheet: (label, value), without what is empty. One query."""
    place = Establishment.objects.filter(organisation=organisation, is_main=True).select_related("commune").first()
    town = "" if place is None else place.commune.name if place.commune is not None else place.place_label
    words = () if place is None else (place.address, f"{place.postal_code} {town}".strip())
    address = ", ".join(word for word in words if word)
    told = (
        ("Structure", organisation.name),
        ("Adresse", address),
        ("Téléphone", organisation.phone),
        ("Site", organisation.website),
        ("Activités", french_cut(organisation.activities)),
    )
    return tuple((label, value) for label, value in told if value)


def french_cut(text: str, most: int = 160) -> str:
    """The beginning of a text on one line, cut between two words."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def may_still_answer(organisation: Organisation | None) -> bool:
    """Is there a published, open sheet to ask about?"""
    return organisation is not None and organisation.is_public and organisation.closed_date is None


def _letter(facts: tuple[tuple[str, str], ...], known: str, change: Button) -> Content:
    return Content(
        title="Votre fiche est-elle toujours juste\u202f?",
        sentences=(
            (f"L’équipe du territoire tient l’annuaire où l’on vous trouve. Voici ce que votre fiche dit. {known}"),
            (
                "Un bouton suffit, sans mot de passe. Si vous ne répondez pas, nous vous écrirons deux fois encore, "
                "puis une personne vous appellera."
            ),
        ),
        facts=facts,
        buttons=(
            Button("Toujours valable", purpose="space.valid"),
            change,
            Button("La structure a fermé", purpose="space.closed"),
        ),
    )


def _write(told: Occasion) -> Content | None:
    organisation = organisation_of(told)
    if organisation is None or not may_still_answer(organisation) or has_answered(told):
        return None
    is_member = Membership.objects.filter(organisation=organisation, user=told.user_id).exists()
    change = (
        Button("Modifier", path=f"/moi/structures/{organisation.pk}/")
        if is_member
        else Button("Modifier", purpose="space.correct")
    )
    known = "Personne ne l’a encore confirmée."
    if organisation.verified_at is not None:
        known = f"Elle a été confirmée le {french.day(known_since(organisation))}."
    return _letter(shown_facts(organisation), known, change)


def _sample() -> Content:
    facts = (
        ("Structure", "Le Fil vert (exemple)"),
        ("Adresse", "12 quai du Port, 80200 Péronne"),
        ("Téléphone", "03 00 00 00 00"),
    )
    return _letter(facts, "Elle a été confirmée le 24 novembre 2025.", Button("Modifier", purpose="space.correct"))


def has_answered(told: Occasion) -> bool:
    """Did a person move anything on the sheet since it was asked about? Imports answer nothing."""
    asked_at = told.facts.get("asked_at")
    organisation = organisation_of(told)
    if organisation is None or not may_still_answer(organisation):
        return True
    if not asked_at:
        return False
    acts = JournalEntry.objects.filter(
        object_type=Organisation._meta.label_lower, object_id=organisation.pk, at__gt=datetime.fromisoformat(asked_at)
    )
    return acts.exclude(batch__startswith="import:").exists()


FRESHNESS_LETTERS = (LetterKind(KIND, "Fiche à confirmer", _write, _sample, subject=SHEETS, awaits_answer=True),)
FRESHNESS_LADDERS = (
    Ladder(
        LADDER,
        "Fiche à confirmer",
        is_over=has_answered,
        steps=(Step(9, kind=KIND), Step(21, kind=KIND), Step(45, todo=CALL)),
    ),
)
