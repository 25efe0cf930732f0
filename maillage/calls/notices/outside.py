"""Letters about opinions asked outside the jury: to whoever is asked, and to whoever asked."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls.enums import EXAMINED
from maillage.calls.models import Application, OutsideOpinion, Recusal
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace
from ui import french

_CALL, _DAY, _QUESTION = "Appel d’exemple", "8 décembre 2026", "Le bâtiment peut-il accueillir du public\u202f?"
_BUTTON = Button("Lire et donner mon avis", purpose="calls.outside")


def waited_for(told: Occasion) -> OutsideOpinion | None:
    """The request that a letter is about, while it is answered by nobody and its reader may answer it."""
    rows = OutsideOpinion.objects.filter(pk=told.object_id or 0, answered_at=None, withdrawn_at=None)
    rows = rows.filter(application__state__in=EXAMINED, email__iexact=told.address).exclude(email="")
    one = rows.select_related("application__call__scheme__authority", "application__organisation", "asked_by",
                              "application__form", "application__commune", "application__theme").first()  # fmt: skip
    if one is None:
        return None
    away = Recusal.objects.filter(application=one.application_id, user__email__iexact=told.address)
    return None if away.exists() else one


def _ask(authority: str, call: str, question: str, due: str, asker: str) -> Content:
    by = f"{asker}, pour {authority}," if asker else f"{authority}"
    return Content(
        title="Votre avis est demandé sur un projet",
        sentences=(
            f"{by} étudie une demande d’aide et voudrait votre avis.",
            question,
            "Le bouton montre ce qui vous est confié. Vous répondez sur la même page, sans compte ni mot de passe.",
            "Gardez pour vous ce que vous lirez.",
        ),
        buttons=(_BUTTON,),
        facts=(("Appel", call), ("Pour le", due)),
    )


def _due(call: str, question: str, due: str) -> Content:
    return Content(
        title=f"Votre avis est attendu pour le {due}",
        sentences=(f"Il porte sur une demande faite à l’appel «\u00a0{call}\u00a0».", question),
        buttons=(_BUTTON,),
    )


def _write_ask(told: Occasion) -> Content | None:
    one = waited_for(told)
    if one is None:
        return None
    asker = one.asked_by.get_full_name() if one.asked_by else ""
    call = one.application.call
    return _ask(call.scheme.authority.name, call.title, one.question, french.day(one.due_on), asker)


def _write_due(told: Occasion) -> Content | None:
    one = waited_for(told)
    return None if one is None else _due(one.application.call.title, one.question, french.day(one.due_on))


def _withdrawn(call: str) -> Content:
    return Content(
        title="Votre avis n’est plus attendu",
        sentences=(
            f"Nous vous avions écrit au sujet d’une demande faite à l’appel «\u00a0{call}\u00a0».",
            "Vous n’avez rien à faire. Merci de votre attention.",
        ),
    )


def _write_withdrawn(told: Occasion) -> Content | None:
    rows = OutsideOpinion.objects.filter(pk=told.object_id or 0, withdrawn_at__isnull=False)
    one = rows.select_related("application__call").first()
    return None if one is None else _withdrawn(one.application.call.title)


def _noted(call: str, by: str) -> Content:
    return Content(
        title="Votre avis est noté",
        sentences=(
            f"Vous l’avez donné par téléphone, sur une demande faite à l’appel «\u00a0{call}\u00a0»."
            + (f" {by} l’a écrit pour vous." if by else ""),
            "Vous n’avez plus rien à faire. Si vous n’avez rien dit de tel, ou pour corriger, répondez à cette lettre.",
        ),
    )


def _write_noted(told: Occasion) -> Content | None:
    rows = OutsideOpinion.objects.filter(pk=told.object_id or 0, answered_at__isnull=False)
    one = rows.select_related("application__call", "noted_by").first()
    if one is None:
        return None
    return _noted(one.application.call.title, one.noted_by.get_full_name() if one.noted_by else "")


def _said(number: str, sense: str, path: str) -> Content:
    return Content(
        title=f"Un avis extérieur est arrivé\u00a0: {number}",
        sentences=(f"Avis\u00a0: {sense.lower()}." if sense else "La réponse est dans le dossier.",),
        buttons=(Button("Lire l’avis", path=path),),
    )


def _write_said(told: Occasion) -> Content | None:
    one = OutsideOpinion.objects.filter(pk=told.object_id or 0, answered_at__isnull=False).first()
    reader = User.objects.filter(pk=told.user_id or 0).first()
    if one is None or reader is None:
        return None
    rows = Application.objects.visible_to(reader, on=timezone.localdate(told.at)).filter(state__in=EXAMINED)
    own = rows.filter(pk=one.application_id).first()
    if own is None:
        return None
    path = reverse("applications_office:application", args=[own.pk])
    return _said(own.number or "", one.get_sense_display(), f"{path}#exterieurs")


LETTERS = (
    LetterKind("calls.outside", "Un avis extérieur est demandé", _write_ask,
               lambda: _ask("Territoire d’exemple", _CALL, _QUESTION, _DAY, "Bruno Lemaire (exemple)"),
               pace=Pace.ALONE, awaits_answer=True, is_secret=True),
    LetterKind("calls.outside_due", "Rappel d’un avis extérieur", _write_due, lambda: _due(_CALL, _QUESTION, _DAY),
               pace=Pace.ALONE, awaits_answer=True, is_secret=True),
    LetterKind("calls.outside_withdrawn", "Un avis extérieur n’est plus attendu", _write_withdrawn,
               lambda: _withdrawn(_CALL), pace=Pace.ALONE, valid_for=timedelta(days=10), is_secret=True),
    LetterKind("calls.outside_noted", "Un avis dit par téléphone est noté", _write_noted,
               lambda: _noted(_CALL, "Bruno Lemaire (exemple)"), pace=Pace.ALONE, is_secret=True),
    LetterKind("calls.outside_said", "Un avis extérieur est arrivé, pour l’équipe", _write_said,
               lambda: _said("AAP-2026-0001", "Favorable", "/gestion/demandes/"), is_secret=True),
)  # fmt: skip
