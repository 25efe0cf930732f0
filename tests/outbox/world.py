"""What the tests of the outbox share: kinds of a made-up room, a postman with a clock, a way out that remembers."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from maillage.kernel.letters import (
    Button,
    Content,
    Ladder,
    LetterKind,
    Occasion,
    Pace,
    Page,
    Purpose,
    Step,
    Subject,
)
from maillage.kernel.models import Source
from maillage.kernel.registry import Manifest
from maillage.outbox.actions.delivery import Postman
from maillage.outbox.integrations import Outcome, Sent, Unreachable
from maillage.outbox.models import Letter

# A Wednesday, noon in Paris: the next Tuesday is 1 December.
AT = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
_numbers = itertools.count(1)
NEWS, SHEETS = Subject("essai.nouvelles", "Les nouvelles"), Subject("essai.fiches", "Votre fiche")


def source(title: str = "Fiche") -> Source:
    return Source.objects.create(kind="person", title=title, reference=str(next(_numbers)), date=AT.date())


def _content(told: Occasion) -> Content | None:
    about = Source.objects.filter(pk=told.object_id or 0).first()
    if told.object_id is not None and about is None:
        return None
    return Content(
        title=str(told.facts.get("title", "Votre fiche")),
        sentences=("L’équipe du territoire vous écrit.", f"Il s’agit de {about.title if about else 'rien'}."),
        buttons=(Button("C’est toujours valable", purpose="essai.confirm"), Button("L’annuaire", path="/annuaire/")),
    )


def _sample() -> Content:
    return Content("Votre fiche", ("Est-elle à jour ?",), buttons=(Button("Oui", purpose="essai.confirm"),))


def _broken(told: Occasion) -> Content:
    raise RuntimeError("someone@exemple.test")


def _code(told: Occasion) -> Content:
    return Content("Votre code", ("Voici votre code.",), code=str(told.facts["code"]))


def _kind(word: str, write: Callable[[Occasion], Content | None] = _content, **traits: object) -> LetterKind:
    return LetterKind(key=f"essai.{word}", label=f"Lettre {word}", write=write, sample=_sample, **traits)  # type: ignore[arg-type]


def _confirm(told: Occasion) -> Page:
    Source.objects.filter(pk=told.object_id or 0).update(licence="confirmée")
    return Page("Merci", ("Votre fiche est confirmée.",), links=(("Voir l’annuaire", "/annuaire/"),))


CONFIRM = Purpose(
    key="essai.confirm",
    days=30,
    describe=lambda told: Page("Confirmer ma fiche", ("Elle restera en ligne.",), button="Confirmer ma fiche"),
    act=_confirm,
    digest=lambda told: "" if told.object_id is None else Source.objects.get(pk=told.object_id).title,
    in_place_of=lambda told: (("Ma fiche aujourd’hui", "/annuaire/"),),
)
MANIFEST = Manifest(
    room="essai",
    letters=(
        _kind("news", subject=NEWS),
        _kind("ask", subject=SHEETS, awaits_answer=True),
        _kind("alone", pace=Pace.ALONE),
        _kind("code", _code, pace=Pace.URGENT, is_secret=True, valid_for=timedelta(minutes=15)),
        _kind("broken", _broken, pace=Pace.ALONE),
    ),
    purposes=(CONFIRM,),
    ladders=(
        Ladder(
            key="essai.remind",
            label="Relance d’essai",
            steps=(Step(9, kind="essai.ask"), Step(21, kind="essai.ask"), Step(45, todo="Appeler la structure")),
            is_over=lambda told: Source.objects.filter(pk=told.object_id or 0, licence="confirmée").exists(),
        ),
    ),
)


@dataclass
class Way:
    """A way out that does what it is told, and remembers: `outcomes` are used up first, then everything is sent."""

    outcomes: list[Outcome] = field(default_factory=list)
    is_away: bool = False
    sent: list[EmailMultiAlternatives] = field(default_factory=list)
    is_open: bool = True
    is_apart: bool = False

    def open(self) -> Way:
        if self.is_away:
            raise Unreachable("refused")
        return self

    def hand_over(self, message: EmailMultiAlternatives, letter: Letter) -> Outcome:
        outcome = self.outcomes.pop(0) if self.outcomes else Sent("250 ok")
        if isinstance(outcome, Sent):
            self.sent.append(message)
        return outcome

    def close(self) -> None:
        return

    @property
    def titles(self) -> list[str]:
        return [str(message.subject) for message in self.sent]


def postman(way: Way, at: datetime | None = None) -> Postman:
    return Postman(lambda: way, clock=(lambda: at) if at is not None else timezone.now)
