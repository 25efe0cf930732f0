from __future__ import annotations

from django.db.models import TextChoices


class ThreadKind(TextChoices):
    TALK = "talk", "Discussion"
    IDEA = "idea", "Idée"


class Way(TextChoices):
    """By which door a message came."""

    SITE = "site", "Sur le site"
    MAIL = "mail", "Par courriel"


class Outcome(TextChoices):
    """What became of an e-mail that came to one of our reply addresses."""

    LANDED = "landed", "Publié dans le fil"
    IGNORED = "ignored", "Réponse automatique, écartée"
    REFUSED = "refused", "Refusé"


class DialogueForm(TextChoices):
    COMMISSION = "commission", "Commission"
    FILM = "film", "Ciné-débat"
    CONFERENCE = "conference", "Conférence"
    OTHER = "other", "Autre rencontre"


class DialogueState(TextChoices):
    DRAFT = "draft", "En préparation"
    OPEN = "open", "En cours"
    CLOSED = "closed", "Terminé"


class Side(TextChoices):
    SSE = "sse", "Économie sociale et solidaire"
    AUTHORITY = "authority", "Collectivités"
