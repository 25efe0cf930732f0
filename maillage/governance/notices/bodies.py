"""Letters about entering a body."""

from __future__ import annotations

from datetime import timedelta

from maillage.governance.enums import Joining, RequestState
from maillage.governance.models import Body, JoinRequest
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace


def body_of(told: Occasion) -> Body | None:
    """The body that the letter speaks of."""
    return Body.objects.filter(pk=told.object_id or 0).first()


def _join_letter(name: str, has_charter: bool) -> Content:
    charter = ("En entrant, vous dites que vous acceptez sa charte, qui se lit sur sa page.",) if has_charter else ()
    return Content(
        title=f"Confirmez votre entrée dans « {name} »",
        sentences=(
            f"Vous, ou quelqu’un avec votre adresse, avez demandé à rejoindre « {name} ».",
            "Un bouton suffit. Vous recevrez ensuite les dates, l’ordre du jour et les comptes rendus.",
            *charter,
            "Ce n’est pas vous\u202f? Laissez cette lettre\u00a0: rien ne changera.",
        ),
        buttons=(Button("Rejoindre", purpose="governance.join"),),
    )


def _write_join(told: Occasion) -> Content | None:
    body = body_of(told)
    return None if body is None or body.joining != Joining.OPEN else _join_letter(body.name, bool(body.charter))


def _decided_letter(body: str, path: str, organisation: str, is_accepted: bool, reason: str) -> Content:
    if is_accepted:
        return Content(
            title=f"« {organisation} » entre dans « {body} »",
            sentences=(
                "Votre demande est acceptée. Vous recevrez les dates, l’ordre du jour et les comptes rendus.",
                *((reason,) if reason else ()),
            ),
            buttons=(Button("Voir mes instances", path="/moi/instances/"),),
        )
    return Content(
        title=f"Votre demande d’entrée dans « {body} »",
        sentences=("Nous ne pouvons pas l’accepter pour l’instant.", f"Pourquoi\u00a0: {reason}"),
        buttons=(Button("Voir l’instance", path=path), Button("Nous joindre", path="/contact/")),
    )


def _write_decided(told: Occasion) -> Content | None:
    found = JoinRequest.objects.select_related("body", "organisation").filter(pk=told.object_id or 0).first()
    if found is None or found.state == RequestState.OPEN:
        return None
    body = found.body
    is_accepted = found.state == RequestState.ACCEPTED
    return _decided_letter(body.name, body.get_absolute_url(), found.organisation.name, is_accepted, found.reason)


BODY_LETTERS = (
    LetterKind("governance.join", "Entrée dans une instance, à confirmer", _write_join,
               lambda: _join_letter("Groupe mobilité (exemple)", True), pace=Pace.ALONE, valid_for=timedelta(days=2)),
    LetterKind("governance.join_decided", "Réponse à une demande d’entrée", _write_decided,
               lambda: _decided_letter("Collectif (exemple)", "/instances/", "Le Fil vert (exemple)", True, ""),
               pace=Pace.ALONE),
)  # fmt: skip
