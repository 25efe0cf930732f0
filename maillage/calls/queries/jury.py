"""What a member of a jury reads: its calls, its files, its own review. Files by `visible_to` alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from maillage.accounts.enums import BACK_OFFICE_ROLES
from maillage.accounts.models import User
from maillage.accounts.queries import holders
from maillage.calls.enums import ApplicationState as S
from maillage.calls.models import Application, Call, Criterion, Recusal, Review, Reviewer
from maillage.calls.queries.admissibility import answers_of
from maillage.calls.queries.office import submitted_of
from maillage.calls.queries.outside import opinions_given
from maillage.calls.queries.reviews import Standing, criterion_means, standings
from maillage.calls.querysets import ApplicationQuerySet

READ = (S.REVIEW, S.OPINION)


@dataclass(frozen=True)
class Listed:
    """A file as its juror finds it. review: their own, None before the first word."""

    application: Application
    review: Review | None

    @property
    def state(self) -> str:
        if self.review is None:
            return "À lire"
        return "Avis rendu" if self.review.sent_at else "Brouillon"

    @property
    def tone(self) -> str:
        return {"À lire": "warning", "Avis rendu": "done"}.get(self.state, "info")


def juries_of(user: User) -> list[Reviewer]:
    """The juries of this person, each with `waiting`: files still to judge; one query."""
    away = Recusal.objects.filter(user=user).values("application")
    sent = Review.objects.filter(reviewer__user=user, sent_at__isnull=False).values("application")
    files = Application.objects.filter(call=OuterRef("call"), state=S.REVIEW).exclude(pk__in=away).exclude(pk__in=sent)
    waiting = files.order_by().values("call").annotate(count=Count("pk")).values("count")
    rows = Reviewer.objects.filter(user=user, call__archived_at=None).annotate(waiting=Subquery(waiting))
    return list(rows.select_related("call").order_by("call__committee_on", "pk"))


def jury_of(user: User, slug: str) -> Reviewer | None:
    """This person's place in the jury of a call."""
    rows = Reviewer.objects.filter(user=user, call__slug=slug, call__archived_at=None)
    return rows.select_related("call__scheme__authority").first()


def to_choose_from(reviewer: Reviewer) -> QuerySet[Application]:
    """Titles and names only, before the person pledges and says from which they stay away; none of those already
    left. Nothing else of a file is read from here."""
    rows = Application.objects.filter(call=reviewer.call_id, state__in=[S.SUBMITTED, S.INCOMPLETE, *READ])
    return rows.exclude(recusals__user=reviewer.user_id).select_related("organisation").order_by("number", "pk")


def files_of(reviewer: Reviewer, user: User, *, on: date) -> list[Listed]:
    """What this juror has to read, those without an own review first; two queries."""
    rows = _readable(reviewer.call, user, on)
    found = list(rows.select_related("organisation", "commune").order_by("number", "pk"))
    own = {one.application_id: one for one in Review.objects.filter(reviewer=reviewer)}
    told = [Listed(one, own.get(one.pk)) for one in found]
    return sorted(told, key=lambda one: one.review is not None and one.review.sent_at is not None)


def _readable(call: Call, user: User, on: date) -> ApplicationQuerySet:
    return Application.objects.visible_to(user, on=on).filter(call=call, state__in=READ)


def file_for(reviewer: Reviewer, user: User, reference: str, *, on: date) -> Application | None:
    """One file that this juror may read now."""
    rows = _readable(reviewer.call, user, on).filter(reference=reference)
    return rows.select_related("call", "form", "organisation", "commune", "theme").first()


def own_review(reviewer: Reviewer, application: Application) -> Review | None:
    rows = Review.objects.filter(reviewer=reviewer, application=application)
    return rows.prefetch_related("scores").first()


def reading_of(application: Application, user: User, *, on: date) -> dict[str, Any]:
    """The file beside the grid, and what others think once one's own review is handed in."""
    standing: Standing = standings([application], by=user, on=on)[application.pk]
    seen = not standing.is_hidden and standing.mean is not None
    return {
        "answers": answers_of(application), **submitted_of(application), "standing": standing,
        "outside": opinions_given(application),
        "means": criterion_means(application) if seen else [],
    }  # fmt: skip


def jury_panel(user: User) -> dict[str, Any] | None:
    """What /moi/ says to members of juries; None for others."""
    rows = juries_of(user)
    return {"juries": rows} if rows else None


def reviewers_of(call: Call) -> list[Reviewer]:
    """The jury of a call, each with `sent`: reviews handed in; one query."""
    sent = Count("reviews", filter=Q(reviews__sent_at__isnull=False))
    rows = call.reviewers.select_related("user").annotate(sent=sent)
    return list(rows.order_by("named_at", "pk"))


def calls_under_review() -> QuerySet[Call]:
    """Calls whose jury may be named."""
    rows = Call.objects.filter(published_at__isnull=False, archived_at=None, decided_at=None)
    return rows.annotate(members=Count("reviewers")).order_by("-opens_at", "title")


def criteria_of(call: Call) -> list[Criterion]:
    return list(call.criteria.order_by("position", "pk"))


def may_stay_away(application: Application, on: date) -> QuerySet[User]:
    """Whose recusal may be noted: members of the jury of its call and agents, unless it is noted already."""
    jurors = Reviewer.objects.filter(call=application.call_id, user__isnull=False).values("user")
    team = holders(BACK_OFFICE_ROLES, on=on).order_by().values("pk")
    away = Recusal.objects.filter(application=application, user__isnull=False).values("user")
    rows = User.objects.filter(Q(pk__in=jurors) | Q(pk__in=team), is_active=True).exclude(pk__in=away)
    return rows.order_by("last_name", "first_name", "email")
