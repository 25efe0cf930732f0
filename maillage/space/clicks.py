"""What one click on the room's letters does. The page says it first, the button does it."""

from __future__ import annotations

from maillage.kernel.letters import Occasion, Page, Purpose
from maillage.space import actions
from maillage.space.notices import has_manager, organisation_of


def _describe_claim(told: Occasion) -> Page | None:
    organisation = organisation_of(told)
    if organisation is None or has_manager(organisation):
        return None
    return Page(
        title=f"Tenir la fiche « {organisation.name} »",
        sentences=(
            f"L’adresse {told.address} deviendra celle de la personne responsable de cette fiche.",
            "Elle servira aussi à vous connecter, par un code envoyé à chaque fois : il n’y a pas de mot de passe.",
        ),
        button="Tenir cette fiche",
    )


def _take(told: Occasion) -> Page:
    organisation = organisation_of(told)
    if organisation is None:
        return Page("Cette fiche n’existe plus")
    try:
        actions.grant_by_letter(organisation=organisation, email=told.address, at=told.at)
    except actions.MemberRefused as refusal:
        return Page("Rien n’a changé", (refusal.phrase,), links=(("Voir la fiche", organisation.get_absolute_url()),))
    return Page(
        "C’est fait : la fiche est à vous",
        ("Connectez-vous avec cette adresse pour la corriger.",),
        links=(("Aller à mon espace", "/moi/"), ("Voir la fiche", organisation.get_absolute_url())),
    )


def _other_ways(told: Occasion) -> tuple[tuple[str, str], ...]:
    organisation = organisation_of(told)
    return (
        (("Voir la fiche", organisation.get_absolute_url()),) if organisation else (("Voir l’annuaire", "/annuaire/"),)
    )


def _describe_join(told: Occasion) -> Page | None:
    organisation = organisation_of(told)
    if organisation is None:
        return None
    return Page(
        title=f"Contribuer à la fiche « {organisation.name} »",
        sentences=(f"L’adresse {told.address} servira à vous connecter, par un code envoyé à chaque fois.",),
        button="Accepter l’invitation",
    )


def _join(told: Occasion) -> Page:
    organisation = organisation_of(told)
    if organisation is None:
        return Page("Cette fiche n’existe plus")
    try:
        actions.join(organisation=organisation, email=told.address, at=told.at)
    except actions.MemberRefused as refusal:
        return Page("Rien n’a changé", (refusal.phrase,))
    return Page("Bienvenue", ("Connectez-vous avec cette adresse.",), links=(("Aller à mon espace", "/moi/"),))


PURPOSES = (
    Purpose("space.claim", days=15, describe=_describe_claim, act=_take, in_place_of=_other_ways),
    Purpose("space.join", days=30, describe=_describe_join, act=_join, in_place_of=_other_ways),
)
