"""A project on one or two sheets, to take to a meeting: what its holder may read, no note of the team.

Neighbours: `views.own` hands it to the holder, `backoffice.projects` to the team.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal

from django.utils import timezone

from maillage.desk.models import Involvement, Project
from maillage.desk.queries import held_parts
from maillage.territories.queries import home_name
from ui import french
from ui.print.blocks import Bar, Bars, Block, Document, Heading, Line, Paragraph, Table, as_json
from ui.print.compile import typeset

MOST_LEVEL = 3


def sheet(project: Project, *, on: date) -> bytes:
    """A tagged PDF. on: the day of the paper, Paris."""
    example = ", donnée d’exemple" if project.is_example else ""
    document = Document(
        title=project.title, eyebrow="Projet suivi au guichet", author=home_name(),
        lead=f"{project.get_stage_display()}, {project.place}{example}",
        source=f"{home_name()}. Lu le {french.day(on)}. Confidentiel\u00a0: pour ses porteurs et "
        "pour ceux à qui ils le donnent.",
        blocks=tuple(_blocks(project)),
    )  # fmt: skip
    moment = datetime.combine(on, time(), tzinfo=UTC)
    return typeset("document", {**as_json(document), "slides": []}, at=moment)


def _blocks(project: Project) -> Iterator[Block]:
    parts = held_parts(project)
    yield Heading(1, "L’essentiel")
    for label, words in _essentials(project):
        yield Paragraph(words, label=f"{label}\u00a0:")
    yield Heading(1, "L’idée")
    yield Paragraph(project.idea)
    if parts["recommendations"]:
        yield Heading(1, "Le plan, étape par étape")
        rows = [
            (Line(one.title), Line(french.day(one.due_date) if one.due_date else ""), Line(one.get_state_display()))
            for one in parts["recommendations"]
        ]
        yield Table("Étapes du plan", ("Étape", "Pour le", "Où elle en est"), rows, (5, 3, 3))
    if radar := parts["diagnosis"]:
        yield Heading(1, "Où en est le projet")
        yield Paragraph(f"Point fait ensemble le {french.day(timezone.localdate(radar.at))}.")
        bars = [Bar(one.label, one.level_label, (one.level or 0) / MOST_LEVEL) for one in radar.marks]
        yield Bars("Huit sujets, de 0 à 3", bars)
    if parts["involvements"]:
        yield Heading(1, "Qui y prend part")
        yield from _involved(parts["involvements"])
    if parts["referrals"]:
        yield Heading(1, "Partenaires proposés")
        asked = [(Line(one.partner.name), Line(one.get_state_display())) for one in parts["referrals"]]
        yield Table("Partenaires", ("Partenaire", "Où c’en est"), asked, (3, 2))
    if parts["interviews"]:
        yield Heading(1, "Ce qui s’est dit")
        for one in parts["interviews"]:
            yield Paragraph(one.words, label=f"{french.day(one.day).capitalize()}\u00a0:")
            if one.decisions:
                yield Paragraph(one.decisions, label="Décidé\u00a0:")
            if one.next_step:
                yield Paragraph(one.next_step, label="La suite\u00a0:")


def _essentials(project: Project) -> Iterator[tuple[str, str]]:
    yield "Référence", project.reference
    yield "Ouvert le", french.day(timezone.localdate(project.opened_at))
    yield "Dossier", project.get_standing_display()
    yield "Qui le suit", str(project.adviser or "L’équipe du territoire")
    if topics := [topic.label for topic in project.topics.order_by("position", "label")]:
        yield "Thèmes", ", ".join(topics)


def _involved(involvements: Iterable[Involvement]) -> Iterator[Block]:
    shares = [one.share for one in involvements if one.share is not None]
    rows = [
        (Line(str(one)), Line(one.get_part_display()), Line("" if one.share is None else french.euros(one.share)))
        for one in involvements
    ]
    yield Table("Structures du projet", ("Structure", "Rôle", "Part du budget"), rows, (4, 2, 2))
    if shares:
        yield Paragraph(french.euros(sum(shares, Decimal())), label="Budget partagé\u00a0:")
