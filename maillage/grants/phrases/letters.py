"""What the letters of a decision say, on screen, in the mail and on paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from maillage.kernel.text import fold
from ui import french

DROPPED = "Cette demande est classée sans suite. Aucune aide n’est versée, et vous pouvez en déposer une autre."
NEXT_AGREEMENT = (
    "La suite : une convention, ou une notification, dit comment l’aide est versée. Elle vous parvient prochainement. "
    "Rien n’est versé avant."
)
NO_RIGHT = "Une subvention n’est pas un droit : elle dépend des projets reçus et de l’argent disponible."


def awarded(amount: Decimal, project: str) -> str:
    return f"Une aide de {french.euros(amount)} vous est accordée pour votre projet « {project} »."


def refused(project: str) -> str:
    return f"L’aide demandée pour votre projet « {project} » n’est pas accordée."


def deliberated(body: str, number: str, day: date) -> str:
    """body: « le conseil de l’établissement », as the list of bodies has it, first letter small."""
    return f"Décision prise par {body[:1].lower()}{body[1:]}, délibération n° {number} du {french.day(day)}."


def reason(words: str) -> str:
    return f"Pourquoi : {words}"


def appeal(court: str, authority: str, months: int) -> str:
    """How a refusal is contested. court: « Amiens », "" when nobody wrote it down."""
    where = f"le tribunal administratif{of_town(court)}" if court else "le tribunal administratif"
    return (
        f"Vous pouvez contester cette décision pendant {months} mois à partir du jour où vous recevez cette lettre : "
        f"devant {where}, ou d’abord par un courrier à qui l’a prise ({authority}). Si l’on ne vous répond pas dans "
        f"les {months} mois qui suivent votre lettre, c’est un refus, et vous avez de nouveau {months} mois pour aller "
        "devant le tribunal."
    )


def of_town(town: str) -> str:
    """« d’Amiens », « de Lille », after a space; "" without a town."""
    if not town:
        return ""
    return f" d’{town}" if fold(town[:1]) in "aeiouyh" else f" de {town}"


def de_minimis(regulation: str) -> str:
    return (
        f"Cette aide est une aide « de minimis » ({regulation}). Gardez cette lettre : vous la citerez dans vos "
        "prochaines déclarations d’aides, pendant trois ans."
    )


_SUBJECTS = {
    "granted": "Votre demande d’aide est acceptée",
    "refused": "Votre demande d’aide n’est pas acceptée",
    "dropped": "Votre demande d’aide est classée sans suite",
}


def subject(outcome: str) -> str:
    """outcome: value of `Outcome`."""
    return _SUBJECTS[outcome]
