"""Propose a correction, decide it field by field.

Words: a *verdict* says of one field whether it was kept; what is kept is written by the directory's own verb.
Neighbours: `deciding` says who may; the views ask it before they come here; `contributing` comes here too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory import actions as directory
from maillage.directory.facts import Facts, facts_of, to_json
from maillage.directory.models import Organisation
from maillage.kernel.actions import journal, name_source
from maillage.kernel.models import Source
from maillage.outbox import actions as outbox
from maillage.space.actions.leaving_pictures import forget_unused
from maillage.space.deciding import deciders, role_for
from maillage.space.enums import SuggestionOrigin, SuggestionState
from maillage.space.models import Suggestion

# What is decided with a fact: a picture goes with its words, a consent with how it was given.
TOGETHER = {
    "picture_id": ("picture_alt", "picture_credit"),
    "contact_consent_at": ("contact_consent_note",),
}
PROPOSAL_NOTE = "proposition "  # and its number: the journal says so which acts came from a suggestion
VISITOR_TITLE = "Proposition d’une visiteuse ou d’un visiteur, acceptée par {role}"
OTHER_TITLES = {
    SuggestionOrigin.LETTER: "Proposition de la structure, par sa lettre, acceptée par {role}",
    SuggestionOrigin.CONTRIBUTOR: "Proposition d’un membre de la structure, acceptée par {role}",
}


MOVED = "La fiche a changé entre-temps\u00a0: relisez, puis décidez de nouveau."


class SuggestionRefused(Exception):
    """The suggestion cannot be opened or decided; `phrase` says why and what to do."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


def propose(
    *,
    organisation: Organisation,
    facts: Facts,
    seen: Facts,
    at: datetime,
    note: str = "",
    name: str = "",
    email: str = "",
    by: User | None = None,
    origin: SuggestionOrigin = SuggestionOrigin.VISITOR,
    said: str = "",
) -> Suggestion:
    """Keep a correction until somebody decides it, and tell whom it waits for. Raises SuggestionRefused when empty.

    said: words of ours that the journal keeps with the act.
    """
    if not facts and not note.strip():
        raise SuggestionRefused("Rien n’a changé\u00a0: corrigez au moins une ligne, ou dites-nous ce qui ne va pas.")
    with transaction.atomic():
        suggestion = Suggestion.objects.create(
            organisation=organisation, origin=origin, note=note.strip(), name=name.strip(), user=by, opened_at=at,
            email=email.strip().lower(),
            facts={field: to_json(value) for field, value in facts.items()},
            seen={field: to_json(value) for field, value in seen.items() if field in facts},
        )  # fmt: skip
        # The words of a stranger may hold anything: the journal names the fields only.
        changes = {"suggestion": [None, suggestion.pk], "fields": [None, sorted(facts)]}
        journal(verb="propose", target=organisation, changes=changes, by=by, at=at, note=said)
        for reader in deciders(organisation, on=timezone.localdate(at)):
            outbox.post(kind="space.suggestion", to=reader, about=suggestion, at=at)
    return suggestion


def decide(
    *, suggestion: Suggestion, kept: Iterable[str], reason: str, today: Facts | None, by: User, at: datetime
) -> Suggestion:
    """Keep some fields, leave the others, tell the author.

    today: what the page showed of the sheet, so that nobody overwrites a change they have not seen; None skips the
    comparison. Raises SuggestionRefused (already decided, moved meanwhile, not theirs, a value that does not fit).
    """
    with transaction.atomic():
        found = Suggestion.objects.select_for_update(of=("self",)).select_related("organisation")
        suggestion = found.get(pk=suggestion.pk)
        if suggestion.state != SuggestionState.OPEN:
            raise SuggestionRefused("Quelqu’un a déjà décidé de cette proposition.")
        organisation, role = suggestion.organisation, role_for(by, suggestion.organisation, on=timezone.localdate(at))
        if not role:
            raise SuggestionRefused("Cette proposition attend quelqu’un d’autre.")
        wanted = {field: value for field, value in suggestion.facts.items() if field in with_followers(kept)}
        if today is not None and today != values_now(suggestion):
            raise SuggestionRefused(MOVED)
        before = suggestion.facts.get("picture_id"), organisation.picture_id
        if wanted:
            _write(suggestion, wanted, seen=today, role=role, by=by, at=at)
        suggestion.verdicts = {field: field in wanted for field in suggestion.facts}
        suggestion.reason, suggestion.state = reason.strip()[:300], SuggestionState.DECIDED
        suggestion.decided_at, suggestion.decided_by = at, by
        suggestion.save(update_fields=["verdicts", "reason", "state", "decided_at", "decided_by"])
        changes = {"suggestion": [suggestion.pk, None], "kept": [None, sorted(wanted)]}
        journal(verb="decide_suggestion", target=organisation, changes=changes, by=by, at=at, note=suggestion.reason)
        forget_unused(before)
        _answer(suggestion, at)
    return suggestion


def with_followers(fields: Iterable[str]) -> set[str]:
    """These fields and those that are decided with them."""
    named = set(fields)
    return named.union(*(TOGETHER.get(one, ()) for one in named))


def followers_in(fields: Iterable[str]) -> set[str]:
    """Those among these fields that another of them decides."""
    named = set(fields)
    return {one for name in named for one in TOGETHER.get(name, ()) if one in named}


def _write(suggestion: Suggestion, wanted: Facts, *, seen: Facts | None, role: str, by: User, at: datetime) -> None:
    is_own = suggestion.origin in OTHER_TITLES
    title = OTHER_TITLES.get(SuggestionOrigin(suggestion.origin), VISITOR_TITLE).format(role=role)
    kind = Source.Kind.OWNER if is_own else Source.Kind.PERSON
    source = name_source(kind=kind, title=title, on=timezone.localdate(at))
    try:
        directory.revise_organisation(
            organisation=suggestion.organisation,
            facts=wanted,
            source=source,
            by=by,
            at=at,
            note=f"{PROPOSAL_NOTE}{suggestion.pk}",
            seen=seen,
        )
    except directory.SheetMoved as refusal:
        raise SuggestionRefused(MOVED) from refusal
    except directory.SheetRefused as refusal:
        raise SuggestionRefused(refusal.phrase) from refusal


def _answer(suggestion: Suggestion, at: datetime) -> None:
    author: User | str | None = suggestion.user or suggestion.email
    if not author or suggestion.user_id == suggestion.decided_by_id is not None:
        return
    try:
        outbox.post(kind="space.suggestion_decided", to=author, about=suggestion, at=at)
    except outbox.AddressRefused:  # a visitor's address need not be one we can write to
        return


def values_now(suggestion: Suggestion) -> Facts:
    """{field of the suggestion: what the sheet says today}."""
    now = facts_of(Organisation.objects.get(pk=suggestion.organisation_id))
    return {field: now.get(field) for field in suggestion.facts}
