"""Letters about organisations that the directory lacks: one waits for you; what became of it; it is public."""

from __future__ import annotations

from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace
from maillage.space.deciding import may_decide_missing
from maillage.space.enums import MissingState
from maillage.space.models import MissingActor
from maillage.space.notices_suggestions import PROPOSALS


def actor_of(told: Occasion) -> MissingActor | None:
    found = MissingActor.objects.select_related("commune", "sheet__merged_into").filter(pk=told.object_id or 0)
    return found.first()


def sheet_of(actor: MissingActor) -> Organisation | None:
    """The sheet it became, or the one that sheet was merged into."""
    return None if actor.sheet is None else actor.sheet.merged_into or actor.sheet


def _waiting(name: str, town: str, what: str, path: str) -> Content:
    facts = (("Nom", name), ("Commune", town or "inconnue"), ("Ce qu’elle fait", what))
    return Content(
        title=f"Une structure manque peut-être à l’annuaire\u00a0: « {name} »",
        sentences=(
            (
                "Quelqu’un propose de l’ajouter. Rien n’est publié sans vous\u00a0: regardez si elle y est déjà, "
                "gardez ce qui est juste, ou dites pourquoi non."
            ),
        ),
        facts=tuple((label, value) for label, value in facts if value),
        buttons=(Button("Regarder et décider", path=path),),
    )


def _write_waiting(told: Occasion) -> Content | None:
    actor, reader = actor_of(told), User.objects.filter(pk=told.user_id or 0).first()
    if actor is None or reader is None or actor.state != MissingState.OPEN:
        return None
    if not may_decide_missing(reader, actor, on=timezone.localdate(told.at)):
        return None
    town = "" if actor.commune is None else actor.commune.name
    return _waiting(actor.proposed_name, town, actor.what_it_does, f"/moi/structures-proposees/{actor.pk}/")


_READ = "Vous nous avez dit qu’il manquait une structure à l’annuaire, et quelqu’un a lu votre proposition."


def _made(name: str, reason: str) -> Content:
    return Content(
        title=f"Merci\u00a0: « {name} » aura sa fiche",
        sentences=(
            _READ,
            (
                "Sa fiche est commencée. L’équipe du territoire la vérifie avant de la publier\u00a0: nous vous "
                "écrirons ce jour-là."
            ),
        ),
        facts=(("Un mot de la personne qui a décidé", reason),) if reason else (),
    )


def _known(name: str, its_name: str, path: str, reason: str) -> Content:
    sentences: tuple[str, ...] = (_READ, f"Elle était déjà dans l’annuaire, sous le nom « {its_name} ».")
    if not path:
        sentences = (_READ, "Sa fiche est déjà en préparation\u00a0: nous vous écrirons quand elle sera publiée.")
    return Content(
        title=f"Merci pour votre proposition\u00a0: « {name} »",
        sentences=sentences,
        facts=(("Un mot de la personne qui a décidé", reason),) if reason else (),
        buttons=(Button("Voir la fiche", path=path),) if path else (),
    )


def _refused(name: str, reason: str) -> Content:
    return Content(
        title=f"Votre proposition\u00a0: « {name} »",
        sentences=(_READ, "Elle n’entre pas dans l’annuaire cette fois. Une question\u202f? Appelez-nous."),
        facts=(("Pourquoi", reason),),
        buttons=(Button("Nous joindre", path="/contact/"),),
    )


def _write_decided(told: Occasion) -> Content | None:
    actor = actor_of(told)
    if actor is None or actor.state == MissingState.OPEN:
        return None
    name, sheet = actor.proposed_name, sheet_of(actor)
    if actor.state == MissingState.REFUSED:
        return _refused(name, actor.reason)
    if actor.state == MissingState.KNOWN and sheet is not None:
        return _known(name, sheet.name, sheet.get_absolute_url() if sheet.is_public else "", actor.reason)
    return _made(name, actor.reason)


def _published(name: str, path: str) -> Content:
    return Content(
        title=f"« {name} » est dans l’annuaire",
        sentences=(
            "Vous nous aviez dit qu’elle manquait\u00a0: sa fiche est publiée. Merci, vous aidez chacun à la trouver.",
            "Une erreur dessus\u202f? La fiche a un lien pour la corriger.",
        ),
        buttons=(Button("Voir la fiche", path=path),),
    )


def _write_published(told: Occasion) -> Content | None:
    actor = actor_of(told)
    sheet = None if actor is None else sheet_of(actor)
    return None if sheet is None or not sheet.is_public else _published(sheet.name, sheet.get_absolute_url())


MISSING_LETTERS = (
    LetterKind("space.missing", "Structure proposée, à décider", _write_waiting,
               lambda: _waiting("Vélos du canal (exemple)", "Péronne", "Elle répare et revend des vélos.", "/moi/"),
               subject=PROPOSALS, awaits_answer=True),
    LetterKind("space.missing_decided", "Ce que devient une structure proposée", _write_decided,
               lambda: _made("Vélos du canal (exemple)", ""), pace=Pace.ALONE),
    LetterKind("space.missing_published", "La structure proposée est publiée", _write_published,
               lambda: _published("Vélos du canal (exemple)", "/annuaire/"), pace=Pace.ALONE),
)  # fmt: skip
