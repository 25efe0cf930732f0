"""What one click on the letters about entering a body does."""

from __future__ import annotations

from maillage.governance import actions
from maillage.governance.notices.bodies import body_of
from maillage.kernel.letters import Occasion, Page, Purpose


def _describe_join(told: Occasion) -> Page | None:
    body = body_of(told)
    if body is None:
        return None
    charter = ("Vous dites aussi que vous acceptez sa charte.",) if body.charter else ()
    return Page(
        title=f"Rejoindre « {body.name} »",
        sentences=(f"Les dates et les comptes rendus arriveront à {told.address}.", *charter),
        button="Rejoindre",
        links=((f"Lire la page de « {body.name} »", body.get_absolute_url()),),
    )


def _join(told: Occasion) -> Page:
    body = body_of(told)
    if body is None:
        return Page("Cette instance n’existe plus", links=_onward(told))
    try:
        actions.enter_by_letter(body=body, name=str(told.facts.get("name", "")), email=told.address, at=told.at)
    except actions.GovernanceRefused as refusal:
        return Page("Rien n’a changé", (refusal.phrase,), links=_onward(told))
    return Page(
        f"Bienvenue dans « {body.name} »",
        ("La prochaine invitation arrivera à cette adresse. Vous pouvez quitter l’instance quand vous voulez.",),
        links=(("Voir la page de l’instance", body.get_absolute_url()), ("Mes instances", "/moi/instances/")),
    )


def _onward(told: Occasion) -> tuple[tuple[str, str], ...]:
    body = body_of(told)
    return (("Voir l’instance", body.get_absolute_url()),) if body else (("Voir les instances", "/instances/"),)


BODY_PURPOSES = (Purpose("governance.join", days=7, describe=_describe_join, act=_join, in_place_of=_onward),)
