"""A theme's page: what every room has about it, each part with its count, its first rows and its whole list.

Words: a *block* is the part of one room (`kernel.registry.HubBlock`). This room never imports those above: they
introduce themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from maillage.content.models import Hub
from maillage.directory.enums import TermKind
from maillage.directory.models import Term
from maillage.kernel.registry import HubRows, HubSubject, hub_blocks
from maillage.strategy.models import Measure

SHOWN = 5


@dataclass(frozen=True)
class ShownBlock:
    """A block that has something to show. key: unique in the page; label: of its link to the whole list."""

    key: str
    title: str
    label: str
    found: HubRows


@dataclass(frozen=True)
class HubPage:
    """The page of a theme. hub: None when no editor wrote anything; measures: those it is about."""

    term: Term
    hub: Hub | None
    measures: tuple[Measure, ...]
    blocks: tuple[ShownBlock, ...]


@dataclass(frozen=True)
class HubCard:
    """A theme in the list of themes. words: what an editor says of it, or the definition of the directory."""

    term: Term
    words: str
    is_example: bool


def hub_term(code: str) -> Term | None:
    return Term.objects.filter(kind=TermKind.THEME, code=code).first()


def written_hub(term: Term) -> Hub | None:
    """What an editor wrote of this theme, with its measures. Two queries."""
    measures = Measure.objects.select_related("strategy").order_by("position", "pk")
    rows = Hub.objects.select_related("term").prefetch_related(Prefetch("measures", queryset=measures))
    return rows.filter(term=term).first()


def hub_page(term: Term) -> HubPage:
    """Everything about a theme; empty blocks are not there. The same number of queries whatever it finds."""
    hub = written_hub(term)
    measures = tuple(hub.measures.all()) if hub else ()
    subject = HubSubject(term_id=term.pk, code=term.code, measure_ids=tuple(one.pk for one in measures))
    read = [
        ShownBlock(f"bloc-{rank}", block.title, block.label, block.read(subject, SHOWN))
        for rank, block in enumerate(hub_blocks())
    ]
    return HubPage(term, hub, measures, tuple(one for one in read if one.found.count))


def hub_cards() -> list[HubCard]:
    """Every theme, in the order of the vocabulary. Two queries."""
    written = {hub.term_id: hub for hub in Hub.objects.all()}
    terms = Term.objects.filter(kind=TermKind.THEME).order_by("position", "code")
    return [
        HubCard(term, term.definition, is_example=bool((hub := written.get(term.pk)) and hub.is_example))
        for term in terms
    ]
