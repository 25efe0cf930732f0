"""End a file with what became of the project, ask for news later, open it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from maillage.accounts.models import User
from maillage.desk import phrases, terms
from maillage.desk.actions.held import held, held_open, moved, tell_holders
from maillage.desk.actions.referring import LADDER, calls_of
from maillage.desk.actions.refusal import DeskRefused
from maillage.desk.enums import ASKED_LATER, OPEN_ADVICE, Advice, Outcome, Standing, Turn
from maillage.desk.models import Check, Project, Recommendation, Referral
from maillage.kernel.actions import journal
from maillage.kernel.dated import months_before
from maillage.outbox import actions as outbox

MONTHS = (6, 12, 36)
LETTERS_MOST = 2


@dataclass(frozen=True)
class Result:
    """What became of it. jobs: people employed; fte: full-time equivalents; raised: euros; None when not known."""

    outcome: Outcome
    words: str
    jobs: int | None = None
    fte: Decimal | None = None
    raised: Decimal | None = None


def close_project(*, project: Project, result: Result, by: User, at: datetime) -> Project:
    """Close the file: open recommendations and referrals end with it; news are asked at 6, 12 and 36 months
    when the project was done or taken over.

    Raises DeskRefused: closed already, or without a sentence.
    """
    if not result.words.strip():
        raise DeskRefused(phrases.SAY_OUTCOME, "words")
    with transaction.atomic():
        row = held_open(project)
        before, row.standing, row.closed_at, row.resume_on = row.standing, Standing.CLOSED, at, None
        row.outcome, row.outcome_words = result.outcome, result.words.strip()
        row.jobs, row.fte, row.raised = result.jobs, result.fte, result.raised
        moved(
            row, at, "standing", "closed_at", "resume_on", "outcome", "outcome_words", "jobs", "fte", "raised"
        )  # fmt: skip
        _end_what_waits(row, at)
        if result.outcome in ASKED_LATER:
            today = timezone.localdate(at)
            Check.objects.bulk_create(
                [Check(project=row, months=one, due_date=months_before(today, -one)) for one in MONTHS],
                ignore_conflicts=True,
            )
        changes = {"standing": [before, "closed"], "outcome": [None, str(result.outcome)]}
        journal(verb="close_project", target=row, changes=changes, by=by, at=at)
        tell_holders("desk.closed", row, about=row, at=at)
    return row


def _end_what_waits(project: Project, at: datetime) -> None:
    """Nobody is reminded of a closed file."""
    Recommendation.objects.filter(project=project, state__in=OPEN_ADVICE).update(
        state=Advice.DECLINED, remind_on=None, changed_at=at, answer=phrases.ENDED_WITH_FILE
    )
    outbox.close_to_dos(about=project, asked=["desk:call:"], note=phrases.ENDED_WITH_FILE, at=at)
    for referral in Referral.objects.filter(project=project).exclude(state__in=[Turn.CLOSED, Turn.REFUSED]):
        outbox.move(about=referral, at=at, ladder=LADDER)
        outbox.close_to_dos(about=referral, asked=calls_of(referral), note=phrases.ENDED_WITH_FILE, at=at)
    waiting = Referral.objects.filter(project=project, state__in=[Turn.PROPOSED, Turn.ASKED])
    waiting.update(state=Turn.CLOSED, closed_at=at)


def reopen_project(*, project: Project, by: User, at: datetime) -> Project:
    """Follow it again: what was said at its closing is forgotten here, and stays in the journal. Raises DeskRefused."""
    with transaction.atomic():
        row = held(project)
        if row.standing != Standing.CLOSED:
            raise DeskRefused(phrases.NOT_CLOSED)
        outcome = row.outcome
        row.standing = Standing.FOLLOWED if row.answered_at else Standing.NEW
        row.closed_at, row.outcome, row.outcome_words = None, "", ""
        row.jobs, row.fte, row.raised = None, None, None
        moved(row, at, "standing", "closed_at", "outcome", "outcome_words", "jobs", "fte", "raised")
        row.checks.filter(answered_at__isnull=True).delete()
        outbox.close_to_dos(about=row, asked=["desk:news:"], note=phrases.FOLLOWED_AGAIN, at=at)
        changes = {"standing": ["closed", str(row.standing)], "outcome": [outcome, None]}
        journal(verb="reopen_project", target=row, changes=changes, by=by, at=at)
    return row


def ask_checks(*, at: datetime) -> int:
    """Ask for news of the projects whose day has come, again when nobody answered, then have somebody telephone.

    One letter, a second after `desk.news_again_days`, a call after as many more; nobody to write to is a call at once.
    Twice the same day does nothing more. How many were asked.
    """
    today = timezone.localdate(at)
    silent_since = at - timedelta(days=terms.days("news_again_days", today))
    due = Check.objects.filter(due_date__lte=today, answered_at__isnull=True, called_at__isnull=True)
    waiting = due.filter(Q(asked_at__isnull=True) | Q(asked_at__lte=silent_since))
    keys = list(waiting.order_by("due_date", "pk").values_list("pk", flat=True)[:500])
    return sum(_ask_check(pk, silent_since, at) for pk in keys)


def _ask_check(pk: int, silent_since: datetime, at: datetime) -> bool:
    """The next try of one of them, unless somebody else made it, or an answer came, meanwhile."""
    with transaction.atomic():
        rows = Check.objects.select_for_update(of=("self",)).select_related("project__adviser")
        check = rows.filter(pk=pk, answered_at__isnull=True, called_at__isnull=True).first()
        if check is None or (check.asked_at is not None and check.asked_at > silent_since):
            return False
        check.asked_at = at
        check.asked += 1  # before the letter is written: it says whether it is the second
        is_told = check.asked <= LETTERS_MOST and tell_holders("desk.news", check.project, about=check, at=at)
        if not is_told:
            check.asked -= 1
            check.called_at = at
            outbox.open_to_do(
                title=phrases.CALL_FOR_NEWS, about=check.project, owner=check.project.adviser, at=at,
                once_key=f"desk:news:{check.pk}",
            )  # fmt: skip
        check.save(update_fields=["asked_at", "asked", "called_at"])
    return True


def answer_check(*, check: Check, is_alive: bool, at: datetime, by: User | None, words: str = "") -> Check:
    """What it has become; the last word counts."""
    with transaction.atomic():
        row = Check.objects.select_for_update(of=("self",)).select_related("project").get(pk=check.pk)
        row.is_alive, row.words, row.answered_at = is_alive, words.strip()[:400], at
        row.asked_at = row.asked_at or at
        row.save(update_fields=["is_alive", "words", "answered_at", "asked_at"])
        outbox.close_to_dos(
            about=row.project, asked=[f"desk:news:{row.pk}"], note=phrases.NEWS_CAME, at=at
        )  # fmt: skip
        changes = {"check": [row.pk, row.pk], "is_alive": [None, is_alive]}
        journal(verb="answer_check", target=row.project, changes=changes, by=by, at=at)
    return row
