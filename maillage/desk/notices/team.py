"""Letters to the team of the desk, and to partners. Those to a partner tell what the holder agreed to, nothing else."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from maillage.desk.enums import Advice, Turn
from maillage.desk.models import Project
from maillage.desk.notices.holders import advice_of, referral_of
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace, Subject
from ui import french

DESK = Subject("desk", "Le guichet : demandes et dossiers que je suis")
_OFFICE = "/gestion/guichet/"


def _page(project: Project) -> str:
    return reverse("desk_office:project", args=[project.pk])


def _new(place: str, stage: str, by: str, path: str) -> Content:
    return Content(
        title="Une nouvelle demande au guichet",
        sentences=("Elle vous est confiée. La personne attend votre réponse.",),
        facts=(("Où", place), ("Étape", stage), ("Réponse promise pour le", by)),
        buttons=(Button("Lire la demande", path=path),),
    )


def _write_new(told: Occasion) -> Content | None:
    project = Project.objects.to_answer().select_related("commune").filter(pk=told.object_id or 0).first()
    if project is None or project.adviser_id != told.user_id:
        return None
    return _new(project.place, project.get_stage_display(), french.day(project.answer_by), _page(project))


def _assigned(reference: str, path: str) -> Content:
    return Content(
        title="Un dossier du guichet vous est confié",
        sentences=(f"C’est le dossier {reference}. Son histoire, ses notes et ses échanges viennent avec.",),
        buttons=(Button("Ouvrir le dossier", path=path),),
    )


def _write_assigned(told: Occasion) -> Content | None:
    project = Project.objects.open().filter(pk=told.object_id or 0).first()
    if project is None or project.adviser_id != told.user_id:
        return None
    return _assigned(project.reference, _page(project))


def _handed(count: int) -> Content:
    return Content(
        title=f"{french.plural(count, 'dossier')} du guichet pour vous",
        sentences=("Une ou un collègue vous passe ses dossiers. Tout ce qui a été dit et promis s’y trouve.",),
        buttons=(Button("Voir mes dossiers", path=f"{_OFFICE}?liste=les-miens"),),
    )


def _write_handed(told: Occasion) -> Content | None:
    return _handed(int(told.facts.get("count", 0)))


_MOVED = {Advice.STUCK: "bloque", Advice.DONE: "est faite", Advice.DECLINED: "n’est pas retenue"}


def _advice_moved(reference: str, state: Advice, path: str) -> Content:
    return Content(
        title=f"Une étape {_MOVED[state]}\u00a0: dossier {reference}",
        sentences=("La personne l’a dit depuis son dossier, ou d’un bouton de sa lettre.",),
        buttons=(Button("Ouvrir le dossier", path=path),),
    )


def _write_advice_moved(told: Occasion) -> Content | None:
    one = advice_of(told)
    if one is None or one.state not in _MOVED or one.project.adviser_id != told.user_id:
        return None
    return _advice_moved(one.project.reference, Advice(one.state), _page(one.project))


def _partner_said(reference: str, partner: str, state: str, path: str) -> Content:
    return Content(
        title=f"{partner} a répondu\u00a0: dossier {reference}",
        sentences=(f"Sa réponse\u00a0: {state.lower()}.",),
        buttons=(Button("Ouvrir le dossier", path=path),),
    )


def _write_partner_said(told: Occasion) -> Content | None:
    one = referral_of(told)
    if one is None or one.project.adviser_id != told.user_id:
        return None
    return _partner_said(one.project.reference, one.partner.name, one.get_state_display(), _page(one.project))


def _partner(shared: str, why: str, place: str, stage: str, adviser: str, *, asked: date | None = None) -> Content:
    """asked: the day of the first letter, when this one asks again."""
    again = (
        [f"Nous vous avons écrit le {french.day(asked)} pour ce projet, et attendons votre réponse."] if asked else []
    )
    return Content(
        title="Un projet de votre ressort\u00a0: pouvez-vous prendre le relais\u202f?",
        sentences=(
            *again,
            f"{adviser}, du guichet du territoire, vous écrit avec l’accord de la personne qui porte ce projet.",
            f"« {shared} »",
            f"Pourquoi vous\u00a0: {why}",
            "Un bouton suffit pour répondre, sans compte. Vos coordonnées iront à la personne si vous dites oui.",
        ),
        facts=(("Où", place), ("Étape", stage)),
        buttons=(
            Button("Je prends le relais", purpose="desk.take"), Button("Ce n’est pas pour nous", purpose="desk.not_us"),
            Button("Nous l’aidons déjà", purpose="desk.already"),
        ),
    )  # fmt: skip


def _write_partner(told: Occasion) -> Content | None:
    one = referral_of(told)
    if one is None or one.state != Turn.ASKED or told.address.lower() != one.partner.email.lower():
        return None
    project = one.project
    adviser = project.adviser.get_full_name() if project.adviser else "Une personne de l’équipe"
    asked = timezone.localdate(one.asked_at) if one.asked_at else None
    # A first letter may wait a night or two in the outbox: it is no reminder.
    again = asked if asked and timezone.localdate(told.at) - asked > timedelta(days=3) else None
    return _partner(one.shared, one.why, project.place, project.get_stage_display(), adviser, asked=again)


LETTERS = (
    LetterKind("desk.new", "Nouvelle demande", _write_new,
               lambda: _new("Ham", "Juste une idée", "4 décembre 2026", _OFFICE), subject=DESK, pace=Pace.ALONE),
    LetterKind("desk.assigned", "Dossier confié", _write_assigned, lambda: _assigned("k3v8m2qz", _OFFICE),
               subject=DESK),
    LetterKind("desk.handed", "Dossiers passés", _write_handed, lambda: _handed(7), subject=DESK),
    LetterKind("desk.advice_moved", "Étape qui avance", _write_advice_moved,
               lambda: _advice_moved("k3v8m2qz", Advice.STUCK, _OFFICE), subject=DESK, pace=Pace.ALONE),
    LetterKind("desk.partner_said", "Réponse d’un partenaire, pour l’équipe", _write_partner_said,
               lambda: _partner_said("k3v8m2qz", "Le réseau (exemple)", "Le partenaire prend le relais", _OFFICE),
               subject=DESK),
    LetterKind("desk.partner", "Projet à prendre en relais", _write_partner,
               lambda: _partner("Une association cherche un local à Ham.", "Vous avez aidé trois épiceries.", "Ham",
                                "Étude", "Bruno Lemaire (exemple)"),
               pace=Pace.ALONE, awaits_answer=True, is_secret=True),
)  # fmt: skip
