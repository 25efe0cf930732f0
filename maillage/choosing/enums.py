"""The closed lists of the room."""

from __future__ import annotations

from django.db import models


class Method(models.TextChoices):
    """How people answer; each is counted by `tally`."""

    CONSENT = "consent", "Consentement"
    DOTS = "dots", "Points à répartir"
    RANKING = "ranking", "Classement"


class State(models.TextChoices):
    """What people did to a consultation; where it stands for a reader is its `Phase`."""

    DRAFT = "draft", "Brouillon"
    OPEN = "open", "Ouverte"
    CLOSED = "closed", "Close"
    DECIDED = "decided", "Décidée"
    CANCELLED = "cancelled", "Annulée"


class Phase(models.TextChoices):
    """Where a consultation stands at a moment: its state and the clock."""

    DRAFT = "draft", "Brouillon"
    TO_COME = "to_come", "À venir"
    OPEN = "open", "Vote ouvert"
    COUNTING = "counting", "Dépouillement"
    CLOSED = "closed", "Résultat connu, décision attendue"
    DECIDED = "decided", "Décidée"
    CANCELLED = "cancelled", "Annulée"


class VoiceKind(models.TextChoices):
    """Whose voice it is."""

    ORGANISATION = "organisation", "Structure"
    MANDATE = "mandate", "Personne, au titre de son mandat"
    ADDRESS = "address", "Adresse confirmée"
    PAPER = "paper", "Feuille de vote"


class Channel(models.TextChoices):
    WEB = "web", "En ligne"
    PAPER = "paper", "Sur papier"


class Answer(models.TextChoices):
    """What one says to a proposal put to consent."""

    AGREE = "agree", "D’accord"
    RESERVE = "reserve", "D’accord, avec une réserve"
    OBJECT = "object", "Pas d’accord : une objection"


class Followed(models.TextChoices):
    """How a decision followed a college."""

    YES = "yes", "Suivi"
    PART = "part", "Suivi en partie"
    NO = "no", "Pas suivi"
