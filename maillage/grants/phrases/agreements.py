"""What agreements, payments and reports say, and their refusals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ui import french

NOT_AWARDED = "Cette demande n’a pas d’aide accordée et confirmée."
SIGNED = "Cette convention est signée : elle ne change plus ici."
WRONG_RATE = "Cette part est un pourcentage, entre 0 et 100."
NO_INSTALMENT = "Prévoyez au moins un versement."
ONE_OF_A_KIND = "Une avance et un solde au plus."
NO_CLAWBACK_PLANNED = "Un reversement ne se prévoit pas : il vient du bilan."
NOT_SIGNED = "Rien ne se verse avant la signature."
IN_THE_FUTURE = "Ce jour n’est pas encore venu."
BEFORE_DECISION = "La signature vient après la délibération."
BEFORE_SIGNATURE = "Un versement vient après la signature."
PROOF_FIRST = "Ce versement attend une pièce de la structure : {asks}. Déposez-la ici si vous l’avez reçue autrement."
SAY_ORDER = "Écrivez le numéro du mandat : il relie ce versement à la comptabilité."
PAID_ALREADY = "Ce versement est déjà confirmé."
NOT_PREPARED = "Ce versement n’est pas encore saisi."
SECOND_PERSON = "Une autre personne que celle qui a saisi ce versement doit le confirmer."
PAYMENT_MOVED = "Ce versement a changé entre-temps : relisez-le."
REPORT_IS_IN = "Ce bilan est remis : l’équipe le lit."
REPORT_ACCEPTED = "Ce bilan est accepté."
REPORT_NOT_IN = "Ce bilan n’est pas remis."
SAY_DONE = "Dites ce qui a été fait."
SAY_WHO = "Écrivez le nom de la personne qui atteste."
NO_COSTS = "Écrivez ce qui a été dépensé : le bilan ne peut pas être vide."
SAY_GAPS = "Le réalisé s’écarte de plus de 10 % du prévu : expliquez pourquoi."
SAY_WHAT_IS_MISSING = "Dites ce qui manque : la structure le lira."
TOO_ELIGIBLE = "C’est plus que les dépenses du bilan."
PAYMENT_WAITS = "Un versement attend sa confirmation : confirmez-le d’abord."
UNKNOWN_ACCOUNT = "Ce compte n’est pas dans la grille."
RECUSED = "Vous vous êtes déporté de ce dossier."
PUBLISHED_ALREADY = "Cette aide est déjà notée comme publiée."

REPORT_FIELDS = {
    "done": "Ce qui a été fait",
    "public": "Pour qui, et combien de personnes",
    "places": "Où et quand",
    "goals": "Ce qui était visé, ce qui est atteint",
    "gaps": "Pourquoi le réalisé s’écarte du prévu",
    "volunteers": "Ce que les bénévoles et les prêts ont apporté",
}


def wrong_sum(planned: Decimal, granted: Decimal) -> str:
    return f"Les versements font {french.euros(planned)}, et l’aide est de {french.euros(granted)}."


def title(*, is_convention: bool) -> str:
    return "Convention de subvention" if is_convention else "Notification de subvention"


_OBJECT = "{authority} aide le projet « {project} », mené par {organisation}{period}. {deliberation}"
_AMOUNT = (
    "L’aide est de {granted}. Elle ne dépasse pas {rate} % des dépenses retenues : si le projet coûte moins que prévu, "
    "elle baisse dans la même proportion, et le trop-perçu est rendu."
)
_REPORT = (
    "Le compte rendu financier et le récit de ce qui a été fait sont remis au plus tard le {report}, sur le site du "
    "territoire. Le solde est versé quand ils sont acceptés."
)
_PLEDGES = (
    "L’aide sert à ce projet et à rien d’autre. Tout changement important est dit sans attendre. Les pièces de dépense "
    "sont gardées dix ans et montrées sur demande. L’aide de l’autorité est nommée sur ce qui fait connaître le projet."
)
_CLAWBACK = (
    "L’aide est rendue, en tout ou en partie, si le projet ne se fait pas, si elle sert à autre chose, ou si le bilan "
    "n’est pas remis après rappel."
)
_TERM = (
    "La convention prend effet à sa signature et finit quand le solde est réglé. Elle est établie en application de "
    "l’article 10 de la loi n° 2000-321 du 12 avril 2000, car l’aide dépasse le seuil fixé par décret."
)
_DISPUTES = (
    "En cas de désaccord, chacun cherche d’abord une solution. À défaut, le tribunal administratif{court} décide."
)
CER = "Le contrat d’engagement républicain, souscrit avec la demande, est respecté."


def articles(facts: dict[str, str], *, is_convention: bool) -> list[tuple[str, str]]:
    """(heading, words) of the agreement, in its order. facts: authority, project, organisation, period, deliberation,
    granted, rate, report, pledges (« » or `CER`), court (« », or « d’Amiens » after a space)."""
    said = [("Objet", _OBJECT), ("Montant", _AMOUNT), ("Bilan", _REPORT), ("Engagements", _PLEDGES + " {pledges}"),
            ("Reversement", _CLAWBACK)]  # fmt: skip
    if is_convention:
        said += [("Durée", _TERM), ("Litiges", _DISPUTES)]
    return [(heading, words.format(**facts).strip()) for heading, words in said]


def after_the_report(amount: Decimal) -> str:
    return f"Solde\u00a0: {french.euros(amount)} au plus, une fois le bilan accepté"


def planned(kind: str, amount: Decimal, day: date) -> str:
    return f"{kind} : {french.euros(amount)}, vers le {french.day(day)}"
