"""Put and withdraw the portrait of a liaison officer, by themself.

Words: a portrait's picture serves nothing else, so that it leaves with the portrait: its file and renditions too.
Neighbours: bytes come in clean (kernel.uploads); `queries_officers` says who is shown; erasing and the purge pass by
`forget_portraits` (holdings).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from wagtail.images import get_image_model

from maillage.accounts.models import User
from maillage.directory.pictures import new_picture, storing
from maillage.kernel.actions import journal
from maillage.kernel.uploads import CleanPicture
from maillage.space import phrases
from maillage.space.models import Portrait


def put_portrait(*, officer: User, picture: CleanPicture, at: datetime) -> Portrait:
    """Show this picture of an officer, in place of the one before, which is erased.

    Whoever calls has heard the officer say that it may be public; the journal says so, and when.
    """
    # Without a name of who added it: it would pass for a picture of some organisation.
    image = new_picture(picture=picture, title=phrases.portrait_of(officer.get_full_name()), by=None)
    with storing(image):
        held = _held(officer)
        before = None if held is None else held.picture_id
        portrait = held or Portrait(user=officer)
        portrait.picture, portrait.agreed_at = image, at
        portrait.save()
        _erase_pictures([] if before is None else [before])
        journal(verb="put_portrait", target=officer, changes={}, by=officer, at=at, note=phrases.PORTRAIT_CONSENT)
    return portrait


def withdraw_portrait(*, officer: User, at: datetime) -> None:
    """Erase the portrait, its file and renditions; nothing is written when there is none."""
    with transaction.atomic():
        if _held(officer) is not None:
            forget_portraits(Portrait.objects.filter(user=officer))
            journal(verb="withdraw_portrait", target=officer, changes={}, by=officer, at=at)


def forget_portraits(portraits: QuerySet[Portrait]) -> int:
    """Erase these with their pictures; how many. Join a transaction: files leave once it is committed."""
    pictures = list(portraits.values_list("picture_id", flat=True))
    portraits.delete()
    _erase_pictures(pictures)
    return len(pictures)


def _held(officer: User) -> Portrait | None:
    """The portrait there is; the person is locked, so that two first ones do not meet."""
    User.objects.select_for_update(of=("self",)).get(pk=officer.pk)
    return Portrait.objects.filter(user=officer).first()


def _erase_pictures(pictures: list[int]) -> None:
    get_image_model().objects.filter(pk__in=pictures).delete()
