"""What the room keeps of people: who of the team decided, paid, reported. Grants themselves are of organisations."""

from __future__ import annotations

from django.db.models import Q

from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Harmless, Holding, Person, Term, by_user


def _signed(model: str, title: str, field: str) -> Holding:
    return Holding(
        title=title, model=model, fields=(field,), purpose="savoir qui a décidé et versé une subvention",
        basis=Basis.PUBLIC_TASK, term=WITH_ACCOUNT, of=by_user(field), erasing=Erasing.BLANK,
        why="la décision reste, sans votre nom", blank={field: None},
    )  # fmt: skip


def _attested(person: Person) -> Q:
    return Q(honour_by__iexact=person.name) if " " in person.name.strip() else Q(pk__in=[])


PERSONAL = (
    Holding(
        title="Bilans que vous avez attestés",
        model="grants.Report",
        fields=("honour_by",),
        purpose="savoir qui a attesté",
        basis=Basis.LEGAL_DUTY,
        term=Term("term.application", "depuis la remise", lambda limit: Q(submitted_at__lt=limit) & ~Q(honour_by="")),
        of=_attested,
        erasing=Erasing.BLANK,
        why="le bilan reste, sans votre nom",
        blank={"honour_by": ""},
    ),
    _signed("grants.Decision", "Décisions que vous avez préparées", "prepared_by"),
    _signed("grants.Decision", "Décisions que vous avez confirmées", "confirmed_by"),
    _signed("grants.Agreement", "Conventions que vous avez établies", "drawn_by"),
    _signed("grants.Instalment", "Versements que vous avez saisis", "prepared_by"),
    _signed("grants.Instalment", "Versements que vous avez confirmés", "confirmed_by"),
    _signed("grants.Cancellation", "Annulations que vous avez préparées", "prepared_by"),
    _signed("grants.Cancellation", "Annulations que vous avez confirmées", "confirmed_by"),
    _signed("grants.Reduction", "Réductions que vous avez préparées", "prepared_by"),
    _signed("grants.Reduction", "Réductions que vous avez confirmées", "confirmed_by"),
    _signed("grants.GrantFile", "Documents d’une aide que vous avez déposés", "added_by"),
    _signed("grants.Report", "Bilans que vous avez remis", "submitted_by"),
    _signed("grants.Report", "Bilans que vous avez acceptés", "accepted_by"),
)
_GRANT = "subvention publique à une structure"
HARMLESS = (
    Harmless("grants.Decision", _GRANT, (
        "application", "outcome", "amount", "first_amount", "line", "reason", "ground", "criterion", "override", "body",
        "deliberation", "deliberated_on", "prepared_at", "confirmed_at", "cancelled_at", "project")),
    Harmless("grants.Cancellation", _GRANT, (
        "decision", "ground", "reason", "due_back", "due_on", "body", "deliberation", "deliberated_on", "prepared_at",
        "confirmed_at")),
    Harmless("grants.Reduction", _GRANT, (
        "decision", "amount", "before", "ground", "reason", "due_back", "due_on", "body", "deliberation",
        "deliberated_on", "prepared_at", "confirmed_at")),
    Harmless("grants.GrantFile", "documents d’une subvention à une structure", (
        "agreement", "kind", "instalment", "signed_on", "label", "name", "file", "sha256", "size", "scanned_at",
        "added_at")),
    Harmless("grants.Undertaking", "structures que l’une contrôle", ("name", "version")),
    Harmless("grants.UndertakingMember", "structures que l’une contrôle", (
        "undertaking", "organisation", "reason", "joined_at")),
    Harmless("grants.DeMinimisAid", _GRANT, (
        "undertaking", "decision", "organisation", "also", "granted_on", "amount", "funder", "scheme", "regulation",
        "declared_at")),
    Harmless("grants.Agreement", _GRANT, (
        "decision", "kind", "granted", "rate", "paid", "over", "report_due_on", "reminded_for", "drawn_at", "signed_on",
        "holder_signed_on", "published_at")),
    Harmless("grants.Instalment", _GRANT, (
        "agreement", "kind", "amount", "planned_on", "asks", "paid_on", "order_number", "prepared_at", "confirmed_at")),
    Harmless("grants.Report", _GRANT, (
        "agreement", "done", "public", "people", "jobs", "places", "goals", "gaps", "volunteers", "changed_at",
        "submitted_at", "asked_again", "eligible", "accepted_at")),
    Harmless("grants.ReportLine", _GRANT, ("report", "code", "label", "forecast", "realised")),
)  # fmt: skip
