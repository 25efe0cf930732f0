"""The closed lists of the room, in the words of people."""

from __future__ import annotations

from django.db import models

from maillage.calls.enums import StateAid


class Outcome(models.TextChoices):
    """What the deciding body says of an application."""

    GRANTED = "granted", "Accordée"
    REFUSED = "refused", "Refusée"
    DROPPED = "dropped", "Sans suite"


class Ground(models.TextChoices):
    """Why money is refused, so that equal cases are compared."""

    CRITERION = "criterion", "Un critère de l’appel n’est pas assez rempli"
    ENVELOPE = "envelope", "L’enveloppe est épuisée"
    SUBJECT = "subject", "Le projet n’entre pas dans l’objet de l’appel"
    COSTS = "costs", "Les dépenses ne peuvent pas être aidées"
    CEILING = "ceiling", "Le plafond des aides de minimis serait dépassé"
    OTHER = "other", "Une autre raison"


class AgreementKind(models.TextChoices):
    """Under the threshold a letter is enough; over it the law asks for an agreement."""

    NOTICE = "notice", "Notification"
    CONVENTION = "convention", "Convention"


class InstalmentKind(models.TextChoices):
    """What a payment is for. A clawback comes back: its amount is what the holder returns."""

    ADVANCE = "advance", "Avance"
    INSTALMENT = "instalment", "Acompte"
    FINAL = "final", "Solde"
    CLAWBACK = "clawback", "Reversement"


class CancelGround(models.TextChoices):
    """Why a grant ends after its signature."""

    RENOUNCED = "renounced", "La structure renonce à l’aide"
    NOT_DONE = "not_done", "Le projet ne se fait pas"
    MISUSED = "misused", "L’argent a servi à autre chose"
    NO_REPORT = "no_report", "Le bilan n’est pas remis malgré les rappels"
    OTHER = "other", "Une autre raison"


class ReduceGround(models.TextChoices):
    """Why a grant becomes smaller after its signature."""

    COSTS = "costs", "Le projet coûte moins que prévu"
    PART = "part", "Une partie du projet ne se fait pas"
    ASKED = "asked", "La structure le demande"
    MISUSED = "misused", "Une partie de l’argent a servi à autre chose"
    OTHER = "other", "Une autre raison"


class FileKind(models.TextChoices):
    """What a document of a grant is for."""

    HOLDER_COPY = "holder_copy", "Exemplaire signé par la structure"
    SIGNED_COPY = "signed_copy", "Exemplaire signé de tous"
    PAYMENT = "payment", "Justificatif de versement"
    REPORT = "report", "Justificatif du bilan"


SIGNED_COPIES = (FileKind.HOLDER_COPY, FileKind.SIGNED_COPY)
# The regimes whose aids are summed by single undertaking.
SUMMED = (StateAid.DE_MINIMIS, StateAid.SGEI, StateAid.AGRICULTURE)
