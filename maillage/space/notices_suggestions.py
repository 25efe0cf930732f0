"""Letters about suggestions: something waits for you; what became of what you proposed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.phrases import FIELD_LABELS
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace, Subject
from maillage.space.deciding import may_decide
from maillage.space.enums import SuggestionState
from maillage.space.models import Suggestion

PROPOSALS = Subject("space.suggestions", "Les corrections proposées pour une fiche que je tiens")


def labels(fields: Sequence[str]) -> list[str]:
    """French names of the fields, in the order of the sheet."""
    order = list(FIELD_LABELS)
    return [FIELD_LABELS[one] for one in sorted(fields, key=order.index) if one in FIELD_LABELS]


def suggestion_of(told: Occasion) -> Suggestion | None:
    return Suggestion.objects.select_related("organisation").filter(pk=told.object_id or 0).first()


def _waiting(name: str, fields: list[str], path: str) -> Content:
    what = ", ".join(fields) if fields else "un mot, sans valeur nouvelle"
    return Content(
        title=f"Une correction est proposée pour « {name} »",
        sentences=(
            (
                "Quelqu’un propose de corriger cette fiche. Rien n’est publié sans vous\u00a0: gardez ce qui est "
                "juste, laissez le reste."
            ),
        ),
        facts=(("Ce qui changerait", what),),
        buttons=(Button("Regarder et décider", path=path),),
    )


def _write_waiting(told: Occasion) -> Content | None:
    suggestion = suggestion_of(told)
    reader = User.objects.filter(pk=told.user_id or 0).first()
    if suggestion is None or suggestion.state != SuggestionState.OPEN or reader is None:
        return None
    if not may_decide(reader, suggestion, on=timezone.localdate(told.at)):
        return None
    return _waiting(suggestion.organisation.name, labels(list(suggestion.facts)), f"/moi/propositions/{suggestion.pk}/")


def _decided(name: str, path: str, kept: list[str], left: list[str], reason: str) -> Content:
    facts = []
    if kept:
        facts.append(("Gardé", ", ".join(kept)))
    if left:
        facts.append(("Pas gardé", ", ".join(left)))
    if reason:
        facts.append(("Pourquoi", reason))
    return Content(
        title=f"Merci pour votre proposition sur « {name} »",
        sentences=(
            "Vous avez pris le temps de nous écrire, et quelqu’un a lu votre proposition.",
            "La fiche est corrigée." if kept else "La fiche n’a pas changé cette fois.",
        ),
        facts=tuple(facts),
        buttons=(Button("Voir la fiche", path=path),),
    )


def _write_decided(told: Occasion) -> Content | None:
    suggestion = suggestion_of(told)
    if suggestion is None or suggestion.state != SuggestionState.DECIDED:
        return None
    kept = [field for field, is_kept in suggestion.verdicts.items() if is_kept]
    left = [field for field, is_kept in suggestion.verdicts.items() if not is_kept]
    one = suggestion.organisation
    return _decided(one.name, one.get_absolute_url(), labels(kept), labels(left), suggestion.reason)


SUGGESTION_LETTERS = (
    LetterKind("space.suggestion", "Correction à décider", _write_waiting,
               lambda: _waiting("Le Fil vert (exemple)", ["Téléphone", "Horaires"], "/moi/"), subject=PROPOSALS,
               awaits_answer=True),
    LetterKind("space.suggestion_decided", "Réponse à une proposition", _write_decided,
               lambda: _decided("Le Fil vert (exemple)", "/annuaire/", ["Horaires d’ouverture"], ["Téléphone"],
                                "Le numéro proposé n’est pas attribué."), pace=Pace.ALONE),
)  # fmt: skip
