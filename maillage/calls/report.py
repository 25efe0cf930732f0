"""The report on one application (*rapport d’instruction*), as blocks that become a PDF or a text to go on with.

Words: the *file* is what `queries.office.file_of` gave to whoever asks: what they may not read is not in it.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from maillage.calls.models import Application
from maillage.calls.phrases.outside import FORGOTTEN
from ui import french
from ui.print.blocks import Block, Bullets, Document, Heading, Line, Paragraph, Table, as_json
from ui.print.compile import typeset
from ui.print.odt import odt

AWAY = ("avis rendu avant un déport ne compte plus", "avis rendus avant un déport ne comptent plus")


def report_pdf(application: Application, file: dict[str, Any], at: datetime) -> bytes:
    """Tagged; the same file and moment give the same bytes."""
    return typeset(
        "document", {**as_json(_document(application, file, at)), "slides": []}, at=at.replace(microsecond=0)
    )


def report_odt(application: Application, file: dict[str, Any], at: datetime) -> bytes:
    told = _document(application, file, at)
    blocks = [Paragraph(told.eyebrow), Paragraph(told.lead), *told.blocks]
    return odt(blocks, title=told.title, author=told.author, on=timezone.localdate(at))


def _document(application: Application, file: dict[str, Any], at: datetime) -> Document:
    number, authority = application.number or application.reference, application.call.scheme.authority
    blocks = [
        *_facts(application), *_points(file), *_budget(file), *_reviews(file), *_outside(file), *_opinions(file),
        *_recusals(file),
    ]  # fmt: skip
    return Document(
        title=f"Rapport d’instruction {number}", eyebrow=application.call.title, author=authority.name,
        lead=f"{application.title}, par {application.organisation.name}.", blocks=blocks,
        source=f"Dossier {number}. Fait le {french.day(timezone.localdate(at))}. Document de travail, confidentiel.",
    )  # fmt: skip


def _facts(one: Application) -> list[Block]:
    told = [
        ("Structure\u00a0:", one.organisation.name), ("Commune\u00a0:", one.commune.name if one.commune else ""),
        ("Demandé\u00a0:", french.euros(one.requested or Decimal())), ("État\u00a0:", one.get_state_display()),
        ("Déposé le\u00a0:", french.day(timezone.localdate(one.submitted_at)) if one.submitted_at else ""),
        ("En bref\u00a0:", one.summary),
    ]  # fmt: skip
    return [Heading(1, "La demande"), *(Paragraph(value, label=label) for label, value in told if value)]


def _points(file: dict[str, Any]) -> list[Block]:
    rows = [
        (Line(one.label), Line(one.answer), Line(one.check.note if one.check else "")) for one in file["points"]
    ]  # fmt: skip
    return [Heading(1, "Recevabilité"), Table("Recevabilité", ("Point", "Réponse", "Précision"), rows, (3, 1, 2))]


def _budget(file: dict[str, Any]) -> list[Block]:
    rows = [
        (Line(f"{label}\u00a0: {line.label}" if line.label else label), Line(french.euros(line.amount)))
        for label, line, _ in file["lines"]
    ]
    if not rows:
        return []
    sums = file["totals"]
    words = f"Dépenses\u00a0: {french.euros(sums.charges)}. Recettes\u00a0: {french.euros(sums.products)}."
    return [Heading(1, "Budget"), Table("Budget", ("Ligne", "Montant"), rows, (4, 1)), Paragraph(words)]


def _reviews(file: dict[str, Any]) -> list[Block]:
    standing = file["standing"]
    blocks: list[Block] = [Heading(1, "Avis du jury"), Paragraph(f"{standing.words}.")]
    if standing.recused:
        blocks.append(Paragraph(f"{standing.recused} {AWAY[standing.recused > 1]}."))
    if standing.mean is None:
        return blocks
    mean, spread = french.number(standing.mean, 2), french.number(standing.spread, 2)
    blocks.append(Paragraph(f"Moyenne\u00a0: {mean} sur 100. Écart\u00a0: {spread}. Rang\u00a0: {file['rank']}."))
    rows = [
        (Line(one.label), Line(str(one.weight)), Line(french.number(one.mean, 2)), Line(str(one.spread)))
        for one in file["means"]
    ]
    return [*blocks, Table("Notes", ("Critère", "Poids", "Moyenne sur 5", "Écart"), rows, (4, 1, 1, 1))]


def _outside(file: dict[str, Any]) -> list[Block]:
    given = [one for one in reversed(file["outside"]) if one.answered_at is not None]
    blocks: list[Block] = [Heading(1, "Avis extérieurs")] if given else []
    for one in given:
        sense = f", {one.get_sense_display().lower()}" if one.sense else ""
        when = french.day(timezone.localdate(one.answered_at))
        blocks += [
            Heading(2, f"{one.name or FORGOTTEN}{sense}"), Paragraph(one.question, label="Demandé\u00a0:"),
            Paragraph(one.words, label=f"Répondu le {when}\u00a0:"),
        ]  # fmt: skip
    return blocks


def _opinions(file: dict[str, Any]) -> list[Block]:
    if not file["opinions"]:
        return []
    last = file["opinions"][0]
    words = f"{last.get_sense_display()}, le {french.day(last.given_on)}. {last.words}"
    blocks: list[Block] = [Heading(1, "Avis du comité"), Paragraph(words.strip())]
    if last.proposed is not None:
        blocks.append(Paragraph(french.euros(last.proposed), label="Montant proposé\u00a0:"))
    return blocks


def _recusals(file: dict[str, Any]) -> list[Block]:
    said = [Line(one) for one in file["sentences"]]
    return [Heading(1, "Déports"), Bullets(said)] if said else []
