"""The letters of the room. What a click on them does is in `clicks`."""

from __future__ import annotations

from datetime import timedelta

from maillage.directory.models import Organisation
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace
from maillage.space.enums import ClaimState, Part
from maillage.space.models import Claim, Membership


def organisation_of(told: Occasion) -> Organisation | None:
    """What the letter speaks of, unless it is gone or merged."""
    return Organisation.objects.filter(pk=told.object_id or 0, merged_into=None).first()


def has_manager(organisation: Organisation) -> bool:
    """Does somebody hold the sheet already?"""
    return Membership.objects.filter(organisation=organisation, part=Part.MANAGER).exists()


# A claim, to the organisation's own address.


def _claim_letter(name: str) -> Content:
    return Content(
        title=f"Prendre en main la fiche « {name} »",
        sentences=(
            "Quelqu’un, vous peut-être, demande à tenir la fiche de cette structure dans l’annuaire du territoire.",
            "Nous écrivons à l’adresse que nous lui connaissons. C’est bien vous ? Un bouton suffit.",
            "Vous pourrez ensuite corriger la fiche, l’illustrer, et inviter d’autres personnes.",
            "Ce n’est pas vous ? Laissez cette lettre : rien ne changera.",
        ),
        buttons=(Button("Tenir cette fiche", purpose="space.claim"),),
    )


def _write_claim(told: Occasion) -> Content | None:
    organisation = organisation_of(told)
    return None if organisation is None or has_manager(organisation) else _claim_letter(organisation.name)


# The agent's answer to a claim.


def _decided_letter(name: str, is_granted: bool, reason: str) -> Content:
    if is_granted:
        return Content(
            title=f"La fiche « {name} » est à vous",
            sentences=(
                "Votre demande est acceptée. Connectez-vous avec cette adresse : un code vous sera envoyé.",
                *((reason,) if reason else ()),
            ),
            buttons=(Button("Aller à mon espace", path="/moi/"),),
        )
    return Content(
        title=f"Votre demande pour « {name} »",
        sentences=("Nous ne pouvons pas l’accepter pour l’instant.", f"Pourquoi : {reason}"),
        buttons=(Button("Nous joindre", path="/contact/"),),
    )


def _write_decided(told: Occasion) -> Content | None:
    claim = Claim.objects.select_related("organisation").filter(pk=told.object_id or 0).first()
    if claim is None or claim.state not in {ClaimState.GRANTED, ClaimState.REFUSED}:
        return None
    return _decided_letter(claim.organisation.name, claim.state == ClaimState.GRANTED, claim.reason)


# An invitation to contribute.


def _invitation(name: str, by: str) -> Content:
    return Content(
        title=f"{by} vous invite à tenir la fiche « {name} »",
        sentences=(
            f"{by} s’occupe de cette fiche dans l’annuaire du territoire, et voudrait que vous l’aidiez.",
            "Un bouton suffit. Vous pourrez corriger la fiche, et quitter quand vous voudrez.",
        ),
        buttons=(Button("Accepter", purpose="space.join"),),
    )


def _write_invitation(told: Occasion) -> Content | None:
    organisation = organisation_of(told)
    return None if organisation is None else _invitation(organisation.name, str(told.facts["by"]))


LETTERS = (
    LetterKind("space.claim", "Demande à l’adresse de la structure", _write_claim,
               lambda: _claim_letter("Le Fil vert (exemple)"), pace=Pace.ALONE, valid_for=timedelta(days=2)),
    LetterKind("space.claim_decided", "Réponse à une demande de reprise", _write_decided,
               lambda: _decided_letter("Le Fil vert (exemple)", True, ""), pace=Pace.ALONE),
    LetterKind("space.invitation", "Invitation à tenir une fiche", _write_invitation,
               lambda: _invitation("Le Fil vert (exemple)", "Alice"), pace=Pace.ALONE),
)  # fmt: skip
