"""The papers of grants: the decision sheet for the council, letters, agreements. PDF and OpenDocument.

Neighbours: `ui/print` lays them out; `queries.sheet` and `facts` give what they hold.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maillage.calls.enums import DecidingBody
from maillage.calls.models import Application
from maillage.grants.enums import AgreementKind, InstalmentKind
from maillage.grants.facts import cancelled_sentences, reduced_sentences, sentences_of
from maillage.grants.models import Agreement, Cancellation, Decision, Instalment, Reduction
from maillage.grants.phrases import agreements, cancelling, letters, reducing
from maillage.grants.phrases import sheet as phrases
from maillage.grants.queries.sheet import Row, Sheet
from maillage.kernel import workbooks
from maillage.territories.queries import home_name
from ui import french
from ui.print.blocks import Block, Document, Heading, Line, Paragraph, Table, as_json
from ui.print.compile import typeset_once
from ui.print.ods import Cell, ods
from ui.print.odt import odt

WIDTHS = (1, 4, 2, 2, 2, 2, 3)


def sheet_cells(sheet: Sheet) -> Iterator[list[Cell]]:
    """The sheet as a table: figures are figures."""
    yield list(phrases.COLUMNS)
    for row in sheet.rows:
        one = row.application
        yield [
            row.rank, one.number, one.legal_name or one.organisation.name, one.title,
            one.commune.name if one.commune else "", row.score, row.reviews,
            row.opinion.get_sense_display() if row.opinion else "", one.requested, row.proposed, row.together,
            _decision(row), row.decision.reason if row.decision else "",
        ]  # fmt: skip


def _decision(row: Row) -> str:
    if row.decision is None:
        return ""
    told = row.decision.get_outcome_display()
    return told if row.is_confirmed else f"{told} (proposé)"


def sheet_ods(sheet: Sheet, on: date) -> bytes:
    return ods(sheet_cells(sheet), title=phrases.TITLE, author=home_name(), on=on)


def sheet_xlsx(sheet: Sheet) -> bytes:
    head, *rows = sheet_cells(sheet)
    records: list[dict[str, Any]] = [{str(name): cell for name, cell in zip(head, row, strict=True)} for row in rows]
    widths = {"Rang": 6, "Projet": 40, "Structure": 34, "Raison": 50}
    one = workbooks.Sheet(phrases.TITLE, phrases.COLUMNS, records, widths)
    with workbooks.written([one], notes=[("Appel", sheet.call.title)]) as book:
        return book.read()


def sheet_pdf(sheet: Sheet, on: date) -> bytes:
    """For the council: what the envelope bears, then the applications by rank."""
    document = Document(
        title=phrases.TITLE, eyebrow=sheet.call.title, lead=_lead(sheet), author=home_name(),
        source=f"{sheet.call.title}. Fiche du {french.day(on)}.", blocks=_blocks(sheet),
    )  # fmt: skip
    return typeset_once("document", {**as_json(document), "slides": []}, {}, on=on)


def _lead(sheet: Sheet) -> str:
    line = sheet.line
    if line is None:
        return "Cet appel n’a pas d’enveloppe."
    told = (
        f"Enveloppe {line.year}\u00a0: {french.euros(line.amount)}, dont {french.euros(line.awarded)} déjà accordés. "
        f"Demandé\u00a0: {french.euros(sheet.requested)}. Proposé\u00a0: {french.euros(sheet.proposed)}."
    )
    return f"{told} {phrases.OVER}" if sheet.is_over else f"{told} Il resterait {french.euros(sheet.left)}."


def _blocks(sheet: Sheet) -> list[Block]:
    if not sheet.rows:
        return [Paragraph("Aucun dossier n’a encore reçu l’avis du comité.")]
    rows = [
        (
            Line(str(row.rank)), Line(f"{row.application.legal_name or row.application.organisation.name}\u00a0: "
                                      f"{row.application.title}"),
            Line(french.number(row.score, 2) if row.score is not None else "—"),
            Line(french.euros(row.application.requested or Decimal(0))),
            Line(french.euros(row.proposed) if row.proposed is not None else "—"), Line(french.euros(row.together)),
            Line(_decision(row) or (row.opinion.get_sense_display() if row.opinion else "—")),
        )
        for row in sheet.rows
    ]  # fmt: skip
    head = ("Rang", "Structure et projet", "Note", "Demandé", "Proposé", "Cumul", "Décision ou avis")
    return [Heading(1, "Dossiers par rang"), Table("Dossiers par rang", head, rows, WIDTHS)]


@dataclass(frozen=True)
class Letter:
    """One letter on paper. to: lines of the address; sections: (heading, words), after the paragraphs."""

    sender: str
    to: list[str]
    place: str
    subject: str
    paragraphs: list[str]
    sections: list[tuple[str, str]]
    signature: list[str]


SIGNED_BY = "La présidente ou le président"


def letter_of(decision: Decision, on: date) -> Letter:
    """The letter of a confirmed decision: what was decided, why, how to contest it."""
    return Letter(
        sender=decision.application.call.scheme.authority.name, to=_address(decision.application),
        place=f"Le {french.day(on)}", subject=letters.subject(decision.outcome),
        paragraphs=[f"Dossier {decision.application.number}", *sentences_of(decision)], sections=[],
        signature=[SIGNED_BY],
    )  # fmt: skip


def cancellation_letter(cancellation: Cancellation, on: date) -> Letter:
    """The letter that a signed award ended, and what is to come back."""
    decision = cancellation.decision
    said = cancelled_sentences(cancellation)
    return Letter(
        sender=decision.application.call.scheme.authority.name, to=_address(decision.application),
        place=f"Le {french.day(on)}", subject=cancelling.TITLE,
        paragraphs=[f"Dossier {decision.application.number}", *said], sections=[], signature=[SIGNED_BY],
    )  # fmt: skip


def reduction_letter(reduction: Reduction, on: date) -> Letter:
    """The letter that a signed award became smaller, and what is to come back."""
    decision = reduction.decision
    return Letter(
        sender=decision.application.call.scheme.authority.name, to=_address(decision.application),
        place=f"Le {french.day(on)}", subject=reducing.TITLE,
        paragraphs=[f"Dossier {decision.application.number}", *reduced_sentences(reduction)], sections=[],
        signature=[SIGNED_BY],
    )  # fmt: skip


def agreement_letter(agreement: Agreement, planned: list[Instalment], on: date) -> Letter:
    """The agreement, article by article, with what is paid and when."""
    decision = agreement.decision
    application = decision.application
    authority = application.call.scheme.authority
    is_convention = agreement.kind == AgreementKind.CONVENTION
    assert decision.deliberated_on is not None
    facts = {
        "authority": authority.name, "project": application.title,
        "organisation": application.legal_name or application.organisation.name, "period": _period(application),
        "deliberation": letters.deliberated(
            str(DecidingBody(decision.body).label), decision.deliberation, decision.deliberated_on
        ),
        "granted": french.euros(_signed_amount(agreement)), "rate": _percent(agreement.rate),
        "report": french.day(agreement.report_due_on), "pledges": agreements.CER if application.cer_at else "",
        "court": letters.of_town(authority.court),
    }  # fmt: skip
    said = agreements.articles(facts, is_convention=is_convention)
    said.insert(2, ("Versements", "\n".join(_payments(agreement, planned))))
    return Letter(
        sender=authority.name, to=_address(application), place=f"Le {french.day(agreement.signed_on or on)}",
        subject=agreements.title(is_convention=is_convention), paragraphs=[f"Dossier {application.number}"],
        sections=[(f"{rank}. {heading}", words) for rank, (heading, words) in enumerate(said, start=1)],
        signature=[f"Pour {authority.name}", SIGNED_BY, "", f"Pour {facts['organisation']}",
                   application.representative or "La représentante ou le représentant légal"],
    )  # fmt: skip


def _address(application: Application) -> list[str]:
    place = application.commune.name if application.commune else ""
    return [one for one in (application.legal_name or application.organisation.name, application.representative,
                            application.representative_role, place) if one]  # fmt: skip


def _payments(agreement: Agreement, planned: list[Instalment]) -> Iterator[str]:
    """What was signed: a clawback comes from the report, which may also have taken the balance away."""
    kept = [one for one in planned if one.kind != InstalmentKind.CLAWBACK]
    yield from (agreements.planned(one.get_kind_display(), one.amount, one.planned_on) for one in kept)
    left = _signed_amount(agreement) - sum((one.amount for one in kept), Decimal(0))
    if left > 0:
        yield agreements.after_the_report(left)


def _signed_amount(agreement: Agreement) -> Decimal:
    """Euros that were signed, whatever was taken off since."""
    first = agreement.decision.first_amount
    return agreement.granted if first is None else first


def _percent(rate: Decimal) -> str:
    """« 80 », « 66,67 »."""
    return french.number(rate, 0 if rate == rate.to_integral_value() else 2)


def _period(application: Application) -> str:
    if application.starts_on is None or application.ends_on is None:
        return ""
    return f", du {french.day(application.starts_on)} au {french.day(application.ends_on)}"


def letters_pdf(found: Iterable[Letter], title: str, on: date) -> bytes:
    """One PDF, a page or more for each."""
    data = {
        "title": title, "territory": home_name(),
        "letters": [
            {**asdict(one), "sections": [{"title": head, "text": text} for head, text in one.sections]}
            for one in found
        ],
    }  # fmt: skip
    return typeset_once("letters", data, {}, on=on)


def letter_odt(one: Letter, on: date) -> bytes:
    """The same, to be gone on with in a word processor."""
    blocks: list[Block] = [Paragraph(one.sender), Paragraph("\n".join(one.to)), Paragraph(one.place)]
    blocks += [Paragraph(words) for words in one.paragraphs]
    for heading, words in one.sections:
        blocks += [Heading(2, heading), Paragraph(words)]
    blocks.append(Paragraph("\n".join(one.signature)))
    return odt(blocks, title=one.subject, author=one.sender, on=on)


def letters_zip(found: Iterable[tuple[str, Letter]], on: date) -> bytes:
    """One ODT for each (name, letter), in an archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, one in found:
            archive.writestr(f"{name}.odt", letter_odt(one, on))
    return held.getvalue()
