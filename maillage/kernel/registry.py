"""Where rooms introduce themselves: a room adds a manifest, and menus, sitemap and proofs know it.

The kernel knows no room; each `AppConfig.ready` calls `introduce` with its own manifest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Model, QuerySet

from maillage.kernel.counted import Listing
from maillage.kernel.letters import Ladder, LetterKind, Purpose
from maillage.kernel.personal import Harmless, Holding, Unused


@dataclass(frozen=True)
class SitemapSection:
    """One section of sitemap.xml: yields (path, last change as ISO date or "")."""

    name: str
    entries: Callable[[], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Proof:
    """What the platform already does for a measure of the strategy.

    measure: code of the measure (for instance "1.3"); count: how many live objects, or None when
    counting says nothing; noun: French words that follow the count, singular and plural, parted by a
    comma (« structure publiée,structures publiées »).
    """

    measure: str
    sentence: str
    path: str
    count: Callable[[], int] | None = None
    noun: str = ""


@dataclass(frozen=True)
class Figure:
    """What a gauge reads, of today.

    parts: by SIREN of EPCI; they need not add up to the value (nowhere, or in two at once). path: the list that it
    counts, with exactly as many lines, "" when the gauge has a `listing` instead. whole: of how many, None when that
    says nothing. note: French, said beside it. is_people: it counts people, so its small numbers are masked.
    """

    value: int | Decimal
    parts: Mapping[str, int | Decimal] = field(default_factory=dict)
    path: str = ""
    whole: int | Decimal | None = None
    note: str = ""
    is_people: bool = False


@dataclass(frozen=True)
class Gauge:
    """A figure that the room owning the objects can read at any time. key: "room.what"; on: date of Paris, today's.

    listing: the list that it counts, for a figure whose `path` leads to none.
    """

    key: str
    read: Callable[[date], Figure]
    listing: Listing | None = None


@dataclass(frozen=True)
class Described:
    """An object as a list of proofs names it. day: of what it tells, None when it has none."""

    title: str
    path: str
    day: date | None = None


@dataclass(frozen=True)
class EvidenceRule:
    """Objects that prove a measure by themselves. key: "room.what:which", kept; label: French, for agents;
    keys: those that fit now, and that everybody may see."""

    key: str
    label: str
    keys: Callable[[], Iterable[int]]


@dataclass(frozen=True)
class EvidenceKind:
    """Objects of a room that may be attached to a measure of the strategy as its proof.

    object_type: "app.model"; noun: French, singular and plural, parted by a comma; describe: those of these keys that
    everybody may see, in one query or two; find: (key, title) of the ten likeliest for some words; rules: read anew
    each time they are offered or applied.
    """

    object_type: str
    noun: str
    describe: Callable[[Iterable[int]], Mapping[int, Described]]
    find: Callable[[str], list[tuple[int, str]]]
    rules: Callable[[], Iterable[EvidenceRule]] = tuple


@dataclass(frozen=True)
class Milestone:
    """A day that figures are compared with. label: French, as in « depuis … »."""

    label: str
    day: date


@dataclass(frozen=True)
class Breach:
    """A truth that does not hold, with the object it is about."""

    check: str
    subject: str
    message: str


@dataclass(frozen=True)
class Chore:
    """Work that the worker does again and again; `run` gives back how many things it did.

    is_apart: in a thread of its own, so that it never waits for a long task.
    """

    name: str
    every_seconds: float
    run: Callable[[], int]
    is_apart: bool = False


@dataclass(frozen=True)
class Seed:
    """A part of the example world. Lower `order` first; `profiles` among demo, e2e, load.

    `plant(profile, at, say)` calls the verbs, twice without harm, and gives back counts by noun.
    """

    order: int
    profiles: frozenset[str]
    plant: Callable[[str, datetime, Callable[[str], None]], dict[str, int]]


@dataclass(frozen=True)
class Panel:
    """A part of /moi/, or of the home of the back office. Lower `order` first; `read(user)` gives what `template` shows
    as `panel`, None hides it."""

    order: int
    template: str
    read: Callable[[Any], dict[str, Any] | None]


@dataclass(frozen=True)
class FeedLine:
    """How one sort of act is told in the agents' feed.

    object_type, verb: as the journal has them; theme: one of the keys of `FEED_THEMES`; by: French, with {who} and
    {what}; alone: the same when nobody signed the act ("" takes `by`).
    """

    object_type: str
    verb: str
    theme: str
    by: str
    alone: str = ""


@dataclass(frozen=True)
class Voice:
    """One voice of an electorate. key: "organisation:12", "person:7" or "address:<digest>", once whoever lists it;
    college: key and French name; label: what may be read of it, an organisation's name, never a person's;
    organisation_id or user_id: whose; else address: where its ballot is sent, which the list does not keep."""

    key: str
    college: tuple[str, str]
    label: str = ""
    organisation_id: int | None = None
    user_id: int | None = None
    address: str = ""


@dataclass(frozen=True)
class Electorate:
    """Who may be asked to choose. title: French, for agents and voters; `voices(date)` gives them as of that day.

    open_college: key and French name of a college whose voices confirm an address during the vote, None for a list.
    names: for agents only, today's names of the people whom an address stands for: {key of the voice: name}; a voice
    without one stays a number of the list.
    """

    key: str
    title: str
    voices: Callable[[date], Iterable[Voice]] = lambda on: ()
    open_college: tuple[str, str] | None = None
    names: Callable[[Collection[str]], Mapping[str, str]] = lambda keys: {}


FEED_THEMES = {
    "requests": "Demandes et propositions",
    "sheets": "Fiches",
    "calls": "Appels et notes",
    "mail": "Courrier",
    "people": "Personnes et mandats",
    "strategy": "Stratégie",
    "choices": "Consultations",
    "grants": "Appels et subventions",
}


@dataclass(frozen=True)
class Aside:
    """What a room shows beside an object in the back office. object_type: "app.model"; `read(object)` → facts."""

    object_type: str
    order: int
    template: str
    read: Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class PublicAside:
    """What a room says on the public page of an object. object_type: "app.model"; `read(object)` → facts, None for
    nothing to say. Everybody reads it."""

    object_type: str
    order: int
    template: str
    read: Callable[[Any], Any]


@dataclass(frozen=True)
class Circle:
    """People who talk and keep files together, as the room that owns their subject tells it.

    key: "prefix-rest" (letters, figures, hyphens; at most 80); address: the page of the subject. may_read, may_write,
    may_moderate: given a person, true or false, or a `Decision` that says why not. readers: the accounts to be told of
    a new thread. is_open: its page is public, so that what is marked public in it may be taken by anybody. is_example:
    invented data, said on screen. is_prompt: somebody waits for an answer, so that each letter leaves by itself.
    """

    key: str
    title: str
    address: str
    may_read: Callable[[Any], Any]
    may_write: Callable[[Any], Any]
    may_moderate: Callable[[Any], Any]
    readers: Callable[[], Iterable[Any]]
    is_open: bool = False
    is_example: bool = False
    is_prompt: bool = False


@dataclass(frozen=True)
class CircleKind:
    """All circles of one sort. prefix: letters only, without hyphen; `find(rest of the key)`, None when unknown."""

    prefix: str
    find: Callable[[str], Circle | None]


@dataclass(frozen=True)
class Quarantine:
    """Documents that a room keeps. rows: all of them, with `file`, `sha256` and `scanned_at`; `condemn(row, moment)`
    erases one that the antivirus knows and tells whoever sent it; nothing when it is gone."""

    rows: Callable[[], QuerySet[Any, Any]]
    condemn: Callable[[Any, datetime], None]


@dataclass(frozen=True)
class LinkCheck:
    """Addresses that a room publishes. title: French, plural; `check(moment)` asks them, opens what is to be done about
    the dead, and gives back (how many were asked, how many objects have a dead one)."""

    title: str
    check: Callable[[datetime], tuple[int, int]]


@dataclass(frozen=True)
class HubSubject:
    """What the page of a theme is about. term_id, code: of the directory's term; measure_ids: those of the strategy
    that an editor chose for it."""

    term_id: int
    code: str
    measure_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class HubRow:
    """A live object as a theme's page names it. detail: French, "" when its title says enough."""

    title: str
    path: str
    detail: str = ""


@dataclass(frozen=True)
class HubRows:
    """The first rows of a block. count: of all that strangers may see; path: the list that shows exactly those."""

    count: int
    path: str
    rows: tuple[HubRow, ...]


@dataclass(frozen=True)
class HubBlock:
    """A part of the page of a theme. Lower `order` first; title: French; label: of its link to the whole list;
    `read(subject, limit)` asks the same number of queries whatever it finds."""

    order: int
    title: str
    label: str
    read: Callable[[HubSubject, int], HubRows]


@dataclass(frozen=True)
class Manifest:
    """What a room offers to the rest of the house.

    values: files of dated values (`kernel/data/terms.json`); presence: accounts that acted since a moment without
    signing in (a queryset of their keys), which are then not purged as inactive. milestone: the last day before a date
    that figures are compared with. proofs_by_measure: proofs that are
    read rather than known beforehand, by code of measure; asked for each measure, so that it had better remember.
    """

    room: str
    sitemap: tuple[SitemapSection, ...] = ()
    proofs: tuple[Proof, ...] = ()
    proofs_by_measure: Callable[[], Mapping[str, Iterable[Proof]]] | None = None
    gauges: tuple[Gauge, ...] = ()
    evidence: tuple[EvidenceKind, ...] = ()
    milestone: Callable[[date], Milestone | None] | None = None
    checks: tuple[Callable[[], Iterable[Breach]], ...] = ()
    foundations: tuple[Callable[[], int], ...] = ()
    chores: tuple[Chore, ...] = ()
    seeds: tuple[Seed, ...] = ()
    panels: tuple[Panel, ...] = ()
    office_panels: tuple[Panel, ...] = ()
    asides: tuple[Aside, ...] = ()
    public_asides: tuple[PublicAside, ...] = ()
    feed: tuple[FeedLine, ...] = ()
    letters: tuple[LetterKind, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    values: tuple[Path, ...] = ()
    presence: tuple[Callable[[datetime], QuerySet[Any, Any]], ...] = ()
    personal: tuple[Holding, ...] = ()
    harmless: tuple[Harmless, ...] = ()
    unused: tuple[Unused, ...] = ()
    electorates: tuple[Electorate, ...] = ()
    circles: tuple[CircleKind, ...] = ()
    links: tuple[LinkCheck, ...] = ()
    quarantines: tuple[Quarantine, ...] = ()
    hub_blocks: tuple[HubBlock, ...] = ()


_manifests: dict[str, Manifest] = {}


def introduce(manifest: Manifest) -> None:
    """Add or replace the manifest of a room."""
    _manifests[manifest.room] = manifest


def manifests() -> list[Manifest]:
    """All rooms that introduced themselves, by name."""
    return [_manifests[room] for room in sorted(_manifests)]


def proofs_of(measure: str) -> list[Proof]:
    """What serves this measure today, over all rooms."""
    found = [proof for manifest in manifests() for proof in manifest.proofs if proof.measure == measure]
    for manifest in manifests():
        if manifest.proofs_by_measure is not None:
            found += manifest.proofs_by_measure().get(measure, ())
    return found


def evidence_kinds() -> dict[str, EvidenceKind]:
    """Every sort of object that may prove a measure, by its type, in the order of rooms."""
    return {kind.object_type: kind for manifest in manifests() for kind in manifest.evidence}


def milestone(on: date) -> Milestone | None:
    """The latest day before this one that a room wants figures to be compared with."""
    found = [one for manifest in manifests() if manifest.milestone and (one := manifest.milestone(on)) is not None]
    return max(found, key=lambda one: one.day, default=None)


def gauges() -> dict[str, Gauge]:
    """Every figure that the platform can read by itself, by key."""
    return {gauge.key: gauge for manifest in manifests() for gauge in manifest.gauges}


def electorates() -> dict[str, Electorate]:
    """Everybody whom a consultation may ask, by key, in the order of rooms."""
    return {one.key: one for manifest in manifests() for one in manifest.electorates}


def chores() -> list[Chore]:
    """Everything the worker has to do between two tasks."""
    return [chore for manifest in manifests() for chore in manifest.chores]


def foundations() -> list[Callable[[], int]]:
    """What `maillage prepare` puts in place after the migrations; each runs twice without harm."""
    return [found for manifest in manifests() for found in manifest.foundations]


def seeds(profile: str) -> list[Seed]:
    """The parts of the example world of this profile, in the order in which they stand on each other."""
    found = [seed for manifest in manifests() for seed in manifest.seeds if profile in seed.profiles]
    return sorted(found, key=lambda seed: seed.order)


def panels(user: Any) -> list[tuple[str, dict[str, Any]]]:
    """What /moi/ shows to this person: (template, facts), in order."""
    return _read([panel for manifest in manifests() for panel in manifest.panels], user)


def office_panels(user: Any) -> list[tuple[str, dict[str, Any]]]:
    """What the home of the back office shows to this person: (template, facts), in order."""
    return _read([panel for manifest in manifests() for panel in manifest.office_panels], user)


def _read(found: list[Panel], user: Any) -> list[tuple[str, dict[str, Any]]]:
    read = [(panel.template, panel.read(user)) for panel in sorted(found, key=lambda panel: panel.order)]
    return [(template, facts) for template, facts in read if facts is not None]


def asides(target: Model) -> list[tuple[str, dict[str, Any]]]:
    """What rooms show beside this object in the back office: (template, facts), in order."""
    label = target._meta.label_lower
    found = [one for manifest in manifests() for one in manifest.asides if one.object_type == label]
    return [(one.template, one.read(target)) for one in sorted(found, key=lambda one: one.order)]


def public_asides(target: Model) -> list[tuple[str, Any]]:
    """What rooms say on the public page of this object: (template, facts), in order, whoever reads."""
    label = target._meta.label_lower
    found = [one for manifest in manifests() for one in manifest.public_asides if one.object_type == label]
    read = [(one.template, one.read(target)) for one in sorted(found, key=lambda one: one.order)]
    return [(template, facts) for template, facts in read if facts is not None]


def feed_lines() -> dict[tuple[str, str], FeedLine]:
    """How each act is told, by type of object and verb, over all rooms."""
    return {(one.object_type, one.verb): one for manifest in manifests() for one in manifest.feed}


def breaches() -> list[Breach]:
    """Every truth that does not hold now, over all rooms."""
    return [breach for manifest in manifests() for check in manifest.checks for breach in check()]


def letter_kinds() -> dict[str, LetterKind]:
    """Every sort of letter, by key, in the order of rooms."""
    return {kind.key: kind for manifest in manifests() for kind in manifest.letters}


def purposes() -> dict[str, Purpose]:
    """What signed links can do, by key."""
    return {purpose.key: purpose for manifest in manifests() for purpose in manifest.purposes}


def ladders() -> dict[str, Ladder]:
    """Every row of reminders, by key."""
    return {ladder.key: ladder for manifest in manifests() for ladder in manifest.ladders}


def circle_of(key: str) -> Circle | None:
    """The circle of this key, asked of the room that owns it; None when nobody knows it."""
    prefix, _, rest = key.partition("-")
    kinds = {kind.prefix: kind for manifest in manifests() for kind in manifest.circles}
    return kinds[prefix].find(rest) if prefix in kinds and rest else None


def link_checks() -> list[LinkCheck]:
    """Every check of published addresses, in the order of rooms."""
    return [one for manifest in manifests() for one in manifest.links]


def hub_blocks() -> list[HubBlock]:
    """The blocks of a theme's page, in order."""
    return sorted((one for manifest in manifests() for one in manifest.hub_blocks), key=lambda one: one.order)
