"""Write thousands of sheets at once, by the same rules as one: `sheets` writes one, this writes a chunk.

Words: a *draft* is a sheet to make, a *revision* what changes in one that is there. The callers have already
held them against human values (`imports.planning`), inside the transaction that this joins.
Neighbours: `sheets` lends its rules (slug, column value, other place); `undoing` writes through here too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from maillage.accounts.models import User
from maillage.directory.actions.sheets import SEARCH_KIND, column_value, other_place, slug_base
from maillage.directory.enums import KEPT_BY_OTHERS
from maillage.directory.facts import (
    OTHER_PLACES,
    PLACE_FIELDS,
    PLAIN_FIELDS,
    QUALIFICATION_FIELDS,
    Changes,
    Facts,
    from_json,
    main_place,
)
from maillage.directory.models import (
    Establishment,
    Flag,
    FormerSlug,
    ImportedKey,
    Organisation,
    Qualification,
    Term,
)
from maillage.directory.quality import PointJudge, completeness, doubts, flag_of, judge_point_in_database
from maillage.kernel.actions import entry
from maillage.kernel.bulk import fresh, insert_rows
from maillage.kernel.models import JournalEntry, Source
from maillage.kernel.text import fold
from maillage.search.actions import note_change

_PLAIN = frozenset(PLAIN_FIELDS)
_PLACE = {f"place.{name}": name for name in PLACE_FIELDS}


@dataclass(slots=True)
class Draft:
    """facts: what is said, empties left out; key: how the series names it when it has no official number."""

    facts: Facts
    key: str = ""


@dataclass(slots=True)
class Revision:
    """facts: the whole sheet as it will stand; origins: fields whose source is not the common one (None = unknown)."""

    organisation: Organisation
    changes: Changes
    facts: Facts
    key: str = ""
    origins: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Writing:
    """Who writes, in whose name, for which batch; `judge_point` holds points against their commune."""

    source: Source
    by: User | None
    at: datetime
    batch: str
    series: str = ""
    verb: str = "revise"
    judge_point: PointJudge = judge_point_in_database


class SourceBook:
    """What one needs to know of sources, read once: which are people, and their titles."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[bool, str]] = {}

    def learn(self, pks: Iterable[int]) -> None:
        """Read the sources not read yet; one query, or none."""
        missing = {pk for pk in pks if pk not in self._known}
        if missing:
            for source in Source.objects.filter(pk__in=missing):
                self._known[source.pk] = (source.is_human, source.title)

    def human_fields(self, sources: Mapping[str, int]) -> frozenset[str]:
        """Fields whose value comes from a person, among {field: source}; learn the sources before."""
        return frozenset(name for name, pk in sources.items() if self._known.get(pk, (False, ""))[0])

    def title(self, pk: int | None) -> str:
        """Title of a source already learnt; "" when it is unknown."""
        return "" if pk is None else self._known.get(pk, (False, ""))[1]


class SlugBook:
    """Free addresses for many names: the name, then the name and a number, as `sheets.free_slug` gives them."""

    def __init__(self) -> None:
        self._taken: dict[str, set[str]] = {}
        self._next: dict[str, int] = {}
        self._given: set[str] = set()

    def take(self, names: Sequence[str]) -> list[str]:
        """One address per name, none given twice; two queries, and two per name already taken."""
        bases = [slug_base(name) for name in names]
        new = {base for base in bases if base not in self._taken}
        there = set(Organisation.objects.filter(slug__in=new).values_list("slug", flat=True))
        there |= set(FormerSlug.objects.filter(slug__in=new).values_list("slug", flat=True))
        for base in new:
            self._taken[base] = self._numbered(base) if base in there else set()
        return [self._one(base) for base in bases]

    def _numbered(self, base: str) -> set[str]:
        taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        return taken | set(FormerSlug.objects.filter(slug__startswith=base).values_list("slug", flat=True))

    def _one(self, base: str) -> str:
        taken = self._taken[base]
        if base not in taken and base not in self._given:
            self._given.add(base)
            return base
        if not taken:  # given a moment ago: numbers of it may stand in the database
            taken = self._taken[base] = self._numbered(base) | {base}
        number = self._next.get(base, 2)
        while (slug := f"{base}-{number}") in taken or slug in self._given:
            number += 1
        self._next[base] = number + 1
        self._given.add(slug)
        return slug


def create_sheets(*, drafts: Sequence[Draft], writing: Writing, slugs: SlugBook) -> list[Organisation]:
    """Make sheets from facts, all or none: rows, places, words, flags, journal and search, in a dozen statements.

    Join a transaction. Raises IntegrityError when another writer took a number or an address meanwhile.
    """
    organisations = [
        _organisation(draft.facts, slug, writing)
        for draft, slug in zip(drafts, slugs.take([str(draft.facts["name"]) for draft in drafts]), strict=True)
    ]
    insert_rows(Organisation, organisations)
    places = _add_places(organisations, drafts, writing.source)
    _add_words(organisations, drafts, writing.source)
    _add_flags(organisations, drafts, places, writing)
    insert_rows(JournalEntry, [
        entry(verb="create", target=one, changes=_as_changes(draft.facts), by=writing.by, at=writing.at,
              batch=writing.batch)
        for one, draft in zip(organisations, drafts, strict=True)
    ])  # fmt: skip
    _add_keys(zip(organisations, (draft.key for draft in drafts), strict=True), writing.series)
    note_change(kind=SEARCH_KIND, ids=[one.pk for one in organisations])
    return organisations


def revise_sheets(*, revisions: Sequence[Revision], writing: Writing) -> None:
    """Write what changes in sheets already there (prefetched); same promises as `create_sheets`."""
    for revision in revisions:
        _set_plain(revision, writing)
    touched = {name for revision in revisions for name in revision.changes} & _PLAIN
    columns = {*touched, "sources", "name_key", "updated_at", "completeness"}
    if revisions:
        organisations = [revision.organisation for revision in revisions]
        Organisation.objects.bulk_update(organisations, sorted(columns), batch_size=_batch(len(columns)))
    _revise_places(revisions, writing.source)
    _revise_words(revisions, writing.source)
    _revise_flags(revisions, writing)
    insert_rows(JournalEntry, [
        entry(verb=writing.verb, target=revision.organisation, changes=revision.changes, by=writing.by, at=writing.at,
              batch=writing.batch)
        for revision in revisions
    ])  # fmt: skip
    _add_keys(((revision.organisation, revision.key) for revision in revisions), writing.series)
    note_change(kind=SEARCH_KIND, ids=[revision.organisation.pk for revision in revisions])


def _organisation(facts: Facts, slug: str, writing: Writing) -> Organisation:
    values = {name: column_value(name, value) for name, value in facts.items() if name in _PLAIN}
    return fresh(Organisation, {
        **values,
        "slug": slug,
        "name_key": fold(str(facts["name"])),
        "completeness": completeness(facts).percent,
        "sources": {name: writing.source.pk for name, value in facts.items() if value not in ("", None, [])},
        "created_at": writing.at,
        "updated_at": writing.at,
    })  # fmt: skip


def _as_changes(facts: Facts) -> Changes:
    return {name: [None, value] for name, value in facts.items() if value not in ("", None, [])}


def _add_places(
    organisations: Sequence[Organisation], drafts: Sequence[Draft], source: Source
) -> dict[int, list[Establishment]]:
    made: list[Establishment] = []
    for organisation, draft in zip(organisations, drafts, strict=True):
        said = {name: draft.facts[key] for key, name in _PLACE.items() if key in draft.facts}
        if said:
            made.append(_main(organisation, said, source))
        made.extend(other_place(organisation, place, source) for place in draft.facts.get(OTHER_PLACES) or ())
    insert_rows(Establishment, made)
    places: dict[int, list[Establishment]] = defaultdict(list)
    for place in made:
        places[place.organisation_id].append(place)
    return places


def _main(organisation: Organisation, said: Facts, source: Source) -> Establishment:
    values = {name: column_value(f"place.{name}", value) for name, value in said.items()}
    origins = dict.fromkeys(said, source.pk)
    return fresh(Establishment, {**values, "organisation_id": organisation.pk, "is_main": True, "sources": origins})


def _add_words(organisations: Sequence[Organisation], drafts: Sequence[Draft], source: Source) -> None:
    pairs = list(zip(organisations, drafts, strict=True))
    _add_terms([(one.pk, draft.facts["terms"]) for one, draft in pairs if draft.facts.get("terms")])
    Qualification.objects.bulk_create(
        _qualification(one, held, source) for one, draft in pairs for held in draft.facts.get("qualifications") or ()
    )


def _add_terms(wanted: Sequence[tuple[int, Sequence[str]]]) -> None:
    if not wanted:
        return
    pks = {f"{kind}:{code}": pk for kind, code, pk in Term.objects.values_list("kind", "code", "pk")}
    through = Organisation.terms.through
    insert_rows(
        through,
        [
            fresh(through, {"organisation_id": pk, "term_id": pks[code]})
            for pk, codes in wanted
            for code in codes
            if code in pks
        ],
    )


def _qualification(organisation: Organisation, held: Mapping[str, Any], source: Source) -> Qualification:
    values = {name: from_json(name, held[name]) for name in QUALIFICATION_FIELDS if held.get(name) is not None}
    return Qualification(organisation=organisation, source=source, **values)


def _add_flags(
    organisations: Sequence[Organisation],
    drafts: Sequence[Draft],
    places: Mapping[int, list[Establishment]],
    writing: Writing,
) -> None:
    insert_rows(
        Flag,
        [
            flag_of(organisation, places.get(organisation.pk, ()), doubt, about, at=writing.at)
            for organisation, draft in zip(organisations, drafts, strict=True)
            for doubt, about in doubts(draft.facts, writing.judge_point).items()
        ],
    )


def _add_keys(pairs: Iterable[tuple[Organisation, str]], series: str) -> None:
    named = {key: organisation.pk for organisation, key in pairs if key}
    if not named or not series:
        return
    there = set(ImportedKey.objects.filter(series=series, key__in=named).values_list("key", flat=True))
    insert_rows(
        ImportedKey,
        [
            fresh(ImportedKey, {"series": series, "key": key, "organisation_id": pk})
            for key, pk in named.items()
            if key not in there
        ],
    )


def _set_plain(revision: Revision, writing: Writing) -> None:
    organisation = revision.organisation
    for name in revision.changes.keys() & _PLAIN:
        setattr(organisation, name, column_value(name, revision.changes[name][1]))
    sources = {**organisation.sources, **dict.fromkeys(revision.changes, writing.source.pk), **revision.origins}
    organisation.sources = {name: pk for name, pk in sources.items() if pk is not None}
    organisation.name_key = fold(organisation.name)
    organisation.updated_at = writing.at
    organisation.completeness = completeness(revision.facts).percent


def _batch(columns: int) -> int:
    # bulk_update writes one CASE per column and row: SQLite takes a thousand expressions deep, PostgreSQL slows down.
    return max(1, 900 // (2 * columns + 1))


def _revise_places(revisions: Sequence[Revision], source: Source) -> None:
    renewed = [revision for revision in revisions if OTHER_PLACES in revision.changes]
    Establishment.objects.filter(
        organisation__in=[revision.organisation.pk for revision in renewed], is_main=False
    ).delete()
    # Numbers are let go first: a SIRET may pass from one sheet of the chunk to another.
    moving = [revision.organisation.pk for revision in revisions if "place.siret" in revision.changes]
    Establishment.objects.filter(organisation__in=moving, is_main=True).update(siret=None)
    made: list[Establishment] = []
    for revision in revisions:
        said = {name: revision.changes[key][1] for key, name in _PLACE.items() if key in revision.changes}
        if not said:
            continue
        place = main_place(revision.organisation.establishments.all())
        if place is None:
            made.append(_main(revision.organisation, said, source))
            continue
        for name, value in said.items():
            setattr(place, name, column_value(f"place.{name}", value))
        if not any(getattr(place, name) not in ("", None, False) for name in PLACE_FIELDS):
            place.delete()  # an undone import takes back the place it had told
            continue
        place.sources = {**place.sources, **dict.fromkeys(said, source.pk)}
        place.save(update_fields=[*said, "sources"])
    for revision in renewed:
        places = revision.changes[OTHER_PLACES][1] or ()
        made.extend(other_place(revision.organisation, place, source) for place in places)
    insert_rows(Establishment, made)


def _revise_words(revisions: Sequence[Revision], source: Source) -> None:
    through = Organisation.terms.through
    retold = [revision for revision in revisions if "terms" in revision.changes]
    through.objects.filter(organisation_id__in=[revision.organisation.pk for revision in retold]).delete()
    _add_terms([(revision.organisation.pk, revision.changes["terms"][1] or []) for revision in retold])
    held = [revision for revision in revisions if "qualifications" in revision.changes]
    Qualification.objects.filter(organisation__in=[revision.organisation.pk for revision in held]).delete()
    Qualification.objects.bulk_create(
        _qualification(revision.organisation, one, source)
        for revision in held
        for one in revision.changes["qualifications"][1] or ()
    )


def _revise_flags(revisions: Sequence[Revision], writing: Writing) -> None:
    """Open and close flags as `quality.refresh_flags` does, for all these sheets at once."""
    pks = [revision.organisation.pk for revision in revisions]
    known: dict[int, list[Flag]] = defaultdict(list)
    for flag in Flag.objects.filter(organisation__in=pks):
        known[flag.organisation_id].append(flag)
    places: dict[int, list[Establishment]] = defaultdict(list)
    for place in Establishment.objects.filter(organisation__in=pks):
        places[place.organisation_id].append(place)
    closed: list[int] = []
    opened: list[Flag] = []
    for revision in revisions:
        pk = revision.organisation.pk
        found = doubts(revision.facts, writing.judge_point)
        kept = {(flag.code, flag.message) for flag in known[pk] if flag.resolved_at is None or flag.is_settled}
        closed += [
            flag.pk
            for flag in known[pk]
            if flag.resolved_at is None and flag.code not in KEPT_BY_OTHERS and (flag.code, flag.message) not in found
        ]
        opened += [
            flag_of(revision.organisation, places[pk], doubt, about, at=writing.at)
            for doubt, about in found.items()
            if doubt not in kept
        ]
    Flag.objects.filter(pk__in=closed).update(resolved_at=writing.at)
    insert_rows(Flag, opened)
