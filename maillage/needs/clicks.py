"""What one click on the room's letters does: follow a need, or follow it no more."""

from __future__ import annotations

from maillage.kernel.letters import Occasion, Page, Purpose
from maillage.needs import actions
from maillage.needs.enums import Reading
from maillage.needs.notices import voice_of, words_of


def _describe_confirm(told: Occasion) -> Page | None:
    voice = voice_of(told)
    if voice is None or voice.confirmed_at is not None or not voice.email:
        return None
    return Page(
        "Suivre ce besoin",
        (f"« {words_of(voice.need)} »", f"Nous écrirons à {told.address} à chaque étape. Vous pourrez arrêter."),
        button="Suivre ce besoin",
    )


def _confirm(told: Occasion) -> Page:
    voice = voice_of(told)
    if voice is None:
        return Page("Ce besoin n’est plus là")
    try:
        actions.confirm_need(voice=voice, at=told.at)
    except actions.NeedRefused as refusal:
        return Page("Rien n’a changé", (refusal.phrase,))
    said = "Une personne de l’équipe le lit bientôt." if voice.need.reading == Reading.NEW else "Il est déjà publié."
    return Page(
        "C’est noté", (f"{said} Nous vous écrirons à chaque étape.",),
        links=(("Voir où il en est", voice.need.get_absolute_url()), ("Tous les besoins", "/besoins/")),
    )  # fmt: skip


def _describe_stop(told: Occasion) -> Page | None:
    voice = voice_of(told)
    if voice is None or voice.stopped_at is not None:
        return None
    return Page(
        "Ne plus suivre ce besoin",
        (f"« {words_of(voice.need)} »", "Nous ne vous écrirons plus à son sujet. Votre voix compte toujours."),
        button="Ne plus suivre ce besoin",
    )


def _stop(told: Occasion) -> Page:
    voice = voice_of(told)
    if voice is not None:
        actions.stop_following(voice=voice, at=told.at)
    return Page("C’est noté", ("Nous ne vous écrirons plus au sujet de ce besoin.",), links=_onward(told))


def _onward(told: Occasion) -> tuple[tuple[str, str], ...]:
    voice = voice_of(told)
    path = "/besoins/" if voice is None else voice.need.get_absolute_url()
    return (("Voir où il en est", path),)


PURPOSES = (
    Purpose("needs.confirm", days=15, describe=_describe_confirm, act=_confirm, in_place_of=_onward),
    Purpose("needs.stop", days=400, describe=_describe_stop, act=_stop, in_place_of=_onward),
)
