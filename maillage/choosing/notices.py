"""The letters of the room: you may vote, it ends soon, your ballot, the result, it is cancelled."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from maillage.accounts.models import User
from maillage.choosing import phrases
from maillage.choosing.enums import Phase, State
from maillage.choosing.models import Consultation
from maillage.choosing.voices import voices_at, voices_of
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace, Subject
from ui import french

CONSULTATIONS = Subject("choosing.consultations", "Les consultations où vous avez une voix")
EXAMPLE = "Quels thèmes pour le prochain appel à projets\u202f? (exemple)"


def consultation_of(told: Occasion) -> Consultation | None:
    """What the letter speaks of."""
    return Consultation.objects.filter(pk=told.object_id or 0).first()


def _voices_left(told: Occasion, one: Consultation) -> list[str]:
    """Names of the voices of this reader that have no ballot yet."""
    user = User.objects.filter(pk=told.user_id or 0).first()
    found = voices_at(one, told.address) if user is None else voices_of(one, user)
    left = found.filter(has_voted=False)
    return [voice.label if voice.organisation_id else phrases.OWN_VOICE.format(college=voice.college) for voice in left]


def _held(names: list[str]) -> str:
    """« Vous avez 2 voix : Le Fil vert ; la vôtre, … », the first five by name."""
    more = [french.plural(len(names) - 5, "autre")] if len(names) > 5 else []
    count = "une voix" if len(names) == 1 else f"{len(names)}\u00a0voix"
    return f"Vous avez {count}\u00a0: " + "\u202f; ".join([*names[:5], *more])


def _until(one: Consultation) -> str:
    return french.moment(one.closes_at, today=timezone.localdate())


def _open_letter(question: str, voices: str, until: str, *, is_reminder: bool) -> Content:
    first = "Il reste quelques jours pour répondre" if is_reminder else "L’équipe du territoire vous demande votre avis"
    return Content(
        title=f"Plus que quelques jours\u00a0: {question}" if is_reminder else question,
        sentences=(
            f"{first}, jusqu’au {until}. {voices}.",
            "Le bouton ouvre votre bulletin, sans mot de passe. Gardez cette lettre\u00a0: elle vaut une voix.",
            phrases.ADVISORY,
        ),
        buttons=(Button("Voter", purpose="choosing.vote"),),
    )


def _write_open(told: Occasion, *, is_reminder: bool) -> Content | None:
    one = consultation_of(told)
    if one is None or one.phase_at(told.at) not in {Phase.OPEN, Phase.TO_COME}:
        return None
    voices = _voices_left(told, one)
    if not voices:
        return None
    return _open_letter(one.question, _held(voices), _until(one), is_reminder=is_reminder)


def _ballot_letter(question: str, until: str) -> Content:
    return Content(
        title=f"Votre bulletin\u00a0: {question}",
        sentences=(
            "Vous, ou quelqu’un avec votre adresse, demandez à voter sur le site du territoire.",
            (
                "Le bouton ouvre votre bulletin. Cette adresse a une voix\u00a0: vous pourrez changer votre vote par "
                f"ce même bouton, jusqu’au {until}."
            ),
            "Ce n’est pas vous\u202f? Laissez cette lettre\u00a0: aucun vote ne sera compté.",
        ),
        buttons=(Button("Voter", purpose="choosing.inhabitant"),),
    )


def _write_ballot(told: Occasion) -> Content | None:
    one = consultation_of(told)
    if one is None or one.phase_at(told.at) != Phase.OPEN:
        return None
    return _ballot_letter(one.question, _until(one))


def _result_letter(question: str, path: str) -> Content:
    return Content(
        title=f"Le résultat est connu\u00a0: {question}",
        sentences=(
            "Le vote où vous aviez une voix est dépouillé. La page dit le résultat, ensemble et par collège.",
            f"{phrases.ADVISORY} La décision sera écrite sur la même page, avec ses raisons.",
        ),
        buttons=(Button("Lire le résultat", path=path),),
    )


def _write_result(told: Occasion) -> Content | None:
    one = consultation_of(told)
    return None if one is None or not one.has_result else _result_letter(one.question, one.get_absolute_url())


def _cancelled_letter(question: str, reason: str, path: str) -> Content:
    return Content(
        title=f"Le vote est annulé\u00a0: {question}",
        sentences=(
            "L’équipe du territoire annule une consultation où vous aviez une voix. Vous n’avez rien à faire.",
            "Si vous avez voté, votre bulletin n’est ni compté ni publié.",
        ),
        facts=(("Pourquoi", reason),),
        buttons=(Button("Lire la page du vote", path=path),),
    )


def _write_cancelled(told: Occasion) -> Content | None:
    one = consultation_of(told)
    if one is None or one.state != State.CANCELLED:
        return None
    return _cancelled_letter(one.question, one.cancel_reason, one.get_absolute_url())


LETTERS = (
    LetterKind("choosing.open", "Consultation ouverte", lambda told: _write_open(told, is_reminder=False),
               lambda: _open_letter(EXAMPLE, _held(["Le Fil vert"]), "mardi 15 décembre à 18 h", is_reminder=False),
               subject=CONSULTATIONS, pace=Pace.ALONE),
    LetterKind("choosing.reminder", "Consultation qui finit bientôt", lambda told: _write_open(told, is_reminder=True),
               lambda: _open_letter(EXAMPLE, _held(["Le Fil vert"]), "mardi 15 décembre à 18 h", is_reminder=True),
               subject=CONSULTATIONS, pace=Pace.ALONE, valid_for=timedelta(days=2)),
    LetterKind("choosing.ballot", "Bulletin d’une habitante, d’un habitant", _write_ballot,
               lambda: _ballot_letter(EXAMPLE, "mardi 15 décembre à 18 h"), pace=Pace.ALONE,
               valid_for=timedelta(days=1)),
    LetterKind("choosing.result", "Résultat d’une consultation", _write_result,
               lambda: _result_letter(EXAMPLE, "/consultations/"), subject=CONSULTATIONS),
    LetterKind("choosing.cancelled", "Consultation annulée", _write_cancelled,
               lambda: _cancelled_letter(EXAMPLE, "La question sera posée autrement au printemps.", "/consultations/"),
               subject=CONSULTATIONS, pace=Pace.ALONE),
)  # fmt: skip
