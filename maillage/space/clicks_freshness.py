"""What one click on « Votre fiche est-elle toujours juste ? » does."""

from __future__ import annotations

from maillage.directory.actions import SheetRefused
from maillage.directory.models import Organisation
from maillage.kernel.letters import Occasion, Page, Purpose
from maillage.space.actions.freshness import confirm_sheet, letter_source, say_closed
from maillage.space.notices import organisation_of
from maillage.space.notices_freshness import may_still_answer, shown_facts

NEXT = (("Voir l’annuaire", "/annuaire/"),)


def digest(told: Occasion) -> str:
    """What the letter showed, and whether somebody answered since."""
    one = organisation_of(told)
    if one is None:
        return ""
    return f"{shown_facts(one)} {one.verified_at} {one.closed_date} {one.status}"


def other_ways(told: Occasion) -> tuple[tuple[str, str], ...]:
    """The sheet of today, and how to correct it without an account."""
    one = organisation_of(told)
    if one is None or not one.is_public:
        return NEXT
    page = one.get_absolute_url()
    return (("Voir la fiche aujourd’hui", page), ("Proposer une correction", f"{page}corriger/"))


def _sentences(one: Organisation) -> tuple[str, ...]:
    return tuple(f"{label}\u00a0: {value}" for label, value in shown_facts(one))


def _describe_valid(told: Occasion) -> Page | None:
    one = organisation_of(told)
    if one is None or not may_still_answer(one):
        return None
    return Page(
        f"« {one.name} »\u00a0: tout est juste\u202f?", _sentences(one), button="Oui, c’est toujours valable",
        links=(("Non, quelque chose a changé", f"{one.get_absolute_url()}corriger/"),),
    )  # fmt: skip


def _confirm(told: Occasion) -> Page:
    one = organisation_of(told)
    if one is None:
        return Page("Cette fiche n’existe plus", links=NEXT)
    confirm_sheet(organisation=one, source=letter_source(told.at), by=None, at=told.at)
    return Page(
        "Merci, c’est noté",
        (f"La fiche « {one.name} » dit aujourd’hui qu’elle est vérifiée. Vous n’avez rien d’autre à faire.",),
        links=(("Voir la fiche", one.get_absolute_url()),),
    )


def _describe_closed(told: Occasion) -> Page | None:
    one = organisation_of(told)
    if one is None or not may_still_answer(one):
        return None
    return Page(
        f"« {one.name} » a fermé\u202f?",
        (
            (
                "Nous le noterons à la date d’aujourd’hui. Une personne du territoire le vérifie, puis retire la fiche "
                "de l’annuaire. Rien n’est effacé\u00a0: une erreur se corrige."
            ),
        ),
        button="Oui, la structure a fermé",
        links=(("Non, revenir à la fiche", one.get_absolute_url()),),
    )


def _close(told: Occasion) -> Page:
    one = organisation_of(told)
    if one is None:
        return Page("Cette fiche n’existe plus", links=NEXT)
    try:
        say_closed(organisation=one, source=letter_source(told.at), by=None, at=told.at)
    except SheetRefused as refusal:
        return Page("Rien n’a changé", (refusal.phrase,), links=other_ways(told))
    return Page("C’est noté", ("Une personne du territoire va le vérifier. Merci de nous l’avoir dit.",), links=NEXT)


FRESHNESS_PURPOSES = (
    Purpose("space.valid", days=60, describe=_describe_valid, act=_confirm, digest=digest, in_place_of=other_ways),
    Purpose("space.closed", days=60, describe=_describe_closed, act=_close, digest=digest, in_place_of=other_ways),
    Purpose("space.correct", days=60, digest=digest, in_place_of=other_ways, page="space:correct_by_letter"),
)
