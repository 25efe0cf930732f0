"""Letters of the reading: to applicants what is missing or why it cannot be kept, to jurors what waits for them.

None of them says the title of an application; one about an application asks again, when it is written, who reads it.
"""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from maillage.calls import terms
from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application, Completion, Recusal, Reviewer
from maillage.calls.notices.applying import application_of, holds
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace, Subject
from ui import french

JURY = Subject("calls.jury", "Les jurys dont je suis membre")
_CALL, _PATH, _JURY = "Appel d’exemple", "/moi/demandes/", "/moi/jury/"
_DAY, _LACK = "8 décembre 2026", "Le budget ne compte pas la location de la salle."


def _is_away(told: Occasion, application: Application) -> bool:
    return Recusal.objects.filter(application=application, user=told.user_id or 0).exists()


# What is missing.


def _completion(number: str, words: str, due: str, path: str) -> Content:
    return Content(
        title=f"Votre demande est à compléter\u00a0: {number}",
        sentences=(
            "Nous avons lu votre demande. Pour continuer, il nous manque quelque chose.",
            words,
            "Seules les parties à compléter sont rouvertes. Le reste ne change pas, et votre numéro non plus.",
        ),
        buttons=(Button("Compléter ma demande", path=path),),
        facts=(("À envoyer au plus tard le", due),),
    )


def _due(number: str, words: str, due: str, path: str) -> Content:
    return Content(
        title=f"Votre complément est attendu pour le {due}\u00a0: {number}",
        sentences=("Nous ne l’avons pas encore reçu.", words),
        buttons=(Button("Compléter ma demande", path=path),),
    )


def _asked(told: Occasion) -> Completion | None:
    rows = Completion.objects.filter(pk=told.object_id or 0, answered_at=None)
    one = rows.select_related("application__organisation").first()
    if one is None or one.application.state != ApplicationState.INCOMPLETE or _is_away(told, one.application):
        return None
    return one if holds(told, one.application) else None


def _write_completion(told: Occasion) -> Content | None:
    one = _asked(told)
    if one is None:
        return None
    own = one.application
    return _completion(own.number or "", one.words, french.day(one.due_on), own.get_absolute_url())


def _write_due(told: Occasion) -> Content | None:
    one = _asked(told)
    if one is None:
        return None
    own = one.application
    return _due(own.number or "", one.words, french.day(one.due_on), own.get_absolute_url())


# It cannot be kept.


def _inadmissible(number: str, reason: str, path: str, months: int, court: str = "") -> Content:
    where = f" ({court})" if court else ""
    return Content(
        title=f"Votre demande ne peut pas être retenue\u00a0: {number}",
        sentences=(
            "Nous avons lu votre demande. Elle ne remplit pas les conditions de l’appel.",
            f"Pourquoi\u00a0: {reason}",
            "Écrivez-nous si vous pensez que c’est une erreur.",
            f"Vous pouvez aussi saisir le tribunal administratif{where} dans les {months}\u00a0mois qui suivent.",
        ),
        buttons=(Button("Voir ma demande", path=path),),
    )


def _write_inadmissible(told: Occasion) -> Content | None:
    one = application_of(told)
    if one is None or one.state != ApplicationState.INADMISSIBLE or _is_away(told, one):
        return None
    months = terms.value("appeal_months", timezone.localdate(told.at))
    court, reason = one.call.scheme.authority.court, str(told.facts.get("reason", ""))
    return _inadmissible(one.number or "", reason, one.get_absolute_url(), months, court)


# The jury.


def _named(call: str, by: str, path: str) -> Content:
    return Content(
        title=f"Vous êtes membre du jury\u00a0: {call}",
        sentences=(
            "Le territoire vous propose de lire les demandes faites à cet appel, et de donner votre avis.",
            "À votre première visite, vous promettez de garder pour vous ce que vous lirez.",
            "Vous vous déportez alors des dossiers où vous, ou un proche, avez un intérêt.",
        ),
        buttons=(Button("Commencer", path=path),),
        facts=(("Le comité se réunit", by),) if by else (),
    )


def _juror(told: Occasion) -> Reviewer | None:
    rows = Reviewer.objects.filter(pk=told.object_id or 0, user_id=told.user_id or 0, call__archived_at=None)
    return rows.select_related("call").first()


def _write_named(told: Occasion) -> Content | None:
    one = _juror(told)
    if one is None:
        return None
    by = f"le {french.day(one.call.committee_on)}" if one.call.committee_on else ""
    return _named(one.call.title, by, reverse("calls:jury", args=[one.call.slug]))


def _jury_due(call: str, by: str, path: str) -> Content:
    return Content(
        title=f"Il vous reste des dossiers à noter avant {by}",
        sentences=(f"Ce sont des demandes faites à l’appel «\u00a0{call}\u00a0». Le comité se réunit {by}.",),
        buttons=(Button("Voir les dossiers", path=path),),
    )


def _write_jury_due(told: Occasion) -> Content | None:
    one = _juror(told)
    if one is None or one.call.committee_on is None:
        return None
    path = reverse("calls:jury", args=[one.call.slug])
    return _jury_due(one.call.title, f"le {french.day(one.call.committee_on)}", path)


LETTERS = (
    LetterKind("calls.completion", "Une demande d’aide est à compléter", _write_completion,
               lambda: _completion("AAP-2026-0001", _LACK, _DAY, _PATH),
               pace=Pace.ALONE, awaits_answer=True, valid_for=timedelta(days=30), is_secret=True),
    LetterKind("calls.completion_due", "Rappel d’un complément attendu", _write_due,
               lambda: _due("AAP-2026-0001", _LACK, _DAY, _PATH),
               pace=Pace.ALONE, awaits_answer=True, is_secret=True),
    LetterKind("calls.inadmissible", "Une demande d’aide est irrecevable", _write_inadmissible,
               lambda: _inadmissible("AAP-2026-0001", "Le projet se passe hors du territoire.", _PATH, 2),
               pace=Pace.ALONE, valid_for=timedelta(days=30), is_secret=True),
    LetterKind("calls.jury_named", "Membre d’un jury", _write_named,
               lambda: _named(_CALL, f"le {_DAY}", _JURY), subject=JURY, pace=Pace.ALONE),
    LetterKind("calls.jury_due", "Dossiers à noter", _write_jury_due,
               lambda: _jury_due(_CALL, f"le {_DAY}", _JURY), subject=JURY),
)  # fmt: skip
