"""The closed lists of the room, in the words of people."""

from __future__ import annotations

from django.db import models


class Channel(models.TextChoices):
    """How a request reached the desk; all but the first are entered by somebody else, with the person's agreement."""

    WEB = "web", "Sur le site"
    PHONE = "phone", "Au téléphone"
    MET = "met", "De vive voix"
    MAIL = "mail", "Par courriel"


class Stage(models.TextChoices):
    """How far a project is, in the order of its life; it may go back. The same codes as `aids.enums.Stage`."""

    IDEA = "idea", "Juste une idée"
    EMERGENCE = "emergence", "L’idée prend forme"
    STUDY = "study", "Étude"
    CREATION = "creation", "Création"
    DEVELOPMENT = "development", "Développement"
    SCALING = "scale", "Changement d’échelle"


class Help(models.TextChoices):
    """What a project holder looks for."""

    ADVICE = "advice", "Un avis, pour savoir par où commencer"
    FUNDS = "funds", "Des financements"
    PARTNERS = "partners", "Des partenaires, d’autres personnes"
    STATUS = "status", "Choisir une forme (association, coopérative…)"
    PREMISES = "premises", "Un lieu, du matériel"
    PEOPLE = "people", "Recruter, trouver des bénévoles"
    OTHER = "other", "Autre chose"


class Standing(models.TextChoices):
    """Where the desk stands with a project."""

    NEW = "new", "À répondre"
    FOLLOWED = "followed", "Suivi"
    PAUSED = "paused", "En pause"
    CLOSED = "closed", "Clos"


OPEN = (Standing.NEW, Standing.FOLLOWED, Standing.PAUSED)


class Outcome(models.TextChoices):
    """What became of a project when the desk closed its file."""

    DONE = "done", "Réalisé"
    TRANSFERRED = "transferred", "Suivi par un partenaire"
    ABANDONED = "abandoned", "Abandonné"
    NO_NEWS = "no_news", "Sans nouvelles"


class ContactPart(models.TextChoices):
    """What somebody is for a project. Holders read its page."""

    HOLDER = "holder", "Porte le projet"
    OTHER = "other", "À contacter"


class Audience(models.TextChoices):
    """Who may read an interview."""

    TEAM = "team", "L’équipe seule"
    HOLDER = "holder", "L’équipe et qui porte le projet"


class Advice(models.TextChoices):
    """Where a recommendation stands; the holder moves it, from the site or from a letter."""

    PROPOSED = "proposed", "Proposée"
    SEEN = "seen", "Vue"
    DOING = "doing", "En cours"
    STUCK = "stuck", "Bloquée"
    DONE = "done", "Faite"
    DECLINED = "declined", "Pas pour nous"


OPEN_ADVICE = (Advice.PROPOSED, Advice.SEEN, Advice.DOING, Advice.STUCK)


class Turn(models.TextChoices):
    """Where a referral to a partner stands."""

    PROPOSED = "proposed", "Attend votre accord"
    REFUSED = "refused", "Sans votre accord"
    ASKED = "asked", "Demandé au partenaire"
    TAKEN = "taken", "Le partenaire prend le relais"
    NOT_FOR_US = "not_for_us", "Pas pour ce partenaire"
    ALREADY = "already", "Le partenaire aide déjà"
    CLOSED = "closed", "Terminé"


WAITS_FOR_PARTNER = (Turn.ASKED,)
ANSWERS = (Turn.TAKEN, Turn.NOT_FOR_US, Turn.ALREADY)


class Usefulness(models.TextChoices):
    """Whether a referral helped, as the holder says."""

    YES = "yes", "Oui, utile"
    PARTLY = "partly", "En partie"
    NO = "no", "Non"


class PartnerPart(models.TextChoices):
    """What an organisation does in a project of several."""

    LEAD = "lead", "Chef de file"
    PARTNER = "partner", "Partenaire"
    FUNDER = "funder", "Financeur"


class Subject(models.TextChoices):
    """The eight subjects of the shared diagnosis; each from 0 (nothing yet) to 3 (solid)."""

    NEED = "need", "Le besoin"
    PUBLIC = "public", "Les publics"
    TERRITORY = "territory", "Le territoire"
    MODEL = "model", "Le modèle économique"
    TEAM = "team", "L’équipe"
    FORM = "form", "La forme juridique"
    FUNDING = "funding", "Les financements"
    PARTNERS = "partners", "Les partenaires et les risques"


# Those of which news are asked at 6, 12 and 36 months: the others have nothing to become.
ASKED_LATER = (Outcome.DONE, Outcome.TRANSFERRED)

LEVELS = ((0, "Rien encore"), (1, "Commencé"), (2, "Bien avancé"), (3, "Solide"))
