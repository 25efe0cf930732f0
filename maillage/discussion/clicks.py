"""Stop following a thread, in one click of a letter."""

from __future__ import annotations

from maillage.accounts.models import User
from maillage.discussion import actions
from maillage.discussion.models import Following, Thread
from maillage.kernel.letters import Occasion, Page, Purpose


def _found(told: Occasion) -> tuple[Thread, User] | None:
    rows = Following.objects.filter(thread=told.object_id or 0, user=told.user_id or 0, is_on=True)
    found = rows.select_related("thread", "user").first()
    return None if found is None else (found.thread, found.user)


def _describe(told: Occasion) -> Page | None:
    found = _found(told)
    if found is None:
        return None
    sentence = "Vous ne recevrez plus ce qui s’y dit. Le fil reste à lire sur le site."
    return Page(f"Ne plus suivre « {found[0].title} »", (sentence,), button="Ne plus suivre ce fil")


def _stop(told: Occasion) -> Page:
    found = _found(told)
    if found is None:
        return Page("Vous ne suivez déjà plus ce fil", links=_onward(told))
    actions.follow(thread=found[0], user=found[1], is_on=False, at=told.at)
    return Page("C’est fait", ("Vous ne recevrez plus ce qui se dit dans ce fil.",), links=_onward(told))


def _onward(told: Occasion) -> tuple[tuple[str, str], ...]:
    thread = Thread.objects.filter(pk=told.object_id or 0).first()
    return (("Revoir le fil", thread.get_absolute_url()),) if thread else ()


PURPOSES = (Purpose("discussion.unfollow", days=90, describe=_describe, act=_stop, in_place_of=_onward),)
