"""What the refusals of a decision say."""

from __future__ import annotations

from decimal import Decimal

from ui import french

OPINION_FIRST = "Le comité rend d’abord son avis : ce dossier n’en a pas encore."
NOT_FINAL = "Le dernier avis du comité ajourne ce dossier : attendez l’avis suivant."
SAY_AMOUNT = "Dites combien est accordé, en euros."
TOO_MUCH = "C’est plus que ce qui est demandé."
OVER_MOST = "C’est plus que l’aide la plus grande de cet appel."
SAY_LINE = "Choisissez l’enveloppe : cet appel n’en a pas."
OTHER_SCHEME = "Cette enveloppe est celle d’un autre dispositif."
SAY_WHY = "Dites pourquoi : la lettre le dira à la structure."
SAY_GROUND = "Choisissez un motif : il sert à traiter de la même façon des cas semblables."
OTHER_CALL = "Ce critère est celui d’un autre appel."
SAY_DELIBERATION = "Écrivez le numéro de la délibération : sans elle, rien n’est décidé."
IN_THE_FUTURE = "Ce jour n’est pas encore venu."
BEFORE_OPINION = "La délibération vient après l’avis du comité."
SECOND_PERSON = "Une autre personne que celle qui a préparé cette aide doit la confirmer."
RECUSED = "Vous vous êtes déporté de ce dossier."
ALREADY = "Cette décision est déjà confirmée."
CHANGED = "Cette décision a changé entre-temps : relisez-la."
NOT_CONFIRMED = "Cette décision n’est pas confirmée."
HAS_AGREEMENT = "Une convention est signée : cette aide ne se retire plus ici."
WHY_WITHDRAWN = "Dites pourquoi la décision est retirée : cela reste dans l’historique."
NOT_SUMMED = "Ce régime d’aide n’a pas de plafond."
SAME_UNDERTAKING = "Ces structures sont déjà réunies."
SAY_LINK = "Dites quel lien les unit : cela reste dans l’historique."
SAY_PARTED = "Dites pourquoi elles se séparent : cela reste dans l’historique."
ALONE = "Cette structure n’est réunie à aucune autre."
UNDERTAKING_MOVED = "Quelqu’un vient de réunir ou de séparer ces structures : relisez la page."
NO_ORGANISATION = "Aucune structure n’a ce numéro SIREN. Vérifiez-le, ou créez d’abord sa fiche."
REGISTERED_ALREADY = "Cette aide est déjà déclarée au registre national."


def exceeded(left: Decimal, asked: Decimal) -> str:
    """The envelope has not enough left."""
    return (
        f"Il reste {french.euros(left)} dans l’enveloppe, et cette aide est de {french.euros(asked)}. "
        "Baissez le montant, ou choisissez une autre enveloppe."
    )


def together_over(given: Decimal, ceiling: Decimal) -> str:
    """These organisations would have received too much, taken as one."""
    return (
        f"Ensemble, ces structures ont reçu {french.euros(given)} d’aides de minimis sur trois ans, et le plafond est "
        f"de {french.euros(ceiling)} : {french.euros(given - ceiling)} de trop. Vérifiez le lien et les aides, ou "
        "écrivez pourquoi elles peuvent être réunies malgré cela."
    )


def over_ceiling(left: Decimal, asked: Decimal, ceiling: Decimal) -> str:
    """The undertaking may not receive that much more."""
    return (
        f"Cette entreprise peut encore recevoir {french.euros(max(left, Decimal(0)))} d’aides de minimis, et cette "
        f"aide est de {french.euros(asked)} (plafond de {french.euros(ceiling)} sur trois ans). "
        "Baissez le montant, ou écrivez pourquoi le plafond ne s’applique pas."
    )


FUNDED = "Un projet qui y répond est financé, par l’appel « {call} »."
