"""The letter that asks an organisation to a workshop, the first time and after a change."""

from __future__ import annotations

from maillage.governance.enums import MeetingState
from maillage.governance.models import Invitation
from maillage.governance.notices.meetings import facts_of, is_overtaken
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace, Subject

WORKSHOPS = Subject("governance.workshops", "Les invitations à des ateliers sur les besoins du territoire")


def invitation_of(told: Occasion) -> Invitation | None:
    """The invitation that the letter or the click is about, with its meeting and organisation."""
    found = Invitation.objects.select_related("meeting__body", "organisation")
    return found.filter(pk=told.object_id or 0).first()


def _letter(
    name: str, theme: str, reason: str, facts: tuple[tuple[str, str], ...], path: str, *, is_changed: bool
) -> Content:
    first = (
        "L’atelier a changé. Voici ce qui vaut maintenant\u00a0: oubliez l’invitation d’avant."
        if is_changed
        else f"Des habitants ont dit ce qui leur manque. Nous nous réunissons pour y répondre, et invitons « {name} »."
    )
    return Content(
        title=f"{'Changement' if is_changed else 'Invitation'}\u00a0: atelier « {theme} »",
        sentences=(first, "Un bouton suffit pour répondre, sans mot de passe. Vous pourrez changer d’avis."),
        facts=(("Pourquoi vous", reason), *facts),
        buttons=(
            Button("J’y serai", purpose="governance.workshop_come"),
            Button("Je ne peux pas", purpose="governance.workshop_cannot"),
            Button("Pas pour nous", purpose="governance.workshop_not_us"),
            Button("Lire la page de la réunion", path=path),
        ),
    )


def _write(told: Occasion) -> Content | None:
    found = invitation_of(told)
    if found is None or found.meeting.state != MeetingState.ANNOUNCED or not found.organisation.is_public:
        return None
    meeting = found.meeting
    if is_overtaken(told, meeting):
        return None
    item = meeting.items.exclude(theme=None).order_by("position").first()
    theme = item.title if item else meeting.title
    return _letter(
        found.organisation.name, theme, found.reason, facts_of(meeting, told.at), meeting.get_absolute_url(),
        is_changed=meeting.sequence > 0,
    )  # fmt: skip


def _sample() -> Content:
    facts = (("Quand", "mardi 12 janvier de 18\u00a0h à 20\u00a0h"), ("Où", "Salle des fêtes (exemple)"))
    reason = "Parle de « navette », à 7\u00a0km de Péronne."
    return _letter("Le Fil vert (exemple)", "Mobilité solidaire", reason, facts, "/instances/", is_changed=False)


WORKSHOP_LETTERS = (
    LetterKind("governance.workshop", "Invitation à un atelier", _write, _sample, subject=WORKSHOPS, pace=Pace.ALONE,
               awaits_answer=True),
)  # fmt: skip
