"""Turn back a whole batch of acts: an import, a merge; what somebody changed since is kept, and said.

Words: a *batch* groups the journal entries of one act ("import:12"); *origin* = the source a value had before.
A sheet that the batch made goes away, unless anyone touched it since. An import is turned back in short
committed steps, so that others write meanwhile; a step done twice does nothing. Neighbours: `importing` writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

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
from maillage.directory.pace import breathe
from maillage.directory.phrases import FIELD_LABELS
from maillage.kernel.actions import AUTOMATIC, entry, name_source
from maillage.kernel.models import JournalEntry, Source
from maillage.search.actions import note_change

_TYPE = "directory.organisation"
_CHUNK = 1_000
# Sheets turned back in one transaction of an import: about half a second, then others may write.
STEP = 200
LONGEST_REPORT = 1_000
Clock = Callable[[], datetime]
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


def undo_import(
    *, run: ImportRun, by: User | None, at: datetime, even_begun: bool = False, clock: Clock = timezone.now
) -> Undone:
    """Turn back every act of an import; the run becomes *annulé*, with what was kept.

    Each step is committed: an undo that is cut is finished by doing it again (even_begun: it was claimed before).
    Raises UndoRefused when there is nothing to turn back.
    """
    begin_undo(run=run, at=at, even_begun=even_begun)
    undone = Undone()
    for ids in _parts(run.batch, STEP):
        with transaction.atomic():
            run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
            if run.state != ImportRun.State.UNDOING:
                raise UndoRefused(f"Cet import est « {run.get_state_display()} » : son annulation s’est arrêtée.")
            kept = len(undone.kept)
            _turn_back_part(ids, run.batch, undone, by=by, at=at)
            _note_kept(run, undone.kept[kept:])
            run.alive_at, run.progress_done = clock(), run.progress_done + len(ids)
            run.save(update_fields=["report", "alive_at", "progress_done"])
        breathe()
    ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.UNDOING).update(
        state=ImportRun.State.UNDONE, finished_at=at, written={}
    )
    return undone


def begin_undo(*, run: ImportRun, at: datetime, even_begun: bool = False) -> None:
    """Claim the import to turn it back: *en cours d’annulation*. Raises UndoRefused when there is nothing to undo."""
    with transaction.atomic():
        known = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        is_begun = even_begun and known.state == ImportRun.State.UNDOING
        if not (may_undo(known) or is_begun):
            raise UndoRefused(f"Cet import est « {known.get_state_display()} » : il n’y a rien à annuler.")
        known.state, known.alive_at, known.stage, known.queued_at = ImportRun.State.UNDOING, at, "", None
        known.progress_done, known.progress_total = 0, sheets_in(known.batch)
        known.save(update_fields=["state", "alive_at", "stage", "queued_at", "progress_done", "progress_total"])
    run.refresh_from_db()


def may_undo(run: ImportRun) -> bool:
    """It is done, or stopped half written."""
    return run.state == ImportRun.State.DONE or (run.is_half_written and run.state == ImportRun.State.FAILED)


def sheets_in(batch: str) -> int:
    """How many sheets the acts of a batch touched."""
    return _acts_of(batch).values("object_id").distinct().count()


def _note_kept(run: ImportRun, kept: Sequence[str]) -> None:
    notes = [{"line": 0, "column": "", "level": "warning", "message": words} for words in kept]
    run.report = [*notes[: max(0, LONGEST_REPORT - len(run.report))], *run.report]


def turn_back(*, batch: str, by: User | None, at: datetime) -> Undone:
    """Give every sheet of the batch the values it had before; join a transaction."""
    undone = Undone()
    for ids in _parts(batch, _CHUNK):
        _turn_back_part(ids, batch, undone, by=by, at=at)
    return undone


def _acts_of(batch: str) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(batch=batch, object_type=_TYPE)


def _parts(batch: str, size: int) -> Iterator[list[int]]:
    ids = sorted(set(_acts_of(batch).values_list("object_id", flat=True)))
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _turn_back_part(ids: Sequence[int], batch: str, undone: Undone, *, by: User | None, at: datetime) -> None:
    organisations = list(
        Organisation.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",))
        .prefetch_related("establishments", "terms", "qualifications")
    )  # fmt: skip
    last: dict[int, int] = dict(
        _acts_of(f"undo:{batch}").filter(object_id__in=ids).values_list("object_id").annotate(Max("pk"))
    )
    acts = [
        act for act in _acts_of(batch).filter(object_id__in=ids).order_by("pk") if act.pk > last.get(act.object_id, 0)
    ]
    if not acts:
        return
    source = name_source(kind=Source.Kind.COMPUTED, title="Annulation", reference=batch, on=at.date())
    _turn_back_acts(organisations, acts, Writing(source, by, at, f"undo:{batch}", verb="undo"), undone)


def _turn_back_acts(
    organisations: Sequence[Organisation], acts: Sequence[JournalEntry], writing: Writing, undone: Undone
) -> None:
    batch, before = acts[0].batch, _before(acts)
    first = {act.object_id: act.pk for act in reversed(acts)}
    organisations = [one for one in organisations if one.pk in first]
    others = list(JournalEntry.objects.filter(object_type=_TYPE, object_id__in=first).exclude(batch=batch)
                  .order_by("pk"))  # fmt: skip
    touched = {act.object_id for act in others if act.pk > first[act.object_id]}
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
            if old is None and new is None:  # erased with the person it named
                continue
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
