"""Make, revise, publish, verify and turn back a sheet.

Words: *facts* = the flat form of a sheet (directory/facts.py); a *human value* comes from a person and
is never overwritten by an import. Neighbours: imports, back office, seeds, later the owners' space.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

from django.db import IntegrityError, models, transaction
from wagtail.images import get_image_model

from maillage.accounts.models import User
from maillage.directory.enums import Status
from maillage.directory.facts import (
    OTHER_PLACES,
    PLACE_FIELDS,
    PLAIN_FIELDS,
    Changes,
    Facts,
    differences,
    facts_of,
    from_json,
    main_place,
    to_json,
)
from maillage.directory.models import Establishment, FormerSlug, Organisation, Qualification, Term
from maillage.directory.quality import completeness, refresh_flags
from maillage.directory.queries.verdicts import rule_says
from maillage.kernel.actions import journal, name_source
from maillage.kernel.models import HUMAN_KINDS, JournalEntry, Source
from maillage.kernel.text import fold
from maillage.search.actions import note_change

SEARCH_KIND = "organisation"
# Pages of the house under /annuaire/, which no sheet may hide nor be hidden by.
KEPT_SLUGS = frozenset({"proposer"})


class SheetRefused(Exception):
    """The sheet cannot be written; `phrase` says why and what to do, `field` where."""

    def __init__(self, field: str, phrase: str) -> None:
        super().__init__(phrase)
        self.field, self.phrase = field, phrase


class SheetMoved(SheetRefused):
    """Somebody else wrote the sheet meanwhile: nothing is overwritten. `now` = {field: value of today}."""

    def __init__(self, now: Facts) -> None:
        super().__init__("", "Quelqu’un a changé cette fiche entre-temps\u00a0: relisez, puis enregistrez de nouveau.")
        self.now = now


def create_organisation(
    *, facts: Facts, source: Source, by: User | None, at: datetime, batch: str = "", note: str = ""
) -> Organisation:
    """Make a sheet from facts; it stays *à qualifier* unless the facts say otherwise.

    Raises SheetRefused (no name, a SIREN or SIRET already there); nothing is written then.
    """
    if not str(facts.get("name", "")).strip():
        raise SheetRefused("name", "Donnez un nom à la structure.")
    organisation = Organisation(status=Status.TO_REVIEW, created_at=at, updated_at=at)
    changes = {field: [None, to_json(value)] for field, value in facts.items() if value not in ("", None, [])}
    with transaction.atomic():
        organisation.slug = free_slug(str(facts["name"]))
        _write(organisation, changes, source, at)
        journal(verb="create", target=organisation, changes=changes, by=by, at=at, batch=batch, note=note)
    return organisation


def revise_organisation(
    *,
    organisation: Organisation,
    facts: Facts,
    source: Source,
    by: User | None,
    at: datetime,
    batch: str = "",
    note: str = "",
    verb: str = "revise",
    seen: Facts | None = None,
) -> Changes:
    """Change what differs; give back {field: [before, after]}, empty when nothing changed.

    A source that is not a person leaves human values alone. seen: what the person was shown of these fields; when one
    of them is otherwise by now, SheetMoved is raised and nothing is written. Raises SheetRefused.
    """
    with transaction.atomic():
        organisation = _locked(organisation.pk)
        now = facts_of(organisation)
        changes = differences(now, facts)
        _refuse_if_moved(now, seen, facts)
        if not source.is_human:
            kept = human_fields(organisation)
            changes = {field: pair for field, pair in changes.items() if field not in kept}
        if changes:
            _write(organisation, changes, source, at)
            journal(verb=verb, target=organisation, changes=changes, by=by, at=at, batch=batch, note=note)
    return changes


def _refuse_if_moved(now: Facts, seen: Facts | None, facts: Facts) -> None:
    """Compare under the lock of the sheet, so that of two people at the same moment the second is told."""
    shown = {field: value for field, value in (seen or {}).items() if field in facts}
    if moved := differences(now, shown):
        raise SheetMoved({field: now.get(field) for field in moved})


def set_status(*, organisation: Organisation, status: Status, source: Source, by: User | None, at: datetime) -> Changes:
    """Publish, archive, or put back to review."""
    verb = {Status.PUBLISHED: "publish", Status.ARCHIVED: "archive", Status.TO_REVIEW: "review"}[status]
    return revise_organisation(
        organisation=organisation, facts={"status": status.value}, source=source, by=by, at=at, verb=verb
    )


def follow_rule(*, organisation: Organisation, by: User | None, at: datetime) -> Changes:
    """Hand the verdict on the ESS, that a person had decided, back to the rule; imports may change it again.

    Give back {field: [before, after]}, empty when nobody had decided. A revert of this act gives the person's
    decision back.
    """
    with transaction.atomic():
        organisation = _locked(organisation.pk)
        if not organisation.ess_overridden:
            return {}
        said = {**rule_says(organisation), "ess_overridden": False, "ess_note": ""}
        changes = differences(facts_of(organisation), said)
        rule = name_source(kind=Source.Kind.COMPUTED, title="Règle de l’ESS", on=at.date())
        # Fields that keep their value change hands too, or imports would still take them for a person's.
        organisation.sources = {**organisation.sources, **dict.fromkeys(said, rule.pk)}
        _write(organisation, changes, rule, at)
        journal(verb="follow_rule", target=organisation, changes=changes, by=by, at=at)
    return changes


def verify(*, organisation: Organisation, source: Source, by: User | None, at: datetime) -> Changes:
    """Say that the sheet is still right today."""
    return revise_organisation(
        organisation=organisation, facts={"verified_at": at}, source=source, by=by, at=at, verb="verify"
    )


def revert_to(
    *, act: JournalEntry, source: Source, by: User | None, at: datetime, fields: Collection[str] | None = None
) -> Changes:
    """Give back to the fields that this act changed (to these only, if told) the values they had before it.

    A picture that was erased since does not come back: what the sheet shows today stays.
    """
    organisation = Organisation.objects.get(pk=act.object_id)
    facts = before(act)
    if fields is not None:
        facts = {field: value for field, value in facts.items() if field in fields}
    return revise_organisation(
        organisation=organisation, facts=facts, source=source, by=by, at=at, verb="revert", note=f"acte {act.pk}"
    )


def before(act: JournalEntry) -> Facts:
    """What an act can give back: {field: value before it}, without a picture that was erased since."""
    facts = {field: pair[0] for field, pair in act.changes.items() if pair[0] is not None or field != "name"}
    picture = facts.get("picture_id")
    if picture is not None and not get_image_model().objects.filter(pk=picture).exists():
        return {field: value for field, value in facts.items() if not field.startswith("picture_")}
    return facts


def human_fields(organisation: Organisation) -> set[str]:
    """Fields whose value comes from a person."""
    said = set(
        Source.objects.filter(pk__in=set(organisation.sources.values()), kind__in=HUMAN_KINDS).values_list(
            "pk", flat=True
        )
    )
    return {field for field, pk in organisation.sources.items() if pk in said}


def free_slug(name: str) -> str:
    """An address that no sheet has or had: the name, then the name and a number."""
    base = slug_base(name)
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(FormerSlug.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(slug for slug in (f"{base}-{number}" for number in range(2, len(taken) + 3)) if slug not in taken)


def slug_base(name: str) -> str:
    """The address that a name asks for, before looking whether it is free."""
    base = fold(name).replace(" ", "-")[:130] or "structure"
    return f"{base}-structure" if base in KEPT_SLUGS else base


def _locked(pk: int) -> Organisation:
    # select_for_update does nothing on SQLite, where an immediate transaction already holds the lock.
    return Organisation.objects.select_for_update(of=("self",)).get(pk=pk)


def _write(organisation: Organisation, changes: Changes, source: Source, at: datetime) -> None:
    """Put the new values in their tables, with their source; then what follows from them."""
    for field in changes.keys() & set(PLAIN_FIELDS):
        setattr(organisation, field, column_value(field, changes[field][1]))
    organisation.sources = {**organisation.sources, **dict.fromkeys(changes, source.pk)}
    organisation.name_key = fold(organisation.name)
    organisation.updated_at = at
    try:
        with transaction.atomic():
            organisation.save()
            if OTHER_PLACES in changes:  # first, so that a SIRET may become that of the main place
                organisation.establishments.filter(is_main=False).delete()
            _write_place(organisation, changes, source)
            Establishment.objects.bulk_create(
                other_place(organisation, place, source)
                for place in (changes.get(OTHER_PLACES) or [None, None])[1] or ()
            )
    except IntegrityError as error:
        raise _refusal(error, organisation) from error
    if "terms" in changes:
        organisation.terms.set(_terms(changes["terms"][1] or []))
    if "qualifications" in changes:
        _write_qualifications(organisation, changes["qualifications"][1] or [], source)
    Organisation.objects.filter(pk=organisation.pk).update(completeness=completeness(facts_of(organisation)).percent)
    refresh_flags(organisation, at=at)
    note_change(kind=SEARCH_KIND, ids=[organisation.pk])


def _write_place(organisation: Organisation, changes: Changes, source: Source) -> None:
    values = {name: changes[f"place.{name}"][1] for name in PLACE_FIELDS if f"place.{name}" in changes}
    if not values:
        return
    place = main_place(organisation.establishments.all()) or Establishment(organisation=organisation, is_main=True)
    for name, value in values.items():
        setattr(place, name, column_value(f"place.{name}", value))
    place.sources = {**place.sources, **dict.fromkeys(values, source.pk)}
    place.save()


def other_place(organisation: Organisation, place: Facts, source: Source) -> Establishment:
    """An unsaved establishment beside the main one."""
    values = {name: column_value(f"place.{name}", value) for name, value in place.items()}
    return Establishment(organisation=organisation, is_main=False, sources=dict.fromkeys(place, source.pk), **values)


def _write_qualifications(organisation: Organisation, held: list[dict[str, Any]], source: Source) -> None:
    organisation.qualifications.all().delete()
    Qualification.objects.bulk_create(
        Qualification(
            organisation=organisation,
            source=source,
            **{name: from_json(name, value) for name, value in one.items() if value is not None},
        )
        for one in held
    )


def column_value(field: str, value: Any) -> Any:
    """The value a column takes: empty text for an absent text, None where NULL is allowed."""
    value = from_json(field, value)
    if value is not None:
        return value
    model, name = (Establishment, field[6:]) if field.startswith("place.") else (Organisation, field)
    return None if field in {"picture_id", "place.commune_id"} else _empty(model, name)


def _empty(model: type[Organisation] | type[Establishment], name: str) -> Any:
    column = model._meta.get_field(name.removesuffix("_id"))
    return None if column.null else cast("models.Field[Any, Any]", column).get_default()


def _terms(codes: list[str]) -> list[Term]:
    wanted = {tuple(code.split(":", 1)) for code in codes}
    found = [term for term in Term.objects.all() if (term.kind, term.code) in wanted]
    if len(found) != len(wanted):
        missing = sorted(":".join(pair) for pair in wanted - {(term.kind, term.code) for term in found})
        raise SheetRefused("terms", f"Termes inconnus : {', '.join(missing)}.")
    return found


def _refusal(error: IntegrityError, organisation: Organisation) -> SheetRefused:
    words = str(error)
    if "siret" in words:
        return SheetRefused("place.siret", "Ce SIRET est déjà celui d’une autre fiche.")
    if "siren" in words:
        return SheetRefused("siren", f"Le SIREN {organisation.siren} est déjà celui d’une autre fiche.")
    if "picture" in words:
        return SheetRefused("picture_alt", "Décrivez l’image en quelques mots pour qui ne la voit pas.")
    return SheetRefused("", "Ces valeurs ne vont pas ensemble : vérifiez les dates et les codes.")
