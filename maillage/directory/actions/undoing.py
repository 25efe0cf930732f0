"""Turn back a whole batch of acts: an import, a merge; what somebody changed since is kept, and said.

Words: a *batch* groups the journal entries of one act ("import:12"); *origin* = the source a value had before.
A sheet that the batch made goes away, unless anyone touched it since. Neighbours: `importing` writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from maillage.accounts.models import User
from maillage.directory.actions.importing import Revision, Writing, revise_sheets
from maillage.directory.actions.sheets import SEARCH_KIND
from maillage.directory.facts import Changes, facts_of
from maillage.directory.models import (
    DuplicatePair,
    Establishment,
    Flag,
    FormerSlug,
    ImportedKey,
    ImportRun,
    Organisation,
    Qualification,
)
from maillage.directory.phrases import FIELD_LABELS
from maillage.kernel.actions import AUTOMATIC, entry, name_source
from maillage.kernel.models import JournalEntry, Source
from maillage.search.actions import note_change

_TYPE = "directory.organisation"
_CHUNK = 1_000
# What a merge notes beside the fields of the sheet; `merging` turns these back itself.
NOTED = frozenset({"merged_into", "merged_from", "former_slugs"})


class UndoRefused(Exception):
    """There is nothing to turn back; `phrase` says why."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


@dataclass
class Undone:
    """deleted, turned_back: sheets; kept: one French sentence per sheet or field left as it is."""

    deleted: int = 0
    turned_back: int = 0
    kept: list[str] = field(default_factory=list)


@dataclass
class _Before:
    """One sheet in the batch: was it made by it, and {field: [before the batch, after it]}."""

    is_made: bool = False
    changes: dict[str, list[Any]] = field(default_factory=dict)


def undo_import(*, run: ImportRun, by: User | None, at: datetime) -> Undone:
    """Turn back every act of an import, in one transaction; the run becomes *annulé*, with what was kept.

    Raises UndoRefused when the run is not done.
    """
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if run.state != ImportRun.State.DONE:
            raise UndoRefused(f"Cet import est « {run.get_state_display()} » : il n’y a rien à annuler.")
        undone = turn_back(batch=run.batch, by=by, at=at)
        run.state, run.finished_at = ImportRun.State.UNDONE, at
        notes = [{"line": 0, "column": "", "level": "warning", "message": kept} for kept in undone.kept[:1_000]]
        run.report = [*notes, *run.report]
        run.save(update_fields=["state", "finished_at", "report"])
    return undone


def turn_back(*, batch: str, by: User | None, at: datetime) -> Undone:
    """Give every sheet of the batch the values it had before; join a transaction."""
    undone = Undone()
    entries = JournalEntry.objects.filter(batch=batch, object_type=_TYPE)
    last = JournalEntry.objects.filter(batch=f"undo:{batch}").order_by("-pk").values_list("pk", flat=True).first()
    if last is not None:
        entries = entries.filter(pk__gt=last)
    first = entries.order_by("pk").values_list("pk", flat=True).first()
    if first is None:
        return undone
    ids = sorted(set(entries.values_list("object_id", flat=True)))
    source = name_source(kind=Source.Kind.COMPUTED, title="Annulation", reference=batch, on=at.date())
    writing = Writing(source, by, at, f"undo:{batch}", verb="undo")
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        acts = list(entries.filter(object_id__in=chunk).order_by("pk"))
        _turn_back_chunk(chunk, acts, writing, undone)
    return undone


def _turn_back_chunk(ids: Sequence[int], acts: Sequence[JournalEntry], writing: Writing, undone: Undone) -> None:
    batch = acts[0].batch
    before = _before(acts)
    organisations = list(
        Organisation.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",))
        .prefetch_related("establishments", "terms", "qualifications")
    )  # fmt: skip
    others = list(JournalEntry.objects.filter(object_type=_TYPE, object_id__in=ids).exclude(batch=batch).order_by("pk"))
    touched = {act.object_id for act in others if act.pk > acts[0].pk}
    gone = [one for one in organisations if before[one.pk].is_made and one.pk not in touched]
    _delete(gone, writing)
    undone.deleted += len(gone)
    history: dict[int, list[JournalEntry]] = defaultdict(list)
    for act in [*others, *acts]:
        history[act.object_id].append(act)
    revisions = []
    for organisation in organisations:
        if before[organisation.pk].is_made:
            if organisation.pk in touched:
                undone.kept.append(f"« {organisation} » est gardée : elle a changé depuis.")
            continue
        revision = _revision(organisation, before[organisation.pk], history[organisation.pk], batch, undone)
        if revision.changes:
            revisions.append(revision)
    revise_sheets(revisions=revisions, writing=writing)
    undone.turned_back += len(revisions)


def _before(acts: Iterable[JournalEntry]) -> dict[int, _Before]:
    found: dict[int, _Before] = defaultdict(_Before)
    for act in acts:
        sheet = found[act.object_id]
        sheet.is_made = sheet.is_made or act.verb == "create"
        for name, (old, new) in act.changes.items():
            sheet.changes[name] = [sheet.changes[name][0] if name in sheet.changes else old, new]
    return found


def _revision(
    organisation: Organisation, before: _Before, history: Sequence[JournalEntry], batch: str, undone: Undone
) -> Revision:
    facts = facts_of(organisation)
    changes: Changes = {}
    for name, (old, new) in before.changes.items():
        if name in NOTED:
            continue
        now = facts.get(name)
        if now != new and not (now in ("", None, []) and new in ("", None, [])):
            label = FIELD_LABELS.get(name, name)
            undone.kept.append(f"« {organisation} » : {label} est gardé, quelqu’un l’a changé depuis.")
        else:
            changes[name] = [now, old]
    origins = _origins(organisation, changes, sorted(history, key=lambda act: act.pk), batch)
    after = {**facts, **{name: pair[1] for name, pair in changes.items()}}
    return Revision(organisation, changes, after, origins=origins)


def _origins(
    organisation: Organisation, changes: Changes, history: Sequence[JournalEntry], batch: str
) -> Mapping[str, int | None]:
    """Where each old value came from: its act wrote other fields too, whose source is still known."""
    last: dict[str, JournalEntry] = {}
    earlier: dict[str, JournalEntry] = {}
    for act in history:
        for name in act.changes:
            last[name] = act
            if act.batch != batch:
                earlier[name] = act
    return {name: _origin(earlier.get(name), last, organisation) for name in changes}


def _origin(act: JournalEntry | None, last: Mapping[str, JournalEntry], organisation: Organisation) -> int | None:
    if act is None:
        return None
    for name in act.changes:
        if last.get(name) is act and name in organisation.sources:
            known: int = organisation.sources[name]
            return known
    if act.batch.startswith("import:"):
        number = act.batch.removeprefix("import:")
        return ImportRun.objects.filter(pk=int(number)).values_list("source", flat=True).first()
    if act.actor_label == AUTOMATIC:
        return None
    return name_source(kind=Source.Kind.PERSON, title=act.actor_label, on=act.at.date()).pk


def _delete(organisations: Sequence[Organisation], writing: Writing) -> None:
    """Take the sheets away; the journal keeps what they said."""
    ids = [one.pk for one in organisations]
    JournalEntry.objects.bulk_create(
        entry(verb="undo", target=one, by=writing.by, at=writing.at, batch=writing.batch,
              changes={name: [value, None] for name, value in facts_of(one).items() if value not in ("", None, [])})
        for one in organisations
    )  # fmt: skip
    Flag.objects.filter(organisation__in=ids).delete()
    Establishment.objects.filter(organisation__in=ids).delete()
    Qualification.objects.filter(organisation__in=ids).delete()
    FormerSlug.objects.filter(organisation__in=ids).delete()
    ImportedKey.objects.filter(organisation__in=ids).delete()
    DuplicatePair.objects.filter(first__in=ids).delete()
    DuplicatePair.objects.filter(second__in=ids).delete()
    Organisation.terms.through.objects.filter(organisation_id__in=ids).delete()
    Organisation.objects.filter(pk__in=ids).delete()
    note_change(kind=SEARCH_KIND, ids=ids)
