"""The plan: propose something to do, hear where it stands, ask again unless something moved.

Words: to *ask* is the letter "where are you?". A recommendation that is open has its next reminder, always; what is
asked three times without an answer becomes a call for the adviser. A paused file is silent.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.content.models import Resource
from maillage.desk import phrases, terms
from maillage.desk.actions.held import answered, confirmed_holders, held, held_open, moved, tell_holders
from maillage.desk.actions.refusal import DeskRefused
from maillage.desk.enums import OPEN_ADVICE, Advice, Standing
from maillage.desk.models import Project, Recommendation
from maillage.discussion.models import Thread
from maillage.kernel.actions import journal
from maillage.outbox import actions as outbox

MOST_AT_ONCE = 500
# Something that moved so lately is news enough: nobody is asked where they are.
QUIET = timedelta(days=14)


def recommend(
    *, project: Project, title: str, by: User, at: datetime, words: str = "", address: str = "",
    due_date: date | None = None, resource: Resource | None = None,
) -> Recommendation:  # fmt: skip
    """Propose one thing to do; the holders are told.

    Raises DeskRefused: closed, no title, an address of nowhere, a resource that is not published.
    """
    if not title.strip():
        raise DeskRefused(phrases.NO_TITLE, "title")
    if address.strip() and not address.strip().startswith(("/", "https://")):
        raise DeskRefused(phrases.WRONG_ADDRESS, "address")
    if resource is not None and not resource.live:
        raise DeskRefused(phrases.RESOURCE_GONE, "resource")
    with transaction.atomic():
        row = held_open(project)
        made = Recommendation.objects.create(
            project=row, title=title.strip(), words=words.strip(), address=address.strip(), due_date=due_date,
            resource=resource,
            remind_on=_next(at), at=at, changed_at=at, by=by,
        )  # fmt: skip
        moved(row, at, *answered(row, at))
        journal(verb="recommend", target=row, changes={"recommendation": [None, made.pk]}, by=by, at=at)
        tell_holders("desk.advice", row, about=made, at=at)
    return made


def _next(at: datetime) -> date:
    today = timezone.localdate(at)
    return today + timedelta(days=terms.days("remind_days", today))


def move_advice(
    *, recommendation: Recommendation, state: Advice, at: datetime, by: User | None, answer: str = "",
    seen: int | None = None,
) -> Recommendation:  # fmt: skip
    """Where it stands now, as the holder says, or the team for them. seen: the version that the person read.

    Raises DeskRefused: closed file, or changed by somebody else meanwhile. The adviser hears that it is stuck or done.
    """
    with transaction.atomic():
        project = held_open(recommendation.project)
        row = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
        if seen is not None and seen != row.version:
            raise DeskRefused(phrases.MOVED)
        if row.state == state and row.answer == answer.strip():
            return row
        before, row.state, row.answer = row.state, state, answer.strip()[:400]
        row.version, row.changed_at, row.asked = row.version + 1, at, 0
        row.remind_on = _next(at) if state in OPEN_ADVICE else None
        row.save(update_fields=["state", "answer", "version", "changed_at", "asked", "remind_on"])
        moved(project, at)
        outbox.close_to_dos(about=project, asked=[f"desk:call:{row.pk}:"], note=phrases.NEWS_CAME, at=at)
        changes = {"recommendation": [row.pk, row.pk], "state": [before, str(state)]}
        journal(verb="move_advice", target=project, changes=changes, by=by, at=at)
        is_news = by is None or by.pk != project.adviser_id
        if is_news and project.adviser is not None and state in (Advice.STUCK, Advice.DONE, Advice.DECLINED):
            outbox.post(kind="desk.advice_moved", to=project.adviser, about=row, at=at)
    return row


def note_seen(*, project: Project, by: User, at: datetime) -> int:
    """A holder opened the page on which these stand; how many were new to them. Not by the team's own eyes."""
    with transaction.atomic():
        rows = Recommendation.objects.select_for_update(of=("self",)).filter(project=project, state=Advice.PROPOSED)
        fresh = list(rows.order_by("pk"))
        for row in fresh:
            row.state, row.version, row.changed_at = Advice.SEEN, row.version + 1, at
            row.save(update_fields=["state", "version", "changed_at"])
        if fresh:
            changes = {"seen": [None, [row.pk for row in fresh]]}
            journal(verb="see_advice", target=project, changes=changes, by=by, at=at)
    return len(fresh)


def remind(*, at: datetime) -> int:
    """Ask where each due recommendation is, unless its project moved lately; how many were looked at.

    After some letters without an answer, a call is asked of the adviser. Each in its own transaction; twice a day does
    nothing more.
    """
    today = timezone.localdate(at)
    due = Recommendation.objects.filter(remind_on__lte=today, project__standing=Standing.FOLLOWED)
    keys = list(due.order_by("remind_on", "pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    for pk in keys:
        with transaction.atomic():
            _remind(pk, at)
    return len(keys)


def _remind(pk: int, at: datetime) -> None:
    row = Recommendation.objects.select_for_update(of=("self",)).select_related("project").get(pk=pk)
    today = timezone.localdate(at)
    if row.remind_on is None or row.remind_on > today or row.project.standing != Standing.FOLLOWED:
        return
    row.remind_on = _next(at)
    project = held(row.project)
    if not _moved_lately(project, at):
        can_be_told = next(confirmed_holders(project), None) is not None
        if can_be_told and row.asked < terms.days("asked_most", today):
            tell_holders("desk.where", project, about=row, at=at)
            row.asked += 1
        else:
            outbox.open_to_do(
                title=phrases.CALL_HOLDER, about=project, owner=project.adviser, due_date=today, at=at,
                once_key=f"desk:call:{row.pk}:{row.version}:{row.asked}",
            )  # fmt: skip
    row.save(update_fields=["remind_on", "asked"])


def _moved_lately(project: Project, at: datetime) -> bool:
    last = Thread.objects.filter(circle=project.circle).order_by("-last_at").values_list("last_at", flat=True).first()
    return max(project.moved_at, last or project.moved_at) > at - QUIET
