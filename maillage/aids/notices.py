"""Letters of the room: is it you? a new aid for your search; an aid that the team thought of for you."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from maillage.aids.models import Aid, Watch
from maillage.aids.text import bare
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace, Subject
from ui import french

NEW_AIDS = Subject("aids", "Les aides nouvelles qui répondent à mes recherches")
PUSHED = Subject("aids.pushed", "Les aides que l’équipe du territoire me signale")


def aid_of(told: Occasion) -> Aid | None:
    """The aid that a letter is about, while it may be shown."""
    return Aid.objects.published().filter(pk=told.object_id or 0).first()


def watch_of(told: Occasion) -> Watch | None:
    """The saved search that a letter or a click is about."""
    return Watch.objects.filter(pk=told.object_id or 0).first()


def _facts(aid: Aid) -> tuple[tuple[str, str], ...]:
    until = f"jusqu’au {french.day(aid.deadline_date)}" if aid.deadline_date else "sans date limite connue"
    financed = ", ".join(aid.financers)
    return tuple((label, said) for label, said in (("Qui finance", financed), ("Ouverte", until)) if said)


def _ask() -> Content:
    return Content(
        title="Confirmez votre adresse pour recevoir les aides nouvelles",
        sentences=(
            "Vous, ou quelqu’un avec votre adresse, avez gardé une recherche dans les aides du territoire.",
            "Un bouton suffit. Nous vous écrirons quand une aide nouvelle y répond, jamais deux fois pour la même.",
            "Ce n’est pas vous\u202f? Laissez cette lettre\u00a0: nous n’écrirons plus, et votre adresse sera oubliée.",
        ),
        buttons=(Button("Recevoir les aides nouvelles", purpose="aids.confirm"),),
    )


def _write_ask(told: Occasion) -> Content | None:
    watch = watch_of(told)
    waits = watch is not None and watch.confirmed_at is None and watch.stopped_at is None
    return _ask() if waits else None


def _new(name: str, said: str, facts: tuple[tuple[str, str], ...], path: str, watch: Watch | None) -> Content:
    stop = Button("Ne plus recevoir cette recherche", purpose="aids.stop", about=watch)
    return Content(
        title=f"Une aide nouvelle\u00a0: {name}",
        sentences=("Elle répond à une recherche que vous avez gardée.", *((said,) if said else ())),
        facts=facts,
        buttons=(Button("Lire cette aide", path=path), *((stop,) if watch is not None else ())),
    )


def _write_new(told: Occasion) -> Content | None:
    aid, watch = aid_of(told), Watch.objects.filter(pk=told.facts.get("watch", 0)).first()
    if aid is None or watch is None or watch.stopped_at is not None or aid.is_over(timezone.localdate(told.at)):
        return None
    return _new(aid.short_title or aid.name, _first(bare(aid.description)), _facts(aid), aid.get_absolute_url(), watch)


def _first(words: str) -> str:
    """The beginning of a text, cut between two words."""
    return words if len(words) <= 240 else f"{words[:240].rsplit(' ', 1)[0]}…"


def _pushed(name: str, words: str, facts: tuple[tuple[str, str], ...], path: str) -> Content:
    return Content(
        title=f"Une aide pour vous\u00a0: {name}",
        sentences=("L’équipe du territoire a pensé à votre structure en lisant cette aide.", f"«\u00a0{words}\u00a0»"),
        facts=facts,
        buttons=(Button("Lire cette aide", path=path), Button("Toutes les aides possibles", path="/aides/possibles/")),
    )


def _write_pushed(told: Occasion) -> Content | None:
    aid = aid_of(told)
    if aid is None or aid.is_over(timezone.localdate(told.at)):
        return None
    return _pushed(aid.short_title or aid.name, str(told.facts.get("words", "")), _facts(aid), aid.get_absolute_url())


_SAMPLE = "Coup de pouce aux ateliers de réparation (exemple)"
_SAMPLE_FACTS = (("Qui finance", "Fonds d’exemple"), ("Ouverte", "jusqu’au 31 mars 2027"))
LETTERS = (
    LetterKind("aids.confirm", "Recherche d’aides à confirmer", _write_ask, _ask, pace=Pace.ALONE,
               valid_for=timedelta(days=10)),
    LetterKind("aids.new", "Aide nouvelle", _write_new,
               lambda: _new(_SAMPLE, "De quoi équiper un atelier ouvert à tous.", _SAMPLE_FACTS, "/aides/", None),
               subject=NEW_AIDS, valid_for=timedelta(days=10)),
    LetterKind("aids.pushed", "Aide signalée par l’équipe", _write_pushed,
               lambda: _pushed(_SAMPLE, "Votre atelier y entre, et le dossier est court.", _SAMPLE_FACTS, "/aides/"),
               subject=PUSHED, valid_for=timedelta(days=10)),
)  # fmt: skip
