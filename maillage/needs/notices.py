"""Letters of the room: is it you? it was read; it stands with others; a turn of its theme."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace, Subject
from maillage.needs.enums import Reading, ThemeState
from maillage.needs.models import Need, Theme, Turn, Voice

FOLLOWED = Subject("needs", "Ce que deviennent les besoins que j’ai dits")
_SAMPLE = "Une navette pour aller au marché quand on n’a pas de voiture."
_WHY = "Vous avez dit ce besoin, ou vous vous y êtes joint."


def voice_of(told: Occasion) -> Voice | None:
    """The voice that a letter or a click is about, with its need and theme."""
    found = Voice.objects.select_related("need__theme", "need__commune").filter(pk=told.object_id or 0)
    return found.first()


def words_of(need: Need) -> str:
    """The need in its public words, else as it was said: told to whoever said it."""
    return " ".join((need.public_words or need.words).split())


def _follow(path: str) -> tuple[Button, ...]:
    return (Button("Voir où il en est", path=path), Button("Ne plus suivre ce besoin", purpose="needs.stop"))


def _ask(words: str, is_author: bool) -> Content:
    what = "dit ce qui manque près de chez vous" if is_author else "dit « moi aussi » à un besoin du territoire"
    return Content(
        title="Confirmez votre adresse pour suivre votre besoin",
        sentences=(
            f"Vous, ou quelqu’un avec votre adresse, avez {what}.",
            f"« {words} »",
            "Un bouton suffit. Nous vous écrirons alors à chaque étape\u00a0: lu, regroupé, au vote, retenu, ouvert.",
            "Ce n’est pas vous\u202f? Laissez cette lettre\u00a0: nous n’écrirons plus, et votre adresse sera oubliée.",
        ),
        buttons=(Button("Suivre ce besoin", purpose="needs.confirm"),),
    )


def _write_ask(told: Occasion) -> Content | None:
    voice = voice_of(told)
    if voice is None or voice.confirmed_at is not None or not voice.email:
        return None
    return _ask(words_of(voice.need), voice.is_author)


def _published(words: str, path: str) -> Content:
    return Content(
        title="Votre besoin est publié",
        sentences=(
            (
                "Une personne de l’équipe du territoire a lu ce que vous avez dit. Chacun peut maintenant le lire, "
                "sans votre nom, et dire « moi aussi »."
            ),
            f"« {words} »",
        ),
        buttons=_follow(path),
    )


def _aside(words: str, reason: str) -> Content:
    return Content(
        title="Votre besoin n’est pas publié",
        sentences=(
            "Une personne de l’équipe du territoire a lu ce que vous avez dit, et l’a mis de côté.",
            f"« {words} »",
        ),
        facts=(("Pourquoi", reason),),
        buttons=(Button("Dire un autre besoin", path="/besoins/dire/"),),
    )


def _write_read(told: Occasion) -> Content | None:
    voice = voice_of(told)
    if voice is None or voice.stopped_at is not None:
        return None
    need = voice.need
    if need.reading == Reading.PUBLISHED:
        return _published(words_of(need), need.get_absolute_url())
    return _aside(words_of(need), need.reason) if need.reading == Reading.SET_ASIDE else None


def _grouped(words: str, theme: str, people: int, path: str) -> Content:
    others = max(people - 1, 0)
    title = f"Votre besoin est regroupé avec {others}\u00a0autre{'s' if others > 1 else ''}"
    return Content(
        title=title if others else "Votre besoin ouvre un thème",
        sentences=(
            f"{_WHY} D’autres disent la même chose\u00a0: ensemble, ils font un thème, « {theme} »."
            if others else f"{_WHY} Il est le premier d’un thème, « {theme} ».",
            f"« {words} »",
            "À plusieurs, un besoin pèse plus\u00a0: ce thème pourra être mis au vote.",
        ),
        buttons=_follow(path),
    )  # fmt: skip


def _write_grouped(told: Occasion) -> Content | None:
    voice = voice_of(told)
    if voice is None or voice.stopped_at is not None or voice.need.theme is None:
        return None
    people = Theme.objects.with_counts().get(pk=voice.need.theme_id).people
    return _grouped(words_of(voice.need), voice.need.theme.title, people, voice.need.get_absolute_url())


_TURNS = {
    ThemeState.GATHERED: "Votre besoin est regroupé avec d’autres",
    ThemeState.TO_VOTE: "Votre besoin est au vote",
    ThemeState.CHOSEN: "Votre besoin est retenu",
    ThemeState.NOT_CHOSEN: "Votre besoin n’est pas retenu cette fois",
    ThemeState.IN_CALL: "Votre besoin est dans un appel à projets",
    ThemeState.OPEN: "Quelque chose ouvre, qui répond à votre besoin",
    ThemeState.CLOSED: "Ce thème est terminé",
}
_SEE = {
    ThemeState.TO_VOTE: "Voter", ThemeState.IN_CALL: "Voir l’appel à projets", ThemeState.OPEN: "Voir ce qui ouvre",
}  # fmt: skip


# Turns that leave a theme where it is.
_PASSING = {"workshop": "On se réunit autour de votre besoin", "project": "Un projet est né de votre besoin"}


class _Turned(NamedTuple):
    """What a turn says, of a row or of the sample. passing: a key of _PASSING, or ""."""

    theme: str
    state: ThemeState
    sentence: str
    address: str
    passing: str = ""


def _turned(words: str, path: str, turn: _Turned) -> Content:
    theme, state, sentence, address, passing = turn
    label = "Les raisons" if not passing and state in {ThemeState.CHOSEN, ThemeState.NOT_CHOSEN} else "En bref"
    facts = [("Thème", theme), *([(label, sentence)] if sentence else [])]
    # A button of a letter leads inside of the site; another site is told in letters.
    if address.startswith("https://"):
        facts.append(("À lire sur", address))
    see = "Voir l’atelier" if passing else _SEE.get(state, "En savoir plus")
    inside = (Button(see, path=address),) if address.startswith("/") else ()
    return Content(
        title=_PASSING[passing] if passing else _TURNS[state],
        sentences=(f"{_WHY} Nous vous disons ce qu’il devient.", f"« {words} »"),
        facts=tuple(facts),
        buttons=(*inside, *_follow(path)),
    )


def _write_turn(told: Occasion) -> Content | None:
    voice, turn = voice_of(told), Turn.objects.filter(pk=told.facts.get("turn", 0)).select_related("theme").first()
    if voice is None or turn is None or voice.stopped_at is not None or voice.need.theme_id != turn.theme_id:
        return None
    if turn.taken_back_at is not None:
        return None
    said = _Turned(turn.theme.title, ThemeState(turn.state), turn.sentence, turn.address, turn.passing)
    return _turned(words_of(voice.need), voice.need.get_absolute_url(), said)


def _taken_back(words: str, path: str, said: str, reason: str) -> Content:
    return Content(
        title="Nous nous sommes trompés sur votre besoin",
        sentences=(
            f"Nous vous avons écrit\u00a0: « {said} ». C’était une erreur, et nous l’avons reprise le jour même.",
            f"« {words} »",
            "Votre besoin en est où il en était avant cette lettre. Vous n’avez rien à faire.",
        ),
        facts=(("Pourquoi", reason),),
        buttons=_follow(path),
    )


def _workshop_cancelled(words: str, path: str, theme: str, reason: str) -> Content:
    return Content(
        title="L’atelier autour de votre besoin est annulé",
        sentences=(
            f"Nous vous avions dit qu’on se réunirait autour du thème « {theme} ». Cette réunion n’aura pas lieu.",
            f"« {words} »",
            "Votre besoin est toujours suivi\u00a0: nous vous écrirons à sa prochaine étape.",
        ),
        facts=(("Pourquoi", reason),),
        buttons=_follow(path),
    )


def _write_taken_back(told: Occasion) -> Content | None:
    voice, turn = voice_of(told), Turn.objects.filter(pk=told.facts.get("turn", 0)).select_related("theme").first()
    if voice is None or turn is None or turn.taken_back_at is None or voice.stopped_at is not None:
        return None
    if turn.is_workshop:
        theme, path = turn.theme.title, voice.need.get_absolute_url()
        return _workshop_cancelled(words_of(voice.need), path, theme, turn.taken_back_reason)
    title = _TURNS[ThemeState(turn.state)]
    return _taken_back(words_of(voice.need), voice.need.get_absolute_url(), title, turn.taken_back_reason)


LETTERS = (
    LetterKind("needs.confirm", "Besoin à confirmer", _write_ask, lambda: _ask(_SAMPLE, is_author=True),
               pace=Pace.ALONE, valid_for=timedelta(days=10)),
    LetterKind("needs.read", "Besoin lu", _write_read, lambda: _published(_SAMPLE, "/besoins/"), subject=FOLLOWED),
    LetterKind("needs.grouped", "Besoin regroupé", _write_grouped,
               lambda: _grouped(_SAMPLE, "Mobilité solidaire (exemple)", 8, "/besoins/"), subject=FOLLOWED),
    LetterKind("needs.turn", "Étape d’un thème", _write_turn,
               lambda: _turned(_SAMPLE, "/besoins/", _Turned(
                   "Mobilité solidaire (exemple)", ThemeState.CHOSEN,
                   "Le besoin le plus souvent dit, dans les trois communautés de communes.", "/besoins/")),
               subject=FOLLOWED),
    LetterKind("needs.taken_back", "Étape reprise", _write_taken_back,
               lambda: _taken_back(_SAMPLE, "/besoins/", "Votre besoin est au vote", "Le vote n’est pas prêt."),
               subject=FOLLOWED),
)  # fmt: skip
