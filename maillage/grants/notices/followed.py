"""Letters of a grant that is followed: agreed, paid, its report awaited, to be completed, accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.urls import reverse

from maillage.grants.enums import InstalmentKind
from maillage.grants.models import Agreement, Instalment, Report
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace
from ui import french

_OPEN = "Ouvrir la page de mon aide"
_HOW_TO_REPORT = (
    "Dites ce qui a été fait et ce que le projet a vraiment coûté. Le budget prévu est déjà rempli\u00a0: il reste le "
    "réalisé. Vous pouvez commencer et revenir."
)
_SAMPLE = date(2027, 6, 30)


def _named(content: Content, agreement: Agreement) -> Content:
    """The same, saying for which project: an organisation may hold several grants."""
    application = agreement.decision.application
    return replace(content, facts=(("Projet", application.title), ("Dossier", str(application.number)), *content.facts))


def _path(agreement: Agreement) -> str:
    return reverse("grants:grant", args=[agreement.decision.application.reference])


def _agreement(told: Occasion) -> Agreement | None:
    return Agreement.objects.select_related("decision__application").filter(pk=told.object_id or 0).first()


def _report(told: Occasion) -> Report | None:
    rows = Report.objects.select_related("agreement__decision__application")
    return rows.filter(pk=told.object_id or 0).first()


def _agreed(kind: str, granted: Decimal, report: date, path: str) -> Content:
    return Content(
        title="Votre aide est conclue",
        sentences=(
            f"La {kind.lower()} de votre aide de {french.euros(granted)} est signée. Les versements peuvent commencer.",
            f"Gardez les factures du projet. Le bilan est à remettre au plus tard le {french.day(report)}.",
        ),
        buttons=(Button(_OPEN, path=path),),
    )


def _write_agreed(told: Occasion) -> Content | None:
    one = _agreement(told)
    if one is None or one.signed_on is None:
        return None
    return _named(_agreed(one.get_kind_display(), one.granted, one.report_due_on, _path(one)), one)


def _paid(instalment: str, amount: Decimal, day: date, *, is_back: bool, path: str) -> Content:
    said = (
        f"Nous avons bien reçu votre reversement de {french.euros(amount)}, le {french.day(day)}."
        if is_back
        else f"{instalment}\u00a0: {french.euros(amount)}, payés par le comptable public le {french.day(day)}. "
        "Comptez quelques jours avant de le voir sur votre compte."
    )
    return Content(
        title="Votre reversement est reçu" if is_back else "Un versement de votre aide est parti",
        sentences=(said,), buttons=(Button(_OPEN, path=path),),
    )  # fmt: skip


def _write_paid(told: Occasion) -> Content | None:
    one = Instalment.objects.select_related("agreement__decision__application").filter(pk=told.object_id or 0).first()
    if one is None or one.confirmed_at is None or one.paid_on is None:
        return None
    is_back = one.kind == InstalmentKind.CLAWBACK
    content = _paid(one.get_kind_display(), one.amount, one.paid_on, is_back=is_back, path=_path(one.agreement))
    return _named(content, one.agreement)


def _due(day: date, path: str) -> Content:
    return Content(
        title=f"Le bilan de votre aide est attendu le {french.day(day)}",
        sentences=(
            _HOW_TO_REPORT,
            "Sans bilan, le solde n’est pas versé, et une nouvelle demande ne peut pas être lue.",
        ),
        buttons=(Button("Écrire le bilan", path=path),),
    )


def _write_due(told: Occasion) -> Content | None:
    one = _agreement(told)
    if one is None or Report.objects.filter(agreement=one, submitted_at__isnull=False).exists():
        return None
    return _named(_due(one.report_due_on, f"{_path(one)}bilan/"), one)


def _again(words: str, path: str) -> Content:
    return Content(
        title="Votre bilan est à compléter",
        sentences=("Nous l’avons lu. Il manque ceci\u00a0:", f"« {words} »"),
        buttons=(Button("Compléter le bilan", path=path),),
    )


def _write_again(told: Occasion) -> Content | None:
    one = _report(told)
    if one is None or not one.asked_again or one.submitted_at is not None:
        return None
    return _named(_again(one.asked_again, f"{_path(one.agreement)}bilan/"), one.agreement)


def _accepted(eligible: Decimal, balance: Decimal, path: str) -> Content:
    if balance > 0:
        follow = f"Il reste {french.euros(balance)} à vous verser. Le comptable public s’en charge."
    elif balance < 0:
        follow = (
            f"Le projet a coûté moins que prévu\u00a0: {french.euros(-balance)} sont à rendre. Le comptable public "
            "vous envoie un titre de recette qui dit comment."
        )
    else:
        follow = "Tout est réglé\u00a0: votre aide est soldée. Merci de ce que vous avez fait."
    return Content(
        title="Votre bilan est accepté",
        sentences=(f"Dépenses retenues\u00a0: {french.euros(eligible)}.", follow),
        buttons=(Button(_OPEN, path=path),),
    )


def _write_accepted(told: Occasion) -> Content | None:
    one = _report(told)
    if one is None or one.accepted_at is None or one.eligible is None:
        return None
    balance = Decimal(str(told.facts.get("balance", "0")))
    return _named(_accepted(one.eligible, balance, _path(one.agreement)), one.agreement)


LETTERS = (
    LetterKind("grants.agreed", "Convention ou notification signée", _write_agreed,
               lambda: _agreed("Notification", Decimal(5000), _SAMPLE, "/moi/")),
    LetterKind("grants.paid", "Versement d’une aide", _write_paid,
               lambda: _paid("Avance", Decimal(2500), _SAMPLE, is_back=False, path="/moi/")),
    LetterKind("grants.report_due", "Bilan attendu", _write_due, lambda: _due(_SAMPLE, "/moi/"), pace=Pace.ALONE,
               awaits_answer=True),
    LetterKind("grants.report_again", "Bilan à compléter", _write_again,
               lambda: _again("Joignez le nombre de personnes venues.", "/moi/"), pace=Pace.ALONE, awaits_answer=True),
    LetterKind("grants.report_accepted", "Bilan accepté", _write_accepted,
               lambda: _accepted(Decimal(9000), Decimal("-450.50"), "/moi/"), pace=Pace.ALONE),
)  # fmt: skip
