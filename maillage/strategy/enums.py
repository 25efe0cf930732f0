"""Where a measure stands, and the frames it takes part in."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """What somebody says of a measure. Late is not one of them: it is computed."""

    TO_LAUNCH = "to_launch", "À lancer"
    UNDER_WAY = "under_way", "En cours"
    DONE = "done", "Réalisée"
    PAUSED = "paused", "En pause"
    BLOCKED = "blocked", "Bloquée"
    POSTPONED = "postponed", "Reportée"
    ABANDONED = "abandoned", "Abandonnée"


# They ask for a reason.
STANDING_STILL = (State.PAUSED, State.BLOCKED, State.POSTPONED, State.ABANDONED)
# Nothing of theirs can be late any more.
OVER = (State.DONE, State.ABANDONED)


class Priority(models.IntegerChoices):
    """What comes first when not everything can."""

    HIGH = 1, "Haute"
    NORMAL = 2, "Normale"
    LOW = 3, "Basse"


class Framework(models.TextChoices):
    """Other plans that a measure takes part in."""

    REGION = "region", "Région Hauts-de-France"
    CRTE = "crte", "Contrat pour la réussite de la transition écologique (CRTE)"
    PAT = "pat", "Projet alimentaire territorial (PAT)"
    LEADER = "leader", "LEADER (fonds européen)"
    CRESS = "cress", "Chambre régionale de l’ESS (CRESS)"
    DEPARTMENT = "department", "Département de la Somme"


class Money(models.TextChoices):
    """How sure a sum is."""

    HOPED = "hoped", "Espéré"
    PROMISED = "promised", "Acquis"
    SPENT = "spent", "Dépensé"


class Asking(models.TextChoices):
    """Where an inhabitant's question stands."""

    WRITTEN = "written", "À confirmer par son adresse"
    OPEN = "open", "Attend une réponse"
    ANSWERED = "answered", "Répondue et publiée"
    SET_ASIDE = "set_aside", "Écartée"
