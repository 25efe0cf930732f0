"""Write a call: its text and rules, its questions, criteria and documents; publish it, close it, open it again.

Words: the *rules* of a call are what makes applicants equal (money, places, criteria, documents): once it is published
they do not change. A published form changes by a new version; drafts keep the one that they began with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from maillage.accounts.models import User
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.enums import BlockKind, CallState
from maillage.calls.models import Application, Call, CallForm, Criterion, Piece, Reopening, Scheme
from maillage.calls.phrases import calls as phrases
from maillage.calls.queries.calls import lacking, latest_form
from maillage.directory.models import Term
from maillage.kernel.actions import journal
from maillage.kernel.text import fold
from maillage.needs import actions as needs
from maillage.needs.models import Theme
from maillage.territories.models import Commune, Epci

MOST_ROWS = 30
# Rules: fields that a published call keeps.
RULES = ("line", "budget", "least", "most", "max_rate", "own_share", "families", "opens_at", "kind")
_LINKS = ("epcis", "communes", "topics", "themes")


@dataclass(frozen=True)
class CallFacts:
    """What a call says; values: fields of the model by name; the rest, what it points to."""

    values: Mapping[str, Any]
    epcis: Sequence[Epci] = ()
    communes: Sequence[Commune] = ()
    topics: Sequence[Term] = ()
    themes: Sequence[Theme] = ()


@dataclass(frozen=True)
class Block:
    """One question of a form. key: "" for a new one; options: of a choice; most: longest answer, in signs."""

    kind: BlockKind
    label: str
    key: str = ""
    help: str = ""
    required: bool = False
    options: tuple[str, ...] = field(default=())
    most: int = 2_000


def draft_call(*, scheme: Scheme, facts: CallFacts, by: User, at: datetime, is_example: bool = False) -> Call:
    """A call that nobody sees yet, with criteria and documents to start from. Raises CallRefused."""
    with transaction.atomic():
        call = Call(scheme=scheme, created_at=at, changed_at=at, is_example=is_example)
        _write(call, facts, at)
        CallForm.objects.create(call=call, number=1, made_at=at)
        for rank, (label, guide, weight) in enumerate(phrases.CRITERIA, start=1):
            Criterion.objects.create(call=call, position=rank, label=label, guide=guide, weight=weight)
        for rank, (label, kind, is_required) in enumerate(phrases.PIECES, start=1):
            Piece.objects.create(call=call, position=rank, label=label, kind=kind, is_required=is_required)
        journal(verb="draft_call", target=call, changes={}, by=by, at=at)
    return call


def revise_call(*, call: Call, facts: CallFacts, by: User, at: datetime) -> Call:
    """Other words, other dates; its rules too while it is a draft. Raises CallRefused, and nothing is written then."""
    with transaction.atomic():
        row = _held(call)
        facts = _to_the_second(row, facts)
        if row.published_at is not None:
            _keep_rules(row, facts)
        before = {name: str(getattr(row, name)) for name in facts.values}
        _write(row, facts, at)
        changes = {name: [before[name], str(getattr(row, name))] for name in facts.values}
        changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        journal(verb="revise_call", target=row, changes=changed, by=by, at=at)
    return row


def _to_the_second(call: Call, facts: CallFacts) -> CallFacts:
    """Screens show moments to the minute: one that comes back as it was shown is the one that is kept."""
    values = dict(facts.values)
    for name in ("opens_at", "closes_at"):
        kept, given = getattr(call, name), values.get(name)
        if kept is not None and given is not None and kept.replace(second=0, microsecond=0) == given:
            values[name] = kept
    return replace(facts, values=values)


def _keep_rules(call: Call, facts: CallFacts) -> None:
    given = {name: value for name, value in facts.values.items() if name in RULES}
    places = ({one.pk for one in facts.epcis}, {one.pk for one in facts.communes})
    kept = (set(call.epcis.values_list("pk", flat=True)), set(call.communes.values_list("pk", flat=True)))
    if places != kept or any(getattr(call, name) != value for name, value in given.items()):
        raise CallRefused(phrases.RULES_ARE_FIXED)
    closes = facts.values.get("closes_at", call.closes_at)
    if call.closes_at is not None and (closes is None or closes < call.closes_at):
        raise CallRefused(phrases.CLOSE_ONLY_LATER, "closes_at")


def _write(call: Call, facts: CallFacts, at: datetime) -> None:
    for name, value in facts.values.items():
        setattr(call, name, value.strip() if isinstance(value, str) else value)
    if not call.title:
        raise CallRefused(phrases.NO_TITLE, "title")
    if call.opens_at and call.closes_at and call.closes_at <= call.opens_at:
        raise CallRefused(phrases.CLOSES_BEFORE_IT_OPENS, "closes_at")
    if call.least is not None and call.most is not None and call.most < call.least:
        raise CallRefused(phrases.LEAST_OVER_MOST, "most")
    call.slug = call.slug or _slug(call.title)
    call.changed_at = at
    call.save()
    for name in _LINKS:
        getattr(call, name).set(getattr(facts, name))


def _slug(title: str) -> str:
    base = fold(title).replace(" ", "-")[:70].strip("-") or "appel"
    taken, rank, slug = set(Call.objects.filter(slug__startswith=base).values_list("slug", flat=True)), 2, base
    while slug in taken:
        slug, rank = f"{base}-{rank}", rank + 1
    return slug


def set_blocks(*, call: Call, blocks: Sequence[Block], by: User, at: datetime) -> CallForm:
    """The questions of the form, in their order: of this version while nobody answers it, of a new one afterwards."""
    made = _blocks(blocks)
    with transaction.atomic():
        row = _held(call)
        form = latest_form(row)
        if form.blocks == made:
            return form
        if form.fixed_at is None:
            form.blocks, form.made_at = made, at
            form.save(update_fields=["blocks", "made_at"])
        else:
            form = CallForm.objects.create(call=row, number=form.number + 1, blocks=made, made_at=at, fixed_at=at)
        journal(verb="set_blocks", target=row, changes={"version": [None, form.number]}, by=by, at=at)
    return form


def _blocks(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    if len(blocks) > MOST_ROWS:
        raise CallRefused(phrases.TOO_MANY)
    known, made = {one.key for one in blocks if one.key}, []
    for one in blocks:
        if not one.label.strip():
            raise CallRefused(phrases.NO_TITLE)
        options = [line.strip() for line in one.options if line.strip()]
        if one.kind in {BlockKind.CHOICE, BlockKind.CHOICES} and len(set(options)) < 2:
            raise CallRefused(phrases.NO_OPTIONS.format(label=one.label))
        key = one.key or _key(one.label, known)
        known.add(key)
        made.append({
            "key": key, "kind": str(one.kind), "label": one.label.strip(), "help": one.help.strip(),
            "required": one.required and one.kind != BlockKind.WORDS, "options": list(dict.fromkeys(options)),
            "most": one.most,
        })  # fmt: skip
    return made


def _key(label: str, known: set[str]) -> str:
    base, rank = fold(label).replace(" ", "_")[:30].strip("_") or "question", 2
    key = base
    while key in known:
        key, rank = f"{base}_{rank}", rank + 1
    return key


def set_criteria(*, call: Call, rows: Sequence[tuple[str, str, int]], by: User, at: datetime) -> None:
    """(criterion, how to give points, weight), in their order. Raises CallRefused: weights that do not make 100."""
    total = sum(weight for _, _, weight in rows)
    if total != 100:
        raise CallRefused(phrases.WEIGHTS.format(total=total))
    _once(label for label, _, _ in rows)
    with transaction.atomic():
        row = _held_draft(call)
        row.criteria.all().delete()
        for rank, (label, guide, weight) in enumerate(rows, start=1):
            Criterion.objects.create(
                call=row, position=rank, label=label.strip(), guide=guide.strip(), weight=weight
            )  # fmt: skip
        journal(verb="set_criteria", target=row, changes={"criteria": [None, len(rows)]}, by=by, at=at)


def set_pieces(*, call: Call, rows: Sequence[tuple[str, str, str, bool]], by: User, at: datetime) -> None:
    """(document, what it must say, kind of the profile or "", is it required), in their order. Raises CallRefused."""
    _once(label for label, _, _, _ in rows)
    with transaction.atomic():
        row = _held_draft(call)
        row.pieces.all().delete()
        for rank, (label, guide, kind, is_required) in enumerate(rows, start=1):
            Piece.objects.create(
                call=row, position=rank, label=label.strip(), guide=guide.strip(), kind=kind, is_required=is_required
            )
        journal(verb="set_pieces", target=row, changes={"pieces": [None, len(rows)]}, by=by, at=at)


def _once(labels: Iterable[str]) -> None:
    seen: set[str] = set()
    for label in (one.strip() for one in labels):
        if not label:
            raise CallRefused(phrases.NO_TITLE)
        if fold(label) in seen:
            raise CallRefused(phrases.TWICE.format(label=label))
        seen.add(fold(label))


def publish_call(*, call: Call, by: User, at: datetime) -> Call:
    """Everybody reads it from now on; its form is fixed, and its themes say that they are in a call.

    Raises CallRefused when something lacks (`queries.lacking` says what), or when it was published before.
    """
    with transaction.atomic():
        row = _held(call)
        if row.published_at is not None:
            raise CallRefused(phrases.PUBLISHED_ALREADY)
        if lacking(row, at):
            raise CallRefused(phrases.NOT_READY)
        row.published_at = row.changed_at = at
        row.save(update_fields=["published_at", "changed_at"])
        CallForm.objects.filter(call=row, fixed_at=None).update(fixed_at=at)
        journal(verb="publish_call", target=row, changes={"published": [False, True]}, by=by, at=at)
        for theme in row.themes.order_by("pk"):
            _offer(theme, row, by, at)
    return row


def _offer(theme: Theme, call: Call, by: User, at: datetime) -> None:
    words = phrases.OFFERED.format(call=call.title)
    try:
        needs.offer_in_call(theme=theme, address=call.get_absolute_url(), words=words, by=by, at=at)
    except needs.NeedRefused:  # in another call already: whoever said the need has read of it
        return


def reopen_call(
    *, call: Call, until: datetime, reason: str, by: User, at: datetime, application: Application | None = None
) -> Reopening:
    """Take applications again until then: all of them, or one. Raises CallRefused without a reason, or in the past."""
    if not reason.strip():
        raise CallRefused(phrases.SAY_WHY, "reason")
    if until <= at:
        raise CallRefused(phrases.REOPEN_LATER, "until")
    with transaction.atomic():
        row = _held(call)
        if row.published_at is None:
            raise CallRefused(phrases.NOT_PUBLISHED)
        made = Reopening.objects.create(
            call=row, application=application, until=until, reason=reason.strip(), at=at, by=by
        )
        changes = {"until": [None, until.isoformat()], "application": [None, application and application.pk]}
        journal(verb="reopen_call", target=row, changes=changes, by=by, at=at, note=reason.strip())
    return made


def move_call(*, call: Call, to: CallState, by: User, at: datetime) -> Call:
    """Its examination begins, its decisions are taken, or it is archived. Raises CallRefused while it is open."""
    field_name = {CallState.REVIEW: "review_at", CallState.DECIDED: "decided_at", CallState.ARCHIVED: "archived_at"}[to]
    with transaction.atomic():
        row = _held(call)
        if row.published_at is None and to != CallState.ARCHIVED:
            raise CallRefused(phrases.NOT_PUBLISHED)
        if row.closes_at is not None and row.state_at(at) in {CallState.OPEN, CallState.PUBLISHED}:
            raise CallRefused(phrases.STILL_OPEN)
        before = row.state_at(at)
        setattr(row, field_name, at)
        row.save(update_fields=[field_name])
        journal(verb="move_call", target=row, changes={"state": [str(before), str(to)]}, by=by, at=at)
    return row


def copy_call(*, call: Call, title: str, by: User, at: datetime) -> Call:
    """A draft that starts from another call: its words, rules, form, criteria and documents, without its dates."""
    dropped = {"id", "slug", "title", "line", "opens_at", "closes_at", "committee_on", "decides_on", "project_from",
               "project_to", "created_at", "changed_at", "published_at", "review_at", "decided_at", "archived_at",
               "scheme", "is_example"}  # fmt: skip
    values = {one.name: getattr(call, one.name) for one in Call._meta.concrete_fields if one.name not in dropped}
    links = {name: list(getattr(call, name).all()) for name in _LINKS}
    with transaction.atomic():
        facts = CallFacts({**values, "title": title}, **links)
        made = draft_call(scheme=call.scheme, facts=facts, by=by, at=at, is_example=call.is_example)
        CallForm.objects.filter(call=made).update(blocks=latest_form(call).blocks)
        rows = [(one.label, one.guide, one.weight) for one in call.criteria.order_by("position")]
        if rows:
            set_criteria(call=made, rows=rows, by=by, at=at)
        pieces = [(one.label, one.guide, one.kind, one.is_required) for one in call.pieces.order_by("position")]
        set_pieces(call=made, rows=pieces, by=by, at=at)
    return made


def _held(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).get(pk=call.pk)


def _held_draft(call: Call) -> Call:
    row = _held(call)
    if row.published_at is not None:
        raise CallRefused(phrases.RULES_ARE_FIXED)
    return row
