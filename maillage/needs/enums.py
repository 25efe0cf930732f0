"""The closed lists of the room, in the words of people."""

from __future__ import annotations

from django.db import models


class Channel(models.TextChoices):
    """How a need reached us; all but the first are entered by somebody else, with the person's agreement."""

    WEB = "web", "Sur le site"
    PHONE = "phone", "Au téléphone"
    PAPER = "paper", "Sur papier"
    MET = "met", "De vive voix"


class Audience(models.TextChoices):
    """Whom a need is for."""

    EVERYBODY = "everybody", "Tout le monde"
    YOUNG = "young", "Les enfants et les jeunes"
    FAMILIES = "families", "Les familles"
    ELDERLY = "elderly", "Les personnes âgées"
    JOB_SEEKERS = "job_seekers", "Les personnes qui cherchent un emploi"
    WITHOUT_CAR = "without_car", "Les personnes sans voiture"
    ORGANISATIONS = "organisations", "Les associations et les entreprises"


class Reading(models.TextChoices):
    """What an agent did of a need; only published ones are seen."""

    NEW = "new", "À lire"
    PUBLISHED = "published", "Publié"
    SET_ASIDE = "set_aside", "Mis de côté"


class ThemeState(models.TextChoices):
    """Where a theme stands, in the order of its life."""

    GATHERED = "gathered", "Besoins regroupés"
    TO_VOTE = "to_vote", "Au vote"
    CHOSEN = "chosen", "Retenu"
    NOT_CHOSEN = "not_chosen", "Pas retenu"
    IN_CALL = "in_call", "Dans un appel à projets"
    OPEN = "open", "Ouvert"
    CLOSED = "closed", "Terminé"


# From where each state may be reached; a theme that was not chosen may be put to the vote another year.
REACHED_FROM: dict[ThemeState, frozenset[ThemeState]] = {
    ThemeState.TO_VOTE: frozenset({ThemeState.GATHERED, ThemeState.NOT_CHOSEN}),
    ThemeState.CHOSEN: frozenset({ThemeState.GATHERED, ThemeState.TO_VOTE}),
    ThemeState.NOT_CHOSEN: frozenset({ThemeState.GATHERED, ThemeState.TO_VOTE}),
    ThemeState.IN_CALL: frozenset({ThemeState.CHOSEN, ThemeState.OPEN}),
    ThemeState.OPEN: frozenset({ThemeState.CHOSEN, ThemeState.IN_CALL}),
    ThemeState.CLOSED: frozenset({ThemeState.CHOSEN, ThemeState.IN_CALL, ThemeState.OPEN}),
}
# A call may offer these.
OFFERED = (ThemeState.CHOSEN, ThemeState.IN_CALL)
# Nothing more is gathered there.
OVER = (ThemeState.NOT_CHOSEN, ThemeState.CLOSED)
