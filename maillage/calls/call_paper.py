"""The rules of a call on paper: what it says, its criteria, its documents, its dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.utils import timezone

from maillage.calls.models import Call
from maillage.calls.queries.calls import call_facts
from ui import french
from ui.print.blocks import Block, Bullets, Document, Heading, Line, Paragraph, Table, as_json
from ui.print.compile import typeset


def rules(call: Call, *, on: date) -> bytes:
    """A tagged PDF of the whole call. on: the day of the paper, Paris."""
    facts = call_facts(call)
    document = Document(
        title=call.title, eyebrow=call.get_kind_display(), lead=call.summary, author=call.scheme.authority.name,
        source=f"{call.scheme.authority.name}. Règlement lu le {french.day(on)}. {settings.SITE_URL}"
        f"{call.get_absolute_url()}",
        blocks=tuple(_blocks(call, facts)),
    )  # fmt: skip
    moment = datetime.combine(on, time(), tzinfo=UTC)
    return typeset("document", {**as_json(document), "slides": []}, at=moment)


def _blocks(call: Call, facts: dict[str, Any]) -> Iterator[Block]:
    yield Heading(1, "L’essentiel")
    for label, words in essentials(call):
        yield Paragraph(words, label=f"{label}\u00a0:")
    for title, text in (
        ("Pourquoi cet appel", call.context), ("Ce qu’il veut soutenir", call.goals),
        ("Dépenses prises en compte", call.eligible_costs), ("Dépenses qui ne le sont pas", call.ineligible_costs),
        ("Autres règles", call.rules),
    ):  # fmt: skip
        if text:
            yield Heading(1, title)
            yield Paragraph(text)
    if facts["criteria"]:
        yield Heading(1, "Comment les demandes sont lues")
        rows = [(Line(one.label), Line(one.guide), Line(f"{one.weight}")) for one in facts["criteria"]]
        yield Table("Critères", ("Critère", "Ce qui est regardé", "Poids sur 100"), rows, (3, 4, 1))
    if facts["pieces"]:
        yield Heading(1, "Les pièces à joindre")
        yield Bullets(tuple(
            Line(one.label + ("" if one.is_required else " (si vous l’avez)")) for one in facts["pieces"]
        ))  # fmt: skip
    yield Heading(1, "Base juridique")
    yield Paragraph(
        f"{call.scheme.legal_basis} {call.scheme.get_deciding_body_display()} décide, après l’avis d’un comité."
    )


def essentials(call: Call) -> Iterator[tuple[str, str]]:
    """(label, words) of what everybody looks for first."""
    yield "Qui attribue", call.scheme.authority.name
    if call.opens_at:
        yield "Ouverture", french.moment(timezone.localtime(call.opens_at), today=date.min)
    if call.closes_at:
        yield "Clôture", f"{french.moment(timezone.localtime(call.closes_at), today=date.min)}, heure de Paris"
    if call.committee_on:
        yield "Comité", french.day(call.committee_on)
    if call.decides_on:
        yield "Délibération", french.day(call.decides_on)
    if call.budget:
        yield "Montant de l’appel", french.euros(call.budget)
    if call.least is not None or call.most is not None:
        yield "Aide par projet", _between(call)
    yield "Part des dépenses", f"{french.number(call.max_rate, 0)}\u00a0% au plus"
    if call.own_share:
        yield "Autofinancement", f"{french.number(call.own_share, 0)}\u00a0% au moins"
    if call.contact:
        yield "À qui parler", call.contact


def _between(call: Call) -> str:
    if call.least is None:
        return f"jusqu’à {french.euros(call.most or 0)}"
    return f"à partir de {french.euros(call.least)}" + (f", jusqu’à {french.euros(call.most)}" if call.most else "")
