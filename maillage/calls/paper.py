"""The papers of an application: the receipt, and the whole of it.

Neighbours: `ui/print` lays them out; the receipt says what the journal kept of the first submission.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone

from maillage.calls import budget, keys
from maillage.calls.enums import CoApplicantState, Funding, Step
from maillage.calls.models import Application
from maillage.calls.notices.applying import silence
from maillage.calls.queries.missing import asks_cer
from maillage.calls.queries.own import Receipt
from maillage.territories.queries import home_name
from ui import french
from ui.print.blocks import Block, Bullets, Document, Heading, Line, Paragraph, Table, as_json
from ui.print.compile import typeset_once

NOTHING = "Pas de réponse"


def receipt_pdf(application: Application, receipt: Receipt) -> bytes:
    """One page: who asked what, when, under which number, and what silence would mean."""
    on, call = timezone.localdate(receipt.at), application.call
    authority = call.scheme.authority
    data = {
        "title": "Récépissé de dépôt",
        "sentence": (
            f"{application.organisation.name} a déposé une demande d’aide pour l’appel «\u00a0{call.title}\u00a0» "
            f"le {french.day(receipt.at, weekday=True)} à {french.time(receipt.at)}."
        ),
        "lines": [
            f"Numéro\u00a0: {receipt.number}",
            f"Aide demandée\u00a0: {_said(application, 'requested')}",
            f"Empreinte de ce qui a été déposé\u00a0: {_in_fours(receipt.digest)}",
            silence(on, authority.court),
        ],
        "place": f"Fait le {french.day(on)}.",
        "signature": authority.name,
        "territory": home_name(),
    }
    return typeset_once("certificate", data, {}, on=on)


def application_pdf(application: Application) -> bytes:
    """All that the application holds, as it stands, step by step."""
    on = timezone.localdate(application.changed_at)
    number = application.number or f"brouillon {application.reference}"
    document = Document(
        title=application.title or "Demande d’aide", eyebrow=f"Demande d’aide, {number}", lead=application.call.title,
        author=home_name(), source=f"{application.organisation.name}, {number}. État au {french.day(on)}.",
        blocks=tuple(_blocks(application)),
    )  # fmt: skip
    return typeset_once("document", as_json(document), {}, on=on)


def _blocks(application: Application) -> Iterator[Block]:
    yield Heading(1, str(Step.STRUCTURE.label))
    yield from (_answer(application, key) for key in (*keys.IDENTITY, *keys.FACTS))
    joined = application.co_applicants.filter(state=CoApplicantState.AGREED).select_related("organisation")
    if with_them := [
        Line(" · ".join(filter(None, (one.organisation.name, one.part)))) for one in joined.order_by("pk")
    ]:
        yield Heading(2, "Avec")
        yield Bullets(with_them)
    yield Heading(1, str(Step.PROJECT.label))
    yield from (_answer(application, key) for key in keys.PROJECT)
    yield Heading(1, str(Step.BUDGET.label))
    yield from _budget(application)
    yield Heading(1, str(Step.QUESTIONS.label))
    for block in keys.asked_blocks(application):
        yield _answer(application, f"{keys.BLOCK}{block['key']}")
    yield Heading(1, str(Step.PIECES.label))
    yield from _pieces(application)
    yield Heading(1, str(Step.PLEDGES.label))
    yield from _pledges(application)


def _answer(application: Application, key: str) -> Paragraph:
    label = keys.label_of(key, application)
    return Paragraph(_said(application, key), label=label if label.endswith("?") else f"{label}\u00a0:")


def _in_fours(digest: str) -> str:
    """A long number that can be read aloud, and goes to the line."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def _said(application: Application, key: str) -> str:
    if key in ("commune", "theme"):
        return str(getattr(application, key) or NOTHING)
    return words_of(keys.value_of(application, key))


def words_of(value: Any) -> str:
    """A kept value as it is read, in French."""
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, Decimal):
        return french.euros(value)
    if isinstance(value, list):
        return ", ".join(value) or NOTHING
    if hasattr(value, "isoformat"):
        return french.day(value)
    return str(value or NOTHING)


def _budget(application: Application) -> Iterator[Block]:
    lines = list(application.forecast.order_by("code", "pk"))
    accounts = {one.code: one for one in budget.grid(timezone.localdate(application.created_at))}
    for title, sides in (
        ("Dépenses", ("charges",)), ("Recettes", ("products",)),
        ("Contributions volontaires", ("given_charges", "given_products")),
    ):  # fmt: skip
        rows = [
            (Line(f"{one.code[:2]} {accounts[one.code].label}"), Line(one.label),
             Line(Funding(one.funding).label if one.funding else ""), Line(french.euros(one.amount)))
            for one in lines
            if one.code in accounts and accounts[one.code].side in sides
        ]  # fmt: skip
        if rows:
            yield Heading(2, title)
            yield Table(title, ("Compte", "Financeur", "État", "Montant"), rows, (4, 3, 2, 2))
    sums = budget.totals(lines)
    yield Paragraph(
        f"{french.euros(sums.charges)} de dépenses, {french.euros(sums.products)} de recettes.", "Total\u00a0:"
    )
    yield from (Paragraph(gap) for gap in sums.gaps)


def _pieces(application: Application) -> Iterator[Block]:
    files = application.files.select_related("piece").order_by("piece__position", "number")
    rows = [(Line(str(one.piece or one.name)), Line(str(one.number)), Line(one.sha256[:16])) for one in files]
    if rows:
        yield Table("Documents joints", ("Pièce", "Version", "Empreinte (début)"), rows, (4, 1, 2))
    else:
        yield Paragraph("Aucun document joint.")


def _pledges(application: Application) -> Iterator[Block]:
    if application.cer_at is not None and asks_cer(application.organisation):
        when = french.day(timezone.localdate(application.cer_at))
        signatory = application.representative or application.honour_by
        yield Paragraph(
            f"le {when}, par {signatory}, {application.cer_version}", "Contrat d’engagement républicain\u00a0:"
        )
    if application.honour_at is not None:
        when = french.day(timezone.localdate(application.honour_at))
        yield Paragraph(f"le {when}, par {application.honour_by or NOTHING}", "Attestation sur l’honneur\u00a0:")
    rows = [
        (Line(french.day(one.granted_on)), Line(one.funder), Line(one.scheme), Line(french.euros(one.amount)))
        for one in application.declared_aids.order_by("granted_on", "pk")
    ]
    if rows:
        yield Table("Aides déjà reçues", ("Le", "Par", "Au titre de", "Montant"), rows, (2, 3, 3, 2))
