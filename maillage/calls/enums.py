"""The closed lists of the room, in the words of people."""

from __future__ import annotations

from django.db import models


class StateAid(models.TextChoices):
    """Under which regime a scheme helps an economic activity; ceilings are dated values of the room of grants."""

    NONE = "none", "Pas d’activité économique : hors aides d’État"
    DE_MINIMIS = "de_minimis", "De minimis général, règlement (UE) 2023/2831"
    SGEI = "sgei", "De minimis SIEG, règlement (UE) 2023/2832"
    AGRICULTURE = "agriculture", "De minimis agricole, règlement (UE) 1408/2013"
    OTHER = "other", "Un autre régime, nommé dans la base juridique"


class DecidingBody(models.TextChoices):
    """Who deliberates; the committee only gives an opinion."""

    COUNCIL = "council", "Le conseil de l’établissement"
    BUREAU = "bureau", "Le bureau, par délégation du conseil"
    PRESIDENT = "president", "La présidente ou le président, par délégation du conseil"


class CallKind(models.TextChoices):
    """What kind of call it is."""

    PROJECTS = "projects", "Appel à projets"
    INTEREST = "interest", "Appel à manifestation d’intérêt"
    STANDING = "standing", "Aide ouverte toute l’année"


class CallState(models.TextChoices):
    """Where a call stands: read from its dates and from what was said of it, never typed."""

    DRAFT = "draft", "Brouillon"
    PUBLISHED = "published", "Publié, pas encore ouvert"
    OPEN = "open", "Ouvert"
    CLOSED = "closed", "Clos"
    REVIEW = "review", "En instruction"
    DECIDED = "decided", "Décidé"
    ARCHIVED = "archived", "Archivé"


class BlockKind(models.TextChoices):
    """What a block of a form asks; the first one only says something."""

    WORDS = "words", "Un texte à lire"
    LINE = "line", "Une réponse courte"
    TEXT = "text", "Une réponse longue"
    NUMBER = "number", "Un nombre"
    EUROS = "euros", "Un montant en euros"
    DATE = "date", "Une date"
    YES_NO = "yes_no", "Oui ou non"
    CHOICE = "choice", "Un choix dans une liste"
    CHOICES = "choices", "Plusieurs choix dans une liste"


class ApplicationState(models.TextChoices):
    """Where an application stands, for the team, in the order of its life."""

    DRAFT = "draft", "Brouillon"
    SUBMITTED = "submitted", "Déposé"
    INCOMPLETE = "incomplete", "À compléter"
    INADMISSIBLE = "inadmissible", "Irrecevable"
    REVIEW = "review", "En instruction"
    OPINION = "opinion", "Avis rendu"
    GRANTED = "granted", "Accordé"
    REFUSED = "refused", "Refusé"
    DROPPED = "dropped", "Sans suite"
    WITHDRAWN = "withdrawn", "Retiré"
    AGREED = "agreed", "Notifié"
    PAYING = "paying", "En cours de versement"
    REPORTING = "reporting", "Bilan attendu"
    SETTLED = "settled", "Soldé"
    CANCELLED = "cancelled", "Annulé"


S = ApplicationState
# From where each state may be reached; a decision is taken back to the opinion by whoever corrects a mistake.
REACHED_FROM: dict[ApplicationState, frozenset[ApplicationState]] = {
    S.SUBMITTED: frozenset({S.DRAFT, S.INCOMPLETE}),
    S.INCOMPLETE: frozenset({S.SUBMITTED, S.REVIEW}),
    S.INADMISSIBLE: frozenset({S.SUBMITTED, S.INCOMPLETE}),
    S.REVIEW: frozenset({S.SUBMITTED, S.INADMISSIBLE, S.OPINION}),
    S.OPINION: frozenset({S.REVIEW, S.OPINION, S.GRANTED, S.REFUSED, S.DROPPED}),
    S.GRANTED: frozenset({S.OPINION}),
    S.REFUSED: frozenset({S.OPINION}),
    S.DROPPED: frozenset({S.OPINION, S.SUBMITTED, S.INCOMPLETE, S.REVIEW}),
    S.WITHDRAWN: frozenset({S.DRAFT, S.SUBMITTED, S.INCOMPLETE, S.REVIEW, S.OPINION}),
    S.AGREED: frozenset({S.GRANTED}),
    S.PAYING: frozenset({S.AGREED}),
    S.REPORTING: frozenset({S.AGREED, S.PAYING}),
    S.SETTLED: frozenset({S.AGREED, S.PAYING, S.REPORTING}),
    S.CANCELLED: frozenset({S.GRANTED, S.AGREED, S.PAYING, S.REPORTING}),
}
# Its people may still change it.
WRITABLE = (S.DRAFT, S.INCOMPLETE)
# The team examines it.
EXAMINED = (S.SUBMITTED, S.INCOMPLETE, S.REVIEW, S.OPINION)
# Money was given, or is going to be.
AWARDED = (S.GRANTED, S.AGREED, S.PAYING, S.REPORTING, S.SETTLED)


class Funding(models.TextChoices):
    """Where the money of a co-funder stands."""

    ASKED = "asked", "Demandé"
    GRANTED = "granted", "Acquis"
    REFUSED = "refused", "Refusé"


class CoApplicantState(models.TextChoices):
    """What an organisation that was asked to join answers."""

    ASKED = "asked", "Invitée"
    AGREED = "agreed", "D’accord"
    DECLINED = "declined", "Ne participe pas"


class Sense(models.TextChoices):
    """The opinion of the committee."""

    FAVOURABLE = "favourable", "Favorable"
    RESERVED = "reserved", "Favorable avec réserves"
    ADJOURNED = "adjourned", "Ajourné"
    UNFAVOURABLE = "unfavourable", "Défavorable"


class OutsideSense(models.TextChoices):
    """What somebody outside the jury thinks, when they say more than words."""

    FAVOURABLE = "favourable", "Favorable"
    RESERVED = "reserved", "Réservé"
    UNFAVOURABLE = "unfavourable", "Défavorable"


class SharedPart(models.TextChoices):
    """What of an application may be shown to somebody outside, documents left aside."""

    PROJECT = "project", "Le projet : résumé, commune, dates, montant demandé"
    ANSWERS = "answers", "Les réponses aux questions de l’appel"
    BUDGET = "budget", "Le budget"


class Step(models.TextChoices):
    """The pages of an application, in their order; the value is the one of the address."""

    STRUCTURE = "structure", "La structure"
    PROJECT = "projet", "Le projet"
    BUDGET = "budget", "Le budget"
    QUESTIONS = "questions", "Les questions de l’appel"
    PIECES = "pieces", "Les pièces"
    PLEDGES = "attestations", "Les attestations"
