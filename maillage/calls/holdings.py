"""What the room keeps of people: who wrote an application, who represents its organisation, who judged it."""

from __future__ import annotations

from django.db.models import Q

from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Harmless, Holding, Person, Term, by_address, by_user


def _named(field: str, person: Person) -> Q:
    """Rows that carry the name of the person: two words at least."""
    return Q(**{f"{field}__iexact": person.name}) if " " in person.name.strip() else Q(pk__in=[])


def _signed(model: str, title: str, field: str = "by") -> Holding:
    """Who of the team or of the jury did it."""
    return Holding(
        title=title, model=model, fields=(field,), purpose="savoir qui a instruit une demande d’aide",
        basis=Basis.PUBLIC_TASK, term=WITH_ACCOUNT, of=by_user(field), erasing=Erasing.BLANK,
        why="le dossier reste, sans votre nom", blank={field: None},
    )  # fmt: skip


PERSONAL = (
    Holding(
        title="Représentation légale dans une demande d’aide",
        model="calls.Application",
        fields=("representative", "representative_role"),
        purpose="savoir qui engage la structure",
        basis=Basis.LEGAL_DUTY,
        term=Term("term.application", "depuis le dépôt",
                  lambda limit: Q(submitted_at__lt=limit) & ~Q(representative="", representative_role="")),
        of=lambda person: _named("representative", person),
        erasing=Erasing.BLANK,
        why="le dossier reste, sans votre nom",
        blank={"representative": "", "representative_role": ""},
    ),
    Holding(
        title="Attestations que vous avez signées",
        model="calls.Application",
        fields=("honour_by",),
        purpose="savoir qui a attesté",
        basis=Basis.LEGAL_DUTY,
        term=Term("term.application", "depuis le dépôt", lambda limit: Q(submitted_at__lt=limit) & ~Q(honour_by="")),
        of=lambda person: _named("honour_by", person),
        erasing=Erasing.BLANK,
        why="le dossier reste, sans votre nom",
        blank={"honour_by": ""},
    ),
    Holding(
        title="Question sur un appel",
        model="calls.CallQuestion",
        fields=("text", "email", "asked_at"),
        purpose="vous répondre au sujet d’un appel",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.call_question", "depuis la question", lambda limit: Q(asked_at__lt=limit) & ~Q(email="")),
        of=by_address("email"),
        erasing=Erasing.BLANK,
        why="la question reste, sans adresse",
        blank={"email": ""},
        address="email",
    ),
    Holding(
        title="Avis qui vous a été demandé sur un projet",
        model="calls.OutsideOpinion",
        fields=("name", "email", "question", "words", "answered_at"),
        purpose="recueillir un avis sur une demande d’aide",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.application", "depuis la demande", lambda limit: Q(asked_at__lt=limit) & ~Q(email="", name="")),
        of=by_address("email"),
        erasing=Erasing.BLANK,
        why="l’avis reste au dossier, sans votre nom ni votre adresse",
        blank={"name": "", "email": ""},
        address="email",
    ),
    _signed("calls.OutsideOpinion", "Avis extérieurs que vous avez demandés", "asked_by"),
    _signed("calls.OutsideOpinion", "Avis extérieurs que vous avez notés par téléphone", "noted_by"),
    _signed("calls.Application", "Demandes d’aide que vous avez écrites", "author"),
    _signed("calls.AppliedFile", "Documents que vous avez joints", "added_by"),
    _signed("calls.CallQuestion", "Réponses que vous avez données sur un appel", "answered_by"),
    _signed("calls.Reopening", "Appels que vous avez rouverts"),
    _signed("calls.AdmissibilityCheck", "Points de recevabilité que vous avez regardés"),
    _signed("calls.Completion", "Compléments que vous avez demandés", "asked_by"),
    _signed("calls.Reviewer", "Jurys dont vous êtes membre", "user"),
    _signed("calls.Recusal", "Dossiers dont vous vous êtes déporté", "user"),
    _signed("calls.Recusal", "Déports que vous avez notés", "declared_by"),
    _signed("calls.Opinion", "Avis du comité que vous avez notés"),
)  # fmt: skip
_ORGANISATION = "la demande d’une structure, pour un appel public"
HARMLESS = (
    Harmless("calls.Authority", "établissements publics", ("name", "siret", "epci", "court")),
    Harmless("calls.Scheme", "règles d’un dispositif public", (
        "authority", "title", "purpose", "legal_basis", "regional_agreement", "state_aid", "deciding_body",
        "defines_need", "measure", "opened_at")),
    Harmless("calls.EnvelopeLine", "budget public", ("scheme", "year", "amount", "awarded")),
    Harmless("calls.Numbering", "compteur", ("series", "last")),
    Harmless("calls.Call", "texte d’un appel public; le contact est celui du service", (
        "scheme", "line", "slug", "kind", "title", "summary", "context", "goals", "eligible_costs",
        "ineligible_costs", "rules", "contact", "budget", "least", "most", "max_rate", "own_share", "advance_rate",
        "report_months", "families", "epcis", "communes", "topics", "themes", "theme_reason", "opens_at", "closes_at",
        "committee_on", "decides_on", "project_from", "project_to", "created_at", "changed_at", "published_at",
        "review_at", "decided_at", "archived_at")),
    Harmless("calls.CallForm", "questions d’un appel public", ("call", "number", "blocks", "made_at", "fixed_at")),
    Harmless("calls.Criterion", "règles d’un appel public", ("call", "position", "label", "guide", "weight")),
    Harmless("calls.Piece", "règles d’un appel public", ("call", "position", "label", "guide", "kind", "is_required")),
    Harmless("calls.CallQuestion", "réponse publique", ("call", "answer", "answered_at", "set_aside_at")),
    Harmless("calls.Reopening", "décision de service", ("call", "application", "until", "reason", "at")),
    Harmless("calls.Application", _ORGANISATION, (
        "call", "form", "reference", "number", "organisation", "state", "title", "summary", "commune", "theme",
        "starts_on", "ends_on", "requested", "is_economic", "recovers_vat", "legal_name", "siret", "rna", "answers",
        "origins", "reopened", "version", "cer_at", "cer_version", "honour_at", "created_at", "changed_at",
        "submitted_at", "digest", "withdrawn_at", "reminded_at", "mean", "reviews_counted")),
    Harmless("calls.ForecastLine", _ORGANISATION, ("application", "code", "label", "amount", "funding")),
    Harmless("calls.CoApplicant", _ORGANISATION, (
        "application", "organisation", "part", "state", "asked_at", "answered_at")),
    Harmless("calls.AppliedFile", _ORGANISATION, (
        "application", "piece", "name", "number", "file", "sha256", "size", "scanned_at", "from_profile",
        "added_at")),
    Harmless("calls.DeclaredAid", _ORGANISATION, (
        "application", "granted_on", "funder", "scheme", "amount", "regulation", "entity")),
    Harmless("calls.AdmissibilityCheck", _ORGANISATION, ("application", "item", "is_met", "note", "at")),
    Harmless("calls.Completion", _ORGANISATION, (
        "application", "fields", "words", "due_on", "asked_at", "answered_at", "reminded_at")),
    Harmless("calls.Reviewer", "règles d’un jury", ("call", "named_at", "pledged_at")),
    Harmless("calls.Review", _ORGANISATION, (
        "application", "reviewer", "words", "total", "changed_at", "sent_at", "set_aside_at")),
    Harmless("calls.Score", _ORGANISATION, ("review", "criterion", "points", "comment")),
    Harmless("calls.Recusal", _ORGANISATION, ("application", "reason", "declared_at")),
    Harmless("calls.OutsideOpinion", _ORGANISATION, (
        "application", "parts", "files", "due_on", "asked_at", "reminded_at", "sense", "withdrawn_at")),
    Harmless("calls.Opinion", _ORGANISATION, (
        "application", "sense", "words", "proposed", "meeting", "given_on", "at")),
)  # fmt: skip
