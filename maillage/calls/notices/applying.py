"""Letters to applicants: their draft waits, their demand came, somebody asks them to join a project."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from maillage.calls import keys, terms
from maillage.calls.enums import ApplicationState, CoApplicantState
from maillage.calls.models import Application, CoApplicant
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace, Subject
from ui import french

OWN = Subject("calls.application", "Mes demandes d’aide")
_CALL, _PATH = "Appel d’exemple", "/moi/demandes/"


def silence(on: date, court: str = "") -> str:
    """What the law says of an administration that does not answer. court: before which one goes then.

    Sources: CRPA, art. L231-4 (3°); CJA, art. R421-1; both delays are dated values.
    """
    months, appeal = terms.value("silence_months", on), terms.value("appeal_months", on)
    where = f" ({court})" if court else ""
    return (
        f"Sans réponse de notre part dans les {months}\u00a0mois qui suivent ce dépôt, votre demande est réputée "
        "refusée (code des relations entre le public et l’administration, article L231-4). Vous aurez alors "
        f"{appeal}\u00a0mois pour saisir le tribunal administratif{where}."
    )


def application_of(told: Occasion) -> Application | None:
    """The application that a letter is about, when its reader still holds it."""
    rows = Application.objects.filter(pk=told.object_id or 0).select_related("call__scheme__authority", "organisation")
    found = rows.first()
    return found if found is not None and holds(told, found) else None


def holds(told: Occasion, application: Application) -> bool:
    """Is the reader still one of its people, or who began it?"""
    if told.user_id is None:
        return False
    members = application.organisation.memberships.filter(user_id=told.user_id).exists()
    agreed = application.co_applicants.filter(
        state=CoApplicantState.AGREED, organisation__memberships__user_id=told.user_id
    )
    return members or agreed.exists()


def invited_of(told: Occasion) -> CoApplicant | None:
    rows = CoApplicant.objects.select_related("application__call", "application__organisation", "organisation")
    return rows.filter(pk=told.object_id or 0).first()


# It came.


def _receipt(*, number: str, call: str, organisation: str, at: datetime, path: str, court: str = "") -> Content:
    today = timezone.localdate(at)
    return Content(
        title=f"Votre demande est déposée\u00a0: {number}",
        sentences=(
            f"Nous avons bien reçu la demande d’aide que {organisation} a déposée pour l’appel «\u00a0{call}\u00a0».",
            "Nous la lisons et nous vous écrirons, y compris s’il manque quelque chose.",
            silence(today, court),
            "Gardez cette lettre\u00a0: elle vaut accusé de réception. Le récépissé est dans votre dossier.",
        ),
        buttons=(Button("Voir ma demande", path=path),),
        facts=(("Numéro", number), ("Déposée le", f"{french.day(at, weekday=True)} à {french.time(at)}")),
    )


def _write_receipt(told: Occasion) -> Content | None:
    one = application_of(told)
    if one is None or one.number is None or one.submitted_at is None:
        return None
    return _receipt(
        number=one.number, call=one.call.title, organisation=one.organisation.name, at=one.submitted_at,
        path=one.get_absolute_url(), court=one.call.scheme.authority.court,
    )  # fmt: skip


def _completed(number: str, path: str) -> Content:
    return Content(
        title=f"Vos compléments sont déposés\u00a0: {number}",
        sentences=("Nous les avons bien reçus. Votre demande garde son numéro, et la lecture reprend.",),
        buttons=(Button("Voir ma demande", path=path),),
    )


def _write_completed(told: Occasion) -> Content | None:
    one = application_of(told)
    return None if one is None or one.number is None else _completed(one.number, one.get_absolute_url())


# A draft waits.


def _draft(call: str, closes: str, path: str) -> Content:
    return Content(
        title=f"Votre demande n’est pas encore partie\u00a0: l’appel se termine {closes}",
        sentences=(
            f"Vous avez commencé une demande pour l’appel «\u00a0{call}\u00a0». Ce que vous avez écrit est gardé.",
            "La page dit ce qui manque. Une fois l’appel terminé, rien ne peut plus être envoyé.",
            "Vous ne voulez plus demander cette aide\u202f? Ne faites rien\u00a0: nous n’écrirons plus à ce sujet.",
        ),
        buttons=(Button("Reprendre ma demande", path=path),),
    )


def _write_draft(told: Occasion) -> Content | None:
    one = application_of(told)
    if one is None or one.state != ApplicationState.DRAFT or one.call.closes_at is None:
        return None
    if one.call.closes_at <= told.at:
        return None
    closes = french.moment(one.call.closes_at, today=timezone.localdate(told.at))
    return _draft(one.call.title, closes, one.get_absolute_url())


# Join a project.


def _joining(asker: str, invited: str, call: str, part: str) -> Content:
    return Content(
        title=f"{asker} vous propose de porter un projet ensemble",
        sentences=(
            f"{asker} prépare une demande pour l’appel «\u00a0{call}\u00a0», et souhaite y associer {invited}.",
            "Si vous êtes d’accord, les personnes de votre structure liront ce dossier et pourront y écrire.",
            "Rien n’est signé\u00a0: vous pourrez en reparler.",
        ),
        buttons=(
            Button("Oui, nous participons", purpose="calls.join"),
            Button("Non, pas cette fois", purpose="calls.decline"),
        ),
        facts=(("Votre rôle", part),) if part else (),
    )


def _write_joining(told: Occasion) -> Content | None:
    one = invited_of(told)
    if one is None or one.state != CoApplicantState.ASKED or not keys.has_open_partners(one.application):
        return None
    asker = one.application.organisation.name
    return _joining(asker, one.organisation.name, one.application.call.title, one.part)


def _joined(name: str, path: str, *, agrees: bool) -> Content:
    if agrees:
        title, words = f"{name} participe à votre projet", "Ses membres peuvent maintenant lire le dossier et y écrire."
    else:
        title, words = f"{name} ne participe pas à votre projet", "Vous pouvez inviter une autre structure."
    return Content(title, (words,), (Button("Ouvrir le dossier", path=path),))


def _write_joined(told: Occasion) -> Content | None:
    one = invited_of(told)
    if one is None or one.state == CoApplicantState.ASKED or not holds(told, one.application):
        return None
    agrees = one.state == CoApplicantState.AGREED
    return _joined(one.organisation.name, one.application.get_absolute_url(), agrees=agrees)


LETTERS = (
    LetterKind("calls.receipt", "Accusé de réception d’une demande d’aide", _write_receipt,
               lambda: _receipt(number="AAP-2026-0001", call=_CALL, organisation="L’Atelier (exemple)",
                                at=datetime(2026, 11, 24, 17, 30, tzinfo=timezone.get_current_timezone()), path=_PATH),
               pace=Pace.ALONE, valid_for=timedelta(days=30), is_secret=True),
    LetterKind("calls.completed", "Compléments d’une demande d’aide reçus", _write_completed,
               lambda: _completed("AAP-2026-0001", _PATH), pace=Pace.ALONE, valid_for=timedelta(days=30),
               is_secret=True),
    LetterKind("calls.draft", "Une demande d’aide attend d’être envoyée", _write_draft,
               lambda: _draft(_CALL, "mardi 24 novembre à 18\u00a0h", _PATH), subject=OWN, pace=Pace.ALONE,
               is_secret=True),
    LetterKind("calls.joining", "Proposition de porter un projet ensemble", _write_joining,
               lambda: _joining("L’Atelier (exemple)", "La Ressourcerie (exemple)", _CALL, "Prête son local"),
               pace=Pace.ALONE, awaits_answer=True, valid_for=timedelta(days=20), is_secret=True),
    LetterKind("calls.joined", "Réponse d’une structure associée", _write_joined,
               lambda: _joined("La Ressourcerie (exemple)", _PATH, agrees=True), subject=OWN, is_secret=True),
)  # fmt: skip
