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
