"""Make one sheet of two, and two again: a person decides, field by field; nothing is lost.

Words: *keep* remains, *drop* is archived and points to it; its addresses lead to *keep*. Fields that only make
sense together (a point, a contact and its consent) follow the first of their group.
Neighbours: `duplicates` opens the pairs, `undoing` turns the values back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from django.db import IntegrityError, transaction

from maillage.accounts.models import User
from maillage.directory.actions.duplicates import pair_of
from maillage.directory.actions.importing import Revision, Writing, revise_sheets
from maillage.directory.actions.undoing import Undone, UndoRefused, turn_back
from maillage.directory.enums import Status
from maillage.directory.facts import OTHER_PLACES, PLACE_FIELDS, PLAIN_FIELDS, Facts, differences, facts_of, place_key
from maillage.directory.models import DuplicatePair, FormerSlug, Organisation
from maillage.kernel.models import JournalEntry, Source

Choice = Literal["keep", "drop", "both"]
LISTS = ("terms", "qualifications", "served_area")
# The first field of a group decides for the others.
GROUPS: dict[str, tuple[str, ...]] = {
    "email": ("email", "phone", "contact_consent_at", "contact_consent_note"),
    "picture_id": ("picture_id", "picture_alt", "picture_credit"),
    "naf_code": ("naf_code", "naf_version"),
    "ess_verdict": ("ess_verdict", "ess_reason", "ess_overridden", "ess_note"),
    "place.latitude": ("place.latitude", "place.longitude", "place.is_point_exact"),
    "place.commune_id": ("place.commune_id", "place.place_label", "place.postal_code", "place.address"),
}
_LED = {name: head for head, names in GROUPS.items() for name in names}
_OWN = frozenset({"status", "is_example", "verified_at", "place.is_head_office", "place.siret", "place.closed_date"})
# What a person may choose, in the order of the sheet; groups are chosen by their first field.
CHOOSABLE = tuple(
    name
    for name in (*PLAIN_FIELDS, *(f"place.{one}" for one in PLACE_FIELDS), "terms", "qualifications")
    if name not in _OWN and _LED.get(name, name) == name
)


class MergeRefused(Exception):
    """The two sheets cannot become one; `phrase` says why."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


def merge(
    *,
    keep: Organisation,
    drop: Organisation,
    choices: Mapping[str, Choice] | None = None,
    source: Source,
    by: User | None,
    at: datetime,
) -> DuplicatePair:
    """Merge `drop` into `keep`, and give back the pair that holds the decision (batch "merge:<its id>").

    choices: {field of CHOOSABLE: side}; without a choice, `keep` wins where it says something, lists add up.
    A legal place (SIRET) of `drop` joins the other places of `keep`. Raises MergeRefused; nothing is written then.
    """
    if keep.pk == drop.pk:
        raise MergeRefused("C’est la même fiche.")
    with transaction.atomic():
        locked = {one.pk: one for one in _locked(keep.pk, drop.pk)}
        keep, drop = locked[keep.pk], locked[drop.pk]
        if keep.merged_into_id or drop.merged_into_id:
            raise MergeRefused("L’une des deux fiches est déjà fusionnée dans une autre.")
        pair = pair_of(keep.pk, drop.pk, at=at)
        writing = Writing(source, by, at, f"merge:{pair.pk}", verb="merge")
        kept, dropped = facts_of(keep), facts_of(drop)
        after, from_drop = _merged(kept, dropped, choices or {})
        _archive(drop, dropped, keep, writing)
        _absorb(keep, kept, after, drop, from_drop, writing=writing)
        pair.state, pair.decided_at = DuplicatePair.State.MERGED, at
        pair.save(update_fields=["state", "decided_at"])
    return pair


def undo_merge(*, pair: DuplicatePair, by: User | None, at: datetime) -> Undone:
    """Part the two sheets again; what somebody changed on the kept one since stays, and is said.

    Raises UndoRefused: not merged, or a number has meanwhile another owner.
    """
    try:
        with transaction.atomic():
            locked = list(_locked(pair.first_id, pair.second_id))
            drop = next((one for one in locked if one.merged_into_id in {pair.first_id, pair.second_id}), None)
            if drop is None:
                raise UndoRefused("Ces deux fiches ne sont pas fusionnées.")
            Organisation.objects.filter(pk=drop.pk).update(merged_into=None, siren=None)
            _give_slugs_back(pair, drop)
            undone = turn_back(batch=f"merge:{pair.pk}", by=by, at=at)
            Organisation.objects.filter(pk=drop.pk).update(siren=drop.siren)
            DuplicatePair.objects.filter(pk=pair.pk).update(state=DuplicatePair.State.OPEN, decided_at=None)
    except IntegrityError as error:
        raise UndoRefused(
            "Un SIREN ou un SIRET de la fiche archivée appartient maintenant à une autre fiche : corrigez-le d’abord."
        ) from error
    return undone


def _locked(*pks: int) -> Any:
    return (
        Organisation.objects.filter(pk__in=pks).order_by("pk").select_for_update(of=("self",))
        .prefetch_related("establishments", "terms", "qualifications")
    )  # fmt: skip


def _merged(kept: Facts, dropped: Facts, choices: Mapping[str, Choice]) -> tuple[Facts, set[str]]:
    """The facts of the kept sheet after the merge, and the fields whose value comes from the other."""
    after: Facts = {}
    from_drop: set[str] = set()
    for name in kept:
        if name in _OWN or name == OTHER_PLACES:
            continue
        side = choices.get(_LED.get(name, name)) or _default(name, kept, dropped)
        if side == "both" and name in LISTS:
            after[name] = _both(name, kept[name] or [], dropped[name] or [])
        elif side == "drop":
            after[name] = dropped[name]
            from_drop.add(name)
    return _with_places(kept, dropped, after, from_drop), from_drop


def _default(name: str, kept: Facts, dropped: Facts) -> Choice:
    if name in LISTS:
        return "both"
    head = _LED.get(name, name)
    if head == "ess_verdict":
        return "drop" if dropped["ess_overridden"] and not kept["ess_overridden"] else "keep"
    names = GROUPS.get(head, (name,))
    # An unexact point or a false flag says nothing by itself.
    says = any(kept[one] not in ("", None, False) for one in names)
    return "keep" if says else "drop"


def _both(name: str, kept: list[Any], dropped: list[Any]) -> list[Any]:
    if name != "qualifications":
        return sorted({*kept, *dropped})
    held = {(one["kind"], one["number"]): one for one in [*dropped, *kept]}
    return sorted(held.values(), key=lambda one: (one["kind"], one["number"]))


def _with_places(kept: Facts, dropped: Facts, after: Facts, from_drop: set[str]) -> Facts:
    """Every SIRET of the dropped sheet finds a place in the kept one."""
    places = [*(kept[OTHER_PLACES] or []), *(dropped[OTHER_PLACES] or [])]
    if dropped["place.siret"] and not kept["place.siret"]:
        for name in ("place.siret", "place.is_head_office", "place.closed_date"):
            after[name] = dropped[name]
            from_drop.add(name)
    elif dropped["place.siret"]:
        place = {name: dropped[f"place.{name}"] for name in PLACE_FIELDS}
        places.append({name: value for name, value in place.items() if value not in ("", None, False)})
    after[OTHER_PLACES] = sorted(places, key=place_key)
    return after


def _archive(drop: Organisation, facts: Facts, keep: Organisation, writing: Writing) -> None:
    changes = differences(facts, {"status": Status.ARCHIVED.value, "place.siret": None, OTHER_PLACES: []})
    slugs = list(drop.former_slugs.values_list("slug", flat=True))
    changes |= {"merged_into": [None, keep.pk], "former_slugs": [[drop.slug, *slugs], []]}
    after = {**facts, **{name: pair[1] for name, pair in changes.items()}}
    # A sheet put away keeps the origin of what it says.
    origins = {name: drop.sources.get(name) for name in changes}
    revise_sheets(revisions=[Revision(drop, changes, after, origins=origins)], writing=writing)
    Organisation.objects.filter(pk=drop.pk).update(merged_into=keep)
    drop.former_slugs.update(organisation=keep)
    FormerSlug.objects.get_or_create(slug=drop.slug, defaults={"organisation": keep})


def _absorb(
    keep: Organisation, kept: Facts, said: Facts, drop: Organisation, from_drop: set[str], *, writing: Writing
) -> None:
    changes = differences(kept, said)
    after = {**kept, **{name: pair[1] for name, pair in changes.items()}}
    changes["merged_from"] = [None, f"{drop} ({drop.slug})"]
    told = {name: drop.sources.get(name) for name in from_drop if name in changes}
    revise_sheets(revisions=[Revision(keep, changes, after, origins={**told, "merged_from": None})], writing=writing)


def _give_slugs_back(pair: DuplicatePair, drop: Organisation) -> None:
    act = (
        JournalEntry.objects.filter(batch=f"merge:{pair.pk}", object_id=drop.pk, object_type="directory.organisation")
        .order_by("-pk")
        .first()
    )
    slugs = act.changes.get("former_slugs", [[], []])[0] if act is not None else []
    FormerSlug.objects.filter(slug=drop.slug).delete()
    FormerSlug.objects.filter(slug__in=slugs).update(organisation=drop)
