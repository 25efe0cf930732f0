"""The words of memberships and claims, with their French."""

from __future__ import annotations

from django.db import models


class Part(models.TextChoices):
    """What a person is for an organisation."""

    MANAGER = "manager", "Responsable de la fiche"
    CONTRIBUTOR = "contributor", "Contributrice, contributeur"


class ClaimState(models.TextChoices):
    """Where « c'est ma structure » stands."""

    OPEN = "open", "À décider"
    GRANTED = "granted", "Acceptée"
    REFUSED = "refused", "Refusée"
    WITHDRAWN = "withdrawn", "Retirée"


class Months(models.IntegerChoices):
    """How often an organisation is asked whether its sheet is still right."""

    THREE = 3, "Tous les 3 mois"
    SIX = 6, "Tous les 6 mois"
    TWELVE = 12, "Une fois par an"


class SuggestionOrigin(models.TextChoices):
    """Who proposes: anybody, the organisation itself by its letter, or one of its contributors."""

    VISITOR = "visitor", "Visite du site"
    LETTER = "letter", "Lettre à la structure"
    CONTRIBUTOR = "contributor", "Contributrice, contributeur"


class SuggestionState(models.TextChoices):
    OPEN = "open", "À décider"
    DECIDED = "decided", "Décidée"


class AttachmentKind(models.TextChoices):
    """What forms ask an organisation to join."""

    STATUTES = "statutes", "Statuts"
    DIRECTORS = "directors", "Liste des dirigeantes et dirigeants"
    REGISTRATION = "registration", "Récépissé de déclaration, ou avis Sirene"
    BANK = "bank", "RIB"
    ACCOUNTS = "accounts", "Comptes annuels"
    BUDGET = "budget", "Budget prévisionnel"
    REPORT = "report", "Rapport d’activité"
    INSURANCE = "insurance", "Attestation d’assurance"
    APPROVAL = "approval", "Agrément ou label"
    OTHER = "other", "Autre pièce"


class MissingState(models.TextChoices):
    """What became of an organisation that somebody said was missing."""

    OPEN = "open", "À décider"
    MADE = "made", "Une fiche est faite"
    KNOWN = "known", "Déjà dans l’annuaire"
    REFUSED = "refused", "Pas gardée"


class MessageState(models.TextChoices):
    """Where a relayed message stands."""

    WRITTEN = "written", "Attend la confirmation"
    RELAYED = "relayed", "Transmis"
