"""The states of a letter, the choices of a reader, why a letter or an address stopped."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Where a letter stands. Only a person moves one out of `uncertain`."""

    WAITING = "waiting", "Attend d’être regroupée"
    PENDING = "pending", "Prête à partir"
    SENDING = "sending", "En train de partir"
    SENT = "sent", "Partie"
    UNCERTAIN = "uncertain", "Partie ou non : à dire"
    FAILED = "failed", "Pas partie"
    HELD = "held", "Retenue"
    CANCELLED = "cancelled", "Annulée"


NOT_LEFT = (State.WAITING, State.PENDING, State.HELD)


class Frequency(models.TextChoices):
    """How often ordinary letters are gathered for a reader."""

    AT_ONCE = "at_once", "Tout de suite, une lettre à chaque fois"
    DAILY = "daily", "Une fois par jour au plus"
    WEEKLY = "weekly", "Une fois par semaine au plus"


class Weekday(models.IntegerChoices):
    """Monday is 0, as in Python."""

    MONDAY = 0, "lundi"
    TUESDAY = 1, "mardi"
    WEDNESDAY = 2, "mercredi"
    THURSDAY = 3, "jeudi"
    FRIDAY = 4, "vendredi"
    SATURDAY = 5, "samedi"
    SUNDAY = 6, "dimanche"


class StopReason(models.TextChoices):
    """Why nothing more goes to an address; the later in this list wins, whatever the order of arrival."""

    BOUNCE = "bounce", "L’adresse ne reçoit plus"
    COMPLAINT = "complaint", "La personne a signalé nos lettres comme indésirables"
    ERASED = "erased", "La personne a demandé à être oubliée"


class Trouble(models.TextChoices):
    """Why a letter has not left, or left perhaps."""

    CONNECTION = "connection", "Le serveur d’envoi ne répond pas"
    BUSY = "busy", "Le serveur d’envoi demande d’attendre"
    REFUSED = "refused", "Le serveur d’envoi refuse la lettre"
    NO_SUCH_ADDRESS = "no_such_address", "L’adresse n’existe pas"
    UNKNOWN = "unknown", "La liaison a été coupée pendant l’envoi"
    INTERRUPTED = "interrupted", "Le travail de fond a été arrêté pendant l’envoi"
    WRITING = "writing", "La lettre n’a pas pu être écrite"
    TOO_LATE = "too_late", "Il était trop tard pour l’envoyer"
    NOTHING_TO_SAY = "nothing_to_say", "Il n’y avait plus rien à dire"
    STOPPED = "stopped", "L’adresse est arrêtée"
    BLOCKED = "blocked", "La personne ne veut plus de lettres sur ce sujet"
    BY_A_PERSON = "by_a_person", "Une personne en a décidé"
