"""What people say of an aid for somebody: it is for them, or it is not; and tell it to organisations.

Neighbours: whoever holds an object that looks for aids (a project) calls `advise_aid` with it; `queries.advice_about`
reads them. All raise AidRefused, and nothing is written then.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from maillage.accounts.models import User
from maillage.aids import phrases
from maillage.aids.actions.refusal import AidRefused
from maillage.aids.models import Aid, AidAdvice
from maillage.directory.models import Organisation
from maillage.kernel.actions import journal
from maillage.outbox import actions as outbox
from maillage.space.models import Membership

_LONGEST = 300


def advise_aid(*, aid: Aid, about: Model, words: str, by: User | None, at: datetime) -> AidAdvice:
    """This aid is for that object, whatever the machine found; said again, the words are replaced."""
    if not aid.is_public:
        raise AidRefused(phrases.NOT_PUBLIC)
    return _advise(aid, about, words, is_added=True, by=by, at=at)


def remove_advice(*, aid: Aid, about: Model, words: str, by: User, at: datetime) -> AidAdvice:
    """This aid is not for that object: it is not proposed there any more, and the words say why."""
    return _advise(aid, about, words, is_added=False, by=by, at=at)


def _advise(aid: Aid, about: Model, words: str, *, is_added: bool, by: User | None, at: datetime) -> AidAdvice:
    said = " ".join(words.split())
    if not said:
        raise AidRefused(phrases.NO_WORDS, "words")
    if len(said) > _LONGEST:
        raise AidRefused(phrases.WORDS_TOO_LONG, "words")
    with transaction.atomic():
        advice, _ = AidAdvice.objects.update_or_create(
            aid=aid, object_type=about._meta.label_lower, object_id=about.pk,
            defaults={"is_added": is_added, "words": said, "by": by, "at": at},
        )  # fmt: skip
        verb = "advise_aid" if is_added else "remove_advice"
        changes = {"object": [None, f"{advice.object_type}:{advice.object_id}"]}
        journal(verb=verb, target=aid, changes=changes, by=by, at=at)
    return advice


def push_aid(*, aid: Aid, organisations: Iterable[Organisation], words: str, by: User, at: datetime) -> int:
    """Advise an aid to several organisations; their people read it in a letter, each once. How many were written to."""
    chosen = list(organisations)
    if not chosen:
        raise AidRefused(phrases.NOBODY, "organisations")
    told: set[int] = set()
    with transaction.atomic():
        for one in chosen:
            advise_aid(aid=aid, about=one, words=words, by=by, at=at)
        members = Membership.objects.filter(organisation__in=chosen, user__is_active=True).select_related("user")
        for member in members.order_by("pk"):
            mailbox = outbox.mailbox_for(member.user, at=at)
            if mailbox.pk not in told:
                told.add(mailbox.pk)
                outbox.post(
                    kind="aids.pushed", to=mailbox, about=aid, facts={"words": " ".join(words.split())}, at=at,
                    once_key=f"aids.pushed:{aid.pk}:{mailbox.pk}",
                )  # fmt: skip
        journal(verb="push_aid", target=aid, changes={"organisations": [None, len(chosen)]}, by=by, at=at)
    return len(told)
