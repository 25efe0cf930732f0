"""What applicants read of calls and of their own applications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from maillage.accounts.models import User
from maillage.accounts.rules import YES, Decision
from maillage.calls import keys
from maillage.calls.enums import ApplicationState, CallState, CoApplicantState
from maillage.calls.models import Application, AppliedFile, Call, CoApplicant, Completion, Reopening
from maillage.calls.phrases import applying as phrases
from maillage.directory.models import Organisation
from maillage.kernel.models import JournalEntry
from maillage.space.enums import Part
from maillage.space.models import Membership
from maillage.space.queries_profile import profile_for
from ui import french

# Which facts of the profile answer which key, the best first.
_KNOWN = {
    "legal_name": ("legal_name", "name"), "siret": ("place.siret",), "rna": ("rna",),
    "representative": ("representative_name",), "representative_role": ("representative_role",),
    "commune": ("place.commune_id",), f"{keys.TOLD}address": ("place.address",),
    f"{keys.TOLD}email": ("representative_email", "email"), f"{keys.TOLD}phone": ("representative_phone", "phone"),
    f"{keys.TOLD}volunteers": ("volunteers",), f"{keys.TOLD}employees_fte": ("employees_fte",),
    f"{keys.TOLD}approvals": ("approvals",),
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What the site knows already of an applicant. values: by key, as the application keeps them; origins: French."""

    values: dict[str, Any]
    origins: dict[str, str]


def known_of(organisation: Organisation) -> Known:
    """What nobody has to type again, with where each thing comes from."""
    facts, values, origins = profile_for(organisation).facts, {}, {}
    for key, names in _KNOWN.items():
        told = next((facts[name] for name in names if name in facts), None)
        if told is not None:
            values[key] = str(told.value) if keys.is_answer(key) else told.value
            origins[key] = phrases.FROM_PROFILE.format(origin=told.origin).replace("de le ", "du ")
    return Known(values, origins)


def is_open_for(call: Call, application: Application | None, at: datetime) -> Decision:
    """Does the call take this application (None: a new one) at that moment of the server's clock?

    A call that is over is open again until the end of a reopening, for all or for one; a completion that was asked
    is always received.
    """
    if application is not None and application.state == ApplicationState.INCOMPLETE:
        return YES
    state = call.state_at(at)
    if state == CallState.OPEN:
        return YES
    if state in (CallState.DRAFT, CallState.ARCHIVED, CallState.DECIDED):
        return Decision(False, phrases.NOT_PUBLISHED)
    today = timezone.localdate(at)
    if state == CallState.PUBLISHED and call.opens_at is not None:
        return Decision(False, phrases.NOT_OPEN_YET.format(when=french.moment(call.opens_at, today=today)))
    for_it = Q(application=None) if application is None else Q(application=None) | Q(application=application)
    if Reopening.objects.filter(for_it, call=call, at__lte=at, until__gt=at).exists():
        return YES
    assert call.closes_at is not None
    return Decision(False, phrases.CLOSED.format(when=french.moment(call.closes_at, today=today)))


def closing_for(application: Application, at: datetime) -> datetime | None:
    """Until when it may be sent: the end of the call, or of the longest reopening; None without an end."""
    call = application.call
    if call.closes_at is None:
        return None
    rows = Reopening.objects.filter(Q(application=None) | Q(application=application), call=call, at__lte=at)
    return max([call.closes_at, *rows.values_list("until", flat=True)])


def own_applications(user: User) -> QuerySet[Application]:
    """Those of this person's organisations, the latest first, with what a list says of them."""
    rows = Application.objects.visible_to(user, on=timezone.localdate()).written_by(user)
    return rows.select_related("call", "organisation").order_by("-changed_at", "-pk")


def own_application(user: User, reference: str) -> Application | None:
    """The application of this reference, when this person writes it."""
    related = own_applications(user).select_related(
        "call__scheme__authority", "form", "organisation", "commune__epci", "theme", "author"
    )
    return related.filter(reference=reference).first()


def readable_file(user: User, reference: str, pk: int) -> AppliedFile | None:
    """A document of an application that this person may read, whatever their part in it."""
    rows = Application.objects.visible_to(user, on=timezone.localdate()).filter(reference=reference)
    files = AppliedFile.objects.filter(application__in=rows).select_related("application", "piece")
    return files.filter(pk=min(pk, 2**63 - 1)).first()


def own_organisations(user: User) -> list[Organisation]:
    """Those in whose name this person may apply, by name."""
    rows = Organisation.objects.not_merged().filter(memberships__user=user)
    return list(rows.order_by("name", "pk"))


def draft_of(call: Call, organisation: Organisation) -> Application | None:
    """The draft that this organisation began for this call."""
    return Application.objects.filter(call=call, organisation=organisation, state=ApplicationState.DRAFT).first()


def invitations_of(user: User) -> QuerySet[CoApplicant]:
    """Projects of others that wait for an answer of the organisations that this person manages."""
    managed = Membership.objects.filter(user=user, part=Part.MANAGER).values("organisation")
    # What is open again is a list kept as JSON, which SQLite looks into as text.
    opened = Cast("application__reopened", TextField())
    rows = CoApplicant.objects.annotate(opened=opened).filter(
        Q(application__state=ApplicationState.DRAFT)
        | Q(application__state=ApplicationState.INCOMPLETE, opened__contains=f'"{keys.PARTNERS}"'),
        organisation__in=managed, state=CoApplicantState.ASKED,
    )  # fmt: skip
    return rows.select_related("application__call", "application__organisation", "organisation").order_by("pk")


def people_of(application: Application) -> list[User]:
    """Who is written to about it: whoever began it, if still there, and the managers of its organisations."""
    agreed = application.co_applicants.filter(state=CoApplicantState.AGREED).values("organisation")
    rows = Membership.objects.filter(Q(organisation=application.organisation_id) | Q(organisation__in=agreed))
    rows = rows.filter(Q(part=Part.MANAGER) | Q(user=application.author_id), user__is_active=True)
    return list(User.objects.filter(pk__in=rows.values("user")).order_by("pk"))


@dataclass(frozen=True)
class Receipt:
    """What the first submission was, as the journal kept it."""

    number: str
    at: datetime
    digest: str


def receipt_of(application: Application) -> Receipt | None:
    """The first submission of an application; None for a draft. It stays what it was when the file is completed."""
    rows = JournalEntry.objects.filter(
        object_type="calls.application", object_id=application.pk, verb="submit_application"
    )
    first = rows.order_by("at", "pk").first()
    if first is None or application.number is None:
        return None
    return Receipt(application.number, first.at, str(first.changes["digest"][1]))


def completion_of(application: Application) -> Completion | None:
    """What the territory asked to complete, and still waits for."""
    return application.completions.filter(answered_at=None).first()


def not_retyped(user: User) -> int:
    """Fields that this person's organisations did not have to type again, in all their applications."""
    rows = Application.objects.visible_to(user, on=timezone.localdate()).written_by(user)
    return sum(len(one) for one in rows.values_list("origins", flat=True))


def own_panel(user: User) -> dict[str, Any] | None:
    """What /moi/ says of one's applications; None without any, nor any invitation."""
    rows, invited = list(own_applications(user)[:10]), list(invitations_of(user)[:10])
    if not rows and not invited:
        return None
    told = [(one, phrases.OWN_STATES[ApplicationState(one.state)]) for one in rows]
    count = not_retyped(user)
    return {"applications": told, "invitations": invited, "not_retyped": french.plural(count, *phrases.NOT_RETYPED)}
