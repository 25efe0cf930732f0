"""The words of bodies and meetings, with their French."""

from __future__ import annotations

from django.db import models


class Kind(models.TextChoices):
    """What a body is in the strategy."""

    COLLECTIVE = "collective", "Collectif"
    WORKING_GROUP = "working_group", "Groupe de travail"
    STEERING_COMMITTEE = "steering", "Comité de pilotage"


# A workshop is a meeting of one of these.
HOSTS = (Kind.COLLECTIVE, Kind.WORKING_GROUP)


class Joining(models.TextChoices):
    """Who may enter a body."""

    OPEN = "open", "Ouverte à tous, avec une adresse électronique"
    ON_ACCEPTANCE = "on_acceptance", "Sur demande d’une structure, acceptée par l’équipe"
    NAMED = "named", "Sur nomination seulement"


class Function(models.TextChoices):
    """What a member does in the body."""

    CHAIR = "chair", "Présidence"
    SECRETARY = "secretary", "Secrétariat"
    MEMBER = "member", "Membre"


class RequestState(models.TextChoices):
    """Where a request to join stands."""

    OPEN = "open", "À décider"
    ACCEPTED = "accepted", "Acceptée"
    REFUSED = "refused", "Refusée"


class MeetingState(models.TextChoices):
    """The life of a meeting; it may be cancelled until it is held."""

    CHOOSING = "choosing", "Date à choisir"
    ANNOUNCED = "announced", "Annoncée"
    HELD = "held", "Tenue"
    DRAFTED = "drafted", "Compte rendu écrit"
    VALIDATED = "validated", "Compte rendu validé"
    CANCELLED = "cancelled", "Annulée"


# Somebody came: counted among the meetings that took place.
TOOK_PLACE = (MeetingState.HELD, MeetingState.DRAFTED, MeetingState.VALIDATED)
UNDATED = (MeetingState.CHOOSING, MeetingState.CANCELLED)


class Availability(models.TextChoices):
    """What a member says of a date that is proposed."""

    YES = "yes", "Oui"
    IF_NEEDED = "if_needed", "S’il le faut"
    NO = "no", "Non"


class Reply(models.TextChoices):
    """What an organisation answers to an invitation, in the words of its letter."""

    COMING = "coming", "J’y serai"
    CANNOT = "cannot", "Je ne peux pas"
    NOT_FOR_US = "not_for_us", "Pas pour nous"


class Presence(models.TextChoices):
    """What a member says before a meeting, then what was seen there."""

    COMING = "coming", "Viendra"
    PRESENT = "present", "Présente, présent"
    EXCUSED = "excused", "Excusée, excusé"
    ABSENT = "absent", "Absente, absent"


class ActionState(models.TextChoices):
    """Where an action stands, in the words of its owner."""

    OPEN = "open", "En cours"
    DONE = "done", "Faite"
    STUCK = "stuck", "Bloquée"
    DROPPED = "dropped", "Abandonnée"


LIVE_ACTIONS = (ActionState.OPEN, ActionState.STUCK)


class DecisionState(models.TextChoices):
    """What became of a decision."""

    FOLLOWED = "followed", "À suivre"
    KEPT = "kept", "Tenue"
    NOT_KEPT = "not_kept", "Pas tenue"
